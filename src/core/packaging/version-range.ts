/**
 * Sets of versions as sorted, disjoint intervals, and the set that each specifier means (PEP 440).
 *
 * A range has two faces. The *encoded* cuts keep the sentinels (`version-cut.ts`): membership and printing use them.
 * The *canonical* cuts have the sentinels folded away, so that sets which hold the same versions are equal:
 * `<=1.0` and `<1.0.post0.dev0`. Equality, subset and disjointness use these.
 */
import {
  canonicalCut,
  compareCuts,
  cutAfter,
  cutBefore,
  isAbove,
  LOWEST,
  type VersionCut,
} from './version-cut.ts';
import {
  complementCuts,
  equalCuts,
  intersectCuts,
  relateCuts,
  subtractCuts,
  uniteCuts,
  type SetRelation,
} from './sorted-cuts.ts';
import { versionsEqual, type Version } from './version.ts';

/** One interval; null is unbounded. `lower.isAfter` excludes the version itself, `upper.isAfter` includes it. */
export interface RangeSegment {
  readonly lower: VersionCut | null;
  readonly upper: VersionCut | null;
}

type Cuts = readonly VersionCut[];

/** Canonical cuts, or the same list when nothing changes. Pairs of cuts that meet vanish. */
function canonicalize(cuts: Cuts): Cuts {
  if (cuts.every((cut) => canonicalCut(cut) === cut)) return cuts;
  const result: VersionCut[] = [];
  for (const cut of cuts.map(canonicalCut)) {
    const last = result.at(-1);
    if (last !== undefined && compareCuts(last, cut) === 0) result.pop();
    else result.push(cut);
  }
  return result;
}

/** An immutable set of versions. Every version is inside or outside, whether it exists or not. */
function isOpenEnd({ isAfter }: VersionCut): boolean {
  return !isAfter;
}

export class VersionRange {
  static readonly EMPTY = new VersionRange([], []);
  static readonly FULL = new VersionRange([LOWEST], [LOWEST]);

  /** Sorted; see `sorted-cuts.ts`. */
  readonly encoded: Cuts;
  readonly #canonical: Cuts;

  private constructor(encoded: Cuts, canonical: Cuts) {
    this.encoded = encoded;
    this.#canonical = canonical;
  }

  /** The set with these cuts, which must be in ascending order. */
  static fromCuts(cuts: Cuts): VersionRange {
    return new VersionRange(cuts, canonicalize(cuts));
  }

  static fromSegments(segments: Iterable<RangeSegment>): VersionRange {
    let cuts: VersionCut[] = [];
    for (const { lower, upper } of segments) {
      if (lower !== null && upper !== null && compareCuts(lower, upper) >= 0) continue;
      const start = lower ?? LOWEST;
      const last = cuts.at(-1);
      // Most come in order, each behind the last.
      if (last === undefined || ((cuts.length & 1) === 0 && compareCuts(last, start) < 0)) {
        cuts.push(start);
        if (upper !== null) cuts.push(upper);
      } else cuts = [...uniteCuts(cuts, upper === null ? [start] : [start, upper], compareCuts)];
    }
    return VersionRange.fromCuts(cuts);
  }

  /** This version and no other; `1.0` does not include `1.0+local`. */
  static singleton(version: Version): VersionRange {
    return VersionRange.fromCuts([cutBefore(version), cutAfter(version)]);
  }

  /** From `lowest` to `highest`, both included. */
  static closed(lowest: Version, highest: Version): VersionRange {
    return VersionRange.fromCuts([cutBefore(lowest), cutAfter(highest)]);
  }

  /** `version` and everything above it. */
  static from(version: Version): VersionRange {
    return VersionRange.fromCuts([cutBefore(version)]);
  }

  /** Everything below `version`. */
  static below(version: Version): VersionRange {
    return VersionRange.fromCuts([LOWEST, cutBefore(version)]);
  }

  intersection(other: VersionRange): VersionRange {
    return this.#combine(other, intersectCuts);
  }

  union(other: VersionRange): VersionRange {
    return this.#combine(other, uniteCuts);
  }

  /** What is in this set but not in the other. */
  difference(other: VersionRange): VersionRange {
    return this.#combine(other, subtractCuts);
  }

  complement(): VersionRange {
    const encoded = complementCuts(this.encoded, LOWEST);
    const canonical = this.#canonical === this.encoded ? encoded : complementCuts(this.#canonical, LOWEST);
    return new VersionRange(encoded, canonical);
  }

  #combine(
    other: VersionRange,
    operation: (a: Cuts, b: Cuts, compare: typeof compareCuts, isLate?: (cut: VersionCut) => boolean) => Cuts,
  ): VersionRange {
    const encoded = operation(this.encoded, other.encoded, compareCuts, isOpenEnd);
    const isPlain = this.#canonical === this.encoded && other.#canonical === other.encoded;
    return new VersionRange(
      encoded,
      isPlain ? encoded : operation(this.#canonical, other.#canonical, compareCuts),
    );
  }

  contains(version: Version): boolean {
    let low = 0;
    let high = this.encoded.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const cut = this.encoded[middle]!;
      if (cut === LOWEST || isAbove(version, cut)) low = middle + 1;
      else high = middle;
    }
    return (low & 1) === 1;
  }

  /** No version at all is inside, not even one that does not exist. */
  get isEmpty(): boolean {
    return this.#canonical.length === 0;
  }

  /** Written without any interval. A set can be empty and yet be written as one: `<0.dev0`. */
  get hasNoSegments(): boolean {
    return this.encoded.length === 0;
  }

  get isFull(): boolean {
    return this.#canonical.length === 1 && this.#canonical[0] === LOWEST;
  }

  relation(other: VersionRange): SetRelation {
    return relateCuts(this.#canonical, other.#canonical, compareCuts);
  }

  isSubset(other: VersionRange): boolean {
    return this.relation(other) === 'subset';
  }

  isDisjoint(other: VersionRange): boolean {
    return this.isEmpty || this.relation(other) === 'disjoint';
  }

  equals(other: VersionRange): boolean {
    return this === other || equalCuts(this.#canonical, other.#canonical, compareCuts);
  }

  /** The encoded intervals, lowest first. */
  segments(): readonly RangeSegment[] {
    const result: RangeSegment[] = [];
    for (let index = 0; index < this.encoded.length; index += 2) {
      const lower = this.encoded[index]!;
      result.push({ lower: lower === LOWEST ? null : lower, upper: this.encoded[index + 1] ?? null });
    }
    return result;
  }

  /** The version, when the set is written as exactly one. */
  get singleVersion(): Version | null {
    const [lower, upper] = this.encoded;
    if (this.encoded.length !== 2 || lower === undefined || upper === undefined) return null;
    if (lower.sentinel !== 'none' || upper.sentinel !== 'none' || lower.isAfter || !upper.isAfter)
      return null;
    return versionsEqual(lower.version, upper.version) ? lower.version : null;
  }

  /**
   * For display: the place above all local labels becomes the version itself, so that `==1.0`, which holds `1.0+a`,
   * reads `==1.0`, and its complement `<1.0 | >1.0`.
   */
  withoutLocalSentinels(): VersionRange {
    if (this.encoded.every((cut) => cut.sentinel !== 'local-max')) return this;
    return VersionRange.fromSegments(this.segments().map(withoutLocalSentinels));
  }

  /** As uv writes a set by itself: `>=1, <2 | ==3`, `*`, `∅`. Sentinels show as their versions. */
  toString(): string {
    if (this.encoded.length === 0) return '∅';
    return this.segments().map(segmentText).join(' | ');
  }
}

function withoutLocalSentinels({ lower, upper }: RangeSegment): RangeSegment {
  const isUpper = upper?.sentinel === 'local-max';
  const includesUpper = isUpper && (upper.isAfter || (lower !== null && !lower.isAfter));
  return {
    lower: lower?.sentinel === 'local-max' ? cutAfter(lower.version) : lower,
    upper: isUpper ? (includesUpper ? cutAfter(upper.version) : cutBefore(upper.version)) : upper,
  };
}

/** One interval as uv writes it inside a set: `>=1, <2`, `==1`, `*`. */
function segmentText({ lower, upper }: RangeSegment): string {
  const low = lower === null ? '' : `${lower.isAfter ? '>' : '>='}${lower.version.text}`;
  const high = upper === null ? '' : `${upper.isAfter ? '<=' : '<'}${cutText(upper)}`;
  if (low === '' && high === '') return '*';
  if (low === '' || high === '') return low + high;
  if (lower!.sentinel === 'none' && upper!.sentinel === 'none' && !lower!.isAfter && upper!.isAfter) {
    if (versionsEqual(lower!.version, upper!.version)) return `==${lower!.version.text}`;
  }
  return `${low}, ${high}`;
}

/** uv prints the sentinel above all local labels as a label that is missing: `1.0+`. */
function cutText(cut: VersionCut): string {
  return cut.sentinel === 'local-max' ? `${cut.version.text}+` : cut.version.text;
}
