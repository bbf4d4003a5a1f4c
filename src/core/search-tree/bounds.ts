/** What limits a package at a step: every requirement that stands, who makes it, and which versions it leaves. */
import { parseSpecifierSet, specifierSetContains } from '../packaging/specifier.ts';
import { parseVersion } from '../packaging/version.ts';
import { EVENT_CODE } from '../resolver/events.ts';
import { rangeTextContains } from '../resolver/range-text.ts';
import type { Trace } from '../resolver/trace.ts';
import type { SearchTree } from './search-tree.ts';
import { askersAt, type Asker } from './stack.ts';

/** One limit. `isTried`: of the candidate that is looked at just now, and not of a pin. */
export interface Bound extends Asker {
  readonly isTried: boolean;
  /** What is asked of the version, as it is written: `<1.27,>=1.21.1`; '' for any. */
  readonly specifier: string;
  /** Whether it leaves a version; what cannot be read leaves all. */
  readonly allows: (version: string) => boolean;
}

/** The limits of a package (a row of `packages`) at a step, in the order in which they were made. */
export function boundsAt(tree: SearchTree, trace: Trace, step: number, packageRow: number): readonly Bound[] {
  if (step < 0 || packageRow < 0 || trace.length === 0) return [];
  const name = trace.packages[packageRow]!.name;
  const bounds: Bound[] = [];
  const seen = new Set<string>();
  const add = (asker: Asker, isTried: boolean): void => {
    const key = `${asker.parent} ${asker.text}`;
    if (seen.has(key)) return;
    seen.add(key);
    const specifier = specifierOf(asker.text);
    bounds.push({ ...asker, isTried, specifier, allows: allowing(specifier, tree.reasonIsRule) });
  };
  for (const [row, askers] of askersAt(tree, trace, step)) {
    if (trace.packages[row]!.name === name) askers.forEach((asker) => add(asker, false));
  }
  for (const { requirement, parent } of causesOf(trace, step)) {
    const row = trace.requirements[requirement]!;
    if (trace.packages[row.package]!.name === name)
      add({ text: row.text, parent, source: row.source ?? null }, true);
  }
  return bounds;
}

/** Steps that are searched back for what changed a bound. */
const MOST_SEARCHED = 100_000;

/** By name: the step, at or before `step`, that last asked for each of these projects; absent where none did. */
export function lastAskedAt(
  trace: Trace,
  step: number,
  projects: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (let at = Math.min(step, trace.length - 1); at >= 0 && step - at < MOST_SEARCHED; at--) {
    if (trace.kinds[at] !== EVENT_CODE.require) continue;
    const { name } = trace.packages[trace.requirements[trace.first[at]!]!.package]!;
    if (!projects.has(name) || found.has(name)) continue;
    found.set(name, at);
    if (found.size === projects.size) break;
  }
  return found;
}

interface CauseOperands {
  readonly requirement: number;
  readonly parent: number;
}

/** The requirements that the step itself names as its cause. */
function causesOf(trace: Trace, step: number): readonly CauseOperands[] {
  const list =
    trace.kinds[step] === EVENT_CODE.reject
      ? trace.second[step]
      : trace.kinds[step] === EVENT_CODE.conflict
        ? trace.first[step]
        : undefined;
  return list === undefined ? [] : (trace.causeLists[list] ?? []);
}

/** Without the name, its extras, and the marker. */
function specifierOf(text: string): string {
  const rest = /^\s*[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\s*(?:\[[^\]]*\])?/u.exec(text)?.[0] ?? '';
  return (text.slice(rest.length).split(';')[0] ?? '').trim().replace(/^\((.*)\)$/u, '$1');
}

function allowing(specifier: string, isRange: boolean): (version: string) => boolean {
  if (specifier === '') return () => true;
  if (isRange) return (version) => rangeTextContains(specifier, version);
  const set = parseSpecifierSet(specifier);
  if (!set.ok) return () => true;
  return (text) => {
    const version = parseVersion(text);
    return !version.ok || specifierSetContains(set.value, version.value, { prereleases: true });
  };
}
