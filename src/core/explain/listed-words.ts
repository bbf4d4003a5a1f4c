/** What an index lists where versions that would do are not listed: the nearest ones, or what lies between two bounds. */
import { parseSpecifierSet } from '../packaging/specifier.ts';
import { specifierSetRange } from '../packaging/specifier-range.ts';
import { compareVersions, parseVersion } from '../packaging/version.ts';
import { VersionRange } from '../packaging/version-range.ts';
import { specifierOf, specifierAt } from './bound-words.ts';
import { allBits } from './conflict-facts.ts';
import { allowedAt, packageAt, type ConflictView } from './narrowing-view.ts';
import { capitalized, code, listOf } from './words.ts';

/** Versions that are listed one by one. */
const LISTED = 2;

/**
 * Why a line finds no version, after its demand: ``, which no version can satisfy``, ``, but the index lists no such
 * version: its oldest `alpha` is 1.0``. `versions` are all that are listed, lowest first, and one at least.
 */
export function noSuchVersion(
  text: string,
  project: string,
  versions: readonly string[],
  place: string,
): string {
  const set = parseSpecifierSet(specifierOf(text) ?? '');
  const range = set.ok ? specifierSetRange(set.value) : VersionRange.FULL;
  if (range.isEmpty && !text.includes('===')) return ', which no version can satisfy';
  return `, but ${place} lists no such version: ${nearest(range, code(project), versions)}`;
}

function nearest(range: VersionRange, name: string, versions: readonly string[]): string {
  const segments = range.segments();
  const isOpen = segments[0]?.lower === null && segments.at(-1)?.upper === null;
  if (versions.length === 1) return `its only ${name} is ${versions[0]!}`;
  if (isOpen && versions.length <= LISTED) return `its only ${name} are ${listOf(versions)}`;
  const bound = segments[0]?.lower ?? null;
  const above = versions.findIndex((version) => {
    const parsed = parseVersion(version);
    return bound === null || (parsed.ok && compareVersions(parsed.value, bound.version) > 0);
  });
  if (above < 0) return `its newest ${name} is ${versions.at(-1)!}`;
  if (above === 0) return `its oldest ${name} is ${versions[0]!}`;
  return `its nearest ${name} are ${versions[above - 1]!} and ${versions[above]!}`;
}

/**
 * ``The index lists no `b` in between: only 1 and 3.`` where the bounds that a sentence tells leave room for versions that
 * are not listed, so that a reader would not see the conflict; null where they exclude each other, or say more than bounds.
 */
export function gapSentence(view: ConflictView, bounds: readonly number[]): string | null {
  const { identifier, versions, place } = packageAt(view, view.slice.emptied);
  if (versions.length === 0 || !leavesRoom(view, bounds)) return null;
  const name = code(identifier);
  if (versions.length <= LISTED) return `${capitalized(place)} lists only ${name} ${listOf(versions)}.`;
  return `${capitalized(place)} lists no ${name} that ${bounds.length === 2 ? 'both' : 'all'} admit.`;
}

/** Whether a version that is not listed could be in all bounds; false where they say more than bounds. */
export function leavesRoom(view: ConflictView, bounds: readonly number[]): boolean {
  const { versions } = packageAt(view, view.slice.emptied);
  const ranges = bounds.map((at) => toldRange(view, at, versions));
  if (ranges.some((range) => range === null)) return false;
  return !ranges.reduce<VersionRange>((all, range) => all.intersection(range!), VersionRange.FULL).isEmpty;
}

/** The versions that a bound is told to admit, listed or not; null where it is not told by a specifier. */
function toldRange(view: ConflictView, at: number, versions: readonly string[]): VersionRange | null {
  const { reason } = view.slice.steps[at]!;
  if (reason.kind === 'clash' || (reason.kind === 'fact' && reason.fact.kind === 'unusable')) return null;
  const text = specifierAt(view, at);
  if (text === null) return allowedAt(view, at) === allBits(versions) ? VersionRange.FULL : null;
  const set = parseSpecifierSet(text);
  return set.ok ? specifierSetRange(set.value) : null;
}
