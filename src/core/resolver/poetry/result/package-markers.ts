/** Under which marker each group needs each package. poetry 2.5, `calculate_markers`. */
import type { MarkerAlgebra } from '../marker/marker-algebra.ts';
import type { Marker } from '../marker/marker.ts';
import type { ChosenPackage } from '../package.ts';
import type { Reach, ReachedPackage } from './reached-packages.ts';

export type GroupMarkers = ReadonlyMap<string, Marker>;

/** Rounds at most: circles of dependencies need a few. */
const MAXIMUM_ROUNDS = 1_000;

export function packageMarkers(
  algebra: MarkerAlgebra,
  reach: Reach,
): ReadonlyMap<ChosenPackage, GroupMarkers> {
  const byDepth = [...reach.packages].sort((a, b) => a.depth - b.depth);
  const reached = new Map(reach.packages.map((item) => [item.package, item]));
  const markers = new Map<ChosenPackage, GroupMarkers>();
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    let isComplete = true;
    for (const item of byDepth) {
      const own = new Map<string, Marker>(item.groups.map((group) => [group, algebra.empty]));
      for (const edge of item.edges) {
        const parent = reached.get(edge.parent);
        const known = parent === undefined ? null : markers.get(edge.parent);
        if (parent !== undefined && !isWhole(parent, known)) {
          isComplete = false;
          continue;
        }
        const groups = parent === undefined ? edge.groups : parent.groups;
        for (const group of groups) {
          const outer = known?.get(group) ?? algebra.any;
          own.set(group, algebra.or(own.get(group) ?? algebra.empty, algebra.and(outer, edge.marker)));
        }
      }
      markers.set(item.package, own);
    }
    if (isComplete) break;
  }
  return markers;
}

/** Whether all groups of a package have a marker already. */
function isWhole({ groups }: ReachedPackage, known: GroupMarkers | null | undefined): boolean {
  return known !== null && known !== undefined && known.size === groups.length;
}
