/** Asks a worker; what it misses is loaded, and it is asked again. */
import type { MissingFact } from '../../core/package-index/package-index.ts';
import type { Problem } from '../../core/problem/problem.ts';
import type { FactSource } from '../worker-client.ts';
import type { SpawnedTeacher } from './compare-pool.ts';

/** Facts that can be loaded; ask again when they are there. */
interface Missing {
  readonly kind: 'missing';
  readonly missing: readonly MissingFact[];
}

/** Rounds of loading facts for one question before giving it up. */
const MAX_LOADS = 100;

/** Resolves to the answer, or to a text that says why the facts cannot be had; empty where nobody waits any more. */
export async function askWithFacts<Done extends { readonly kind: string }>(
  { remote }: SpawnedTeacher,
  source: FactSource,
  problem: Problem,
  ask: () => Promise<Done | Missing>,
  isGivenUp: () => boolean = () => false,
): Promise<Exclude<Done, Missing> | string> {
  for (let loads = 0; loads < MAX_LOADS && !isGivenUp(); loads++) {
    const done = await ask();
    if (!isMissing(done)) return done as Exclude<Done, Missing>;
    if (isGivenUp()) return '';
    const facts = await source.load(problem, done.missing);
    if (!facts.ok) return facts.reason;
    await remote.addFacts(facts.bundles);
  }
  return isGivenUp() ? '' : 'Loading did not come to an end.';
}

function isMissing(done: { readonly kind: string }): done is Missing {
  return done.kind === 'missing';
}
