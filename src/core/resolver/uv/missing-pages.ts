/** What a fork asks for at once when it lacks a fact. */
import type { MissingFact } from '../../package-index/package-index.ts';
import type { ResolutionContext } from './resolution-context.ts';

/** The fact that is missing, and the pages of all other projects that will be needed next. */
export function missingPages(
  { facts }: ResolutionContext,
  first: MissingFact,
  pending: readonly string[],
): readonly MissingFact[] {
  const missing = new Map<string, MissingFact>([[first.project, first]]);
  for (const name of pending) {
    if (missing.has(name)) continue;
    const listing = facts.listing(name);
    if ('missing' in listing) missing.set(name, listing);
  }
  return [...missing.values()];
}
