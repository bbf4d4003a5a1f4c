/** Runs the uv engine on a small index: what a test needs of it in one object. */
import { resolveUv } from '../../../../src/core/explain/uv/uv-engine.ts';
import { runProblem, type Run } from '../../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../../src/core/package-index/facts/facts-index.ts';
import type { Facts, ReleaseFacts } from '../../../../src/core/package-index/facts/facts.ts';
import { makeProblem, type ProblemInput } from '../../../../src/core/problem/problem.ts';
import { eventAt } from '../../../../src/core/resolver/trace.ts';
import type { TraceEvent } from '../../../../src/core/resolver/events.ts';

/** Project → version → its requirements, or all that is known of it. */
export type SmallIndex = Readonly<
  Record<string, Readonly<Record<string, readonly string[] | Partial<ReleaseFacts>>>>
>;

export type UvRequest = Omit<Partial<ProblemInput>, 'requirements' | 'index'>;

function isList(release: readonly string[] | Partial<ReleaseFacts>): release is readonly string[] {
  return Array.isArray(release);
}

export function factsOf(index: SmallIndex): Facts {
  const projects: Record<string, Record<string, ReleaseFacts>> = {};
  for (const [name, releases] of Object.entries(index)) {
    projects[name] = {};
    for (const [version, release] of Object.entries(releases)) {
      projects[name][version] = isList(release) ? { requires: [...release] } : { requires: [], ...release };
    }
  }
  return { projects };
}

export function runUv(index: SmallIndex, requirements: readonly string[], request: UvRequest = {}): Run {
  const problem = makeProblem({ engine: 'uv@0.12', ...request, requirements: [...requirements] });
  return runProblem(problem, resolveUv, makeFactsIndex(factsOf(index)));
}

/** Name to version; null unless solved. */
export function pinsOf(run: Run): Readonly<Record<string, string>> | null {
  if (run.outcome.kind !== 'solved') return null;
  return Object.fromEntries(run.outcome.pins.map((pin) => [pin.name, pin.version]));
}

export function eventsOf(run: Run): readonly TraceEvent[] {
  return Array.from({ length: run.trace.length }, (_, step) => eventAt(run.trace, step));
}

/** The versions decided, in order, as `a==1.0`; proxies and the root left out. */
export function decisionsOf(run: Run): readonly string[] {
  return eventsOf(run).flatMap((event) => {
    if (event.kind !== 'decide') return [];
    const { label, origin } = run.trace.candidates[event.candidate]!;
    return origin === 'root' ? [] : [label];
  });
}
