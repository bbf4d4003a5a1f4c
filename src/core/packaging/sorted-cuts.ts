/**
 * Set algebra on sorted lists of cuts, whatever a cut is. A set is a list in ascending order; membership changes at
 * each cut, beginning with "outside":
 *
 *     [ a, b, c ]      ───a███████b───────c██████████   two segments, the second without an upper bound
 *     [ lowest ]       ██████████████████████████████   everything
 *     [ ]              ──────────────────────────────   nothing
 *
 * All operations are one merge of two lists.
 */

/** Order of two cuts: negative, zero or positive. */
export type CompareCuts<Cut> = (a: Cut, b: Cut) => number;

/** How one set stands to another; an empty one is a subset of all. */
export type SetRelation = 'subset' | 'disjoint' | 'overlapping';

/** Which of the four combinations of "in a" (bit 0) and "in b" (bit 1) are in the result, as a bit mask. */
const INTERSECTION = 0b1000;
const UNION = 0b1110;
const DIFFERENCE = 0b0010;

/**
 * Which of two equal cuts stays, 'left' or 'right': they can be written otherwise (`2.0.dev0`, `2.0.0.dev0`). Of an
 * intersection the right one begins and the left one ends; of a union the left one begins, and of two ends the one of
 * the segment that began first, unless `isLate` says of the cut that it is that of the other
 * (`version-ranges` 0.2, `Ranges::intersection`, `Ranges::union`).
 */
function keepsRight(table: number, isEnd: boolean, isLate: boolean, beganFirst: () => boolean): boolean {
  if (table === INTERSECTION) return !isEnd;
  return table === UNION && isEnd && beganFirst() === isLate;
}

function combine<Cut>(
  a: readonly Cut[],
  b: readonly Cut[],
  compare: CompareCuts<Cut>,
  table: number,
  isLate: (cut: Cut) => boolean = () => false,
): readonly Cut[] {
  const result: Cut[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const order = i === a.length ? 1 : j === b.length ? -1 : compare(a[i]!, b[j]!);
    let cut = order <= 0 ? a[i]! : b[j]!;
    if (order === 0 && a[i] !== b[j]) {
      const isEnd = (result.length & 1) === 1;
      const [left, right] = [a[i - 1], b[j - 1]];
      const leftBegan = (): boolean => left === undefined || right === undefined || compare(left, right) <= 0;
      if (keepsRight(table, isEnd, isLate(cut), leftBegan)) cut = b[j]!;
    }
    if (order <= 0) i++;
    if (order >= 0) j++;
    const isInside = ((table >> ((i & 1) | ((j & 1) << 1))) & 1) === 1;
    if (isInside !== ((result.length & 1) === 1)) result.push(cut);
  }
  return result;
}

export function intersectCuts<Cut>(a: readonly Cut[], b: readonly Cut[], compare: CompareCuts<Cut>) {
  if (a.length === 0 || b.length === 0) return [];
  return a === b ? a : combine(a, b, compare, INTERSECTION);
}

/** `isLate`: of which ends that are equal the later segment's stays. */
export function uniteCuts<Cut>(
  a: readonly Cut[],
  b: readonly Cut[],
  compare: CompareCuts<Cut>,
  isLate?: (cut: Cut) => boolean,
) {
  if (a.length === 0 || a === b) return b;
  return b.length === 0 ? a : combine(a, b, compare, UNION, isLate);
}

export function subtractCuts<Cut>(a: readonly Cut[], b: readonly Cut[], compare: CompareCuts<Cut>) {
  if (a.length === 0 || b.length === 0) return a;
  return a === b ? [] : combine(a, b, compare, DIFFERENCE);
}

/** Everything outside the set. `lowest` must be the one object that begins sets without a lower bound. */
export function complementCuts<Cut>(cuts: readonly Cut[], lowest: Cut): readonly Cut[] {
  return cuts[0] === lowest ? cuts.slice(1) : [lowest, ...cuts];
}

/** One walk that stops as soon as the answer is known. */
export function relateCuts<Cut>(
  a: readonly Cut[],
  b: readonly Cut[],
  compare: CompareCuts<Cut>,
): SetRelation {
  if (a === b || a.length === 0) return 'subset';
  const isOpen = (a.length & 1) === 1;
  let overlaps = false;
  let exceeds = false;
  let i = 0;
  let j = 0;
  while (i < a.length || (isOpen && j < b.length)) {
    const order = i === a.length ? 1 : j === b.length ? -1 : compare(a[i]!, b[j]!);
    if (order <= 0) i++;
    if (order >= 0) j++;
    if ((i & 1) === 0) continue;
    if ((j & 1) === 1) overlaps = true;
    else exceeds = true;
    if (overlaps && exceeds) return 'overlapping';
  }
  return exceeds ? 'disjoint' : 'subset';
}

export function equalCuts<Cut>(a: readonly Cut[], b: readonly Cut[], compare: CompareCuts<Cut>): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((cut, index) => compare(cut, b[index]!) === 0);
}
