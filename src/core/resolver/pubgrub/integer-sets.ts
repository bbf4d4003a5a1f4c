/**
 * Sets of integer versions 0, 1, 2 … as ascending lists of the numbers at which membership changes, beginning with
 * "outside": `[2, 5]` is 2, 3, 4; `[2]` is 2 and everything above. One pass over two short lists does every operation.
 */
import type { SetRelation, VersionSets } from './version-sets.ts';

export type IntegerSet = readonly number[];

export const NO_INTEGERS: IntegerSet = [];
export const ALL_INTEGERS: IntegerSet = [0];

/** The set of one number. */
export function integer(version: number): IntegerSet {
  return [version, version + 1];
}

/** A set from sorted, disjoint, inclusive `[lowest, highest]` pairs. */
export function integersFromRuns(runs: readonly (readonly [number, number])[]): IntegerSet {
  const result: number[] = [];
  for (const [lowest, highest] of runs) {
    if (result.at(-1) === lowest) result.pop();
    else result.push(lowest);
    result.push(highest + 1);
  }
  return result;
}

/** The highest number in the set that is below `limit`, or -1. */
export function highestInteger(set: IntegerSet, limit: number): number {
  for (let index = set.length - 1; index >= 0; index--) {
    const cut = set[index]!;
    if ((index & 1) === 0) {
      if (cut < limit) return limit - 1;
    } else if (cut <= limit && set[index - 1]! < cut) {
      return cut - 1;
    }
  }
  return -1;
}

/** How many numbers of the set are below `limit`. */
export function countIntegers(set: IntegerSet, limit: number): number {
  let count = 0;
  for (let index = 0; index < set.length; index += 2) {
    const end = index + 1 < set.length ? Math.min(set[index + 1]!, limit) : limit;
    if (end > set[index]!) count += end - set[index]!;
  }
  return count;
}

/** The largest interval around `version` within the whole line that holds no other number below `limit`. */
export function widenInteger(version: number, limit: number): IntegerSet {
  return version + 1 === limit ? [version] : [version, version + 1];
}

function combine(a: IntegerSet, b: IntegerSet, table: number): IntegerSet {
  const result: number[] = [];
  const lengthA = a.length;
  const lengthB = b.length;
  let i = 0;
  let j = 0;
  while (i < lengthA || j < lengthB) {
    const left = i < lengthA ? a[i]! : Infinity;
    const right = j < lengthB ? b[j]! : Infinity;
    const cut = left < right ? left : right;
    if (left === cut) i++;
    if (right === cut) j++;
    if (((table >> ((i & 1) | ((j & 1) << 1))) & 1) !== (result.length & 1)) result.push(cut);
  }
  return result;
}

function relation(a: IntegerSet, b: IntegerSet): SetRelation {
  const lengthA = a.length;
  const lengthB = b.length;
  const isOpen = (lengthA & 1) === 1;
  let overlaps = false;
  let exceeds = false;
  let i = 0;
  let j = 0;
  while (i < lengthA || (isOpen && j < lengthB)) {
    const left = i < lengthA ? a[i]! : Infinity;
    const right = j < lengthB ? b[j]! : Infinity;
    if (left <= right) i++;
    if (right <= left) j++;
    if ((i & 1) === 0) continue;
    if ((j & 1) === 1) overlaps = true;
    else exceeds = true;
    if (overlaps && exceeds) return 'overlapping';
  }
  return exceeds ? 'disjoint' : 'subset';
}

/** The algebra of integer sets. */
export const INTEGER_SETS: VersionSets<IntegerSet> = {
  empty: NO_INTEGERS,
  isEmpty: (set) => set.length === 0,
  equals(a, b) {
    if (a === b) return true;
    if (a.length !== b.length) return false;
    for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
    return true;
  },
  intersection: (a, b) => combine(a, b, 0b1000),
  union: (a, b) => combine(a, b, 0b1110),
  difference: (a, b) => (b.length === 0 ? a : combine(a, b, 0b0010)),
  relation,
};

/** The numbers of the set that are below `limit`, ascending. */
export function positionsIn(set: IntegerSet, limit: number): readonly number[] {
  const positions: number[] = [];
  for (let index = 0; index < set.length; index += 2) {
    const end = Math.min(set[index + 1] ?? limit, limit);
    for (let position = set[index]!; position < end; position += 1) positions.push(position);
  }
  return positions;
}
