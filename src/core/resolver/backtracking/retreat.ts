/**
 * Going back after a failed pin. The stack, when a pin has failed:
 *
 *   [ state Z ]  no pin worked here; discarded
 *   [ state Y ]  holds the last pin; discarded, its excluded candidates and that pin are remembered
 *   [ state X ]  what Y was before the pin; copied, and what was remembered is excluded in the copy
 *
 * If the copy conflicts, it is the new Z. Backjumping pops further Ys, as long as their pins cannot be the cause.
 * See resolver/README.md#going-back.
 */
import { Criterion } from './criterion.ts';
import type { SearchContext } from './criteria-draft.ts';
import { excludeFromView } from './excluding-matches.ts';
import type { ExcludedCandidates } from './excluded-candidates.ts';
import type { Information, SearchCandidate, SearchRequirement } from './provider.ts';
import { ResolutionState } from './resolution-state.ts';

/** `exhausted`: nothing is left to undo; `crash`: the tool itself fails here, with this exception. */
export type RetreatResult =
  | { readonly kind: 'retreated' }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'crash'; readonly exception: string };

type Remembered<C> = readonly [identifier: number, excluded: ExcludedCandidates<C>];

const RETREATED: RetreatResult = { kind: 'retreated' };
const EXHAUSTED: RetreatResult = { kind: 'exhausted' };

export class Retreat<R extends SearchRequirement, C extends SearchCandidate> {
  readonly #context: SearchContext<R, C>;
  /** Whether pins that have nothing to do with the conflict may be jumped over; off for good after a rollback. */
  isOptimistic: boolean;
  /** The stack as it was when such a pin was first jumped over. */
  saved: ResolutionState<R, C>[] | null = null;
  /** States popped with their pins by the last `from`. */
  popped = 0;

  constructor(context: SearchContext<R, C>) {
    this.#context = context;
    this.isOptimistic = context.variant.retreat === 'optimistic';
  }

  /** Undoes pins of `states` (changed in place) until another candidate can be tried. */
  from(states: ResolutionState<R, C>[], causes: readonly Information<R, C>[]): RetreatResult {
    this.popped = 0;
    const involved = new Set<number>();
    for (const { requirement, parent } of causes) {
      involved.add(requirement.identifier);
      if (parent !== null) involved.add(parent.identifier);
    }
    while (states.length >= 3) {
      states.pop();
      const broken = this.#popBroken(states, involved);
      if (broken === null) return EXHAUSTED;
      const below = states.at(-1);
      if (below === undefined) return { kind: 'crash', exception: 'IndexError' };
      const next = new ResolutionState(below);
      states.push(next);
      const patched = this.#patch(next, broken.remembered, broken.candidate);
      if (patched === 'crash') return { kind: 'crash', exception: 'AttributeError' };
      if (patched) return RETREATED;
    }
    return EXHAUSTED;
  }

  /** Gives the saved stack back and turns optimism off. */
  rollBack(states: ResolutionState<R, C>[]): void {
    this.isOptimistic = false;
    if (this.saved === null) return;
    states.splice(0, states.length, ...this.saved);
    this.saved = null;
  }

  /** Pops states with their last pins until one may have caused the conflict. Null: nothing is left to pop. */
  #popBroken(
    states: ResolutionState<R, C>[],
    involved: ReadonlySet<number>,
  ): { readonly candidate: C; readonly remembered: readonly Remembered<C>[] } | null {
    for (;;) {
      const broken = states.pop();
      const candidate = broken?.popPin();
      if (broken === undefined || candidate === undefined) return null;
      this.popped += 1;
      if (this.#stopsAt(candidate, broken, states, involved)) {
        const remembered = broken.known.map((identifier): Remembered<C> => {
          return [identifier, broken.criteria[identifier]?.excluded ?? this.#context.pool.none];
        });
        return { candidate, remembered };
      }
      if (this.#context.variant.guardsLastState && states.length <= 1) return null;
    }
  }

  #stopsAt(
    candidate: C,
    broken: ResolutionState<R, C>,
    states: readonly ResolutionState<R, C>[],
    involved: ReadonlySet<number>,
  ): boolean {
    const { provider, reporter, variant } = this.#context;
    if (variant.retreat === 'chronological') {
      reporter.backtracking(candidate);
      return true;
    }
    if (variant.retreat !== 'to-dependency') {
      const isInvolved = involved.has(candidate.identifier);
      if (!this.isOptimistic && !isInvolved) return true;
      if (this.isOptimistic && this.saved === null && !isInvolved) {
        this.saved = states.map((state) => new ResolutionState(state));
      }
    }
    // All of them are enumerated, as pip does: what that prints is printed again.
    let dependsOnInvolved = false;
    for (const dependency of provider.dependencies(candidate)) {
      if (involved.has(dependency.identifier)) dependsOnInvolved = true;
    }
    if (dependsOnInvolved) return true;
    return variant.retreat !== 'to-dependency' && broken.depth === 0;
  }

  /** Excludes what is remembered, and the popped candidate. Whether every criterion still has candidates. */
  #patch(
    state: ResolutionState<R, C>,
    remembered: readonly Remembered<C>[],
    candidate: C,
  ): boolean | 'crash' {
    const { variant, pool } = this.#context;
    if (variant.crashesOnEmptyView) return this.#patchCarelessly(state, remembered, candidate);
    for (const [identifier, excluded] of remembered) {
      if (excluded.id !== 0 && !this.#exclude(state, identifier, excluded)) return false;
    }
    return this.#exclude(state, candidate.identifier, pool.only(candidate));
  }

  #exclude(state: ResolutionState<R, C>, identifier: number, excluded: ExcludedCandidates<C>): boolean {
    const { provider, variant, pool } = this.#context;
    const criterion = state.criteria[identifier];
    if (criterion === undefined) return true;
    const { information } = criterion;
    const united = pool.union(excluded, criterion.excluded);
    const matches =
      variant.exclusion === 'view'
        ? excludeFromView(criterion.matches, excluded)
        : provider.findMatches(identifier, information, united, state.criteria);
    if (matches.isEmpty()) return false;
    const patched = new Criterion(matches, information, united);
    patched.preferenceMemo = criterion.preferenceMemo;
    state.criteria[identifier] = patched;
    return true;
  }

  /** resolvelib 0.5.3: a criterion without candidates becomes "none", and is only noticed when it is used. */
  #patchCarelessly(
    state: ResolutionState<R, C>,
    remembered: readonly Remembered<C>[],
    candidate: C,
  ): boolean | 'crash' {
    for (const [identifier, excluded] of remembered) {
      if (excluded.id === 0 || this.#exclude(state, identifier, excluded)) continue;
      if (identifier === candidate.identifier) return 'crash';
      state.poisoned = true;
    }
    return this.#exclude(state, candidate.identifier, this.#context.pool.only(candidate));
  }
}
