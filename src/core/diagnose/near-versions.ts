/** The versions of a project around what a requirement allows, nearest first, and the nearest of them that would do. */
import { isMissing } from '../package-index/package-index.ts';
import type { Requirement } from '../packaging/requirement.ts';
import { specifierSetContains } from '../packaging/specifier.ts';
import { compareVersions, isPrerelease, type Version } from '../packaging/version.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import { listingOf } from '../resolver/uv/project-listing.ts';

export interface NearVersions {
  /** Above what is allowed, lowest first. */
  readonly above: readonly Version[];
  /** Below it, highest first. */
  readonly below: readonly Version[];
}

/**
 * Final releases that are not withdrawn, or pre-releases; what the requirement leaves out in its middle counts as above.
 */
export function nearVersions(
  request: ResolveRequest,
  requirement: Requirement,
  stage: 'final' | 'pre-release' = 'final',
): NearVersions {
  const page = request.index.page(requirement.normalizedName);
  if (isMissing(page)) return { above: [], below: [] };
  const releases = listingOf(page).releases.filter(
    ({ version, files }) =>
      isPrerelease(version) === (stage === 'pre-release') &&
      files.some(({ distribution }) => distribution.yanked === false),
  );
  const isInside = releases.map(({ version }) =>
    specifierSetContains(requirement.specifier, version, { prereleases: true }),
  );
  const lowest = isInside.indexOf(true);
  const outside = releases.filter((_release, at) => !isInside[at]!).map(({ version }) => version);
  const isBelow = (version: Version): boolean => {
    if (lowest !== -1) return compareVersions(version, releases[lowest]!.version) < 0;
    const bound = requirement.specifier.specifiers.find((clause) => clause.version !== null)?.version;
    return bound !== undefined && bound !== null && compareVersions(version, bound) < 0;
  };
  return {
    above: outside.filter((version) => !isBelow(version)),
    below: outside.filter(isBelow).toReversed(),
  };
}

/** Trials of one search at most. */
const MAX_TRIALS = 14;

/**
 * The nearest version that would do, or nearly: the first few one by one, then with growing steps and back. Null: none of
 * those that were tried.
 */
export function nearestThat(
  versions: readonly Version[],
  isGood: (version: Version) => boolean,
): { readonly version: Version; readonly distance: number } | null {
  let trials = 0;
  const good = (at: number): boolean => {
    trials += 1;
    return isGood(versions[at]!);
  };
  let failed = -1;
  let step = 1;
  let found = -1;
  for (let at = 0; at < versions.length && trials < MAX_TRIALS; at += step) {
    if (good(at)) {
      found = at;
      break;
    }
    failed = at;
    if (at >= 2) step *= 2;
    if (at + step >= versions.length && at < versions.length - 1) step = versions.length - 1 - at;
  }
  if (found === -1) return null;
  while (found - failed > 1 && trials < MAX_TRIALS) {
    const middle = (found + failed) >> 1;
    if (good(middle)) found = middle;
    else failed = middle;
  }
  return { version: versions[found]!, distance: found + 1 };
}
