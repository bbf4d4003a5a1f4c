/** Reads pages and metadata, once each, and says in the trace that it did. */
import {
  isMissing,
  type Distribution,
  type DistributionMetadata,
  type MissingFact,
  type PackageIndex,
} from '../../package-index/package-index.ts';
import type { Requirement } from '../../packaging/requirement.ts';
import { compareVersions, parseVersion, type Version } from '../../packaging/version.ts';
import type { InstalledDistribution } from '../engine.ts';
import { addressedFile, type AddressedFile } from './addressed-file.ts';
import { listingOf, type ProjectListing } from './project-listing.ts';
import { readLenientRequirement } from './lenient-requirement.ts';
import { isUnknownToUv } from './marker-from-text.ts';
import { isHidden, judgeRelease, type FilePolicy, type Release, type Usability } from './release.ts';

/** What a version says of itself, read. */
export interface VersionMetadata {
  /** Null when a line cannot be read: uv calls the metadata invalid. */
  readonly requirements: readonly Requirement[] | null;
  readonly requiresPython: string | null;
  /** As written. */
  readonly extras: readonly string[];
}

export interface FactListener {
  pageRead(project: string): void;
  metadataRead(distribution: Distribution): void;
}

export interface InstalledVersion {
  readonly version: Version;
  readonly metadata: VersionMetadata;
}

/** What was read, by what an index handed out: it hands out the same for the same file, run after run. */
const readMetadata = new WeakMap<DistributionMetadata, VersionMetadata>();

/** Reads requirements, each text once: versions of a project repeat each other's lines. */
class RequirementReader {
  readonly #read = new Map<string, Requirement | null>();

  metadata(metadata: DistributionMetadata): VersionMetadata {
    let read = readMetadata.get(metadata);
    if (read === undefined) {
      const { requiresDist, requiresPython, providesExtra } = metadata;
      read = { requirements: this.lines(requiresDist), requiresPython, extras: providesExtra };
      readMetadata.set(metadata, read);
    }
    return read;
  }

  /** Null when a line cannot be read. */
  lines(lines: readonly string[]): readonly Requirement[] | null {
    const requirements: Requirement[] = [];
    for (const line of lines) {
      const requirement = this.#line(line);
      if (requirement === null) return null;
      requirements.push(requirement);
    }
    return requirements;
  }

  #line(line: string): Requirement | null {
    let requirement = this.#read.get(line);
    if (requirement === undefined) {
      const parsed = readLenientRequirement(line);
      requirement = parsed.ok && !isRefused(parsed.value) ? parsed.value : null;
      this.#read.set(line, requirement);
    }
    return requirement;
  }
}

/** `===` is no operator of markers for uv. */
function isRefused({ marker }: Requirement): boolean {
  return marker !== null && isUnknownToUv(marker);
}

export class FactReader {
  readonly #index: PackageIndex;
  readonly #policy: FilePolicy;
  readonly #listener: FactListener;
  readonly #listings = new Map<string, ProjectListing>();
  readonly #usability = new Map<Release, Usability>();
  readonly #metadata = new Map<Distribution, VersionMetadata>();
  readonly #installed = new Map<string, InstalledVersion>();
  readonly #known = new Map<string, readonly Version[]>();
  readonly #requirements = new RequirementReader();

  constructor(
    index: PackageIndex,
    policy: FilePolicy,
    installed: readonly InstalledDistribution[],
    listener: FactListener,
  ) {
    this.#index = index;
    this.#policy = policy;
    this.#listener = listener;
    for (const item of installed) {
      const version = parseVersion(item.version);
      if (!version.ok) continue;
      const metadata = {
        requirements: this.#requirements.lines(item.requiresDist),
        requiresPython: item.requiresPython,
        extras: item.providesExtra,
      };
      this.#installed.set(item.name, { version: version.value, metadata });
    }
  }

  listing(project: string): ProjectListing | MissingFact {
    const known = this.#listings.get(project);
    if (known !== undefined) return known;
    const page = this.#index.page(project);
    if (isMissing(page)) return page;
    this.#listener.pageRead(project);
    const listing = listingOf(page);
    this.#listings.set(project, listing);
    return listing;
  }

  /** The file at an address; the project's page is not asked for. */
  addressed(project: string, url: string): AddressedFile | MissingFact {
    return addressedFile(this.#index, project, url);
  }

  /** The listing if its page was read already. */
  knownListing(project: string): ProjectListing | undefined {
    return this.#listings.get(project);
  }

  /** Projects whose pages were read. */
  visitedProjects(): readonly string[] {
    return [...this.#listings.keys()];
  }

  usability(release: Release): Usability {
    let usability = this.#usability.get(release);
    if (usability === undefined) {
      usability = judgeRelease(release, this.#policy);
      this.#usability.set(release, usability);
    }
    return usability;
  }

  metadata(distribution: Distribution): VersionMetadata | MissingFact {
    let read = this.#metadata.get(distribution);
    if (read === undefined) {
      const metadata = this.#index.metadata(distribution);
      if (isMissing(metadata)) return metadata;
      this.#listener.metadataRead(distribution);
      read = this.#requirements.metadata(metadata);
      this.#metadata.set(distribution, read);
    }
    return read;
  }

  /** The first line of a version's metadata that cannot be read; null when all can, or nothing is known of it. */
  unreadableLine(project: string, version: Version): string | null {
    const release = this.#listings.get(project)?.release(version);
    const usability = release === undefined ? null : this.usability(release);
    if (usability?.kind !== 'usable') return null;
    const metadata = this.#index.metadata(usability.described);
    if (isMissing(metadata)) return null;
    return metadata.requiresDist.find((line) => this.#requirements.lines([line]) === null) ?? null;
  }

  installed(project: string): InstalledVersion | undefined {
    return this.#installed.get(project);
  }

  /** Every version that exists, lowest first: listed ones, yanked or not, and the installed one. */
  knownVersions(project: string): readonly Version[] {
    const known = this.#known.get(project);
    if (known !== undefined) return known;
    const listing = this.#listings.get(project);
    if (listing === undefined) return [];
    const installed = this.#installed.get(project)?.version;
    const versions =
      installed === undefined || listing.release(installed) !== undefined
        ? listing.versions
        : [...listing.versions, installed].sort(compareVersions);
    this.#known.set(project, versions);
    return versions;
  }

  /** The versions that a cut-off date leaves. */
  includedVersions(project: string): readonly Version[] | null {
    const listing = this.#listings.get(project);
    if (listing === undefined || !listing.isFound) return null;
    return listing.releases
      .filter((release) => !isHidden(release, this.#policy))
      .map((release) => release.version);
  }
}
