/** From specifiers to the sets of versions that they mean (PEP 440, "Version specifiers"), as uv 0.12 builds them. */
import { assertNever } from './assert.ts';
import type { Specifier, SpecifierSet } from './specifier.ts';
import { cutAfter, cutBefore, LOWEST, withParts } from './version-cut.ts';
import { VersionRange } from './version-range.ts';
import type { Version } from './version.ts';

/** `==1.2.*`: from the first development release of 1.2 to that of 1.3. */
function prefixRange(version: Version): VersionRange {
  const low = withParts(version, { dev: 0 });
  let high: Version;
  if (version.post !== null) high = withParts(version, { post: version.post + 1, dev: 0 });
  else if (version.pre !== null)
    high = withParts(version, { pre: [version.pre[0], version.pre[1] + 1], dev: 0 });
  else high = withParts(version, { release: incrementLast(version.release), dev: 0 });
  return VersionRange.fromCuts([cutBefore(low), cutBefore(high)]);
}

function incrementLast(release: readonly number[]): readonly number[] {
  return [...release.slice(0, -1), release.at(-1)! + 1];
}

function compatibleRange(version: Version): VersionRange {
  const release = incrementLast(version.release.slice(0, -1));
  const high = withParts(version, { release, pre: null, post: null, dev: 0 });
  return VersionRange.fromCuts([cutBefore(version), cutBefore(high)]);
}

function equalRange(version: Version): VersionRange {
  if (version.local !== null) return VersionRange.singleton(version);
  return VersionRange.fromCuts([cutBefore(version), cutBefore(version, 'local-max')]);
}

/** `<1.0` leaves out the pre-releases of 1.0; `<1.0rc1` does not. */
function lessRange(version: Version): VersionRange {
  const isPrerelease = version.pre !== null || version.dev !== null;
  return VersionRange.fromCuts([LOWEST, isPrerelease ? cutBefore(version) : cutBefore(version, 'min')]);
}

/** `>1.0` leaves out the post-releases and local labels of 1.0; `>1.0.post1` only the labels. */
function greaterRange(version: Version): VersionRange {
  if (version.dev !== null) return VersionRange.from(withParts(version, { dev: version.dev + 1 }));
  return VersionRange.fromCuts([cutAfter(version, version.post === null ? 'max' : 'local-max')]);
}

/** The versions that one specifier allows. `===` of what is no version allows none. */
export function specifierRange(specifier: Specifier): VersionRange {
  const { operator, version } = specifier;
  if (version === null) return VersionRange.EMPTY;
  switch (operator) {
    case '==':
      return specifier.isWildcard ? prefixRange(version) : equalRange(version);
    case '!=':
      return (specifier.isWildcard ? prefixRange(version) : equalRange(version)).complement();
    case '===':
      return VersionRange.singleton(version);
    case '~=':
      return compatibleRange(version);
    case '<':
      return lessRange(version);
    case '<=':
      return VersionRange.fromCuts([LOWEST, cutAfter(version, 'local-max')]);
    case '>':
      return greaterRange(version);
    case '>=':
      return VersionRange.from(version);
    default:
      return assertNever(operator);
  }
}

/** The versions that all specifiers of a set allow. */
export function specifierSetRange(set: SpecifierSet): VersionRange {
  return intersectionOf(set.specifiers.map(specifierRange));
}

/** Neighbours first, so that a long list of exclusions is gone through as often as its halves, not as its length. */
function intersectionOf(ranges: readonly VersionRange[]): VersionRange {
  if (ranges.length > FEW_RANGES) {
    const middle = ranges.length >> 1;
    return intersectionOf(ranges.slice(0, middle)).intersection(intersectionOf(ranges.slice(middle)));
  }
  return ranges.reduce((all, range) => all.intersection(range), VersionRange.FULL);
}

const FEW_RANGES = 16;

function onlyRelease(version: Version): Version {
  return withParts(version, { pre: null, post: null, dev: null });
}

/**
 * The versions that a specifier allows when only release numbers count, as for Requires-Python: `>=3.13` allows
 * 3.13.0b1, `==3.9` is one version.
 */
export function releaseSpecifierRange(specifier: Specifier): VersionRange {
  const { operator } = specifier;
  if (specifier.version === null) return VersionRange.EMPTY;
  const version = onlyRelease(specifier.version);
  const prefix = (): VersionRange =>
    VersionRange.fromCuts([
      cutBefore(version),
      cutBefore(withParts(version, { release: incrementLast(version.release) })),
    ]);
  switch (operator) {
    case '==':
      return specifier.isWildcard ? prefix() : VersionRange.singleton(version);
    case '!=':
      return (specifier.isWildcard ? prefix() : VersionRange.singleton(version)).complement();
    case '===':
      return VersionRange.singleton(version);
    case '~=': {
      const high = withParts(version, { release: incrementLast(version.release.slice(0, -1)) });
      return VersionRange.fromCuts([cutBefore(version), cutBefore(high)]);
    }
    case '<':
      return VersionRange.below(version);
    case '<=':
      return VersionRange.fromCuts([LOWEST, cutAfter(version)]);
    case '>':
      return VersionRange.fromCuts([cutAfter(version)]);
    case '>=':
      return VersionRange.from(version);
    default:
      return assertNever(operator);
  }
}

export function releaseSpecifierSetRange(set: SpecifierSet): VersionRange {
  return set.specifiers.reduce(
    (range, specifier) => range.intersection(releaseSpecifierRange(specifier)),
    VersionRange.FULL,
  );
}
