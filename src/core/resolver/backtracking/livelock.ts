/**
 * Notices a search that repeats itself: every round "succeeds", and the top of the stack is what it was some rounds
 * ago, while everything below has stayed untouched. From then on the same rounds follow for ever (up to the limit).
 *
 * Brent's way: one remembered state, moved to the present at rounds that are powers of two, so that a round costs one
 * comparison, which nearly always ends at the first pin. See resolver/README.md#livelock.
 */
import type { Criterion } from './criterion.ts';
import type { Information, SearchCandidate, SearchRequirement } from './provider.ts';
import { ResolutionState } from './resolution-state.ts';

/** How often the state must come back: candidates can lag behind what is compared, but not for several turns. */
const MEETINGS = 3;

export class LivelockWatch<R extends SearchRequirement, C extends SearchCandidate> {
  #remembered: ResolutionState<R, C> | null = null;
  #height = 0;
  #revision = -1;
  #nextMove = 16;
  #meetings = 0;

  /**
   * Called at the start of a round, with the lowest height that the stack had since the last call. True when the
   * state repeats. `revision` is the provider's.
   */
  repeats(
    states: readonly ResolutionState<R, C>[],
    lowest: number,
    round: number,
    revision: number,
  ): boolean {
    const top = states.at(-1);
    if (top === undefined) return false;
    if (this.#remembered !== null && lowest < this.#height) this.#remembered = null;
    if (this.#remembered !== null && revision === this.#revision && isSameState(this.#remembered, top)) {
      this.#meetings += 1;
      return this.#meetings >= MEETINGS;
    }
    if (round >= this.#nextMove) {
      this.#nextMove = round * 2;
      this.#remembered = new ResolutionState(top);
      this.#height = states.length;
      this.#revision = revision;
      this.#meetings = 0;
    }
    return false;
  }
}

function isSameState<R extends SearchRequirement, C extends SearchCandidate>(
  left: ResolutionState<R, C>,
  right: ResolutionState<R, C>,
): boolean {
  const { pinOrder } = left;
  if (pinOrder.length !== right.pinOrder.length || left.known.length !== right.known.length) return false;
  for (let index = pinOrder.length - 1; index >= 0; index -= 1) {
    const identifier = pinOrder[index]!;
    if (identifier !== right.pinOrder[index] || left.pins[identifier] !== right.pins[identifier])
      return false;
  }
  if (!isSameInformation(left.causes, right.causes)) return false;
  return left.known.every((identifier, index) => {
    return (
      identifier === right.known[index] &&
      isSameCriterion(left.criteria[identifier]!, right.criteria[identifier]!)
    );
  });
}

/** Equal criteria offer equal candidates: these follow from what is compared here, or were there before. */
function isSameCriterion<R extends SearchRequirement, C extends SearchCandidate>(
  left: Criterion<R, C>,
  right: Criterion<R, C>,
): boolean {
  return (
    left === right ||
    (left.excluded === right.excluded && isSameInformation(left.information, right.information))
  );
}

function isSameInformation<R, C>(
  left: readonly Information<R, C>[],
  right: readonly Information<R, C>[],
): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  return left.every((entry, index) => {
    const other = right[index]!;
    return entry.requirement === other.requirement && entry.parent === other.parent;
  });
}
