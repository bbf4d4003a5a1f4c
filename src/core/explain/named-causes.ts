/** What a backtracking tool itself blames: its causes, the lines among them, and the lines that led to the others. */
import { EVENT_CODE, NO_PARENT } from '../resolver/events.ts';
import type { Cause, LineSource, Trace } from '../resolver/trace.ts';
import { causeClause } from './cause-words.ts';
import { distinctLines } from './narrowing-view.ts';

/** The lines that a list of causes goes back to, in reading order. */
export function linesOfCauses(trace: Trace, causes: readonly Cause[]): readonly LineSource[] {
  const requirersOf = requirersByPackage(trace);
  const lines: (LineSource | null)[] = [];
  const seen = new Set<number>();
  const open = [...causes];
  for (let cause = open.pop(); cause !== undefined; cause = open.pop()) {
    const source = trace.requirements[cause.requirement]?.source;
    if (source !== undefined) lines.push(source);
    if (cause.parent === NO_PARENT || seen.has(cause.parent)) continue;
    seen.add(cause.parent);
    open.push(...(requirersOf.get(trace.candidates[cause.parent]!.package) ?? []));
  }
  return distinctLines(lines);
}

/** Who asked for each package, each asker once. */
function requirersByPackage(trace: Trace): ReadonlyMap<number, readonly Cause[]> {
  const byPackage = new Map<number, Map<string, Cause>>();
  for (let step = 0; step < trace.length; step += 1) {
    if (trace.kinds[step] !== EVENT_CODE.require) continue;
    const cause = { requirement: trace.first[step]!, parent: trace.second[step]! };
    const row = trace.requirements[cause.requirement];
    if (row === undefined) continue;
    const known = byPackage.get(row.package) ?? new Map<string, Cause>();
    known.set(`${cause.requirement} ${cause.parent}`, cause);
    byPackage.set(row.package, known);
  }
  return new Map([...byPackage].map(([row, known]) => [row, [...known.values()]]));
}

/**
 * The shortest way from a line to a project through what was asked for: a clause for each link. `standing`: the pins, of
 * which alone the way may go; null for runs without an answer. Null where nobody asks.
 */
export function askersOf(
  trace: Trace,
  project: string,
  standing: ReadonlyMap<string, string> | null,
): readonly string[] | null {
  const requirersOf = requirersByPackage(trace);
  const rowsOf = (name: string): readonly number[] =>
    trace.packages.flatMap((row, at) => (row.name === name ? [at] : []));
  const paths: { readonly name: string; readonly links: readonly string[] }[] = [
    { name: project, links: [] },
  ];
  const seen = new Set([project]);
  for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
    const causes = rowsOf(path.name).flatMap((row) => requirersOf.get(row) ?? []);
    for (const cause of causes) {
      if (trace.requirements[cause.requirement]?.isConstraint === true) continue;
      if (cause.parent === NO_PARENT) return [causeClause(trace, cause), ...path.links];
      const candidate = trace.candidates[cause.parent]!;
      const name = trace.packages[candidate.package]!.name;
      const stands = standing === null || standing.get(name) === candidate.version;
      if (!stands || seen.has(name)) continue;
      seen.add(name);
      paths.push({ name, links: [causeClause(trace, cause), ...path.links] });
    }
  }
  return null;
}
