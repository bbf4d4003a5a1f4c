/** The few steps that tell a search: its beginning, what was given up for good, and its end. */
import { EVENT_CODE } from '../../resolver/events.ts';
import type { Trace } from '../../resolver/trace.ts';

const MOST_STEPS = 6;

const TELLING: ReadonlySet<number> = new Set([
  EVENT_CODE.reject,
  EVENT_CODE.conflict,
  EVENT_CODE.clash,
  EVENT_CODE.backjump,
  EVENT_CODE.rollback,
  EVENT_CODE.learn,
  EVENT_CODE.backtrack,
]);

/** At most six, in order; none of an empty trace. The first choice, telling events spread over the run, the last step. */
export function decisiveSteps(trace: Trace): readonly number[] {
  if (trace.length === 0) return [];
  const telling: number[] = [];
  let first = -1;
  for (let step = 0; step < trace.length; step++) {
    const kind = trace.kinds[step]!;
    if (first < 0 && (kind === EVENT_CODE.pin || kind === EVENT_CODE.decide)) first = step;
    if (TELLING.has(kind)) telling.push(step);
  }
  const room = MOST_STEPS - 2;
  const count = Math.min(room, telling.length);
  const spread = Array.from(
    { length: count },
    (_, at) =>
      telling[count === 1 ? telling.length - 1 : Math.floor((at * (telling.length - 1)) / (count - 1))]!,
  );
  return [...new Set([...(first < 0 ? [] : [first]), ...spread, trace.length - 1])].sort((a, b) => a - b);
}
