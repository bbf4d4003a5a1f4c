/** Words for a run that was stopped. */
import type { RunResult } from '../client/worker-client.ts';
import type { RunSummary } from '../core/headless/resolver-service.ts';
import type { Problem } from '../core/problem/problem.ts';

/** Words for a run that was stopped: not part of the first answer. */
export function loadCancelledRun() {
  return import('../core/headless/cancelled-run.ts');
}

/** What a run that was stopped did so far, as a summary. */
export async function summarizeCancelled(
  problem: Problem,
  { trace, milliseconds }: Extract<RunResult, { kind: 'cancelled' }>,
): Promise<RunSummary> {
  const { summarizeCancelledRun } = await loadCancelledRun();
  return summarizeCancelledRun(problem, trace, milliseconds);
}
