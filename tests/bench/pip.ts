/** Times of pip's engine on the largest recordings, with counts, which are exact on any machine. */
import type { ResolveRequest } from '../../src/core/resolver/engine.ts';
import { resolvePip } from '../../src/core/resolver/pip/resolve.ts';
import type { Trace } from '../../src/core/resolver/trace.ts';
import { TraceRecorder } from '../../src/core/resolver/trace-recorder.ts';
import { readRecordings, type Recording, requestOf } from '../conformance/pip-recording.ts';
import { sharedData } from '../shared-data.ts';
import type { BenchRow } from './bench-row.ts';

/** The most rounds, the most requirements, and the searches that real pip spends seconds on. */
const LARGE = ['pandas-2020-02-7-12', 'pandas-2020-02-7-21', 'pandas-2020-02-7-34', 'chalice-2020-02-7-42'];
/** pip's own limit of 200,000 rounds is reached here; it gave up after a minute when it was recorded. */
const TOO_DEEP = 'pyrax-2020-02-7-5';
const RUNS = 9;
/** Short runs are repeated for as long as this, so that other work on the machine does not hit all of them. */
const MILLISECONDS = 1_500;

/** Bytes of a pointer, of an array's head and of a small object, in Node without pointer compression. */
const POINTER = 8;
const ARRAY = 32;
const OBJECT = 48;

interface Measured {
  readonly milliseconds: number;
  readonly trace: Trace;
}

/** The best of `runs` or more, each with nothing remembered of the one before. */
function measure(request: ResolveRequest, runs: number): Measured {
  let best = Number.POSITIVE_INFINITY;
  let trace: Trace = new TraceRecorder();
  const end = performance.now() + MILLISECONDS;
  for (let run = 0; run < runs || performance.now() < end; run += 1) {
    const recorder = new TraceRecorder();
    const start = performance.now();
    resolvePip(request, recorder);
    best = Math.min(best, performance.now() - start);
    trace = recorder;
  }
  return { milliseconds: best, trace };
}

/** What the trace holds, columns and tables, divided by its events. Texts are shared with the index. */
function bytesPerEvent(trace: Trace): number {
  const columns = trace.length * (Uint8Array.BYTES_PER_ELEMENT + 3 * Int32Array.BYTES_PER_ELEMENT);
  const causes = new Set(trace.causeLists.flat()).size * OBJECT;
  const lists = trace.causeLists.reduce((sum, list) => sum + ARRAY + list.length * POINTER, 0);
  const rows =
    (trace.requirements.length + trace.candidates.length + trace.packages.length) * (OBJECT + POINTER);
  return (columns + causes + lists + rows) / trace.length;
}

/** Rows for `npm run bench`; none where the recordings are missing. */
export function benchPip(): BenchRow[] {
  if (sharedData === null) return [];
  const recordings = readRecordings('recordings/pip-26.2.1-random-a.json');
  const named = (name: string): Recording | undefined =>
    recordings.find((recording) => recording.name === name);
  const rows: BenchRow[] = [];
  for (const name of LARGE) {
    const recording = named(name);
    if (recording === undefined) continue;
    const { milliseconds, trace } = measure(requestOf(recording), RUNS);
    const perSecond = (trace.length / milliseconds) * 1_000;
    rows.push(
      {
        name: `${name}: events recorded`,
        value: perSecond,
        unit: 'events/s',
        goal: 1_000_000,
        higherIsBetter: true,
      },
      { name: `${name}: whole run`, value: milliseconds, unit: 'ms' },
      { name: `${name}: trace`, value: bytesPerEvent(trace), unit: 'B/event', goal: 24 },
    );
  }
  const tooDeep = named(TOO_DEEP);
  if (tooDeep !== undefined) {
    const { milliseconds } = measure(requestOf(tooDeep), 5);
    rows.push({
      name: `${TOO_DEEP}: 200,000 rounds, too deep`,
      value: milliseconds,
      unit: 'ms',
      goal: 3_000,
    });
  }
  return rows;
}
