/** All that is known of one identifier. Replaced, never changed; what it remembers follows from what it holds. */
import type { ExcludedCandidates } from './excluded-candidates.ts';
import type { Information, Matches, Provider, SearchCandidate, SearchRequirement } from './provider.ts';

export class Criterion<R extends SearchRequirement, C extends SearchCandidate> {
  /** Not empty, except in a criterion that reports a conflict. Can be narrower than `information` asks. */
  readonly matches: Matches<C>;
  readonly information: readonly Information<R, C>[];
  readonly excluded: ExcludedCandidates<C>;
  /** For the provider: what it worked out from `information`; -1 is not yet. */
  preferenceMemo = -1;
  /** Derived: the pin that was last tested against `information`, and the answer. */
  #testedPin: C | undefined;
  #isSatisfied = false;

  constructor(
    matches: Matches<C>,
    information: readonly Information<R, C>[],
    excluded: ExcludedCandidates<C>,
  ) {
    this.matches = matches;
    this.information = information;
    this.excluded = excluded;
  }

  /** The same candidates with other information: less than they were found for. */
  withInformation(information: readonly Information<R, C>[]): Criterion<R, C> {
    return new Criterion(this.matches, information, this.excluded);
  }

  /** Whether the pin meets every requirement. A pin that nobody asks for meets all. */
  isSatisfiedBy(pin: C | undefined, provider: Provider<R, C>): boolean {
    if (pin === undefined) return false;
    if (pin === this.#testedPin) return this.#isSatisfied;
    this.#testedPin = pin;
    this.#isSatisfied = true;
    for (const { requirement } of this.information) {
      if (provider.isSatisfiedBy(requirement, pin)) continue;
      this.#isSatisfied = false;
      break;
    }
    return this.#isSatisfied;
  }
}
