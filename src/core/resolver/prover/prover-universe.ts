/** The packages and versions that a proof is about, numbered, read from the index as they are needed. */
import {
  isMissing,
  type Distribution,
  type DistributionMetadata,
  type MissingFact,
  type ProjectPage,
} from '../../package-index/package-index.ts';
import { bareFile } from '../../package-index/facts/release-files.ts';
import { normalizeName } from '../../packaging/name.ts';
import { isPackaging26, type PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import { parseRequirement, type Requirement } from '../../packaging/requirement.ts';
import { EMPTY_SPECIFIER_SET, specifierSetContains, type SpecifierSet } from '../../packaging/specifier.ts';
import { isPrerelease } from '../../packaging/version.ts';
import type { InstalledDistribution, ResolveRequest } from '../engine.ts';
import { ALL_INTEGERS, INTEGER_SETS, positionsIn, type IntegerSet } from '../pubgrub/integer-sets.ts';
import { MarkerAlgebra } from '../uv/marker-tree.ts';
import { readLenientRequirement } from '../uv/lenient-requirement.ts';
import { listingOf, type ProjectListing } from '../uv/project-listing.ts';
import type { Release } from '../uv/release.ts';
import { RequirementFlattener, type AppliedRequirement } from '../uv/requirement-flattener.ts';
import { rangeOfSpecifiers } from '../uv/dependencies.ts';
import type { CandidateRules } from './candidate-rules.ts';
import { admissionProblem, type AdmissionQuestion } from './pip-admission.ts';
import type { ProofPackage, UnusableReason } from './proof.ts';
import { eraOfTool } from './tool-era.ts';

/** What one version needs, in order. */
export interface NumberedDependency {
  readonly package: number;
  readonly versions: IntegerSet;
  readonly text: string;
  /** What `versions` are the versions of. */
  readonly specifier: SpecifierSet;
}

export type VersionReading =
  | { readonly kind: 'usable'; readonly dependencies: readonly NumberedDependency[] }
  | { readonly kind: 'unusable'; readonly reason: UnusableReason };

interface ReadMetadata {
  readonly requirements: readonly Requirement[];
  /** Whether it stands for metadata that nobody knows. */
  readonly isUnknown?: true;
  /** Normalised names of the extras that the metadata declares. */
  readonly extras: ReadonlySet<string>;
}

interface Project {
  readonly listing: ProjectListing;
  readonly status: ProofPackage['status'];
  /** By version: what was read from metadata, or why there is none. */
  readonly read: (ReadMetadata | UnusableReason | undefined)[];
  readonly sets: Map<string, IntegerSet>;
}

/** What is made of files whose metadata nobody knows, and of projects whose versions nobody lists. */
export type UnknownFacts =
  /** They are no candidates. What is possible then, is. */
  | 'unusable'
  /** They fit everywhere and need nothing. What is impossible then, is. */
  | 'fits';

/** A version of a solution that pip would not take. */
export interface Refusal {
  readonly package: number;
  readonly reason: 'prerelease' | 'yanked';
  /** The specifiers with which it was refused. */
  readonly texts: ReadonlySet<string>;
  /** Whether fewer requirements might have admitted it, so that nothing follows for other combinations. */
  readonly isFinal: boolean;
}

const INSTALLED_TAGS = 'py3-none-any';
const ROOT_PACKAGE: ProofPackage = {
  identifier: '',
  name: '',
  extra: null,
  versions: ['0'],
  status: 'present',
};

export class ProverUniverse {
  readonly packages: ProofPackage[] = [ROOT_PACKAGE];
  readonly missing: MissingFact[] = [];
  readonly #request: ResolveRequest;
  readonly #rules: CandidateRules;
  readonly #isUv: boolean;
  readonly #unknown: UnknownFacts;
  /** `name position` of the versions whose metadata nobody knows. */
  readonly #unknownVersions = new Set<string>();
  /** How the tool reads versions and requirements. */
  readonly #reading: PrereleasePolicy;
  readonly #projects = new Map<string, Project>();
  readonly #numbers = new Map<string, number>();
  readonly #flattener: RequirementFlattener;
  /** For constraints, of which no override takes the place: uv holds what it has overridden against them. */
  readonly #plainFlattener: RequirementFlattener;
  /** What is installed, as files that nobody would have to fetch. */
  readonly #installed = new Map<Distribution, InstalledDistribution>();

  constructor(
    request: ResolveRequest,
    rules: CandidateRules,
    { isUv, unknown }: { readonly isUv: boolean; readonly unknown: UnknownFacts },
  ) {
    this.#request = request;
    this.#rules = rules;
    this.#isUv = isUv;
    this.#unknown = unknown;
    this.#reading = isUv ? 'packaging-26' : eraOfTool(request.toolVersion).policy;
    const overrides = new Map<string, Requirement[]>();
    for (const { requirement } of request.overrides) {
      overrides.set(requirement.normalizedName, [
        ...(overrides.get(requirement.normalizedName) ?? []),
        requirement,
      ]);
    }
    const rulesOfUser = {
      constraints: new Map<string, Requirement[]>(),
      overrides,
      excludes: new Set(request.excludes),
    };
    const markers = new MarkerAlgebra();
    this.#flattener = new RequirementFlattener(markers, rulesOfUser);
    const nothing = { constraints: new Map(), overrides: new Map(), excludes: new Set<string>() };
    this.#plainFlattener = new RequirementFlattener(markers, nothing);
  }

  /** The number of a project, or of a project with one extra. */
  number(name: string, extra: string | null): number {
    const identifier = extra === null ? name : `${name}[${extra}]`;
    let number = this.#numbers.get(identifier);
    if (number === undefined) {
      const { listing, status } = this.#project(name);
      const versions = listing.versions.map((version) => version.text);
      number = this.packages.push({ identifier, name, extra, versions, status }) - 1;
      this.#numbers.set(identifier, number);
    }
    return number;
  }

  /** What the user's requirements ask for where their markers hold, with the line of each. */
  lines(): readonly (NumberedDependency & { readonly line: number })[] {
    return this.#request.requirements.flatMap(({ requirement }, line) =>
      this.#applied([requirement], null, null).flatMap((applied) =>
        this.#dependencies(applied).map((dependency) => ({ ...dependency, line })),
      ),
    );
  }

  /** What the user's constraints allow where their markers hold. */
  constraints(): readonly (NumberedDependency & { readonly line: number })[] {
    const scope = { environment: this.#request.target.markers, allowed: [] };
    return this.#request.constraints.flatMap(({ requirement }, line) =>
      this.#plainFlattener.flatten([requirement], null, null, scope).map((applied) => {
        const plain = { ...applied, extras: [] };
        return { ...this.#dependencies(plain)[0]!, line };
      }),
    );
  }

  /** One version of a package: what it needs, or why it cannot be used. */
  read(packageNumber: number, version: number): VersionReading {
    const { name, extra } = this.packages[packageNumber]!;
    const metadata = this.#metadataOf(name, version);
    if ('kind' in metadata) return { kind: 'unusable', reason: metadata };
    // pip leaves out what an extra brings that the metadata does not declare; uv does not ask.
    const isUnknownExtra =
      extra !== null && !this.#isUv && metadata.isUnknown !== true && !metadata.extras.has(extra);
    const isBare = this.#request.options.noDeps || isUnknownExtra;
    const applied = isBare ? [] : this.#applied(metadata.requirements, name, extra);
    const dependencies = applied.flatMap((item) => this.#dependencies(item));
    if (extra === null) return { kind: 'usable', dependencies };
    const base = {
      package: this.number(name, null),
      versions: [version, version + 1],
      text: name,
      specifier: EMPTY_SPECIFIER_SET,
    };
    return { kind: 'usable', dependencies: [base, ...dependencies] };
  }

  /** Whether nobody knows the metadata of one of these versions. */
  isUnknown(packageNumber: number, versions: IntegerSet): boolean {
    const { name, versions: listed } = this.packages[packageNumber]!;
    return positionsIn(versions, listed.length).some((position) =>
      this.#unknownVersions.has(`${name} ${position}`),
    );
  }

  /** What the user's own requirements and constraints leave of a project. */
  ownLimit(name: string): IntegerSet {
    return [...this.lines(), ...this.constraints()]
      .filter((line) => this.packages[line.package]!.name === name)
      .reduce<IntegerSet>((left, line) => INTEGER_SETS.intersection(left, line.versions), ALL_INTEGERS);
  }

  /**
   * The first version of a solution that pip would not take: because of all that the solution asks of its project, or
   * because only what comes with it, or after it, would admit it. Null: pip could choose them one after the other.
   */
  notAdmitted(solution: ReadonlyMap<number, IntegerSet>): Refusal | null {
    const all = new Asked(this.packages);
    const ownRequirements = [...this.lines(), ...this.constraints()];
    ownRequirements.forEach((dependency) => all.add(dependency));
    const chosen = [...solution].filter(([number]) => number !== 0);
    for (const [number, versions] of chosen) this.#needs(number, versions).forEach((item) => all.add(item));
    for (const [number, versions] of chosen) {
      const reason = this.#refusal(number, versions, all);
      if (reason === null) continue;
      const isFinal = this.#isTakenBack(this.packages[number]!.name, reason);
      return { ...refusalOf(number, reason, all, this.packages), isFinal };
    }
    return this.#outOfTurn(solution, ownRequirements);
  }

  /** Whether fewer requirements might admit it: until packaging 25 the empty set falls back on pre-releases. */
  #isTakenBack(name: string, reason: Refusal['reason']): boolean {
    if (isPackaging26(this.#reading) || reason !== 'prerelease') return false;
    return this.#usable(name).every(({ version }) => isPrerelease(version));
  }

  /** The versions of a project that could be used by themselves, lowest first. */
  #usable(name: string): AdmissionQuestion['usable'] {
    const { listing } = this.#project(name);
    return listing.releases
      .map((release) => this.#listed(release))
      .filter((release) => release.files.length > 0)
      .flatMap((release) => {
        const verdict = this.#rules.judge(name, release, listing);
        if (verdict.kind === 'unusable') return [];
        // Of the files that pip could take the one that is not yanked goes first, so the best speaks for the release.
        return [{ version: release.version, isYanked: verdict.described.yanked !== false }];
      });
  }

  /** Places the versions in an order in which each is admitted by what was placed before; what is left is refused. */
  #outOfTurn(
    solution: ReadonlyMap<number, IntegerSet>,
    ownRequirements: readonly NumberedDependency[],
  ): Refusal | null {
    const placed = new Set<number>();
    const asked = new Asked(this.packages);
    ownRequirements.forEach((dependency) => asked.add(dependency));
    for (let open = [...asked.numbers]; ; open = [...asked.numbers].filter((item) => !placed.has(item))) {
      let isMoving = false;
      let refused: Refusal | null = null;
      for (const number of open) {
        const versions = solution.get(number);
        if (versions === undefined) continue;
        const reason = this.#refusal(number, versions, asked);
        if (reason !== null) {
          refused ??= { ...refusalOf(number, reason, asked, this.packages), isFinal: false };
          continue;
        }
        placed.add(number);
        isMoving = true;
        this.#needs(number, versions).forEach((dependency) => asked.add(dependency));
      }
      if (!isMoving) return refused;
    }
  }

  #needs(number: number, versions: IntegerSet): readonly NumberedDependency[] {
    const reading = this.read(number, versions[0]!);
    return reading.kind === 'usable' ? reading.dependencies : [];
  }

  #refusal(number: number, versions: IntegerSet, asked: Asked): 'prerelease' | 'yanked' | null {
    const { name, extra } = this.packages[number]!;
    if (extra !== null) return null;
    const { listing } = this.#project(name);
    // What is installed needs no admission: pip offers it beside what the index lists.
    if (this.#installedFile(listing.releases[versions[0]!]!) !== undefined) return null;
    const version = listing.versions[versions[0]!]!;
    const verdict = this.#rules.judge(name, this.#listed(listing.releases[versions[0]!]!), listing);
    const isYanked = verdict.kind === 'usable' && verdict.described.yanked !== false;
    if (!isYanked && !isPrerelease(version)) return null;
    const usable = this.#usable(name);
    const specifiers = asked.of(name).map(({ specifier }) => specifier);
    return admissionProblem(this.#request, { project: name, version, specifiers, usable });
  }

  #applied(
    requirements: readonly Requirement[],
    project: string | null,
    extra: string | null,
  ): readonly AppliedRequirement[] {
    const scope = { environment: this.#request.target.markers, allowed: [] };
    // uv takes an extra that a project asks of itself apart; for pip it is a requirement like others.
    return this.#flattener.flatten(requirements, this.#isUv ? project : null, extra, scope);
  }

  #dependencies({ requirement, extras }: AppliedRequirement): readonly NumberedDependency[] {
    const { normalizedName, text, specifier } = requirement;
    // What an address holds is not known: such a requirement can neither prove nor exclude anything.
    if (requirement.url !== null) return [];
    if (this.#unknown === 'fits' && this.#project(normalizedName).status === 'unknown') return [];
    const versions = this.#set(normalizedName, specifier);
    const wanted = extras.length === 0 ? [null] : extras;
    return wanted.map((extra) => ({
      package: this.number(normalizedName, extra),
      versions,
      text,
      specifier,
    }));
  }

  #project(name: string): Project {
    let project = this.#projects.get(name);
    if (project === undefined) {
      const page = this.#request.index.page(name);
      if (isMissing(page)) this.missing.push(page);
      const listing = listingOf(this.#withInstalled(isMissing(page) ? emptyPage(name) : page), this.#reading);
      const status = isMissing(page) ? 'unknown' : page.status === 'absent' ? 'absent' : 'present';
      project = { listing, status, read: [], sets: new Map() };
      this.#projects.set(name, project);
    }
    return project;
  }

  /** The file that stands for what is installed, if the release is that. */
  #installedFile(release: Release): Distribution | undefined {
    return release.files.find((file) => this.#installed.has(file.distribution))?.distribution;
  }

  /** A release with the files that the index lists. */
  #listed(release: Release): Release {
    if (this.#installedFile(release) === undefined) return release;
    return { ...release, files: release.files.filter((file) => !this.#installed.has(file.distribution)) };
  }

  /** The page with what is installed of the project in front: a tool may keep it, whatever the index says. */
  #withInstalled(page: ProjectPage): ProjectPage {
    const installed = this.#request.installed.find((item) => item.name === page.name);
    const { ignoreInstalled, forceReinstall, upgrade } = this.#request.options;
    // uv asks for an upgrade of everything; pip goes on counting what is there.
    if (installed === undefined || ignoreInstalled || forceReinstall || (this.#isUv && upgrade)) return page;
    // A file that nobody would have to fetch: so it is a version like those that an index lists.
    const filename = `${page.name}-${installed.version}-${INSTALLED_TAGS}.whl`;
    const file = bareFile(page, installed.version, filename, INSTALLED_TAGS);
    this.#installed.set(file, installed);
    return { ...page, status: 'present', distributions: [file, ...page.distributions] };
  }

  #metadata(file: Distribution): DistributionMetadata | MissingFact {
    const installed = this.#installed.get(file);
    return installed === undefined
      ? this.#request.index.metadata(file)
      : { ...installed, provenance: file.provenance };
  }

  /** The positions of the versions that satisfy a specifier set. */
  #set(name: string, specifier: SpecifierSet): IntegerSet {
    const { listing, sets } = this.#project(name);
    if (specifier.specifiers.length === 0) return ALL_INTEGERS;
    let set = sets.get(specifier.text);
    if (set === undefined) {
      const cuts: number[] = [];
      const range = this.#isUv ? rangeOfSpecifiers(specifier) : null;
      listing.versions.forEach((version, index) => {
        const isInside =
          range?.contains(version) ??
          specifierSetContains(specifier, version, { prereleases: true, policy: this.#reading });
        if (isInside !== (cuts.length % 2 === 1)) cuts.push(index);
      });
      if (cuts.length % 2 === 1) cuts.push(listing.versions.length);
      sets.set(specifier.text, (set = cuts));
    }
    return set;
  }

  #metadataOf(name: string, version: number): ReadMetadata | UnusableReason {
    const project = this.#project(name);
    return (project.read[version] ??= this.#readMetadata(project, name, version));
  }

  #readMetadata({ listing }: Project, name: string, version: number): ReadMetadata | UnusableReason {
    const release = listing.releases[version]!;
    const installed = this.#installedFile(release);
    const verdict =
      installed === undefined
        ? this.#rules.judge(name, release, listing)
        : { kind: 'usable' as const, described: installed };
    if (verdict.kind === 'unusable') return verdict.reason;
    const metadata = this.#metadata(verdict.described);
    if (isMissing(metadata)) {
      if (this.#request.options.unknownMetadata === 'stop' || metadata.loadable) {
        this.missing.push(metadata);
        this.#unknownVersions.add(`${name} ${version}`);
        if (this.#unknown === 'fits') return { requirements: [], extras: new Set(), isUnknown: true };
      }
      return { kind: 'unknown-metadata', detail: '' };
    }
    // pip does not ask what is installed for its Python; uv does.
    const isAsked = installed === undefined || this.#isUv;
    const python = isAsked ? this.#rules.pythonReason(metadata.requiresPython) : null;
    if (python !== null) return python;
    const requirements: Requirement[] = [];
    for (const line of metadata.requiresDist) {
      const parsed = this.#isUv ? readLenientRequirement(line) : parseRequirement(line.trim(), this.#reading);
      if (!parsed.ok) return { kind: 'invalid-metadata', detail: line };
      requirements.push(parsed.value);
    }
    return { requirements, extras: new Set(metadata.providesExtra.map(normalizeName)) };
  }
}

/** What is asked of each project. */
class Asked {
  readonly #packages: readonly ProofPackage[];
  readonly #byProject = new Map<string, NumberedDependency[]>();
  /** Numbers of the packages that are asked for. */
  readonly numbers = new Set<number>();

  constructor(packages: readonly ProofPackage[]) {
    this.#packages = packages;
  }

  add(dependency: NumberedDependency): void {
    const { name } = this.#packages[dependency.package]!;
    this.numbers.add(dependency.package);
    const known = this.#byProject.get(name);
    if (known) known.push(dependency);
    else this.#byProject.set(name, [dependency]);
  }

  of(name: string): readonly NumberedDependency[] {
    return this.#byProject.get(name) ?? [];
  }
}

function refusalOf(
  number: number,
  reason: Refusal['reason'],
  asked: Asked,
  packages: readonly ProofPackage[],
): Omit<Refusal, 'isFinal'> {
  const own = asked.of(packages[number]!.name);
  return { package: number, reason, texts: new Set(own.map(({ specifier }) => specifier.text)) };
}

function emptyPage(name: string): ProjectPage {
  return { name, status: 'absent', distributions: [], provenance: { layer: 'inline', detail: '' } };
}
