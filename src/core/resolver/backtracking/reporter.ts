/** What the search tells. The upper half is what resolvelib's own reporter hears; the lower half is ours. */
import type { Information } from './provider.ts';

/** An identifier that stood to be chosen, with its preference; a single one is not compared and has none. */
export interface ComparedIdentifier {
  readonly identifier: number;
  readonly preference: number | null;
}

export interface SearchReporter<R, C> {
  /** Which identifier is next, of those not satisfied. Set only where somebody listens: it costs a list a round. */
  choosing?:
    | ((chosen: number, unsatisfied: readonly number[], compared: readonly ComparedIdentifier[]) => void)
    | undefined;
  startingRound(index: number): void;
  addingRequirement(requirement: R, parent: C | null): void;
  pinning(candidate: C): void;
  /** `information` is of the criterion that had no candidate left (resolvelib 1.0 and later). */
  rejectingCandidate(information: readonly Information<R, C>[], candidate: C): void;
  /** A pin is popped and its candidate marked as not working (before resolvelib 1.0). */
  backtracking(candidate: C): void;

  resolvingConflicts(causes: readonly Information<R, C>[]): void;
  /** The pin no longer stands. */
  unpinning(candidate: C): void;
  /** The pin stands again, with the state that held it. */
  restoring(candidate: C): void;
  /** More than one state was given up at once. Depths count the pins that stand. */
  backjumping(fromDepth: number, toDepth: number, causes: readonly Information<R, C>[]): void;
  rollingBack(fromDepth: number, toDepth: number): void;
}
