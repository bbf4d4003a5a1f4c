/** What PDM puts around resolvelib: candidates, Pythons, preference. PDM 2.29, `resolver/providers.py`. */
import { evaluateMarker } from '../../packaging/marker.ts';
import { parseMarker } from '../../packaging/marker-syntax.ts';
import { normalizeName } from '../../packaging/name.ts';
import { specifierContains } from '../../packaging/specifier-clause.ts';
import type { TargetEnvironment } from '../../packaging/target-environment.ts';
import { isPrerelease, type Version } from '../../packaging/version.ts';
import type { Criterion } from '../backtracking/criterion.ts';
import type { ExcludedCandidates } from '../backtracking/excluded-candidates.ts';
import type { Information, Matches, Provider, SearchCandidate } from '../backtracking/provider.ts';
import type { ResolutionState } from '../backtracking/resolution-state.ts';
import { intersect } from '../poetry/constraint/operations.ts';
import type { Marker } from '../poetry/marker/marker.ts';
import type { PdmMarkers } from './markers.ts';
import type { PdmProject } from './project.ts';
import { bothPythons, coversPythons, type PythonRange } from './python-set.ts';
import type { PdmRelease, PdmRepository } from './repository.ts';
import {
  identifierText,
  type Identifiers,
  type PdmRequirement,
  type RequirementMaker,
} from './requirement.ts';

export interface PdmCandidate extends SearchCandidate {
  /** As the requirement spells it. */
  readonly name: string;
  /** Null for Python. */
  readonly release: PdmRelease | null;
  readonly requirement: PdmRequirement;
}

/** A `Requires-Dist` line that is no requirement. */
export interface MetadataFault {
  readonly line: string;
  readonly reason: string;
}

/** Dependencies of a candidate: those that its lock entry lists, and those that are searched for. */
interface Dependencies {
  /** The line that cannot be read, and why; null where all can. */
  readonly fault: MetadataFault | null;
  readonly listed: readonly PdmRequirement[];
  readonly taken: readonly PdmRequirement[];
  readonly python: PythonRange;
}

const PLATFORM_NAMES = [
  ...[
    'os_name',
    'sys_platform',
    'platform_system',
    'platform_machine',
    'platform_release',
    'platform_version',
  ],
  ...['implementation_name', 'implementation_version', 'platform_python_implementation'],
];
const PROMOTED_AT = 5;

type State = ResolutionState<PdmRequirement, PdmCandidate>;
type Informations = readonly Information<PdmRequirement, PdmCandidate>[];

export class PdmProvider implements Provider<PdmRequirement, PdmCandidate> {
  readonly revision = 0;
  readonly #project: PdmProject;
  readonly #repository: PdmRepository;
  readonly #maker: RequirementMaker;
  readonly #markers: PdmMarkers;
  readonly #identifiers: Identifiers;
  readonly #environment: TargetEnvironment;
  readonly #topLevel: ReadonlySet<number>;
  readonly #pythonRequirement: PdmRequirement;
  readonly #candidates = new Map<string, PdmCandidate>();
  readonly #requirementIds = new Map<PdmRequirement, number>();
  readonly #dependencies = new Map<PdmCandidate, Dependencies>();
  readonly #counts = new Map<number, number>();
  readonly #promoted = new Set<number>();
  readonly #held = new Map<Marker, boolean>();
  readonly #complain: (candidate: PdmCandidate, fault: MetadataFault) => void;

  constructor(
    project: PdmProject,
    repository: PdmRepository,
    maker: RequirementMaker,
    environment: TargetEnvironment,
    complain: (candidate: PdmCandidate, fault: MetadataFault) => void,
  ) {
    this.#complain = complain;
    this.#project = project;
    this.#repository = repository;
    this.#maker = maker;
    this.#markers = maker.markers;
    this.#identifiers = maker.identifiers;
    this.#environment = environment;
    this.#pythonRequirement = maker.python(project.python);
    this.#topLevel = new Set(this.roots().map(({ identifier }) => identifier));
  }

  /** What the search begins with: Python, and what can count for the project's Pythons. */
  roots(): readonly PdmRequirement[] {
    return [this.#pythonRequirement, ...this.#project.requirements.filter((each) => this.#counts_(each))];
  }

  #counts_({ python, rest }: PdmRequirement): boolean {
    return this.#meetsProject(python) && (rest === null || this.#holds(rest));
  }

  #meetsProject({ constraint }: PythonRange): boolean {
    return intersect(constraint, this.#project.python.constraint).kind !== 'empty';
  }

  /** The target names no platform, so what is said of platforms is left out; the rest is asked of the running Python. */
  #holds(rest: Marker): boolean {
    let holds = this.#held.get(rest);
    if (holds === undefined) {
      const asked = this.#markers.exclude(rest, PLATFORM_NAMES);
      const syntax = asked === this.#markers.any ? null : parseMarker(asked.text);
      holds =
        asked !== this.#markers.empty &&
        (syntax === null || (syntax.ok && evaluateMarker(syntax.value, this.#environment.markers)));
      this.#held.set(rest, holds);
    }
    return holds;
  }

  identifierText(identifier: number): string {
    return this.#identifiers.texts[identifier]!;
  }

  findMatches(
    identifier: number,
    information: Informations,
    excluded: ExcludedCandidates<PdmCandidate>,
    criteria: readonly (Criterion<PdmRequirement, PdmCandidate> | undefined)[],
  ): Matches<PdmCandidate> {
    const found = this.#find(identifier, information, excluded, criteria);
    return { isEmpty: () => found.length === 0, candidates: () => found };
  }

  #find(
    identifier: number,
    information: Informations,
    excluded: ExcludedCandidates<PdmCandidate>,
    criteria: readonly (Criterion<PdmRequirement, PdmCandidate> | undefined)[],
  ): readonly PdmCandidate[] {
    const own = information.map(({ requirement }) => requirement);
    if (own[0]!.name === 'python' && own[0]!.key === 'python') return this.#pythonMatches(own, excluded);
    const override = this.#overrideOf(own[0]!);
    if (override !== undefined) return this.#candidatesFor(identifier, own[0]!, override, override);
    const orig = own.reduce((best, each) => (compareKeys(each, best) < 0 ? each : best));
    const base = own[0]!.extras.length === 0 ? undefined : criteria[this.#identifiers.of(own[0]!.key)];
    const all = [...own, ...(base?.information.map(({ requirement }) => requirement) ?? [])];
    const sorted = [...all].sort(compareKeys);
    const carried = own[0]!.extras.length === 0 ? sorted[0]! : orig;
    const gone = new Set([...excluded.members].map((candidate) => versionKey(candidate)));
    return this.#candidatesFor(identifier, carried, sorted[0]!, carried).filter(
      (candidate) =>
        !gone.has(versionKey(candidate)) &&
        sorted.every((requirement) => this.isSatisfiedBy(requirement, candidate)),
    );
  }

  #overrideOf({ key, extras }: PdmRequirement): PdmRequirement | undefined {
    const { overrides } = this.#project;
    return overrides.get(identifierText(key, extras)) ?? overrides.get(key);
  }

  #pythonMatches(
    own: readonly PdmRequirement[],
    excluded: ExcludedCandidates<PdmCandidate>,
  ): readonly PdmCandidate[] {
    if (excluded.members.size > 0) return [];
    const { python } = this.#project;
    if (!own.every((requirement) => coversPythons(requirement.python, python))) return [];
    return [this.#candidate(this.#pythonRequirement, null, this.#pythonRequirement.identifier, 'python')];
  }

  /** Versions that a requirement finds, best first; `carried` is the one that candidates belong to. */
  #candidatesFor(
    identifier: number,
    carried: PdmRequirement,
    sought: PdmRequirement,
    spelled: PdmRequirement,
  ): readonly PdmCandidate[] {
    return this.#releasesFor(sought, carried).map((release) =>
      this.#candidate(carried, release, identifier, spelled.name),
    );
  }

  #releasesFor(sought: PdmRequirement, { key, isPinned, python }: PdmRequirement): readonly PdmRelease[] {
    const releases = this.#repository.releases(key, isPinned || sought.isPinned);
    const [clause] = sought.specifier.specifiers;
    const pinsPrerelease =
      sought.isPinned && clause?.version !== null && clause !== undefined && isPrerelease(clause.version);
    const allowed = pinsPrerelease ? true : this.#project.allowsPrereleases;
    const takes = (release: PdmRelease, withPrereleases: boolean): boolean =>
      containsVersion(sought, release.version) && (withPrereleases || !isPrerelease(release.version));
    const first = releases.filter((release) => takes(release, allowed ?? sought.namesPrerelease));
    const found =
      first.length === 0 && allowed === null ? releases.filter((release) => takes(release, true)) : first;
    const wanted = bothPythons(python, this.#project.python);
    const covering = found.filter((release) => coversPythons(release.requiresPython, wanted));
    return covering.length === 0 ? found : covering;
  }

  #candidate(
    requirement: PdmRequirement,
    release: PdmRelease | null,
    identifier: number,
    name: string,
  ): PdmCandidate {
    let id = this.#requirementIds.get(requirement);
    if (id === undefined) this.#requirementIds.set(requirement, (id = this.#requirementIds.size));
    const key = `${identifier} ${name} ${release?.version.text ?? ''} ${id}`;
    let candidate = this.#candidates.get(key);
    if (candidate === undefined) {
      candidate = { identifier, serial: this.#candidates.size, name, release, requirement };
      this.#candidates.set(key, candidate);
    }
    return candidate;
  }

  isSatisfiedBy(requirement: PdmRequirement, candidate: PdmCandidate): boolean {
    const { release } = candidate;
    if (release === null) return coversPythons(requirement.python, this.#project.python);
    if (this.#overrideOf(requirement) !== undefined) return true;
    if (!containsVersion(requirement, release.version)) return false;
    return !(
      isPrerelease(release.version) &&
      this.#project.allowsPrereleases === false &&
      !requirement.isPinned
    );
  }

  dependencies(candidate: PdmCandidate): readonly PdmRequirement[] {
    return this.dependenciesOf(candidate).taken;
  }

  /** Whether its metadata can be read; says what is wrong where it cannot. */
  isReadable(candidate: PdmCandidate): boolean {
    const { fault } = this.dependenciesOf(candidate);
    if (fault !== null) this.#complain(candidate, fault);
    return fault === null;
  }

  dependenciesOf(candidate: PdmCandidate): Dependencies {
    let found = this.#dependencies.get(candidate);
    if (found === undefined) this.#dependencies.set(candidate, (found = this.#readDependencies(candidate)));
    return found;
  }

  #readDependencies(candidate: PdmCandidate): Dependencies {
    const { release, requirement } = candidate;
    if (release === null) return { fault: null, listed: [], taken: [], python: this.#project.python };
    const { lines, python } = this.#repository.metadata(release);
    for (const line of lines) {
      const reason = this.#maker.faultOf(line);
      if (reason !== null) return { fault: { line, reason }, listed: [], taken: [], python };
    }
    const listed = lines.flatMap((line) => this.#listed(line, requirement.extras) ?? []);
    if (
      requirement.extras.length > 0 &&
      !listed.some(({ key, extras }) => key === requirement.key && extras.length === 0)
    )
      listed.unshift(this.#base(candidate, release));
    const outer = bothPythons(requirement.python, this.#project.python);
    const within = bothPythons(python, outer);
    const taken = listed.flatMap((dependency) => {
      const together = bothPythons(dependency.python, within);
      if (together.constraint.kind === 'empty') return [];
      if (dependency.rest !== null && !this.#holds(dependency.rest)) return [];
      const excluded = this.#project.excludes;
      if (excluded.has(dependency.key) || excluded.has(this.identifierText(dependency.identifier))) return [];
      return [{ ...dependency, python: bothPythons(dependency.python, requirement.python) }];
    });
    const isOverridden = this.#overrideOf(requirement) !== undefined;
    const needsPython = !isOverridden && outer.constraint.kind !== 'empty' && !coversPythons(python, outer);
    return {
      fault: null,
      listed,
      taken: needsPython ? [...taken, this.#maker.python(python)] : taken,
      python,
    };
  }

  /** A line of metadata that counts with these extras. */
  #listed(line: string, extras: readonly string[]): PdmRequirement | null {
    const parts = this.#maker.parts(line);
    if (parts === null) return null;
    const { marker } = parts;
    if (marker === null) return extras.length > 0 ? null : this.#maker.make(parts);
    const test = this.#markers.only(marker, ['extra']);
    if (test === this.#markers.any) return extras.length > 0 ? null : this.#maker.make(parts);
    const values = extras.length === 0 ? [''] : extras;
    if (!values.some((extra) => extraHolds(test, extra))) return null;
    const rest = this.#markers.exclude(marker, ['extra']);
    return this.#maker.make({ ...parts, marker: rest === this.#markers.any ? null : rest });
  }

  #base({ name, requirement }: PdmCandidate, release: PdmRelease): PdmRequirement {
    const [clause] = requirement.specifier.specifiers;
    const version = release.version.text.replace(/\+.*/, '');
    const pin = requirement.isPinned && clause !== undefined ? clause.text : `==${version}`;
    return this.#maker.make(this.#maker.parts(`${name}${pin}`)!);
  }

  narrow(unsatisfied: readonly number[], state: State): readonly number[] {
    const causes = new Set<number>();
    for (const { requirement, parent } of state.causes) {
      this.#count(requirement.identifier, state);
      causes.add(requirement.identifier);
      if (parent === null) continue;
      this.#count(parent.identifier, state);
      causes.add(parent.identifier);
    }
    const python = this.#pythonRequirement.identifier;
    if (unsatisfied.includes(python)) return [python];
    const blamed = unsatisfied.filter((identifier) => causes.has(identifier));
    if (blamed.length > 0) return blamed;
    const promoted = unsatisfied.filter((identifier) => this.#promoted.has(identifier));
    return promoted.length > 0 ? promoted : unsatisfied;
  }

  /** What stands is not in the way. */
  #count(identifier: number, { pins }: State): void {
    if (pins[identifier] !== undefined) return;
    const count = (this.#counts.get(identifier) ?? 0) + 1;
    this.#counts.set(identifier, count);
    if (count >= PROMOTED_AT) this.#promoted.add(identifier);
  }

  preference(identifier: number, state: State): number {
    const { information, matches } = state.criteria[identifier]!;
    const own = information.map(({ requirement }) => requirement);
    const isPinned = own.some(({ specifier }) =>
      specifier.specifiers.some(({ operator }) => operator === '==' || operator === '==='),
    );
    const clauses = own.reduce((sum, { specifier }) => sum + specifier.specifiers.length, 0);
    const flags = [
      identifier !== this.#pythonRequirement.identifier,
      !this.#topLevel.has(identifier),
      !this.#promoted.has(identifier),
      !isPinned,
      !this.#leadsToCause(matches, state),
    ];
    return flags.reduce((key, flag) => key * 2 + Number(flag), 0) * 100_000 - clauses;
  }

  #leadsToCause(matches: Matches<PdmCandidate>, state: State): boolean {
    if (state.causes.length === 0) return false;
    for (const candidate of matches.candidates()) {
      const needed = new Set(this.dependencies(candidate).map(({ identifier }) => identifier));
      return state.causes.some(
        ({ requirement, parent }) =>
          needed.has(requirement.identifier) || (parent !== null && needed.has(parent.identifier)),
      );
    }
    return false;
  }

  isTopLevel(identifier: number): boolean {
    return this.#topLevel.has(identifier);
  }
}

function versionKey({ name, release }: PdmCandidate): string {
  return `${name} ${release?.version.text ?? ''}`;
}

function compareKeys(a: PdmRequirement, b: PdmRequirement): number {
  return (
    Number(!a.isPinned) - Number(!b.isPinned) ||
    Number(!a.namesPrerelease) - Number(!b.namesPrerelease) ||
    b.specifier.specifiers.length - a.specifier.specifiers.length
  );
}

function containsVersion({ specifier }: PdmRequirement, version: Version): boolean {
  return specifier.specifiers.every((clause) => specifierContains(clause, version));
}

function extraHolds(test: Marker, extra: string): boolean {
  switch (test.kind) {
    case 'any':
      return true;
    case 'empty':
      return false;
    case 'multi':
      return test.parts.every((part) => extraHolds(part, extra));
    case 'or':
      return test.parts.some((part) => extraHolds(part, extra));
    default: {
      const { constraint } = test.admits;
      const items = 'parts' in constraint ? constraint.parts : [constraint];
      const holds = items.map(
        (item) => 'operator' in item && (normalizeName(item.value) === extra) === (item.operator === '=='),
      );
      return 'parts' in constraint && constraint.kind === 'some' ? holds.some(Boolean) : holds.every(Boolean);
    }
  }
}
