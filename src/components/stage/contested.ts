/** The package that a run is about: where its lines clash, else what its conflicts are about, else whose pins were undone most. */
import { parseVersion, compareVersions } from '../../core/packaging/version.ts';
import type { Clash } from '../../core/explain/explanation.ts';
import { isPython } from '../../core/explain/cause-words.ts';
import { EVENT_CODE } from '../../core/resolver/events.ts';
import type { Trace } from '../../core/resolver/trace.ts';
import { NEVER, NODE_CODE, NONE, STATUS_CODE, type SearchTree } from '../../core/search-tree/search-tree.ts';

export interface Contested {
  /** Row of `packages`. */
  readonly package: number;
  /** Every version of it that is known here, lowest first. */
  readonly versions: readonly string[];
}

/** Nodes that are counted at most. */
const MOST_COUNTED = 200_000;

/** Null where nothing is contested: nothing was undone, and nothing clashes. */
export function contestedPackage(trace: Trace, tree: SearchTree, clash: Clash | null): Contested | null {
  if (clash !== null) {
    const row = trace.packages.findIndex(
      ({ identifier, name }) => identifier === clash.package || name === clash.package,
    );
    if (row >= 0) return { package: row, versions: clash.versions };
  }
  const named = mostNamed(trace, tree);
  const row = named === NONE ? mostUndone(trace, tree) : named;
  return row === NONE ? null : { package: row, versions: versionsTried(trace, row) };
}

/** The package that most conflicts are about. */
function mostNamed(trace: Trace, tree: SearchTree): number {
  const counts = new Map<number, number>();
  for (let at = 0; at < Math.min(tree.conflictSteps.length, MOST_COUNTED); at++) {
    const step = tree.conflictSteps.at(at);
    if (trace.kinds[step] !== EVENT_CODE.conflict) continue;
    const causes = trace.causeLists[trace.first[step]!] ?? [];
    const rows = new Set(causes.map(({ requirement }) => trace.requirements[requirement]!.package));
    for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  let best: number = NONE;
  for (const [row, count] of counts) {
    if (isPython(trace.packages[row]!.identifier)) continue;
    if (best === NONE || count > counts.get(best)!) best = row;
  }
  return best;
}

function mostUndone(trace: Trace, tree: SearchTree): number {
  const counts = new Map<number, number>();
  let best: number = NONE;
  for (let node = 1; node < Math.min(tree.size, MOST_COUNTED); node++) {
    const isUndone =
      tree.kind.at(node) === NODE_CODE.pin &&
      tree.settledAt.at(node) !== NEVER &&
      tree.status.at(node) === STATUS_CODE.undone;
    if (!isUndone) continue;
    const row = trace.candidates[tree.candidate.at(node)]!.package;
    if (isPython(trace.packages[row]!.identifier)) continue;
    const count = (counts.get(row) ?? 0) + 1;
    counts.set(row, count);
    if (best === NONE || count > counts.get(best)!) best = row;
  }
  return best;
}

/** Versions of a package that the run looked at, lowest first. */
export function versionsTried(trace: Trace, packageRow: number): readonly string[] {
  const versions = trace.candidates.flatMap(({ package: row, version }) => {
    const parsed = row === packageRow ? parseVersion(version) : null;
    return parsed?.ok === true ? [parsed.value] : [];
  });
  return [...new Set(versions.toSorted(compareVersions).map(({ text }) => text))];
}
