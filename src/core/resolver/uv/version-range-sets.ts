/** Python's version ranges as the solver's sets. */
import { VersionRange } from '../../packaging/version-range.ts';
import type { VersionSets } from '../pubgrub/version-sets.ts';

export const VERSION_RANGE_SETS: VersionSets<VersionRange> = {
  empty: VersionRange.EMPTY,
  isEmpty: (set) => set.isEmpty,
  equals: (a, b) => a.equals(b),
  intersection: (a, b) => a.intersection(b),
  union: (a, b) => a.union(b),
  difference: (a, b) => a.difference(b),
  relation: (a, b) => a.relation(b),
};
