/** Asks requirement sets, one a line, of a snapshot, and says how each ends. */
import { loadEngine } from '../core/headless/engines.ts';
import { runProblem, type Run } from '../core/headless/run.ts';
import type { MissingFact } from '../core/package-index/package-index.ts';
import { normalizeName } from '../core/packaging/name.ts';
import type { Result } from '../core/packaging/result.ts';
import { parseEngineId } from '../core/problem/engine-id.ts';
import { parseProblem } from '../core/problem/problem.ts';
import type { Outcome } from '../core/resolver/outcome.ts';
import { openProblemIndex } from './problem-index.ts';

export interface OrdinaryOptions {
  readonly engine: string;
  readonly python: string;
  /** Undefined is the default one. */
  readonly snapshot: string | undefined;
}

export interface OrdinaryAnswer {
  readonly lines: readonly string[];
  readonly kind: Outcome['kind'];
  /** The versions of what was asked for, or what is missing. */
  readonly text: string;
}

/** `text`: a set a line, `\n` (two characters) between the requirements of one. The error says what is wrong. */
export async function askOrdinarySets(
  text: string,
  options: OrdinaryOptions,
): Promise<Result<readonly OrdinaryAnswer[], string>> {
  const id = parseEngineId(options.engine);
  if (!id.ok) return { ok: false, error: id.error.message };
  const engine = await loadEngine(id.value);
  const { snapshot } = options;
  const index = snapshot === undefined ? {} : { snapshot };
  const asked = { engine: options.engine, requirements: '', environment: { python: options.python }, index };
  const empty = parseProblem(asked);
  if (!empty.ok) return { ok: false, error: empty.error.message };
  const opened = openProblemIndex(empty.value, '.');
  if (!opened.ok) return { ok: false, error: opened.error.message };
  const sets = text.split('\n').filter((line) => line.trim() !== '');
  const answers = sets.map((set) => {
    const lines = set.split('\\n');
    const run = runProblem({ ...empty.value, requirements: lines.join('\n') }, engine, opened.value);
    return { lines, kind: run.outcome.kind, text: answerText(run, lines) };
  });
  return { ok: true, value: answers };
}

function answerText({ outcome }: Run, lines: readonly string[]): string {
  if (outcome.kind === 'solved') {
    const versions = new Map(outcome.pins.map(({ name, version }) => [name, version]));
    const names = lines.map((line) => /^[\w.-]+/u.exec(line)?.[0] ?? line);
    const versionOf = (name: string): string => versions.get(normalizeName(name)) ?? '?';
    return `${outcome.pins.length} packages: ${names.map((name) => `${name} ${versionOf(name)}`).join(', ')}`;
  }
  if (outcome.kind !== 'incomplete') return '';
  return `missing ${outcome.missing.map(missingText).join(', ')}; ${outcome.partial?.pins.length ?? 0} packages known`;
}

function missingText(fact: MissingFact): string {
  const { neededBy = [] } = fact;
  return neededBy.length === 0 ? missingName(fact) : `${missingName(fact)} (${neededBy.join(', ')})`;
}

/** `crawlee`, `lib>=3`, `what vague 1.0 needs`, for people in a terminal. */
export function missingName(fact: MissingFact): string {
  if (fact.missing === 'metadata') return `what ${fact.project} ${fact.version} needs`;
  return fact.missing === 'page' ? fact.project : fact.requirement;
}
