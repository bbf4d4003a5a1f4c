/** An index as Poetry sees it: which versions there are, and what each needs. */
import {
  isMissing,
  type Distribution,
  type MissingFact,
  type PackageIndex,
} from '../../package-index/package-index.ts';
import { compareVersions, parseVersion, type Version } from '../../packaging/version.ts';
import { allows, ANY, type Constraint } from './constraint/constraint.ts';
import { parseConstraint } from './constraint/parse-constraint.ts';
import { isUnstable } from './constraint/version-steps.ts';
import type { PoetryDependency } from './dependency.ts';
import type { MarkerAlgebra } from './marker/marker-algebra.ts';
import type { PoetryPackage } from './package.ts';
import { constraintText } from './constraint/constraint-text.ts';
import { canBeMet, readRequirement } from './read-requirement.ts';

/** A version that an index lists. */
export interface Release {
  readonly name: string;
  readonly version: Version;
  readonly isYanked: boolean;
  readonly files: readonly Distribution[];
}

/** The search needs facts that no layer has. */
export class FactsMissing extends Error {
  readonly facts: readonly MissingFact[];

  constructor(facts: readonly MissingFact[]) {
    super('facts are missing');
    this.facts = facts;
  }
}

/** Poetry stops for a `Requires-Python` that it cannot read. */
export class BadMetadata extends Error {}

export interface RepositoryListener {
  pageRead(project: string): void;
  metadataRead(file: Distribution): void;
}

export class Repository {
  readonly #index: PackageIndex;
  readonly #algebra: MarkerAlgebra;
  readonly #listener: RepositoryListener;
  readonly #leavesOutUnknown: boolean;
  readonly #releases = new Map<string, readonly Release[]>();
  readonly #packages = new Map<string, PoetryPackage>();

  constructor(
    index: PackageIndex,
    algebra: MarkerAlgebra,
    listener: RepositoryListener,
    leavesOutUnknown: boolean,
  ) {
    this.#index = index;
    this.#algebra = algebra;
    this.#listener = listener;
    this.#leavesOutUnknown = leavesOutUnknown;
  }

  /** Versions that a dependency allows, best first. poetry 2.5, `Repository.find_packages`, `Provider.search_for`. */
  find({ name, constraint, allowsPrereleases }: PoetryDependency): readonly Release[] {
    const found: Release[] = [];
    const unstable: Release[] = [];
    for (const release of this.releases(name)) {
      if (release.isYanked && constraint.kind !== 'version') continue;
      if (!allows(constraint, release.version)) continue;
      if (isUnstable(release.version) && allowsPrereleases !== true) unstable.push(release);
      else found.push(release);
    }
    const taken = found.length === 0 && allowsPrereleases !== false ? unstable : found;
    const yanked = taken.filter(({ isYanked }) => isYanked);
    return yanked.length === 0 ? taken : [...taken.filter(({ isYanked }) => !isYanked), ...yanked];
  }

  /** All versions of a project, highest first; none for a name that the index does not have. */
  releases(name: string): readonly Release[] {
    let releases = this.#releases.get(name);
    if (releases === undefined) {
      const page = this.#index.page(name);
      if (isMissing(page)) throw new FactsMissing([page]);
      this.#listener.pageRead(name);
      releases = releasesOf(name, page.distributions);
      if (this.#leavesOutUnknown) releases = releases.filter((release) => this.#isKnown(release));
      this.#releases.set(name, releases);
    }
    return releases;
  }

  #isKnown(release: Release): boolean {
    const metadata = this.#index.metadata(fileForMetadata(release.files));
    return !isMissing(metadata) || metadata.loadable;
  }

  /** What a version needs. The same object for the same version. */
  package(name: string, version: Version): PoetryPackage {
    const key = `${name} ${version.text}`;
    let item = this.#packages.get(key);
    if (item === undefined) this.#packages.set(key, (item = this.#read(name, version)));
    return item;
  }

  #read(name: string, version: Version): PoetryPackage {
    const release = this.releases(name).find((each) => compareVersions(each.version, version) === 0);
    if (release === undefined) throw new BadMetadata(`Package ${name} (${version.text}) not found.`);
    const file = fileForMetadata(release.files);
    const metadata = this.#index.metadata(file);
    if (isMissing(metadata)) throw new FactsMissing([metadata]);
    this.#listener.metadataRead(file);
    const pythonText = metadata.requiresPython ?? file.requiresPython ?? '*';
    const python = pythonText === '' ? ANY : this.#pythonOf(pythonText);
    return {
      name,
      version,
      isRoot: false,
      pythonText,
      python,
      ...this.#dependenciesOf(metadata.requiresDist),
    };
  }

  #pythonOf(text: string): Constraint {
    const constraint = parseConstraint(text, 'pythons');
    if (!constraint.ok) throw new BadMetadata(constraint.error.message);
    return constraint.value;
  }

  #dependenciesOf(lines: readonly string[]): Pick<PoetryPackage, 'requires' | 'extras'> {
    const requires: PoetryDependency[] = [];
    const extras = new Map<string, PoetryDependency[]>();
    const seen = new Set<string>();
    for (const line of lines) {
      const read = readRequirement(this.#algebra, line, true);
      // What is at an address is unknown here and is not guessed.
      if (read.kind !== 'dependency' || !canBeMet(read.dependency)) continue;
      const { dependency } = read;
      for (const extra of dependency.inExtras) {
        const known = extras.get(extra);
        if (known === undefined) extras.set(extra, [dependency]);
        else known.push(dependency);
      }
      const key = `${dependency.prettyName}[${dependency.extras.join()}] ${constraintText(dependency.constraint)} ; ${dependency.marker.text}`;
      if (seen.has(key)) continue;
      seen.add(key);
      requires.push(dependency);
    }
    return { requires, extras };
  }
}

function releasesOf(name: string, files: readonly Distribution[]): readonly Release[] {
  const byVersion = new Map<string, { version: Version; files: Distribution[] }>();
  const spelled = new Map<string, { version: Version; files: Distribution[] } | null>();
  for (const file of files) {
    let entry = spelled.get(file.version);
    if (entry === undefined) {
      const version = parseVersion(file.version);
      entry = version.ok ? entryOf(byVersion, version.value) : null;
      spelled.set(file.version, entry);
    }
    entry?.files.push(file);
  }
  return [...byVersion.values()]
    .map(({ version, files: own }) => ({
      name,
      version,
      files: own,
      isYanked: own.every(({ yanked }) => yanked !== false),
    }))
    .sort((a, b) => compareVersions(b.version, a.version));
}

/** Equal versions are one, in the first spelling. */
function entryOf(
  byVersion: Map<string, { version: Version; files: Distribution[] }>,
  version: Version,
): { version: Version; files: Distribution[] } {
  const key = `${version.key.join()}+${version.local?.join('.') ?? ''}`;
  let entry = byVersion.get(key);
  if (entry === undefined) byVersion.set(key, (entry = { version, files: [] }));
  return entry;
}

/** The file whose metadata stands for the release: a wheel for all Pythons and platforms, any wheel, the sdist. */
export function fileForMetadata(files: readonly Distribution[]): Distribution {
  const wheels = files.filter(({ kind }) => kind === 'wheel');
  const universal = wheels.filter(({ tags }) => tags.endsWith('-none-any'));
  const both = universal.find(({ tags }) => tags.includes('py2') && tags.includes('py3'));
  const three = universal.find(({ tags }) => tags.includes('py3'));
  return both ?? three ?? universal[0] ?? wheels[0] ?? files[0]!;
}
