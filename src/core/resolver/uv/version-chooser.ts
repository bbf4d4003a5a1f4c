/** Which version of a project uv tries next. README.md#choosing-a-version */
import type { Distribution, MissingFact } from '../../package-index/package-index.ts';
import type { VersionRange } from '../../packaging/version-range.ts';
import { isPrerelease, type Version } from '../../packaging/version.ts';
import type { ResolverOptions } from '../engine.ts';
import type { FactReader } from './fact-reader.ts';
import type { MarkerTree } from './marker-tree.ts';
import type { PrereleasePolicy } from './prerelease-selection.ts';
import type { ProjectListing } from './project-listing.ts';
import { admitsPython, readRequiresPython, type PythonRequirement } from './python-requirement.ts';
import type { Release } from './release.ts';
import type { VersionReason } from './unavailable-reason.ts';
import type { WheelTags } from './wheel-tags.ts';

/** The files that stand for a chosen version; null for what is installed. */
export interface ChosenFiles {
  readonly chosen: Distribution;
  /** Whose metadata is read. */
  readonly described: Distribution;
  /** Universal mode asks for which environments these are; null: for all. */
  readonly wheels: readonly WheelTags[] | null;
  /** The address that the files come from, instead of the index. */
  readonly url?: string;
}

export type VersionChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'usable'; readonly version: Version; readonly files: ChosenFiles | null }
  | { readonly kind: 'unusable'; readonly version: Version; readonly reason: VersionReason }
  | { readonly kind: 'missing'; readonly missing: MissingFact };

/** Versions to try first, by project: those of forks that were solved before. */
export type Preferences = ReadonlyMap<string, readonly Version[]>;

/** The fork that a version is chosen in. */
export interface ChoiceScope {
  readonly python: PythonRequirement;
  readonly marker: MarkerTree;
  readonly preferences: Preferences;
  /** Where the project comes from in this fork, if not from the index. */
  readonly url: string | null;
}

export interface ChooserOptions {
  readonly options: ResolverOptions;
  /** Whether a project is among the user's own requirements somewhere in these environments, for `lowest-direct`. */
  readonly isDirect: (project: string, marker: MarkerTree) => boolean;
  readonly prereleases: PrereleasePolicy;
}

export class VersionChooser {
  readonly #facts: FactReader;
  readonly #options: ChooserOptions;
  readonly #byIndex = new Map<ProjectListing, readonly ProjectListing[]>();

  constructor(facts: FactReader, options: ChooserOptions) {
    this.#facts = facts;
    this.#options = options;
  }

  choose(
    project: string,
    range: VersionRange,
    { python, marker, preferences, url }: ChoiceScope,
  ): VersionChoice {
    if (url !== null) return this.#addressed(project, range, python, url);
    const listing = this.#facts.listing(project);
    if ('missing' in listing) return { kind: 'missing', missing: listing };
    const preferred = this.#preferred(project, range, listing, preferences);
    if (preferred !== null) return this.#checked(preferred, python);
    const installed = this.#facts.installed(project);
    const { upgrade, forceReinstall, ignoreInstalled } = this.#options.options;
    if (installed && !upgrade && !forceReinstall && !ignoreInstalled && range.contains(installed.version)) {
      return { kind: 'usable', version: installed.version, files: null };
    }
    const release = this.#first(project, listing, range, marker);
    return release === null ? { kind: 'none' } : this.#checked(release, python);
  }

  /** The one version that an address holds, if it is in the range. */
  #addressed(project: string, range: VersionRange, python: PythonRequirement, url: string): VersionChoice {
    const found = this.#facts.addressed(project, url);
    if ('missing' in found) return { kind: 'missing', missing: found };
    const { distribution, version } = found;
    if (!range.contains(version)) return { kind: 'none' };
    const metadata = this.#facts.metadata(distribution);
    if ('missing' in metadata) return { kind: 'missing', missing: metadata };
    const reason = pythonReason(metadata.requiresPython, python);
    if (reason !== null) return { kind: 'unusable', version, reason };
    return {
      kind: 'usable',
      version,
      files: { chosen: distribution, described: distribution, wheels: null, url },
    };
  }

  #preferred(
    project: string,
    range: VersionRange,
    listing: ProjectListing,
    preferences: Preferences,
  ): Release | null {
    for (const version of preferences.get(project) ?? []) {
      if (!range.contains(version)) continue;
      if (isPrerelease(version) && this.#options.prereleases.selection(project) === 'disallow') continue;
      const release = listing.release(version);
      if (release !== undefined && this.#facts.usability(release).kind === 'usable') return release;
    }
    return null;
  }

  /** `unsafe-first-match` goes through one index after the other; otherwise what is there counts together. */
  #listings(listing: ProjectListing): readonly ProjectListing[] {
    if (this.#options.options.indexStrategy !== 'unsafe-first-match') return [listing];
    let byIndex = this.#byIndex.get(listing);
    if (byIndex === undefined) this.#byIndex.set(listing, (byIndex = [...listing.byIndex()]));
    return byIndex;
  }

  #order(project: string, marker: MarkerTree): 'highest' | 'lowest' {
    const { resolution } = this.#options.options;
    if (resolution === 'lowest-direct') return this.#options.isDirect(project, marker) ? 'lowest' : 'highest';
    return resolution;
  }

  /** The release that is tried first where nothing is preferred, usable or not; null when there is none. */
  select(project: string, range: VersionRange, marker: MarkerTree): Release | null {
    const listing = this.#facts.knownListing(project);
    return listing === undefined ? null : this.#first(project, listing, range, marker);
  }

  /** The first release in order that exists for uv, usable or not. */
  #first(project: string, listing: ProjectListing, range: VersionRange, marker: MarkerTree): Release | null {
    const order = this.#order(project, marker);
    const listings = this.#listings(listing);
    const first = (accept: (version: Version) => boolean): Release | null => {
      for (const one of listings) {
        for (const release of one.inRange(range, order)) {
          if (accept(release.version) && this.#facts.usability(release).kind !== 'hidden') return release;
        }
      }
      return null;
    };
    const isStable = (version: Version): boolean => !isPrerelease(version);
    switch (this.#options.prereleases.selection(project)) {
      case 'allow':
        return first(() => true);
      case 'disallow':
        return first(isStable);
      case 'stable-first':
        return first(isStable) ?? first(isPrerelease);
      case 'only-without-stable':
        return listing.versions.some(isStable) ? first(isStable) : first(() => true);
    }
  }

  #checked(release: Release, python: PythonRequirement): VersionChoice {
    const { version } = release;
    const usability = this.#facts.usability(release);
    if (usability.kind === 'hidden') return { kind: 'none' };
    if (usability.kind === 'unusable') return { kind: 'unusable', version, reason: usability.reason };
    const reason = pythonReason(usability.chosen.requiresPython, python);
    if (reason !== null) return { kind: 'unusable', version, reason };
    const { chosen, described, wheels } = usability;
    return { kind: 'usable', version, files: { chosen, described, wheels } };
  }
}

/** Why a file for these Pythons cannot be used for the target; null when it can. */
function pythonReason(specifiers: string | null, python: PythonRequirement): VersionReason | null {
  const supported = specifiers === null ? null : readRequiresPython(specifiers);
  if (specifiers === null || supported === null || admitsPython(python, supported)) return null;
  return { kind: 'requires-python', specifiers, role: python.isInstalled ? 'installed' : 'target' };
}
