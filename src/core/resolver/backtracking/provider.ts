/**
 * The seam of the search: everything about packages enters through a `Provider`, everything visible leaves through a
 * `SearchReporter` (reporter.ts). The search itself knows nothing of Python, versions or files.
 *
 * Identifiers (`flask`, `flask[async]`) are dense integers that the provider hands out, so that a state of the search
 * is a few short arrays. See resolver/README.md#the-seam.
 */
import type { Criterion } from './criterion.ts';
import type { ExcludedCandidates } from './excluded-candidates.ts';
import type { ResolutionState } from './resolution-state.ts';

/** A wish for one identifier. Compared by the provider only. */
export interface SearchRequirement {
  readonly identifier: number;
}

/** Something that could be chosen for its identifier. The same thing is always the same object. */
export interface SearchCandidate {
  readonly identifier: number;
  /** Different for every candidate of a run. */
  readonly serial: number;
}

/** A requirement with the candidate that brought it; `null` is the user. Compared by object identity. */
export interface Information<R, C> {
  readonly requirement: R;
  readonly parent: C | null;
}

/** Candidates in order of preference; can be gone through again, and is not worked out before it is looked at. */
export interface Matches<C> {
  isEmpty(): boolean;
  candidates(): Iterable<C>;
}

/** What the search asks. resolvelib's provider, with integers for identifiers. */
export interface Provider<R extends SearchRequirement, C extends SearchCandidate> {
  /**
   * Candidates for `identifier` that meet all requirements of `information`, without the excluded ones. `criteria`,
   * by identifier, is what is known of the others.
   */
  findMatches(
    identifier: number,
    information: readonly Information<R, C>[],
    excluded: ExcludedCandidates<C>,
    criteria: readonly (Criterion<R, C> | undefined)[],
  ): Matches<C>;
  isSatisfiedBy(requirement: R, candidate: C): boolean;
  /** In the order in which they are added; worked out one by one, because a conflict ends the enumeration. */
  dependencies(candidate: C): Iterable<R>;
  /** Whether a candidate's dependencies can be read; one of which they cannot is skipped. Absent: all can. */
  isReadable?(candidate: C): boolean;
  /** The unsatisfied identifiers that are looked at in this round; never empty. */
  narrow(unsatisfied: readonly number[], state: ResolutionState<R, C>): readonly number[];
  /** Smaller goes first; ties go to the smaller identifier text, with which every pip release's key ends. */
  preference(identifier: number, state: ResolutionState<R, C>): number;
  identifierText(identifier: number): string;
  /** Changes whenever the provider has learnt something that can change a later answer of its. */
  readonly revision: number;
}
