/**
 * Cuts: places between versions. A set of versions is a sorted list of cuts (`version-range.ts`), and every specifier
 * begins and ends at cuts.
 *
 *      … 1.0rc1 | 1.0 | 1.0+a … | 1.0.post1 …
 *               ▲     ▲         ▲
 *     before(1.0)  after(1.0)   after every local label of 1.0 (`local-max`)
 *
 * PEP 440 needs places where no version is: "below every pre-release of 1.0" (`min`, for `<1.0`), "above every
 * post-release and local label of 1.0" (`max`, for `>1.0`) and "above every local label of 1.0" (`local-max`, for
 * `<=1.0` and `==1.0`). uv calls them sentinels; they are printed as the version that they belong to.
 */
import { assert } from './assert.ts';
import { compareVersions, parseVersion, type Version } from './version.ts';

/** Which place of a version is meant: itself, or one of the three that are no versions. */
export type Sentinel = 'none' | 'min' | 'max' | 'local-max';

export interface VersionCut {
  readonly version: Version;
  readonly sentinel: Sentinel;
  /** Whether the cut is just above the place (`>v`, `<=v`) rather than just below it (`>=v`, `<v`). */
  readonly isAfter: boolean;
  /** Derived: sorts as the place does, local labels left out. See `Version.key`. */
  readonly key: readonly number[];
}

/** Reads a version that this program wrote itself. */
export function versionOf(text: string): Version {
  const result = parseVersion(text);
  assert(result.ok, `not a version: ${text}`);
  return result.value;
}

/** The smallest version there is. */
export const SMALLEST_VERSION = versionOf('0.dev0');

/** Below every version: where a set without a lower bound begins. */
export const LOWEST: VersionCut = { version: SMALLEST_VERSION, sentinel: 'min', isAfter: false, key: [-1] };

/** Sorts below the rank of a version that is only a development release (`Version.key`). */
const RANK_MIN = -6;
const ENDLESS = Number.MAX_VALUE;

function releaseKey(version: Version): number[] {
  // Only the rank that follows the release is negative.
  const end = version.key.findIndex((part) => part < 0);
  return version.key.slice(0, end);
}

function sentinelKey(version: Version, sentinel: Sentinel): readonly number[] {
  if (sentinel === 'none' || sentinel === 'local-max') return version.key;
  const key = releaseKey(version);
  const rank = version.key[key.length]!;
  if (sentinel === 'max') return [...key, rank, version.pre?.[1] ?? 0, 1, ENDLESS, 1, 0];
  if (version.post === null) return [...key, RANK_MIN];
  return [...key, rank, version.pre?.[1] ?? 0, 1, version.post, -1, 0];
}

/** The cut just below a version, or below one of its sentinels. */
export function cutBefore(version: Version, sentinel: Sentinel = 'none'): VersionCut {
  return { version, sentinel, isAfter: false, key: sentinelKey(version, sentinel) };
}

/** The cut just above a version, or above one of its sentinels. */
export function cutAfter(version: Version, sentinel: Sentinel = 'none'): VersionCut {
  return { version, sentinel, isAfter: true, key: sentinelKey(version, sentinel) };
}

function compareKeys(left: readonly number[], right: readonly number[]): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left[index]!;
    const b = right[index]!;
    if (a !== b) return a < b ? -1 : 1;
  }
  return left.length - right.length;
}

function comparePlaces(a: VersionCut, b: VersionCut): number {
  const difference = compareKeys(a.key, b.key);
  if (difference !== 0) return difference;
  const isMaximumA = a.sentinel === 'local-max';
  const isMaximumB = b.sentinel === 'local-max';
  if (isMaximumA || isMaximumB) return Number(isMaximumA) - Number(isMaximumB);
  if (a.version.local === null && b.version.local === null) return 0;
  return compareVersions(a.version, b.version);
}

/** Negative, zero or positive as cut `a` lies below, at or above cut `b`. */
export function compareCuts(a: VersionCut, b: VersionCut): number {
  if (a === b) return 0;
  const difference = comparePlaces(a, b);
  return difference === 0 ? Number(a.isAfter) - Number(b.isAfter) : difference;
}

/** Whether a version lies above a cut. */
export function isAbove(version: Version, cut: VersionCut): boolean {
  const difference = compareKeys(version.key, cut.key);
  if (difference !== 0) return difference > 0;
  if (cut.sentinel === 'local-max') return false;
  const local =
    version.local === null && cut.version.local === null ? 0 : compareVersions(version, cut.version);
  return local === 0 ? !cut.isAfter : local > 0;
}

interface ChangedParts {
  readonly release?: readonly number[];
  readonly pre?: Version['pre'];
  readonly post?: number | null;
  readonly dev?: number | null;
}

/** The version with some parts replaced, and without its local label. */
export function withParts(version: Version, parts: ChangedParts): Version {
  const release = parts.release ?? version.release;
  const pre = parts.pre === undefined ? version.pre : parts.pre;
  const post = parts.post === undefined ? version.post : parts.post;
  const dev = parts.dev === undefined ? version.dev : parts.dev;
  let text = version.epoch === 0 ? '' : `${version.epoch}!`;
  text += release.join('.');
  if (pre !== null) text += `${pre[0]}${pre[1]}`;
  if (post !== null) text += `.post${post}`;
  if (dev !== null) text += `.dev${dev}`;
  return versionOf(text);
}

/** The least version above a place that is no version; null for versions, and where there is no least one. */
function successor(cut: VersionCut): Version | null {
  const { version } = cut;
  switch (cut.sentinel) {
    case 'none':
      return null;
    case 'min':
      return withParts(version, { dev: 0 });
    case 'max':
      return (
        version.pre && withParts(version, { pre: [version.pre[0], version.pre[1] + 1], post: null, dev: 0 })
      );
    case 'local-max':
      if (version.dev !== null) return withParts(version, { dev: version.dev + 1 });
      return withParts(version, { post: version.post === null ? 0 : version.post + 1, dev: 0 });
  }
}

/**
 * The cut that stands for all cuts between the same two versions, where that can be known: cuts at sentinels move
 * down to the version that follows (`<=1.0` becomes `<1.0.post0.dev0`), cuts below the smallest version to `LOWEST`.
 */
export function canonicalCut(cut: VersionCut): VersionCut {
  if (cut === LOWEST) return cut;
  const next = successor(cut);
  const moved = next === null ? cut : cutBefore(next);
  return compareCuts(moved, SMALLEST_CUT) <= 0 ? LOWEST : moved;
}

const SMALLEST_CUT = cutBefore(SMALLEST_VERSION);
