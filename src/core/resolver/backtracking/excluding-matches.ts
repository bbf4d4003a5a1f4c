/** A view of candidates that leaves some out, without asking the provider again (resolvelib 0.5). */
import type { ExcludedCandidates } from './excluded-candidates.ts';
import type { Matches } from './provider.ts';

/**
 * The candidates of `matches` that `excluded` does not hold, in the same order. All of them are looked at at once, as
 * resolvelib did: whatever looking costs (pip fetches a file for it) is paid for every one.
 */
export function excludeFromView<C>(matches: Matches<C>, excluded: ExcludedCandidates<C>): Matches<C> {
  const left = [...matches.candidates()].filter((candidate) => !excluded.members.has(candidate));
  return { candidates: () => left, isEmpty: () => left.length === 0 };
}
