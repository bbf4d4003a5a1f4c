/**
 * Further minimal sets of lines that cannot hold together. Whoever gives up a line of one set is still held by every
 * set that does not have it: so each line is left out in turn, and what is impossible then has a set of its own.
 */
import type { ResolveRequest } from '../resolver/engine.ts';
import { minimalLines, originalKeys, withoutLine, type Decide, type MinimalLines } from './minimal-lines.ts';

/** Sets that are told besides the first. */
const MAX_OTHERS = 4;

/** At most four sets, different from `first` and from each other; `maxSolves` proofs for each. */
export function otherConflicts(
  request: ResolveRequest,
  first: MinimalLines,
  decide: Decide,
  maxSolves: number,
): readonly MinimalLines[] {
  const found: MinimalLines[] = [];
  const seen = new Set([keyOf(first)]);
  for (const key of first.lines) {
    if (found.length >= MAX_OTHERS) break;
    const rest = withoutLine(request, key);
    const answer = decide(rest);
    if (answer.kind !== 'impossible') continue;
    const other = originalKeys(minimalLines(rest, answer.proof, decide, maxSolves), key);
    if (seen.has(keyOf(other))) continue;
    seen.add(keyOf(other));
    found.push(other);
  }
  return found;
}

function keyOf({ lines }: MinimalLines): string {
  return lines.map(({ list, at }) => `${list} ${at}`).join(',');
}
