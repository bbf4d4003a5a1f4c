/**
 * All that the solver asks of sets of versions. It never sees a version: a decision is a set that the caller says is
 * one version. Python's ranges (`uv/version-range-sets.ts`) and integers (`integer-sets.ts`) implement this.
 */

/** How a set stands to another. The empty set is a subset of every set. */
export type SetRelation = 'subset' | 'disjoint' | 'overlapping';

export interface VersionSets<Versions> {
  readonly empty: Versions;
  isEmpty(set: Versions): boolean;
  /** Whether both hold the same versions, however they are written. */
  equals(a: Versions, b: Versions): boolean;
  intersection(a: Versions, b: Versions): Versions;
  union(a: Versions, b: Versions): Versions;
  /** What is in `a` but not in `b`. */
  difference(a: Versions, b: Versions): Versions;
  /** How `a` stands to `b`. */
  relation(a: Versions, b: Versions): SetRelation;
}
