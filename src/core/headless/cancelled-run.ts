/** What is left of a run that the reader stopped: everything that can be counted from the trace received so far. */
import { stoppedExplanation } from '../explain/unfinished-explanation.ts';
import { parseEngineId, toolName } from '../problem/engine-id.ts';
import type { Problem } from '../problem/problem.ts';
import { EVENT_CODE } from '../resolver/events.ts';
import type { Metrics, Pin } from '../resolver/outcome.ts';
import type { Trace } from '../resolver/trace.ts';
import type { RunSummary } from './resolver-service.ts';

/** The summary of a cancelled run; `milliseconds` is how long it was given. */
export function summarizeCancelledRun(problem: Problem, trace: Trace, milliseconds: number): RunSummary {
  const outcome = { kind: 'stopped', reason: 'cancelled', detail: '', pins: standingPins(trace) } as const;
  const id = parseEngineId(problem.engine);
  const ended = { outcome, message: '', notices: [], metrics: countEvents(trace) };
  const tool = id.ok ? toolName(id.value) : problem.engine;
  return {
    ...ended,
    problem,
    diagnostics: [],
    isRefused: false,
    milliseconds,
    explanation: stoppedExplanation({ ...ended, trace, tool }, outcome),
    liveBasis: [],
  };
}

/** By candidate: the step at which the pin was made that stands at the end of a trace; -1 for none. */
function standingSince(trace: Trace): Int32Array {
  const since = new Int32Array(trace.candidates.length).fill(-1);
  const { kinds, first, length } = trace;
  for (let step = 0; step < length; step++) {
    switch (kinds[step]) {
      case EVENT_CODE.pin:
      case EVENT_CODE.restore:
      case EVENT_CODE.decide:
        since[first[step]!] = step;
        break;
      case EVENT_CODE.unpin:
        since[first[step]!] = -1;
        break;
      default:
    }
  }
  return since;
}

/** Pins that stood at the end of a trace, in the order of their pinning; extras of one project are one pin. */
function standingPins(trace: Trace): Pin[] {
  const since = standingSince(trace);
  const standing = trace.candidates
    .map((row, candidate) => ({ ...row, step: since[candidate]! }))
    .filter(({ step }) => step >= 0)
    .sort((a, b) => a.step - b.step);
  const pins = new Map<string, Pin>();
  for (const { package: packageRow, version, origin } of standing) {
    const name = trace.packages[packageRow]?.name ?? '';
    if (name === '' || version === '' || origin === 'python' || origin === 'root') continue;
    pins.set(name, { name, version, extras: [], filename: null, origin, yanked: false });
  }
  return [...pins.values()];
}

/** As the engines count, from the columns: a stopped worker can no longer be asked. */
function countEvents(trace: Trace): Metrics {
  const counts = new Float64Array(256);
  const pages = new Set<number>();
  const metadata = new Set<number>();
  let undone = 0;
  for (let step = 0; step < trace.length; step++) {
    const code = trace.kinds[step]!;
    counts[code]! += 1;
    if (code === EVENT_CODE.page) pages.add(trace.first[step]!);
    else if (code === EVENT_CODE.metadata) metadata.add(trace.first[step]!);
    else if (code === EVENT_CODE.unpin && !isRoot(trace, step)) undone += 1;
    // What fell before a fork stands in the solved part.
    else if (code === EVENT_CODE.fork) undone -= trace.first[step]! - trace.second[step]!;
  }
  const count = (code: number): number => counts[code]!;
  return {
    rounds: count(EVENT_CODE.round),
    pinned: count(EVENT_CODE.pin) + count(EVENT_CODE.decide),
    rejected: count(EVENT_CODE.reject),
    undone,
    requirements: count(EVENT_CODE.require),
    pages: pages.size,
    metadata: metadata.size,
  };
}

/** PubGrub decides the user's lines as a package, which are nobody's choice. */
function isRoot(trace: Trace, step: number): boolean {
  return trace.candidates[trace.first[step]!]!.origin === 'root';
}
