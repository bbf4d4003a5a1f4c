/** What would have led a tool to its answer sooner, tried out, in words. */
import { isSlow, trySpeedups, type Speedup, type SpeedTask } from '../diagnose/speed-trials.ts';
import type { Pin } from '../resolver/outcome.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import type { EndedRun } from './ended-run.ts';
import { DEFAULT_EXPLAIN_BUDGET, type ExplainOptions } from './explain-options.ts';
import type { SpeedAdvice } from './explanation.ts';
import { changeWords, editOf } from './fixes.ts';
import { capitalized, count, lineName, listOf } from './words.ts';

/**
 * Advice for a run with much undoing: `pins` are its own, or those of a solution that it did not come to. None where the
 * run is short, or where nothing that was tried helps much.
 */
export function speedAdvice(
  run: EndedRun,
  request: ResolveRequest,
  options: ExplainOptions,
  pins: readonly Pick<Pin, 'name' | 'version'>[],
): readonly SpeedAdvice[] {
  const { measure } = options;
  const { rounds } = run.metrics;
  if (measure === undefined || request.options.universal || !isSlow(rounds, pins.length)) return [];
  const isStopped = run.outcome.kind === 'stopped';
  const maxRounds = (options.budget ?? DEFAULT_EXPLAIN_BUDGET).speedRounds;
  const task: SpeedTask = { request, trace: run.trace, pins, rounds, isStopped, measure, maxRounds };
  const { speedups, isCutShort } = trySpeedups(task);
  if (isCutShort) options.onRanOut?.();
  return speedups.map((speedup) => adviceOf(speedup, run, request));
}

function adviceOf(speedup: Speedup, run: EndedRun, request: ResolveRequest): SpeedAdvice {
  const { changes, first, rounds } = speedup;
  const source = first === null ? null : request.requirements[first]!.source;
  const what =
    source === null ? capitalized(listOf(changes.map(changeWords))) : `Put ${lineName(source)} first`;
  const effect =
    run.outcome.kind === 'stopped'
      ? `${run.tool} then comes to an answer in ${count(rounds, 'round')}`
      : `${count(rounds, 'round')} instead of ${run.metrics.rounds.toLocaleString('en-US')}, with the same pins`;
  return { text: `${what}: ${effect}.`, rounds, edits: changes.map(editOf), first: source };
}
