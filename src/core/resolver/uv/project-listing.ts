/** What an index lists of a project, by version, lowest first. */
import type { Distribution, ProjectPage } from '../../package-index/package-index.ts';
import { readVersion } from '../../packaging/legacy-version.ts';
import type { PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import { parseSdistFilename } from '../../packaging/sdist-filename.ts';
import { compareVersions, versionsEqual, type Version } from '../../packaging/version.ts';
import type { VersionRange } from '../../packaging/version-range.ts';
import { isAbove } from '../../packaging/version-cut.ts';
import type { Release, ReleaseFile } from './release.ts';
import { WheelTagReader } from './wheel-tags.ts';

/** How files are read. */
interface FileReading {
  readonly tags: WheelTagReader;
  /** uv reads versions as the newest `packaging` does; old pips know more. */
  readonly policy: PrereleasePolicy;
}

function readFile(
  distribution: Distribution,
  { tags, policy }: FileReading,
): { file: ReleaseFile; version: Version } | null {
  const version = readVersion(distribution.version, policy);
  if (version === null) return null;
  const isWheel = distribution.kind === 'wheel';
  const { filename, project } = distribution;
  return {
    version,
    file: {
      distribution,
      tags: isWheel ? tags.read(distribution.tags) : null,
      hasValidName: isWheel || version.legacy !== null || parseSdistFilename(filename, project).ok,
    },
  };
}

/** The releases of a page, lowest version first. Files whose version cannot be read do not exist. */
function groupReleases(page: ProjectPage, reading: FileReading): readonly Release[] {
  const read = page.distributions.map((file) => readFile(file, reading)).filter((item) => item !== null);
  read.sort((a, b) => compareVersions(a.version, b.version));
  const releases: { version: Version; files: ReleaseFile[] }[] = [];
  for (const { version, file } of read) {
    const last = releases.at(-1);
    if (last !== undefined && versionsEqual(last.version, version)) last.files.push(file);
    else releases.push({ version, files: [file] });
  }
  return releases;
}

export class ProjectListing {
  readonly isFound: boolean;
  readonly #page: ProjectPage;
  readonly #reading: FileReading;
  /** Lowest version first. */
  readonly releases: readonly Release[];
  /** The versions of `releases`. */
  readonly versions: readonly Version[];

  constructor(page: ProjectPage, reading: FileReading) {
    this.#page = page;
    this.#reading = reading;
    this.isFound = page.status === 'present';
    this.releases = groupReleases(page, reading);
    this.versions = this.releases.map((release) => release.version);
  }

  /** The listing index by index, in the order in which the page names them. */
  *byIndex(): Generator<ProjectListing> {
    const pages = new Map<string | undefined, Distribution[]>();
    for (const file of this.#page.distributions) {
      const known = pages.get(file.index);
      if (known === undefined) pages.set(file.index, [file]);
      else known.push(file);
    }
    for (const distributions of pages.values())
      yield new ProjectListing({ ...this.#page, distributions }, this.#reading);
  }

  /** The release of a version, or undefined. */
  release(version: Version): Release | undefined {
    let low = 0;
    let high = this.versions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareVersions(this.versions[middle]!, version) < 0) low = middle + 1;
      else high = middle;
    }
    const found = this.releases[low];
    return found !== undefined && versionsEqual(found.version, version) ? found : undefined;
  }

  /** The releases in a range, highest version first, or lowest first. */
  *inRange(range: VersionRange, order: 'highest' | 'lowest'): Generator<Release> {
    const spans = range.segments().map(({ lower, upper }) => ({
      first: lower === null ? 0 : this.#firstWhere((version) => isAbove(version, lower)),
      end: upper === null ? this.releases.length : this.#firstWhere((version) => isAbove(version, upper)),
    }));
    if (order === 'lowest') {
      for (const { first, end } of spans) {
        for (let index = first; index < end; index++) yield this.releases[index]!;
      }
      return;
    }
    for (const { first, end } of spans.reverse()) {
      for (let index = end - 1; index >= first; index--) yield this.releases[index]!;
    }
  }

  /** The first index whose version satisfies a condition that, once true, stays true. */
  #firstWhere(condition: (version: Version) => boolean): number {
    let low = 0;
    let high = this.versions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (condition(this.versions[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const listings = {
  legacy: new WeakMap<ProjectPage, ProjectListing>(),
  plain: new WeakMap<ProjectPage, ProjectListing>(),
};

/**
 * A page's listing, made once for each page: an index has one page for a project, however many runs ask for it.
 * `policy`: whose reading of versions counts, if not uv's.
 */
export function listingOf(page: ProjectPage, policy: PrereleasePolicy = 'packaging-26'): ProjectListing {
  // Only the oldest reading knows other versions than all others do.
  const known = policy === 'packaging-20' ? listings.legacy : listings.plain;
  let listing = known.get(page);
  if (listing === undefined) {
    listing = new ProjectListing(page, { tags: new WheelTagReader(), policy });
    known.set(page, listing);
  }
  return listing;
}
