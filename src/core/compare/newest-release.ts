/** Releases of a project in the order of their versions, from the page of an index. */
import {
  isMissing,
  type Distribution,
  type MissingFact,
  type PackageIndex,
} from '../package-index/package-index.ts';
import { compareVersions, isPrerelease, parseVersion, type Version } from '../packaging/version.ts';

export interface ListedRelease {
  readonly version: Version;
  /** As the index spells it. */
  readonly text: string;
  readonly files: readonly Distribution[];
}

/** Lowest first; versions that nobody can read are left out. */
export function releasesOf(index: PackageIndex, project: string): readonly ListedRelease[] | MissingFact {
  const page = index.page(project);
  if (isMissing(page)) return page;
  const releases = new Map<string, { version: Version; text: string; files: Distribution[] }>();
  for (const file of page.distributions) {
    const known = releases.get(file.version);
    if (known !== undefined) {
      known.files.push(file);
      continue;
    }
    const version = parseVersion(file.version);
    if (version.ok) releases.set(file.version, { version: version.value, text: file.version, files: [file] });
  }
  return [...releases.values()].sort((a, b) => compareVersions(a.version, b.version));
}

/** The newest final release that is not withdrawn, else the newest pre-release; null where there is none. */
export function newestRelease(releases: readonly ListedRelease[]): ListedRelease | null {
  const usable = releases.filter(({ files }) => files.some(({ yanked }) => yanked === false));
  return usable.findLast(({ version }) => !isPrerelease(version)) ?? usable.at(-1) ?? null;
}
