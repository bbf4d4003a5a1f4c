/**
 * Ranges seen against a listing, the sorted versions of a package that exist. Two ranges that hold the same listed
 * versions are interchangeable; these functions choose the one that suits best.
 *
 *     listing          1     2     3     4
 *     range              [2]                      ==2
 *     widened           (1 ─────  3)              >1, <3
 *     simplified   of [1, 3.5):  everything up to 3  →  <3.5
 */
import { cutAfter, cutBefore, isAbove, LOWEST, type VersionCut } from './version-cut.ts';
import { VersionRange, type RangeSegment } from './version-range.ts';
import type { Version } from './version.ts';

type Listing = readonly Version[];

/** How many listed versions lie below the cut. */
function countBelow(listing: Listing, cut: VersionCut | null): number {
  if (cut === null || cut === LOWEST) return 0;
  let low = 0;
  let high = listing.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAbove(listing[middle]!, cut)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Indexes of the listed versions inside a segment: from `first` up to, not including, `end`. */
function listedInside(listing: Listing, { lower, upper }: RangeSegment): { first: number; end: number } {
  return {
    first: countBelow(listing, lower),
    end: upper === null ? listing.length : countBelow(listing, upper),
  };
}

/**
 * The largest range that holds the same listed versions: each interval grows up to its nearest listed neighbours.
 * With 1, 2, 3 listed, `==2` becomes `>1, <3`.
 */
export function widenRange(range: VersionRange, listing: Listing): VersionRange {
  return VersionRange.fromSegments(
    range.segments().map((segment) => {
      const { first, end } = listedInside(listing, segment);
      const below = listing[first - 1];
      const above = listing[end];
      return { lower: below ? cutAfter(below) : null, upper: above ? cutBefore(above) : null };
    }),
  );
}

/** The inverse, for display: bounded ends move in to the first and last listed version inside; open ends stay. */
export function narrowRange(range: VersionRange, listing: Listing): VersionRange {
  return VersionRange.fromSegments(
    range.segments().map((segment) => {
      const { first, end } = listedInside(listing, segment);
      if (first >= end) return segment;
      return {
        lower: segment.lower && cutBefore(listing[first]!),
        upper: segment.upper && cutAfter(listing[end - 1]!),
      };
    }),
  );
}

/** Whether the range holds every listed version. */
export function coversListing(range: VersionRange, listing: Listing): boolean {
  return listing.every((version) => range.contains(version));
}

/**
 * A simpler range that holds the same listed versions: intervals without a listed version between them are joined,
 * bounds that keep no listed version out are dropped. One version, and a range that holds no listed version, stay.
 */
export function simplifyRange(range: VersionRange, listing: Listing): VersionRange {
  if (range.singleVersion !== null) return range;
  const segments = range.segments();
  const kept: RangeSegment[] = [];
  let position = 0;
  let run: { first: RangeSegment | null; last: RangeSegment } | null = null;
  listing.forEach((version, index) => {
    while (position < segments.length && isPast(version, segments[position]!)) position++;
    const segment = segments[position];
    if (segment !== undefined && (segment.lower === null || isAbove(version, segment.lower))) {
      run = { first: run === null ? (index === 0 ? null : segment) : run.first, last: segment };
    } else if (run !== null) {
      kept.push({ lower: run.first?.lower ?? null, upper: run.last.upper });
      run = null;
    }
  });
  const lastRun = run as { first: RangeSegment | null; last: RangeSegment } | null;
  if (lastRun !== null) kept.push({ lower: lastRun.first?.lower ?? null, upper: null });
  return kept.length === 0 ? range : VersionRange.fromSegments(kept);
}

function isPast(version: Version, { upper }: RangeSegment): boolean {
  return upper !== null && isAbove(version, upper);
}
