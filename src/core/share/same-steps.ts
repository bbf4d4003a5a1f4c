/** Whether two searches are one search with other names: the same events, about the same things in the same order. */
import type { Trace } from '../resolver/trace.ts';

/** Compares kinds and operands, which are rows of tables that grow in the order of the events. */
export function takeSameSteps(one: Trace, other: Trace): boolean {
  if (one.length !== other.length || one.candidates.length !== other.candidates.length) return false;
  const columns = ['kinds', 'first', 'second', 'third'] as const;
  return columns.every((column) => {
    const [left, right] = [one[column], other[column]];
    for (let step = 0; step < one.length; step++) if (left[step] !== right[step]) return false;
    return true;
  });
}
