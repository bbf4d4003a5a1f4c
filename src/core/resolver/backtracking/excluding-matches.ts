/** A view of candidates that leaves some out, without asking the provider again (resolvelib 0.5). */
import type { ExcludedCandidates } from './excluded-candidates.ts';
import type { Matches } from './provider.ts';

/** The candidates of `matches` that `excluded` does not hold, in the same order. */
export function excludeFromView<C>(matches: Matches<C>, excluded: ExcludedCandidates<C>): Matches<C> {
  function* candidates(): Iterable<C> {
    for (const candidate of matches.candidates()) {
      if (!excluded.members.has(candidate)) yield candidate;
    }
  }
  function isEmpty(): boolean {
    for (const candidate of matches.candidates()) if (!excluded.members.has(candidate)) return false;
    return true;
  }
  return { candidates, isEmpty };
}
