/**
 * The search of resolvelib, in the variants that pip releases carried: rounds of "pick an unsatisfied identifier, pin
 * the first candidate whose dependencies fit, else go back", on a stack of states. See resolver/README.md#rounds.
 */
import { assert } from '../../packaging/assert.ts';
import type { Criterion } from './criterion.ts';
import { CriteriaDraft, type SearchContext } from './criteria-draft.ts';
import { connectedPins } from './connected-pins.ts';
import { ExcludedPool } from './excluded-candidates.ts';
import { LivelockWatch } from './livelock.ts';
import type { Information, Provider, SearchCandidate, SearchRequirement } from './provider.ts';
import type { ComparedIdentifier, SearchReporter } from './reporter.ts';
import { ResolutionState } from './resolution-state.ts';
import { Retreat } from './retreat.ts';
import type { SearchVariant } from './variants.ts';

/** How much of the remaining rounds an optimistic backjump may use before it is rolled back. */
const OPTIMISTIC_RATIO = 0.1;

export interface SearchLimits {
  /** The tool's own limit. */
  readonly maxRounds: number;
  /** Ours or the user's; the search stops there without the tool's error. Null: none. */
  readonly budget: number | null;
}

export type SearchResult<R, C> =
  | { readonly kind: 'solved'; readonly pins: readonly C[] }
  | { readonly kind: 'impossible'; readonly causes: readonly Information<R, C>[] }
  /** `pins` stood when the search ended. */
  | {
      readonly kind: 'too-deep' | 'livelock' | 'budget';
      readonly rounds: number;
      readonly pins: readonly C[];
    }
  | { readonly kind: 'crash'; readonly exception: string; readonly pins: readonly C[] };

/** What a failed or successful attempt leaves behind. */
type Attempt<R extends SearchRequirement, C extends SearchCandidate> =
  | { readonly kind: 'pinned'; readonly touched: readonly number[] }
  | { readonly kind: 'failed'; readonly conflicts: readonly Criterion<R, C>[] }
  | { readonly kind: 'inconsistent' };

export class Search<R extends SearchRequirement, C extends SearchCandidate> {
  readonly #context: SearchContext<R, C>;
  readonly #limits: SearchLimits;
  readonly #retreat: Retreat<R, C>;
  readonly #states: ResolutionState<R, C>[] = [new ResolutionState()];
  readonly #watch = new LivelockWatch<R, C>();
  /** Lowest height of the stack since the round before. */
  #lowest = 0;
  /** The round after which optimism is given up; null before it began. */
  #cutoff: number | null = null;

  constructor(
    provider: Provider<R, C>,
    reporter: SearchReporter<R, C>,
    variant: SearchVariant,
    limits: SearchLimits,
  ) {
    this.#context = { provider, reporter, variant, pool: new ExcludedPool<C>() };
    this.#limits = limits;
    this.#retreat = new Retreat(this.#context);
  }

  /** Runs to the end. To be called once. */
  resolve(requirements: Iterable<R>): SearchResult<R, C> {
    const conflict = this.#addRoots(requirements);
    if (conflict !== null) return { kind: 'impossible', causes: conflict.information };
    // The root state stays as a sentinel, so that the first pin has something to go back to.
    this.#push();
    const { maxRounds, budget } = this.#limits;
    for (let round = 0; round < maxRounds; round += 1) {
      if (budget !== null && round >= budget) return this.#stop('budget', round);
      this.#context.reporter.startingRound(round);
      if (this.#rollsBackAtCutoff(round)) continue;
      if (this.#repeats(round)) return this.#stop('livelock', maxRounds);
      const end = this.#round();
      if (end !== null) return end;
    }
    return this.#stop('too-deep', maxRounds);
  }

  get #top(): ResolutionState<R, C> {
    const top = this.#states.at(-1);
    assert(top, 'the stack of states is empty');
    return top;
  }

  /** Pins that stand now, in the order in which they were pinned. */
  #pins(): readonly C[] {
    const top = this.#top;
    return top.pinOrder.map((identifier) => top.pins[identifier]!);
  }

  #stop(kind: 'too-deep' | 'livelock' | 'budget', rounds: number): SearchResult<R, C> {
    return { kind, rounds, pins: this.#pins() };
  }

  #crash(exception: string): SearchResult<R, C> {
    return { kind: 'crash', exception, pins: this.#states.length === 0 ? [] : this.#pins() };
  }

  #push(): void {
    this.#states.push(new ResolutionState(this.#top));
  }

  #addRoots(requirements: Iterable<R>): Criterion<R, C> | null {
    const root = this.#top;
    for (const requirement of requirements) {
      const draft = new CriteriaDraft(this.#context, root);
      const conflict = draft.add(requirement, null);
      if (conflict !== null) return conflict;
      root.criteria = draft.criteria;
      root.known = draft.known;
    }
    return null;
  }

  /** An optimistic backjump that has not led to an answer in time is rolled back, which uses up the round. */
  #rollsBackAtCutoff(round: number): boolean {
    if (!this.#retreat.isOptimistic || this.#retreat.saved === null) return false;
    if (this.#cutoff === null) {
      const rounds = Math.trunc((this.#limits.maxRounds - round) * OPTIMISTIC_RATIO);
      this.#cutoff = round + rounds;
      if (rounds > 0) return false;
    } else if (round < this.#cutoff) {
      return false;
    }
    const before = this.#top;
    this.#rollBack(before);
    return true;
  }

  #rollBack(before: ResolutionState<R, C>): void {
    this.#retreat.rollBack(this.#states);
    this.#lowest = 0;
    this.#context.reporter.rollingBack(before.depth, this.#top.depth);
    this.#reportChangedPins(before, this.#top);
  }

  #repeats(round: number): boolean {
    const lowest = Math.min(this.#lowest, this.#states.length);
    this.#lowest = this.#states.length;
    // What waits for its cutoff does not repeat for ever.
    if (this.#retreat.isOptimistic && this.#retreat.saved !== null) return false;
    return this.#watch.repeats(this.#states, lowest, round, this.#context.provider.revision);
  }

  /** One round, from the choice of an identifier on. Null: the search goes on. */
  #round(): SearchResult<R, C> | null {
    const top = this.#top;
    if (top.poisoned) return this.#crash('AttributeError');
    const unsatisfied = this.#unsatisfied(top);
    if (unsatisfied.length === 0) {
      const pins = connectedPins(top);
      return pins === null ? this.#crash('RecursionError') : { kind: 'solved', pins };
    }
    const attempt = this.#attemptToPin(this.#choose(unsatisfied, top), top);
    if (attempt.kind === 'inconsistent') return this.#crash('InconsistentCandidate');
    if (attempt.kind === 'failed') return this.#resolveConflict(attempt.conflicts);
    if (this.#context.variant.dropsInvalidatedInformation) {
      this.#dropInvalidated(top, unsatisfied, attempt.touched);
    }
    this.#push();
    return null;
  }

  #unsatisfied(state: ResolutionState<R, C>): number[] {
    const { provider } = this.#context;
    const unsatisfied: number[] = [];
    for (const identifier of state.known) {
      const criterion = state.criteria[identifier]!;
      if (!criterion.isSatisfiedBy(state.pins[identifier], provider)) unsatisfied.push(identifier);
    }
    return unsatisfied;
  }

  /** See resolver/README.md#preference. */
  #choose(unsatisfied: readonly number[], state: ResolutionState<R, C>): number {
    const { provider, variant, reporter } = this.#context;
    let choice = unsatisfied;
    if (variant.narrowsSelection) {
      if (choice.length > 1) choice = provider.narrow(choice, state);
      if (choice.length === 1) {
        reporter.choosing?.(choice[0]!, unsatisfied, [{ identifier: choice[0]!, preference: null }]);
        return choice[0]!;
      }
    }
    const compared: ComparedIdentifier[] | null = reporter.choosing === undefined ? null : [];
    let best = -1;
    let bestPreference = Number.POSITIVE_INFINITY;
    for (const identifier of choice) {
      const preference = provider.preference(identifier, state);
      compared?.push({ identifier, preference });
      const isBetter =
        best === -1 ||
        preference < bestPreference ||
        (preference === bestPreference &&
          provider.identifierText(identifier) < provider.identifierText(best));
      if (!isBetter) continue;
      best = identifier;
      bestPreference = preference;
    }
    if (compared !== null) reporter.choosing?.(best, unsatisfied, compared);
    return best;
  }

  /** Tries candidates in order. Those that do not fit are not remembered: they will be tried again. */
  #attemptToPin(identifier: number, top: ResolutionState<R, C>): Attempt<R, C> {
    const { provider, reporter, variant } = this.#context;
    const criterion = top.criteria[identifier]!;
    const conflicts: Criterion<R, C>[] = [];
    for (const candidate of criterion.matches.candidates()) {
      const draft = new CriteriaDraft(this.#context, top);
      const conflict = draft.addDependencies(candidate);
      if (conflict !== null) {
        if (variant.dropsInvalidatedInformation) reporter.rejectingCandidate(conflict.information, candidate);
        conflicts.push(conflict);
        continue;
      }
      if (!criterion.isSatisfiedBy(candidate, provider)) return { kind: 'inconsistent' };
      const replaced = top.pins[identifier];
      if (replaced !== undefined) reporter.unpinning(replaced);
      reporter.pinning(candidate);
      top.pin(candidate);
      top.criteria = draft.criteria;
      top.known = draft.known;
      return { kind: 'pinned', touched: draft.touched };
    }
    // No candidate at all counts as success, without a pin.
    return conflicts.length === 0 ? { kind: 'pinned', touched: [] } : { kind: 'failed', conflicts };
  }

  /**
   * Pins that were satisfied and are not any more no longer speak for what they asked for. Candidates stay as they
   * are, possibly too narrow.
   */
  #dropInvalidated(
    state: ResolutionState<R, C>,
    unsatisfiedBefore: readonly number[],
    touched: readonly number[],
  ): void {
    const { provider } = this.#context;
    const invalidated = touched.filter((identifier) => {
      if (state.pins[identifier] === undefined || unsatisfiedBefore.includes(identifier)) return false;
      return !state.criteria[identifier]!.isSatisfiedBy(state.pins[identifier], provider);
    });
    if (invalidated.length === 0) return;
    for (const identifier of state.known) {
      const criterion = state.criteria[identifier]!;
      const speaks = ({ parent }: Information<R, C>): boolean => {
        return parent === null || !invalidated.includes(parent.identifier);
      };
      if (criterion.information.every(speaks)) continue;
      state.criteria[identifier] = criterion.withInformation(criterion.information.filter(speaks));
    }
  }

  #resolveConflict(conflicts: readonly Criterion<R, C>[]): SearchResult<R, C> | null {
    const { reporter, variant } = this.#context;
    const causes = extractCauses(conflicts, variant.narrowsSelection);
    reporter.resolvingConflicts(causes);
    const before = this.#top;
    const fromDepth = before.depth;
    const result = this.#retreat.from(this.#states, causes);
    if (result.kind === 'crash') return this.#crash(result.exception);
    this.#lowest = Math.min(this.#lowest, this.#states.length - 1);
    const after = this.#states.at(-1) ?? new ResolutionState<R, C>();
    if (this.#retreat.popped > 1 && variant.retreat !== 'chronological') {
      reporter.backjumping(fromDepth, after.depth, causes);
    }
    this.#reportChangedPins(before, after);
    if (result.kind === 'exhausted') {
      if (!this.#retreat.isOptimistic || this.#retreat.saved === null) return { kind: 'impossible', causes };
      this.#rollBack(after);
      return null;
    }
    if (variant.remembersCauses) this.#top.causes = causes;
    return null;
  }

  #reportChangedPins(before: ResolutionState<R, C>, after: ResolutionState<R, C>): void {
    const { reporter } = this.#context;
    for (let index = before.pinOrder.length - 1; index >= 0; index -= 1) {
      const identifier = before.pinOrder[index]!;
      const pin = before.pins[identifier]!;
      if (after.pins[identifier] !== pin) reporter.unpinning(pin);
    }
    for (const identifier of after.pinOrder) {
      const pin = after.pins[identifier]!;
      if (before.pins[identifier] !== pin) reporter.restoring(pin);
    }
  }
}

/** Information of the criteria that had no candidates, in order; since 1.1 each only once, by identity. */
function extractCauses<R extends SearchRequirement, C extends SearchCandidate>(
  conflicts: readonly Criterion<R, C>[],
  isDeduplicated: boolean,
): readonly Information<R, C>[] {
  const causes = conflicts.flatMap((criterion) => criterion.information);
  return isDeduplicated ? [...new Set(causes)] : causes;
}
