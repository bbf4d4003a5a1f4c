/** Where the work went: the strip under the slider. */
import { EVENT_CODE } from '../resolver/events.ts';
import type { Trace } from '../resolver/trace.ts';

/** One column of the strip; numbers of events in its stretch of the trace. */
export interface WorkStrip {
  readonly tried: Uint32Array;
  readonly undone: Uint32Array;
  readonly conflicts: Uint32Array;
}

/** Counts events in `columns` equal stretches of a trace. Linear in the trace. */
export function workStrip(trace: Trace, columns: number): WorkStrip {
  const strip: WorkStrip = {
    tried: new Uint32Array(columns),
    undone: new Uint32Array(columns),
    conflicts: new Uint32Array(columns),
  };
  const { kinds, length } = trace;
  const columnOf = (step: number): number => Math.floor((step * columns) / length);
  for (let step = 0; step < length; step++) {
    const column = columnOf(step);
    switch (kinds[step]) {
      case EVENT_CODE.pin:
      case EVENT_CODE.decide:
      case EVENT_CODE.reject:
        strip.tried[column]! += 1;
        break;
      case EVENT_CODE.unpin:
        strip.undone[column]! += 1;
        break;
      case EVENT_CODE.fork:
        // What falls before it stands in the solved part.
        for (let at = step - 1; at >= 0 && kinds[at] === EVENT_CODE.unpin; at--)
          strip.undone[columnOf(at)]! -= 1;
        break;
      case EVENT_CODE.conflict:
      case EVENT_CODE.clash:
        strip.conflicts[column]! += 1;
        break;
      default:
    }
  }
  return strip;
}
