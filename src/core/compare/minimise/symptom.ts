/** What a smaller question must still show. */
import { failure, success, type Result } from '../../packaging/result.ts';
import { normalizeName } from '../../packaging/name.ts';
import { explainRun } from '../../explain/explain-run.ts';
import { quickExplanation } from '../../explain/quick-explanation.ts';
import { locksProjects, parseEngineId, toolName } from '../../problem/engine-id.ts';
import type { Run } from '../../headless/run.ts';

export type Symptom =
  /** It cannot be solved, for the same reason: the same lines cannot hold together, over the same package. */
  | { readonly kind: 'failure' }
  /** It is solved with the very version of this package. */
  | { readonly kind: 'pin'; readonly package: string }
  /** The search takes at least so many rounds. */
  | { readonly kind: 'rounds'; readonly rounds: number }
  /** Another engine ends otherwise: solved or not, or with other pins. */
  | { readonly kind: 'differs'; readonly engine: string };

/** `failure`, `pin:urllib3`, `rounds:200`, `differs:uv@0.13`. */
export function readSymptom(text: string): Result<Symptom> {
  const [kind = '', ...rest] = text.split(':');
  const detail = rest.join(':').trim();
  if (kind === 'failure' && rest.length === 0) return success({ kind });
  if (kind === 'pin' && /^[A-Za-z0-9][A-Za-z0-9._-]*$/u.test(detail))
    return success({ kind, package: normalizeName(detail) });
  if (kind === 'rounds' && /^[1-9]\d{0,8}$/u.test(detail)) return success({ kind, rounds: Number(detail) });
  if (kind === 'differs' && parseEngineId(detail).ok) return success({ kind, engine: detail });
  return failure(`a symptom is failure, pin:NAME, rounds:N or differs:ENGINE, not "${text}"`, 0, text.length);
}

/** Whether a run shows the symptom as the first one did; `other` is the other engine's run, where there is one. */
export type Shows = (run: Run, other: Run | null) => boolean;

/** Null where the first run itself does not show it. */
export function symptomOf(symptom: Symptom, first: Run, other: Run | null): Shows | null {
  const shows = makeCheck(symptom, first);
  return shows(first, other) ? shows : null;
}

function makeCheck(symptom: Symptom, first: Run): Shows {
  switch (symptom.kind) {
    case 'failure': {
      const reason = reasonOf(first);
      return (run) => reason !== null && reasonOf(run) === reason;
    }
    case 'pin': {
      const version = pinOf(first, symptom.package);
      return (run) => version !== null && pinOf(run, symptom.package) === version;
    }
    case 'rounds':
      return (run) => run.metrics.rounds >= symptom.rounds && !run.isRefused;
    case 'differs':
      return (run, other) =>
        other !== null && isDecided(run) && isDecided(other) && answerOf(run) !== answerOf(other);
  }
}

/** Why a run fails: the kind of conflict, where it ends, and the lines that cannot hold together. Null: it does not fail. */
function reasonOf(run: Run): string | null {
  const { outcome, request, problem, isRefused } = run;
  const id = parseEngineId(problem.engine);
  if (outcome.kind !== 'unsolvable' || request === null || isRefused || !id.ok) return null;
  const ended = { ...run, tool: toolName(id.value) };
  if (locksProjects(id.value)) return quickExplanation(ended).sentence;
  const rules = id.value.family === 'uv' ? 'uv' : 'pip';
  const { kind, clash, lines } = explainRun(ended, request, { rules, resolve: null, ledgers: () => [] });
  const texts = [...request.requirements, ...request.constraints]
    .filter(({ source }) => lines.some(({ pane, line }) => pane === source.pane && line === source.line))
    .map(({ requirement }) => requirement.text);
  return [kind, clash?.package ?? '', ...texts].join('\n');
}

function pinOf({ outcome }: Run, name: string): string | null {
  if (outcome.kind !== 'solved') return null;
  return outcome.pins.find((pin) => pin.name === name)?.version ?? null;
}

function isDecided({ outcome, isRefused }: Run): boolean {
  return !isRefused && (outcome.kind === 'solved' || outcome.kind === 'unsolvable');
}

function answerOf({ outcome }: Run): string {
  if (outcome.kind !== 'solved') return outcome.kind;
  return outcome.pins
    .map(({ name, version }) => `${name}==${version}`)
    .sort()
    .join(' ');
}
