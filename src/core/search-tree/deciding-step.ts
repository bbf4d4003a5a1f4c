/** The step that a reader should see first. */
import { EVENT_CODE } from '../resolver/events.ts';
import { OUTCOME_KINDS } from '../resolver/outcome.ts';
import type { Trace } from '../resolver/trace.ts';
import type { SearchTree } from './search-tree.ts';

/** The last conflict of a run without a solution; the last step of any other. 0 for an empty trace. */
export function decidingStep(tree: SearchTree, trace: Trace): number {
  const last = Math.max(0, trace.length - 1);
  if (trace.kinds[last] !== EVENT_CODE.done || OUTCOME_KINDS[trace.first[last]!] !== 'unsolvable')
    return last;
  const conflicts = tree.conflictSteps;
  return conflicts.length === 0 ? last : conflicts.at(conflicts.length - 1);
}
