/**
 * A run as a picture the size of a word: how deep the search stood over time, and what happened there. It is a fixed
 * number of columns whatever the length of the run, so that thousands can be kept and sent.
 *
 *   depth   ▁▂▃▃▂▃▄▄     columns hold the greatest depth and the most telling event of their stretch
 *   mark      ○  ✕  ★
 */
import { EVENT_CODE } from '../resolver/events.ts';
import { OUTCOME_KINDS } from '../resolver/outcome.ts';
import type { Trace } from '../resolver/trace.ts';

/** What happened in a column, the least telling first. */
export const SILHOUETTE_MARKS = ['none', 'pin', 'skip', 'undo', 'conflict', 'failed', 'solved'] as const;
export interface Silhouette {
  /** Greatest number of choices that stood, a column. */
  readonly depths: readonly number[];
  /** Positions in `SILHOUETTE_MARKS`, a column. */
  readonly marks: readonly number[];
}

export const SILHOUETTE_COLUMNS = 32;

const NO_MARK = 0;
const PIN = SILHOUETTE_MARKS.indexOf('pin');
const SKIP = SILHOUETTE_MARKS.indexOf('skip');
const UNDO = SILHOUETTE_MARKS.indexOf('undo');
const CONFLICT = SILHOUETTE_MARKS.indexOf('conflict');
const FAILED = SILHOUETTE_MARKS.indexOf('failed');
const SOLVED = SILHOUETTE_MARKS.indexOf('solved');

/** The mark of an event by its column code; events that change nothing have none and take no room. */
const MARK_OF: Uint8Array = (() => {
  const marks = new Uint8Array(256);
  marks[EVENT_CODE.pin] = PIN;
  marks[EVENT_CODE.decide] = PIN;
  marks[EVENT_CODE.restore] = PIN;
  marks[EVENT_CODE.reject] = SKIP;
  marks[EVENT_CODE.unpin] = UNDO;
  marks[EVENT_CODE.conflict] = CONFLICT;
  marks[EVENT_CODE.clash] = CONFLICT;
  return marks;
})();

/** Linear in the trace. An empty trace has no columns. */
export function silhouetteOf(trace: Trace, columns = SILHOUETTE_COLUMNS): Silhouette {
  const { kinds, length } = trace;
  let changes = 0;
  for (let step = 0; step < length; step++) if (MARK_OF[kinds[step]!] !== NO_MARK) changes += 1;
  const width = Math.min(columns, changes);
  const depths = new Array<number>(width).fill(0);
  const marks = new Array<number>(width).fill(NO_MARK);
  let depth = 0;
  let change = 0;
  for (let step = 0; step < length; step++) {
    const mark = MARK_OF[kinds[step]!]!;
    if (mark === NO_MARK) continue;
    if (mark === PIN) depth += 1;
    else if (mark === UNDO) depth = Math.max(0, depth - 1);
    const column = Math.floor((change * width) / changes);
    depths[column] = Math.max(depths[column]!, depth);
    marks[column] = Math.max(marks[column]!, mark);
    change += 1;
  }
  const end = endMark(trace);
  if (width > 0 && end !== null) marks[width - 1] = end;
  return { depths, marks };
}

function endMark({ kinds, first, length }: Trace): number | null {
  const last = length - 1;
  if (last < 0 || kinds[last] !== EVENT_CODE.done) return null;
  const outcome = OUTCOME_KINDS[first[last]!];
  return outcome === 'solved' ? SOLVED : outcome === 'unsolvable' ? FAILED : null;
}
