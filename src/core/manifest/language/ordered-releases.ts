/** Releases in the order of their versions, with what keeps one from being chosen. */
import { parseSpecifierSet, specifierSetContains, type SpecifierSet } from '../../packaging/specifier.ts';
import { compareVersions, isPrerelease, parseVersion, type Version } from '../../packaging/version.ts';
import type { KnownRelease } from './index-names.ts';

export interface OrderedRelease extends KnownRelease {
  readonly parsed: Version;
  readonly isPrerelease: boolean;
  /** Whether `requires-python` admits the chosen Python. */
  readonly runsHere: boolean;
}

/** Newest first; releases whose version is none are left out. */
export function orderReleases(releases: readonly KnownRelease[], python: Version | null): OrderedRelease[] {
  const ordered: OrderedRelease[] = [];
  for (const release of releases) {
    const parsed = parseVersion(release.version);
    if (!parsed.ok) continue;
    ordered.push({
      ...release,
      parsed: parsed.value,
      isPrerelease: isPrerelease(parsed.value),
      runsHere: runsOn(release.requiresPython, python),
    });
  }
  return ordered.sort((left, right) => compareVersions(right.parsed, left.parsed));
}

function runsOn(requiresPython: string | null, python: Version | null): boolean {
  if (requiresPython === null || python === null) return true;
  const set = parseSpecifierSet(requiresPython);
  return !set.ok || specifierSetContains(set.value, python, { prereleases: true });
}

/** Whether an installer that takes no pre-releases would look at the release at all. */
export function isOrdinary(release: OrderedRelease): boolean {
  return !release.isPrerelease && release.yanked === false && release.runsHere;
}

/** The releases inside a set, pre-releases included. */
export function releasesInside(releases: readonly OrderedRelease[], set: SpecifierSet): OrderedRelease[] {
  return releases.filter((release) => specifierSetContains(set, release.parsed, { prereleases: true }));
}
