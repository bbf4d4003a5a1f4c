/** What pip answers to the search. See resolver/README.md#the-provider. */
import type { Criterion } from '../backtracking/criterion.ts';
import type { ExcludedCandidates } from '../backtracking/excluded-candidates.ts';
import type { Information, Matches, Provider } from '../backtracking/provider.ts';
import type { ResolutionState } from '../backtracking/resolution-state.ts';
import type { CandidateStore, StoreContext } from './candidate-store.ts';
import type { LinkCandidate, PipCandidate } from './candidate.ts';
import { type Constraint, NO_CONSTRAINT } from './constraints.ts';
import { canonicalAddress } from './address.ts';
import type { DirectFiles } from './direct-files.ts';
import { FoundCandidates } from './found-candidates.ts';
import { Gathering } from './gathering.ts';
import type { InstallRequirement } from './install-requirement.ts';
import type { Narrowing } from './narrowing.ts';
import type { Preference } from './preference.ts';
import type { PartValue } from './preference-parts.ts';
import type { PipRequirement } from './requirement.ts';
import type { RequirementMaker } from './requirement-maker.ts';
import { CrashSignal } from './stop-signals.ts';

type PipCriterion = Criterion<PipRequirement, PipCandidate>;
type PipInformation = Information<PipRequirement, PipCandidate>;
type PipState = ResolutionState<PipRequirement, PipCandidate>;

export interface ProviderParts {
  readonly context: StoreContext;
  readonly store: CandidateStore;
  readonly maker: RequirementMaker;
  readonly files: DirectFiles;
  readonly constraints: ReadonlyMap<string, Constraint>;
  readonly narrowing: Narrowing;
  readonly preference: Preference;
  /** Identifiers that the user named, with their places. */
  readonly userOrder: ReadonlyMap<number, number>;
}

const NOTHING: Matches<PipCandidate> = { isEmpty: () => true, candidates: () => [] };

export class PipProvider implements Provider<PipRequirement, PipCandidate> {
  readonly #parts: ProviderParts;
  /** Of identifiers, so that the names need not be looked up each time. */
  readonly #constraints: Constraint[] = [];

  constructor(parts: ProviderParts) {
    this.#parts = parts;
  }

  get revision(): number {
    return this.#parts.narrowing.revision;
  }

  identifierText(identifier: number): string {
    return this.#parts.context.identifiers.text(identifier);
  }

  narrow(unsatisfied: readonly number[], state: PipState): readonly number[] {
    return this.#parts.narrowing.narrow(unsatisfied, state);
  }

  preference(identifier: number, state: PipState): number {
    return this.#parts.preference.of(identifier, state);
  }

  /** A key that `preference` answered, part by part. */
  preferenceParts(key: number): readonly PartValue[] {
    return this.#parts.preference.partsOf(key);
  }

  /** Pre-releases fit: the finder has left out those that are not wanted. */
  isSatisfiedBy(requirement: PipRequirement, candidate: PipCandidate): boolean {
    switch (requirement.kind) {
      case 'specifier':
      case 'python':
        return requirement.table.admits(requirement.specifier, candidate.versionIndex);
      case 'explicit':
        return requirement.candidate === candidate;
      case 'unsatisfiable':
        return false;
    }
  }

  dependencies(candidate: PipCandidate): Iterable<PipRequirement> {
    const { context, maker } = this.#parts;
    const dependencies = maker.dependencies(candidate);
    const missing =
      candidate.kind !== 'extras' || context.request.options.noDeps ? [] : maker.missingExtras(candidate);
    if (candidate.dependencies !== null && missing.length === 0) return candidate.dependencies;
    const withWarnings = this.#withWarnings(dependencies, candidate, missing);
    return context.era.readsAllDependencies ? [...withWarnings] : withWarnings;
  }

  /** pip looks at the extras after it has handed out the base. */
  *#withWarnings(
    dependencies: Iterable<PipRequirement>,
    { project, version }: PipCandidate,
    missing: readonly string[],
  ): Iterable<PipRequirement> {
    let isFirst = true;
    for (const requirement of dependencies) {
      yield requirement;
      if (!isFirst) continue;
      isFirst = false;
      for (const extra of missing) {
        this.#parts.context.notify({ kind: 'missing-extra', candidate: `${project} ${version.text}`, extra });
      }
    }
  }

  findMatches(
    identifier: number,
    information: readonly PipInformation[],
    excluded: ExcludedCandidates<PipCandidate>,
    criteria: readonly (PipCriterion | undefined)[],
  ): Matches<PipCandidate> {
    const { context, store } = this.#parts;
    const constraint = this.#constraintOf(identifier);
    const gathering = this.#gather(identifier, information, constraint, criteria);
    if (gathering === null) return NOTHING;
    const { template, explicit, combination, hashes } = gathering;
    if (explicit.length > 0) {
      const fitting = explicit.filter((candidate) => {
        if (excluded.members.has(candidate) || !this.#meetsConstraint(candidate, constraint)) return false;
        return information.every(({ requirement }) => this.isSatisfiedBy(requirement, candidate));
      });
      return fitting.length === 0 ? NOTHING : { isEmpty: () => false, candidates: () => fitting };
    }
    if (template === null) return NOTHING;
    const found = this.#installed(identifier, gathering);
    const isExcluded = found !== null && excluded.members.has(found);
    const installed = isExcluded && !context.era.countsExcludedInstalled ? null : found;
    return new FoundCandidates({
      store,
      identifier,
      combination,
      hashes,
      template: this.#withHashes(template, constraint),
      installed,
      prefersInstalled: installed !== null && !this.#isUpgradable(identifier),
      repeatsInstalled: context.era.repeatsInstalled,
      excluded,
      notify: context.notify,
    });
  }

  /** A requirement without hashes takes those of the constraint (26.1). */
  #withHashes(template: InstallRequirement, { hashes }: Constraint): InstallRequirement {
    if (hashes === null || hashes.length === 0 || template.hashes !== null) return template;
    if (!this.#parts.context.era.hashesPin) return template;
    return { ...template, hashes };
  }

  #gather(
    identifier: number,
    information: readonly PipInformation[],
    constraint: Constraint,
    criteria: readonly (PipCriterion | undefined)[],
  ): Gathering | null {
    const { identifiers, projects, era } = this.#parts.context;
    const root = projects.combination(identifier).and(constraint.specifier);
    const gathering = new Gathering(root, constraint.hashes);
    for (let index = 0; index < information.length; index += 1)
      gathering.add(information[index]!.requirement);
    const { base } = identifiers.entry(identifier);
    if (base !== identifier && era.extrasFollowBase !== 'no') {
      for (const { requirement } of criteria[base]?.information ?? []) {
        this.#addBase(gathering, requirement, identifier);
      }
    }
    const isPossible =
      constraint.urls.length === 0 || this.#addConstraintUrls(gathering, constraint, identifier, information);
    return isPossible ? gathering : null;
  }

  /** What is asked of the base holds for the base with extras. */
  #addBase(gathering: Gathering, requirement: PipRequirement, identifier: number): void {
    const { store, context } = this.#parts;
    if (requirement.kind === 'explicit') {
      const { candidate } = requirement;
      if (candidate.kind !== 'link' && candidate.kind !== 'installed') return;
      gathering.addExplicit(store.withExtras(candidate, identifier, candidate.ireq));
    } else if (context.era.extrasFollowBase === 'all') gathering.add(requirement);
  }

  /** False when a URL is of a wheel for another platform: then nothing will ever do. */
  #addConstraintUrls(
    gathering: Gathering,
    constraint: Constraint,
    identifier: number,
    information: readonly PipInformation[],
  ): boolean {
    const { store, files, context } = this.#parts;
    const { urlConstraints } = context.era;
    const { base, text: name } = context.identifiers.entry(identifier);
    const { template } = gathering;
    if (template === null || urlConstraints === 'no') return true;
    const isMisnamed = base !== identifier && urlConstraints === 'base';
    for (const url of constraint.urls) {
      const candidate = isMisnamed
        ? files.candidateOfMisnamed(url, { base, name }, template)
        : files.candidateOfConstraint(url, base, template);
      if (candidate === 'unsupported') return false;
      if (candidate === null) continue;
      if (isMisnamed) {
        if (gathering.explicit.length === 0) this.#refuseMisnamed(candidate, name, constraint, information);
        continue;
      }
      gathering.addExplicit(
        base === identifier ? candidate : store.withExtras(candidate, identifier, candidate.ireq),
      );
    }
    return true;
  }

  /** pip asks a requirement on `name[extras]` whether a candidate of `name` satisfies it, which it takes for its own bug. */
  #refuseMisnamed(
    candidate: LinkCandidate,
    name: string,
    constraint: Constraint,
    information: readonly PipInformation[],
  ): void {
    const isAsked = information.every(({ requirement }) => requirement.kind === 'specifier');
    if (!isAsked || !this.#meetsConstraint(candidate, constraint)) return;
    const said = `Internal issue: Candidate is not for this requirement ${candidate.name} vs ${name}`;
    throw new CrashSignal('AssertionError', said);
  }

  #meetsConstraint(candidate: PipCandidate, constraint: Constraint): boolean {
    if (constraint === NO_CONSTRAINT) return true;
    const { projects } = this.#parts.context;
    if (!projects.table(candidate.project).admits(constraint.specifier, candidate.versionIndex)) return false;
    const base = candidate.kind === 'extras' ? candidate.base : candidate;
    const address = base.kind === 'link' ? base.file.distribution.url : null;
    return constraint.urls.every(
      (url) => address !== null && canonicalAddress(url) === canonicalAddress(address),
    );
  }

  /** What is installed, if its version fits; not if it is to be replaced anyway. */
  #installed(identifier: number, { combination, template }: Gathering): PipCandidate | null {
    const { store, context } = this.#parts;
    if (template === null || context.request.options.forceReinstall) return null;
    return store.fromInstalled(identifier, template, combination);
  }

  #isUpgradable(identifier: number): boolean {
    const { context, userOrder } = this.#parts;
    const { upgrade, upgradeStrategy } = context.request.options;
    if (!upgrade) return false;
    if (upgradeStrategy === 'eager' || userOrder.has(identifier)) return true;
    return context.era.upgradesIgnoreExtras && userOrder.has(context.identifiers.entry(identifier).base);
  }

  #constraintOf(identifier: number): Constraint {
    let constraint = this.#constraints[identifier];
    if (constraint === undefined) {
      const { identifiers, era } = this.#parts.context;
      const { project, base } = identifiers.entry(identifier);
      const isReached = base === identifier || era.constrainsExtras;
      constraint = (isReached ? this.#parts.constraints.get(project) : undefined) ?? NO_CONSTRAINT;
      this.#constraints[identifier] = constraint;
    }
    return constraint;
  }
}
