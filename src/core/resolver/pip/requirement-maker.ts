/** Turns requirements as text into requirements of the search: markers, the split of extras, Requires-Python, URLs. */
import { evaluateMarker, formatMarker } from '../../packaging/marker.ts';
import type { Requirement } from '../../packaging/requirement.ts';
import type { SpecifierSet } from '../../packaging/specifier.ts';
import type { LineSource } from '../trace.ts';
import type { CandidateStore, StoreContext } from './candidate-store.ts';
import type { ExtrasCandidate, LinkCandidate, PipCandidate } from './candidate.ts';
import type { CandidateMetadata } from './candidate-metadata.ts';
import { dependenciesByExtra, readsLikePkgResources } from './dependency-order.ts';
import type { DirectFiles } from './direct-files.ts';
import { type ExtraNaming, extraNaming, shownExtras } from './extra-name.ts';
import { type InstallRequirement, withoutExtras } from './install-requirement.ts';
import { type PipRequirement, type SpecifierRequirement, TRAITS } from './requirement.ts';
import { CrashSignal } from './stop-signals.ts';

export class RequirementMaker {
  readonly #context: StoreContext;
  readonly #store: CandidateStore;
  readonly #files: DirectFiles;
  readonly #python: number;
  readonly #groupsByExtra: boolean;
  readonly #nameExtra: ExtraNaming;

  constructor(context: StoreContext, store: CandidateStore, files: DirectFiles) {
    this.#context = context;
    this.#store = store;
    this.#files = files;
    this.#python = context.identifiers.python();
    this.#nameExtra = extraNaming(context.era);
    this.#groupsByExtra = readsLikePkgResources(context.era, context.request.target);
  }

  /** What one requirement asks of the search: nothing, if its marker does not hold; two things, if it has extras. */
  make(ireq: InstallRequirement, extras: readonly string[], source?: LineSource): readonly PipRequirement[] {
    const { requirement } = ireq;
    if (!this.#matchesMarker(requirement, extras)) {
      const marker =
        requirement.marker === null ? '' : formatMarker(requirement.marker, this.#context.era.policy);
      this.#context.notify({ kind: 'ignored-marker', name: requirement.name, marker });
      return [];
    }
    if (requirement.url !== null) return this.#fromUrl(ireq, requirement.url, source);
    const asked = this.#specifier(ireq, source);
    const isSplit =
      this.#context.era.splitsExtras &&
      requirement.extras.length > 0 &&
      requirement.specifier.specifiers.length > 0;
    return isSplit ? [this.#specifier(withoutExtras(ireq), source), asked] : [asked];
  }

  /** What a candidate depends on, in order; worked out once. What an address ends with comes in its turn. */
  dependencies(candidate: PipCandidate): Iterable<PipRequirement> {
    if (candidate.dependencies !== null) return candidate.dependencies;
    const made: PipRequirement[] = [];
    try {
      for (const requirement of this.#makeDependencies(candidate)) made.push(requirement);
    } catch (signal) {
      return endingWith(made, signal);
    }
    candidate.dependencies = made;
    return made;
  }

  /** Extras that were asked for and that the package does not have; pip warns at each look at the dependencies. */
  missingExtras({ base, extras }: ExtrasCandidate): readonly string[] {
    const { providesExtra } = this.#store.metadataOf(base);
    return extras.filter((extra) => !providesExtra.has(extra));
  }

  *#makeDependencies(candidate: PipCandidate): Generator<PipRequirement> {
    const { noDeps } = this.#context.request.options;
    switch (candidate.kind) {
      case 'python':
        return;
      case 'installed':
        if (!noDeps) yield* this.#fromMetadata(this.#store.metadataOf(candidate), candidate.ireq, []);
        return;
      case 'link':
        yield* this.#ofLink(candidate, noDeps);
        return;
      case 'extras': {
        yield this.explicit(candidate.base);
        if (noDeps) return;
        const metadata = this.#store.metadataOf(candidate.base);
        const valid = candidate.extras.filter((extra) => metadata.providesExtra.has(extra));
        const { namesExtrasAsOrigin } = this.#context.era;
        const origin = namesExtrasAsOrigin ? candidate.comesFrom : candidate.base.ireq;
        yield* this.#fromMetadata(metadata, origin, valid);
      }
    }
  }

  *#ofLink(candidate: LinkCandidate, noDeps: boolean): Generator<PipRequirement> {
    const metadata = this.#store.metadataOf(candidate);
    const { requiresPython } = metadata;
    const { era } = this.#context;
    const python =
      this.#context.request.options.ignoreRequiresPython || requiresPython === null
        ? null
        : this.#requiresPython(requiresPython);
    if (python !== null && era.requiresPythonFirst) yield python;
    if (!noDeps) yield* this.#fromMetadata(metadata, candidate.ireq, []);
    if (python !== null && !era.requiresPythonFirst) yield python;
  }

  /** Dependencies whose markers hold: for one of the extras, or for none when there are none. */
  *#fromMetadata(
    metadata: CandidateMetadata,
    comesFrom: InstallRequirement,
    extras: readonly string[],
  ): Generator<PipRequirement> {
    if (metadata.unreadable !== null) throw new CrashSignal('InvalidRequirement');
    for (const requirement of this.#inOrder(metadata, extras)) {
      yield* this.make({ requirement, comesFrom, hashes: null }, extras);
    }
  }

  /** Old rules compare names in markers as written: `extra == "Ex_1"` holds when it is read, and not when it is used. */
  #inOrder(
    { dependencies, providesExtra }: CandidateMetadata,
    extras: readonly string[],
  ): readonly Requirement[] {
    if (!this.#groupsByExtra) {
      return dependencies.filter((requirement) => this.#matchesMarker(requirement, extras));
    }
    const written = extras.map((extra) => providesExtra.get(extra) ?? extra);
    const holds = (requirement: Requirement, names: readonly string[]): boolean => {
      return this.#matchesMarker(requirement, names);
    };
    const usesSets = this.#context.era.keepsDependenciesInSets;
    const ordered = dependenciesByExtra(dependencies, written, holds, usesSets);
    if (ordered.isRandom) this.#context.notify({ kind: 'random-order' });
    return ordered.dependencies;
  }

  #matchesMarker({ marker }: Requirement, extras: readonly string[]): boolean {
    if (marker === null) return true;
    const { era, request } = this.#context;
    const asked = extras.length === 0 ? [''] : extras;
    return asked.some((extra) => evaluateMarker(marker, request.target.markers, extra, era.policy));
  }

  #specifier(ireq: InstallRequirement, source?: LineSource): SpecifierRequirement {
    const { identifiers, projects, rows, era } = this.#context;
    const { requirement } = ireq;
    const shown = shownExtras(requirement.extras, this.#nameExtra);
    const identifier = identifiers.of(requirement.normalizedName, shown);
    const specifier = projects.intern(requirement.specifier);
    return {
      kind: 'specifier',
      identifier,
      row: rows.requirement(identifier, requirement.text, source),
      ireq,
      specifier,
      table: projects.table(requirement.normalizedName),
      traits: specifierTraits(specifier, era.preference === '25.1'),
    };
  }

  /** Exactly this candidate. */
  explicit(candidate: PipCandidate, source?: LineSource): PipRequirement {
    const { rows } = this.#context;
    const { identifier, name, spelling } = candidate;
    const row = rows.requirement(identifier, `${name}==${spelling}`, source);
    return { kind: 'explicit', identifier, row, candidate };
  }

  #requiresPython(set: SpecifierSet): PipRequirement {
    const { projects, rows } = this.#context;
    const specifier = projects.intern(set);
    const table = projects.table('');
    const match = table.admits(specifier, this.#store.python.versionIndex) ? this.#store.python : null;
    const row = rows.requirement(this.#python, `Python ${specifier.text}`);
    return { kind: 'python', identifier: this.#python, row, specifier, table, match };
  }

  /** The base at its URL, and the extras on top of it. */
  #fromUrl(ireq: InstallRequirement, url: string, source?: LineSource): readonly PipRequirement[] {
    const { identifiers, rows, era } = this.#context;
    const { requirement } = ireq;
    const identifier = identifiers.of(requirement.normalizedName);
    const isSplit = era.splitsUrlExtras && requirement.extras.length > 0;
    const template = isSplit ? withoutExtras(ireq) : ireq;
    const base = this.#files.candidate(url, identifier, template);
    if (base === null) {
      const row = rows.requirement(identifier, `${requirement.normalizedName} (unavailable)`, source);
      return [{ kind: 'unsatisfiable', identifier, row }];
    }
    if (requirement.extras.length === 0) return [this.explicit(base, source)];
    const shown = shownExtras(requirement.extras, this.#nameExtra);
    const extras = identifiers.of(requirement.normalizedName, shown);
    const withExtras = this.#store.withExtras(base, extras, base.ireq, requirement.extras);
    const asked = this.explicit(withExtras, source);
    return isSplit ? [this.explicit(base, source), asked] : [asked];
  }
}

/** Some requirements, and then the signal that stopped the making of more. */
function* endingWith(made: readonly PipRequirement[], signal: unknown): Generator<PipRequirement> {
  yield* made;
  throw signal;
}

/** See preference.ts. Before 25.1 `==1.*` counted as pinned, and upper bounds did not count. */
function specifierTraits({ specifiers }: SpecifierSet, isModern: boolean): number {
  let traits = specifiers.length === 0 ? 0 : TRAITS.HAS_OPERATORS;
  for (const { operator, isWildcard } of specifiers) {
    const isEquality = operator === '==' || operator === '===';
    if (isEquality && !(isModern && isWildcard)) traits |= TRAITS.PINNED;
    const isBound = operator === '<' || operator === '<=' || operator === '~=';
    if (isBound || (operator === '==' && isWildcard)) traits |= TRAITS.UPPER_BOUNDED;
  }
  return traits;
}
