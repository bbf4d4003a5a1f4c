/**
 * Which unsatisfied identifiers are looked at at all (`narrow_requirement_selection`, 25.1): Python alone, else what
 * the last conflict named, else (26.1) what has been named unpinned in five conflicts, else all.
 */
import type { ResolutionState } from '../backtracking/resolution-state.ts';
import type { PipCandidate } from './candidate.ts';
import type { PipRequirement } from './requirement.ts';

/** Mentions after which an identifier is promoted, for good. */
const PROMOTION_THRESHOLD = 5;

export class Narrowing {
  readonly #python: number;
  readonly #promotes: boolean;
  readonly #mentions: number[] = [];
  readonly promoted = new Set<number>();
  /** Turn of the last call in which an identifier was a cause, by identifier. */
  readonly #causeTurn: number[] = [];
  #turn = 0;
  /** Counts what can change a later answer. */
  revision = 0;

  constructor(python: number, promotes: boolean) {
    this.#python = python;
    this.#promotes = promotes;
  }

  /** Not to be called for a single identifier: each call counts the mentions again. */
  narrow(
    unsatisfied: readonly number[],
    state: ResolutionState<PipRequirement, PipCandidate>,
  ): readonly number[] {
    this.#turn += 1;
    for (const { requirement, parent } of state.causes) {
      this.#mention(requirement.identifier, state);
      if (parent !== null) this.#mention(parent.identifier, state);
    }
    const causes: number[] = [];
    const promoted: number[] = [];
    for (const identifier of unsatisfied) {
      if (identifier === this.#python) return [identifier];
      if (this.#causeTurn[identifier] === this.#turn) causes.push(identifier);
      else if (this.promoted.has(identifier)) promoted.push(identifier);
    }
    if (causes.length > 0) return causes;
    return promoted.length > 0 ? promoted : unsatisfied;
  }

  #mention(identifier: number, state: ResolutionState<PipRequirement, PipCandidate>): void {
    this.#causeTurn[identifier] = this.#turn;
    if (!this.#promotes || state.pins[identifier] !== undefined) return;
    const mentions = (this.#mentions[identifier] ?? 0) + 1;
    if (mentions > PROMOTION_THRESHOLD) return;
    this.#mentions[identifier] = mentions;
    this.revision += 1;
    if (mentions === PROMOTION_THRESHOLD) this.promoted.add(identifier);
  }
}
