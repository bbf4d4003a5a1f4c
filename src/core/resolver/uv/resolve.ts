/** uv's resolver: Problem's request in, outcome out. The report on a failure is written by `explain/uv/`. */
import { assert } from '../../packaging/assert.ts';
import type { VersionRange } from '../../packaging/version-range.ts';
import { parseVersion } from '../../packaging/version.ts';
import type { ResolveRequest } from '../engine.ts';
import { OUTCOME_KINDS, type Outcome } from '../outcome.ts';
import { checkPins } from '../pin-checker.ts';
import type { Incompatibility } from '../pubgrub/incompatibility.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import { dependenciesOf, unsatisfiableDependency } from './dependencies.ts';
import type { UrlComplaint } from './fork-urls.ts';
import { ForkState } from './fork-state.ts';
import {
  type PythonRequirement,
  admitsPython,
  interpreterRequirement,
  pythonVersionRequirement,
  readRequiresPython,
} from './python-requirement.ts';
import { makeContext, type ResolutionContext } from './resolution-context.ts';
import type { UvReason } from './unavailable-reason.ts';
import { resolveUniversal } from './universal.ts';
import { DEFAULT_MAX_DECISIONS, failureOf, metricsOf, pinsOf, type UvResult } from './uv-result.ts';
import { readDependencies } from './version-dependencies.ts';
import { unreadExtras, warningsOn } from './warnings.ts';

type Ended =
  | { readonly kind: 'solved' }
  | { readonly kind: 'failed'; readonly incompatibility: Incompatibility<VersionRange, UvReason> }
  | Extract<Outcome, { kind: 'incomplete' }>
  | { readonly kind: 'budget' }
  | { readonly kind: 'complaint'; readonly complaint: UrlComplaint };

function pythonOf(request: ResolveRequest): PythonRequirement {
  const { pythonVersion } = request.options;
  const version = pythonVersion === null ? null : parseVersion(pythonVersion);
  const installed = request.interpreter ?? request.target.python;
  if (version?.ok !== true) return interpreterRequirement(installed);
  return pythonVersionRequirement(installed, version.value);
}

/** Resolves for one environment. */
export function resolveSingle(request: ResolveRequest, recorder: TraceRecorder): UvResult {
  const context = makeContext(request, recorder, request.target.python);
  const scope = { environment: request.target.markers, allowed: [] };
  const python = pythonOf(request);
  context.log.tell({ kind: 'python', python });
  const fork = new ForkState(context, scope, python, new Map());
  const maxDecisions = request.options.maxRounds ?? DEFAULT_MAX_DECISIONS;
  let rounds = 0;
  let ended: Ended | null = null;
  while (ended === null) {
    ended = rounds++ < maxDecisions ? advance(context, fork) : { kind: 'budget' };
  }
  return finish(context, fork, ended, rounds, recorder);
}

/** One turn of the loop; null when there is more to do. */
function advance(context: ResolutionContext, fork: ForkState): Ended | null {
  const result = fork.step();
  if (result.kind === 'continue') return null;
  if (result.kind !== 'dependencies') {
    assert(result.kind !== 'newer-python' && result.kind !== 'platforms', 'one environment is not divided');
    return result;
  }
  const { package: item, decided } = result;
  const read = readDependencies(context, item, decided, fork.scope, fork.python);
  if (read.kind === 'missing') return { kind: 'incomplete', missing: [read.missing] };
  if (read.kind === 'unusable') {
    fork.rejectVersion(decided.version, read.reason);
    return null;
  }
  const unsatisfiable = unsatisfiableDependency(read.requirements);
  if (unsatisfiable !== null) {
    fork.rejectVersion(decided.version, unsatisfiable);
    return null;
  }
  fork.decideWith(decided, read.requirements.flatMap(dependenciesOf));
  return null;
}

function finish(
  context: ResolutionContext,
  fork: ForkState,
  ended: Ended,
  rounds: number,
  recorder: TraceRecorder,
): UvResult {
  const outcome = outcomeOf(context, fork, ended);
  const broken = outcome.kind === 'solved' ? outcome.broken.length : 0;
  const solved = outcome.kind === 'solved' ? { pins: outcome.pins, decided: fork.decisions() } : null;
  const warnings = warningsOn(context, solved);
  recorder.record('done', OUTCOME_KINDS.indexOf(outcome.kind), broken);
  const failure =
    ended.kind === 'failed' ? failureOf(context, fork, fork.python, ended.incompatibility) : null;
  return {
    outcome,
    message: '',
    notices: [],
    metrics: metricsOf(recorder, rounds),
    failure,
    lanes: [],
    warnings,
    search: context,
    ...(ended.kind === 'complaint' ? { complaint: ended.complaint } : {}),
  };
}

/** An upper bound says that newer Pythons were not tried: uv passes it over by design, and so does the check. */
function admitsByLowerBound(python: PythonRequirement): (requiresPython: string) => boolean {
  return (requiresPython) => {
    const supported = readRequiresPython(requiresPython);
    return supported === null || admitsPython(python, supported);
  };
}

function outcomeOf(context: ResolutionContext, fork: ForkState, ended: Ended): Outcome {
  switch (ended.kind) {
    case 'solved': {
      const pins = pinsOf(fork.decisions());
      const unread = unreadExtras(context, pins);
      if (unread.length > 0) return { kind: 'incomplete', missing: unread };
      return {
        kind: 'solved',
        pins,
        broken: checkPins(context.request, pins, admitsByLowerBound(fork.python)),
      };
    }
    case 'failed':
      return { kind: 'unsolvable', incompatibility: context.trace.row(ended.incompatibility) };
    case 'incomplete':
      return ended;
    case 'complaint':
      return { kind: 'invalid' };
    case 'budget':
      return { kind: 'stopped', reason: 'budget', detail: '', pins: pinsOf(fork.decisions()) };
  }
}

/** uv's search, for the environment at hand or for all. */
export function resolveWithUv(request: ResolveRequest, recorder: TraceRecorder): UvResult {
  return request.options.universal ? resolveUniversal(request, recorder) : resolveSingle(request, recorder);
}
