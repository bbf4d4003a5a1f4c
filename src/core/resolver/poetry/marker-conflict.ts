/**
 * A failed run that can be divided: two dependents ask for versions that exclude one another, but under markers that do,
 * too. poetry 2.5, `VersionSolver._recover_from_marker_conflict`.
 */
import { allowsAny } from './constraint/operations.ts';
import type { PoetryDependency } from './dependency.ts';
import type { Marker } from './marker/marker.ts';
import type { RunSetting } from './provider/complete-package.ts';
import type { PoetryIncompatibility } from './terms.ts';

/** Proofs can be unfolded without end; so many leaves are looked at. */
const MAXIMUM_LEAVES = 200_000;

/** The facts that a conclusion rests on, first causes first; those used twice come twice. */
export function* factsUnder(root: PoetryIncompatibility): Generator<PoetryIncompatibility> {
  const open = [root];
  let count = 0;
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    if (current.cause.kind === 'derived') open.push(current.cause.second, current.cause.first);
    else {
      yield current;
      if (++count === MAXIMUM_LEAVES) return;
    }
  }
}

/** The marker to divide a failed run by; null where that would not help. */
export function dividingMarker(setting: RunSetting, failure: PoetryIncompatibility): Marker | null {
  const { algebra } = setting;
  for (const requirements of requirementsByName(failure).values()) {
    for (const [index, one] of requirements.entries()) {
      for (const two of requirements.slice(index + 1)) {
        if (allowsAny(one.constraint, two.constraint)) continue;
        const first = worldOf(setting, one);
        const second = worldOf(setting, two);
        if (first === algebra.empty || second === algebra.empty) continue;
        if (algebra.and(first, second) === algebra.empty) return first;
      }
    }
  }
  return null;
}

function requirementsByName(failure: PoetryIncompatibility): ReadonlyMap<string, PoetryDependency[]> {
  const byName = new Map<string, PoetryDependency[]>();
  const seen = new Set<PoetryIncompatibility>();
  for (const fact of factsUnder(failure)) {
    if (fact.cause.kind !== 'dependency' || fact.terms.length !== 2 || seen.has(fact)) continue;
    seen.add(fact);
    const required = fact.terms[1]!.versions;
    const known = byName.get(required.name);
    if (known === undefined) byName.set(required.name, [required]);
    else known.push(required);
  }
  return byName;
}

/** Where a requirement applies within the run. */
function worldOf({ algebra, marker }: RunSetting, dependency: PoetryDependency): Marker {
  const own = algebra.and(
    algebra.withoutExtras(dependency.transitiveMarker),
    algebra.withoutExtras(dependency.marker),
  );
  return algebra.and(own, marker);
}
