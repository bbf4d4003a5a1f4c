/** Why a run does not end in an answer, as short as a table needs it. */
import type { ExplainBudget } from '../explain/explain-options.ts';
import { explainRun } from '../explain/explain-run.ts';
import type { Explanation } from '../explain/explanation.ts';
import type { Run } from '../headless/run.ts';
import { quickExplanation } from '../explain/quick-explanation.ts';
import { locksProjects, toolName, type EngineId } from '../problem/engine-id.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import { prove } from '../resolver/prover/prove.ts';
import type { Reason } from './job.ts';

/** Cheaper than what the page shows of one run: no fixes, and fewer proofs. */
const BUDGET: ExplainBudget = {
  decisions: 20_000,
  allDecisions: 60_000,
  solves: 24,
  fixes: 0,
  rounds: 400,
  speedRounds: 0,
};

/** What is certain of a run: the sentence, the lines, and where they meet. */
export function reasonOf(run: Run, id: EngineId): Reason {
  const { request } = run;
  const ended = { ...run, tool: toolName(id) };
  const explanation: Explanation | null =
    request === null
      ? null
      : locksProjects(id)
        ? quickExplanation(ended)
        : explainRun(ended, request, {
            rules: rulesOf(id),
            resolve: null,
            ledgers: () => [],
            budget: BUDGET,
          });
  return {
    kind: explanation?.kind ?? 'invalid',
    sentence: explanation?.sentence ?? run.message,
    lines: (explanation?.lines ?? []).filter(({ pane }) => pane === 'requirements').map(({ line }) => line),
    meetsAt: explanation?.clash?.package ?? '',
  };
}

/** Whether it is proved that a request has a solution; false where that is not so, or not known. */
export function isProvedPossible(request: ResolveRequest, id: EngineId): boolean {
  if (request.options.universal || locksProjects(id)) return false;
  return prove(request, { rules: rulesOf(id), budget: BUDGET.decisions }).kind === 'possible';
}

function rulesOf({ family }: EngineId): 'uv' | 'pip' {
  return family === 'uv' ? 'uv' : 'pip';
}
