/** The criteria that would hold if a candidate were pinned: a copy of a state's, with requirements added. */
import { Criterion } from './criterion.ts';
import type { ExcludedPool } from './excluded-candidates.ts';
import type { Matches, Provider, SearchCandidate, SearchRequirement } from './provider.ts';
import type { SearchReporter } from './reporter.ts';
import type { ResolutionState } from './resolution-state.ts';
import type { SearchVariant } from './variants.ts';

/** What all parts of one search share. */
export interface SearchContext<R extends SearchRequirement, C extends SearchCandidate> {
  readonly provider: Provider<R, C>;
  readonly reporter: SearchReporter<R, C>;
  readonly variant: SearchVariant;
  readonly pool: ExcludedPool<C>;
}

const NO_MATCHES: Matches<never> = { isEmpty: () => true, candidates: () => [] };

export class CriteriaDraft<R extends SearchRequirement, C extends SearchCandidate> {
  readonly #context: SearchContext<R, C>;
  readonly #state: ResolutionState<R, C>;
  criteria: (Criterion<R, C> | undefined)[];
  known: readonly number[];
  /** Identifiers that got requirements. */
  readonly touched: number[] = [];

  constructor(context: SearchContext<R, C>, state: ResolutionState<R, C>) {
    this.#context = context;
    this.#state = state;
    this.criteria = state.criteria.slice();
    this.known = state.known;
  }

  /**
   * Adds a requirement. Returns null, or the criterion that has no candidate left; the draft is useless then.
   * Old variants read the state instead of the draft, so that the last of two requirements on one identifier wins.
   */
  add(requirement: R, parent: C | null): Criterion<R, C> | null {
    const { provider, reporter, variant, pool } = this.#context;
    reporter.addingRequirement(requirement, parent);
    const { identifier } = requirement;
    const seen = variant.mergesRepeatedDependencies ? this.criteria : this.#state.criteria;
    const existing = seen[identifier];
    const added = { requirement, parent };
    const information = existing === undefined ? [added] : [...existing.information, added];
    const excluded = existing === undefined ? pool.none : existing.excluded;
    const asked = variant.exclusion === 'view' ? pool.none : excluded;
    const matches = provider.findMatches(identifier, information, asked, seen);
    const criterion = new Criterion(matches, information, excluded);
    if (matches.isEmpty()) return criterion;
    if (this.criteria[identifier] === undefined) this.#makeKnown(identifier);
    this.criteria[identifier] = criterion;
    this.touched.push(identifier);
    return null;
  }

  /** Adds what a candidate depends on, in order, up to the first conflict, which is returned. */
  addDependencies(candidate: C): Criterion<R, C> | null {
    const { provider, pool } = this.#context;
    if (provider.isReadable?.(candidate) === false) return new Criterion(NO_MATCHES, [], pool.none);
    for (const requirement of provider.dependencies(candidate)) {
      const conflict = this.add(requirement, candidate);
      if (conflict !== null) return conflict;
    }
    return null;
  }

  #makeKnown(identifier: number): void {
    this.known = [...this.known, identifier];
    while (this.criteria.length < identifier) this.criteria.push(undefined);
  }
}
