/**
 * Which identifier is pinned next: pip's `get_preference`, in the forms that it had. Its tuples are compared element by
 * element; here they are packed into one number, most important first, and the identifier at their end is the search's
 * own tie break. See resolver/README.md#preference.
 *
 * | form | key |
 * |---|---|
 * | 20.3 | only transitive? |
 * | 20.3.2 | setuptools? · rating · only transitive? |
 * | 21.1 | setuptools? · rating · user's order |
 * | 21.2 | not Python · setuptools? · (not direct) · not pinned · not a cause · depth · user's order · no operators |
 * | 25.1 | not promoted · not direct · not pinned · no upper bound · user's order · no operators |
 */
import type { Criterion } from '../backtracking/criterion.ts';
import type { Information } from '../backtracking/provider.ts';
import type { ResolutionState } from '../backtracking/resolution-state.ts';
import type { PipCandidate } from './candidate.ts';
import type { PipEra } from './era.ts';
import {
  DEPTHS,
  NEWEST_PREFERENCE,
  ORDERS,
  partsOfEra,
  roomOf,
  unpackKey,
  type PartValue,
  type PreferencePart,
} from './preference-parts.ts';
import { type PipRequirement, TRAITS } from './requirement.ts';

type State = ResolutionState<PipRequirement, PipCandidate>;
type PipCriterion = Criterion<PipRequirement, PipCandidate>;

/** Beside TRAITS: some requirement was Requires-Python that fits. */
const MATCHES_PYTHON = 16;
const HAS_INFORMATION = 32;

export interface PreferenceFacts {
  readonly era: PipEra;
  readonly python: number;
  readonly setuptools: number;
  /** Place of the identifier among everything that the user gave; undefined when the user did not name it. */
  readonly userOrder: ReadonlyMap<number, number>;
  /** Identifiers that were promoted (26.1). */
  readonly promoted: ReadonlySet<number>;
  /** The newest form with its parts in another order: no release of pip, but what one might be. */
  readonly order?: readonly PreferencePart[];
}

export class Preference {
  readonly #facts: PreferenceFacts;
  /** 21.2: written while keys are worked out, and never forgotten. */
  readonly #depths = new Map<number, number>();
  #causes: readonly Information<PipRequirement, PipCandidate>[] = [];
  #causeIdentifiers: ReadonlySet<number> = new Set();

  constructor(facts: PreferenceFacts) {
    this.#facts = facts;
  }

  /** A key that `of` answered, part by part. */
  partsOf(key: number): readonly PartValue[] {
    const { era, order } = this.#facts;
    return unpackKey(key, era.preference === '25.1' ? (order ?? NEWEST_PREFERENCE) : partsOfEra(era));
  }

  /** Smaller goes first. */
  of(identifier: number, state: State): number {
    const criterion = state.criteria[identifier]!;
    const traits = traitsOf(criterion);
    switch (this.#facts.era.preference) {
      case '25.1':
        return this.#facts.order === undefined
          ? this.#by25(identifier, traits)
          : this.#inOrder(this.#facts.order, identifier, traits);
      case '21.2':
        return this.#by21(identifier, traits, criterion, state);
      case '21.1':
        return this.#rated(identifier, traits) * ORDERS + this.#order(identifier);
      case '20.3.2':
        return this.#rated(identifier, traits) * 2 + isTransitive(criterion);
      case '20.3':
        return isTransitive(criterion);
    }
  }

  #order(identifier: number): number {
    return this.#facts.userOrder.get(identifier) ?? ORDERS - 1;
  }

  #by25(identifier: number, traits: number): number {
    let key = this.#facts.promoted.has(identifier) ? 0 : 1;
    key = key * 2 + missing(traits, TRAITS.DIRECT);
    key = key * 2 + missing(traits, TRAITS.PINNED);
    key = key * 2 + missing(traits, TRAITS.UPPER_BOUNDED);
    key = key * ORDERS + this.#order(identifier);
    return key * 2 + missing(traits, TRAITS.HAS_OPERATORS);
  }

  #inOrder(order: readonly PreferencePart[], identifier: number, traits: number): number {
    let key = 0;
    for (const part of order) key = key * roomOf(part) + this.#newestPart(part, identifier, traits);
    return key;
  }

  #newestPart(part: PreferencePart, identifier: number, traits: number): number {
    switch (part) {
      case 'promoted':
        return this.#facts.promoted.has(identifier) ? 0 : 1;
      case 'direct':
        return missing(traits, TRAITS.DIRECT);
      case 'pinned':
        return missing(traits, TRAITS.PINNED);
      case 'upper-bound':
        return missing(traits, TRAITS.UPPER_BOUNDED);
      case 'order':
        return this.#order(identifier);
      case 'operators':
        return missing(traits, TRAITS.HAS_OPERATORS);
      default:
        return 0;
    }
  }

  /** "Direct" was always true in these releases, by mistake, unless nobody asks for the identifier any more. */
  #by21(identifier: number, traits: number, criterion: PipCriterion, state: State): number {
    const { era, python, setuptools } = this.#facts;
    const depth = this.#depth(identifier, criterion);
    let key = identifier === python ? 0 : 1;
    key = key * 2 + (era.delaysSetuptools && identifier === setuptools ? 1 : 0);
    key = key * 2 + missing(traits, HAS_INFORMATION);
    key = key * 2 + missing(traits, TRAITS.PINNED);
    if (era.prefersCauses) key = key * 2 + (this.#isCause(identifier, state) ? 0 : 1);
    key = key * DEPTHS + Math.min(depth, DEPTHS - 1);
    key = key * ORDERS + this.#order(identifier);
    return key * 2 + missing(traits, TRAITS.HAS_OPERATORS);
  }

  /** Steps from the user's requirements, as far as it is known when the key is worked out. */
  #depth(identifier: number, criterion: PipCriterion): number {
    const { userOrder, era } = this.#facts;
    if (userOrder.has(identifier)) {
      if (!era.forgetsUserDepths) this.#depths.set(identifier, 1);
      return 1;
    }
    let least = Number.POSITIVE_INFINITY;
    for (const { parent } of criterion.information) {
      const depth = parent === null ? 0 : (this.#depths.get(parent.identifier) ?? Number.POSITIVE_INFINITY);
      least = Math.min(least, depth);
    }
    this.#depths.set(identifier, least + 1);
    return least + 1;
  }

  #isCause(identifier: number, state: State): boolean {
    if (state.causes !== this.#causes) {
      this.#causes = state.causes;
      const identifiers = new Set<number>();
      for (const { requirement, parent } of state.causes) {
        identifiers.add(requirement.identifier);
        if (parent !== null) identifiers.add(parent.identifier);
      }
      this.#causeIdentifiers = identifiers;
    }
    return this.#causeIdentifiers.has(identifier);
  }

  /** 0 a URL (or Python, or the base of extras), 1 an equality, 2 any operator, 3 none; setuptools after all. */
  #rated(identifier: number, traits: number): number {
    let rating = 3;
    if ((traits & (TRAITS.DIRECT | MATCHES_PYTHON)) !== 0) rating = 0;
    else if ((traits & TRAITS.PINNED) !== 0) rating = 1;
    else if ((traits & TRAITS.HAS_OPERATORS) !== 0) rating = 2;
    return rating + (identifier === this.#facts.setuptools ? 4 : 0);
  }
}

function missing(traits: number, bit: number): number {
  return (traits & bit) === 0 ? 1 : 0;
}

function isTransitive(criterion: PipCriterion): number {
  return criterion.information.every(({ parent }) => parent !== null) ? 1 : 0;
}

/** Union of what the requirements have; kept in the criterion. */
function traitsOf(criterion: PipCriterion): number {
  if (criterion.preferenceMemo !== -1) return criterion.preferenceMemo;
  let traits = 0;
  for (const { requirement } of criterion.information) {
    traits |= HAS_INFORMATION;
    if (requirement.kind === 'specifier') traits |= requirement.traits;
    else if (requirement.kind === 'explicit') traits |= TRAITS.DIRECT;
    else if (requirement.kind === 'python' && requirement.match !== null) traits |= MATCHES_PYTHON;
  }
  criterion.preferenceMemo = traits;
  return traits;
}
