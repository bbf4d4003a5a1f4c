/** A few words on releases, for lists and hovers. */
import type { SpecifierSet } from '../../packaging/specifier.ts';
import { releasesInside, type OrderedRelease } from './ordered-releases.ts';

/** `2023-05-22 · yanked · Python >=3.8`: what to know before choosing it. */
export function releaseDetail(release: OrderedRelease): string {
  const parts: string[] = [];
  if (release.uploadTime !== null) parts.push(release.uploadTime.slice(0, 10));
  if (release.yanked !== false) parts.push('yanked');
  if (release.isPrerelease) parts.push('pre-release');
  if (!release.runsHere && release.requiresPython !== null) parts.push(`Python ${release.requiresPython}`);
  return parts.join(' · ');
}

/** Characters of the bar at most, so that it stands on one line of a hover; more releases than that share one. */
const BAR_WIDTH = 34;

/** All releases, oldest left: `█` admitted, `▒` admitted in part, `·` not. */
export function specifierBar(releases: readonly OrderedRelease[], set: SpecifierSet): string {
  const inside = new Set(releasesInside(releases, set));
  const oldestFirst = releases.toReversed();
  const width = Math.min(BAR_WIDTH, oldestFirst.length);
  let bar = '';
  for (let cell = 0; cell < width; cell++) {
    const from = Math.floor((cell * oldestFirst.length) / width);
    const to = Math.floor(((cell + 1) * oldestFirst.length) / width);
    const part = oldestFirst.slice(from, to);
    const admitted = part.filter((release) => inside.has(release)).length;
    bar += admitted === 0 ? '·' : admitted === part.length ? '█' : '▒';
  }
  return bar;
}

/** `2.31.0, 2.30.0, 2.29.0 and 12 more`. */
export function listVersions(releases: readonly OrderedRelease[], count = 5): string {
  const shown = releases.slice(0, count).map((release) => `\`${release.version}\``);
  const more = releases.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
