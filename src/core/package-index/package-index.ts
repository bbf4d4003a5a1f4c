/**
 * What exists. An engine reads a `PackageIndex` held in memory, synchronously; a fact that no layer has yet is
 * answered with a `MissingFact`, the engine stops with `incomplete`, the page loads the fact and runs again.
 * This file holds the values that all layers (overlay, snapshot, live) speak in; it holds no codec and no I/O.
 */

/** Which layer a fact came from. `detail` is a snapshot id, an index address, or empty. */
export interface Provenance {
  readonly layer: 'overlay' | 'snapshot' | 'live' | 'inline';
  /** Snapshot id, `name@serial` of a live page, or ''. */
  readonly detail: string;
  /**
   * `modelled`: the source lacks files, and one `py2.py3-none-any` wheel stands for the release. The others say where
   * metadata was read that is not served beside its file (src/client/live/live-metadata.ts draws the ladder).
   */
  readonly note?: 'modelled' | MetadataSource;
  /** When a live fact was fetched, milliseconds since 1970; absent for the other layers. */
  readonly fetchedAt?: number;
}

/**
 * `inside-wheel`: out of the wheel itself; `sibling-wheel`: of another file of the release; `sdist-static`: PKG-INFO that
 * no build may change (PEP 643); `sdist-pyproject`: a static `[project]` table (PEP 621); `index-hint`: what the first
 * upload of the release declared.
 */
export type MetadataSource =
  'inside-wheel' | 'sibling-wheel' | 'sdist-static' | 'sdist-pyproject' | 'index-hint';

/**
 * Why nobody can say what a file needs: only a build tells (`needs-build`), the archive holds no metadata, is damaged, is
 * too large to be read here, has a form that is not read here, the index lists no such file, or what its extras need is
 * known without the markers only.
 */
export type UnknownReason =
  | 'needs-build'
  | 'no-metadata'
  | 'damaged'
  | 'too-large'
  | 'unreadable-format'
  | 'not-listed'
  | 'markers-lost';

/**
 * In what sense a page does not list all releases of its project. `chosen`: it lists those that somebody
 * chose, such as public lock files; `remnant`: other projects ask for releases that it does not list.
 */
export type PartialSense = 'chosen' | 'remnant';

/**
 * What an account of a release's needs cannot say. `extras-markers`: lines of extras may be too many, their markers are
 * lost; `setuptools`: setuptools, pip and wheel are left out; `extras-unknown`: which extras there are;
 * `requires-python-unknown`: for which Pythons it is; `pythons-unknown`: on which Pythons the account holds; `disputed`:
 * accounts differ.
 */
export const FACT_LIMITS = [
  'extras-markers',
  'setuptools',
  'extras-unknown',
  'requires-python-unknown',
  'pythons-unknown',
  'disputed',
] as const;

export type FactLimit = (typeof FACT_LIMITS)[number];

/** Where a source read what a release needs, and how far that goes. */
export interface FactAccount {
  /** `wheel`, `sdist`, `poetry.lock` … */
  readonly from?: string;
  readonly limits?: readonly FactLimit[];
  /** Pythons for which the account vouches, `3.8-3.14`; absent: all. */
  readonly pythons?: string;
}

/** One file of a release, as an index page lists it (PEP 503/691 with the fields of PEP 592, 658, 700). */
export interface Distribution {
  /** Normalised project name. */
  readonly project: string;
  /** Version as the file name spells it. */
  readonly version: string;
  readonly filename: string;
  readonly kind: 'wheel' | 'sdist';
  /** Compressed tag set of a wheel, `py2.py3-none-any`; '' for an sdist. */
  readonly tags: string;
  /** Build tag of a wheel (`1`, `2abc`); '' when there is none. */
  readonly build: string;
  /** The page's `data-requires-python`; null when absent. */
  readonly requiresPython: string | null;
  /** `false`, or the reason for the withdrawal ('' when none was given). PEP 592. */
  readonly yanked: false | string;
  /** RFC 3339 time in UTC; null when the index does not say. PEP 700. */
  readonly uploadTime: string | null;
  /** `uploadTime` is when the release was first seen somewhere: it was uploaded then or before. */
  readonly isUploadTimeBound?: true;
  /** Bytes; null when unknown. */
  readonly size: number | null;
  /** Lower-case hexadecimal; null when unknown. */
  readonly sha256: string | null;
  /** Address of the file; null for files that exist only as facts. */
  readonly url: string | null;
  /**
   * Address (or name) of the index whose page lists the file; absent where only one index is read. A page lists the files
   * of several indexes index by index, in the order in which the indexes are given.
   */
  readonly index?: string;
  readonly provenance: Provenance;
}

/** Everything an index says of one project. `distributions` are in the order in which the page lists them. */
export interface ProjectPage {
  readonly name: string;
  /** `absent`: the index answered that there is no such project (an empty page). */
  readonly status: 'present' | 'absent' | 'quarantined';
  readonly distributions: readonly Distribution[];
  /** Absent where the list of releases is whole. A project of which no release is known has no page: it is a missing fact. */
  readonly partial?: PartialSense;
  /** Files that no index lists and that are known by their own address: archives, repositories, folders. */
  readonly unlisted?: readonly Distribution[];
  readonly provenance: Provenance;
}

/** What a file's own metadata says (core metadata 2.x), as text; nothing is parsed or checked here. */
export interface DistributionMetadata {
  /** The metadata's own Name and Version when they differ from the file name's; pip discards such files. */
  readonly name?: string;
  readonly version?: string;
  /** `Requires-Dist` lines, in metadata order. */
  readonly requiresDist: readonly string[];
  readonly requiresPython: string | null;
  /** `Provides-Extra`, as written. */
  readonly providesExtra: readonly string[];
  /** `build-system.requires` of an sdist; null when unknown; absent for wheels. */
  readonly buildRequires?: readonly string[] | null;
  /** What the build backend asks for besides (PEP 517, `get_requires_for_build_wheel`); absent when nobody said. */
  readonly backendRequires?: readonly string[];
  /** Absent where the metadata itself was read. */
  readonly account?: FactAccount;
  readonly provenance: Provenance;
}

/**
 * A fact that no layer has yet. `loadable` facts can be had (a snapshot shard that is not loaded, or the live index
 * when the user allows it); the others are known to be unknown. `neededBy` says who asks for it, where that was found
 * out: `line 2`, `pandas 2.1.0`.
 */
export type MissingFact =
  | {
      readonly missing: 'page';
      readonly project: string;
      readonly loadable: boolean;
      readonly neededBy?: readonly string[];
    }
  /** No release that is known answers this requirement, and the list of the project's releases is partial. */
  | {
      readonly missing: 'release';
      readonly project: string;
      /** As it was asked for, `numpy>=3`. */
      readonly requirement: string;
      readonly loadable: boolean;
      readonly neededBy?: readonly string[];
    }
  | {
      readonly missing: 'metadata';
      readonly project: string;
      readonly version: string;
      readonly filename: string;
      /** Address of the file, where several indexes may have one of this name. */
      readonly url?: string;
      /** Asked for by its address, which no layer states. */
      readonly isAddress?: true;
      readonly loadable: boolean;
      /** Why it is not loadable, where that was found out. */
      readonly reason?: UnknownReason;
      readonly neededBy?: readonly string[];
    };

export interface PackageIndex {
  /** The page of a project; `name` is normalised. Same object for the same name. */
  page(name: string): ProjectPage | MissingFact;
  /** The metadata of a file that a page listed. Same object for the same file. */
  metadata(distribution: Distribution): DistributionMetadata | MissingFact;
  /** Names of the sources besides the default index of which the index knows files; see package-sources.ts. */
  readonly sources?: readonly string[];
  /** The indexes that the tool asks, in its order, by those names; null is the default index. Absent: that one only. */
  readonly indexOrder?: readonly (string | null)[];
}

export function isMissing(fact: ProjectPage | DistributionMetadata | MissingFact): fact is MissingFact {
  return 'missing' in fact;
}
