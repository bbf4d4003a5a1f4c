/** Runs one Problem of a comparison. */
import { loadEngine } from '../headless/engines.ts';
import { runProblem, type Run, type RunOptions } from '../headless/run.ts';
import type { PackageIndex } from '../package-index/package-index.ts';
import { parseEngineId, type EngineId } from '../problem/engine-id.ts';
import type { Problem } from '../problem/problem.ts';

export interface RanProblem {
  readonly run: Run;
  readonly id: EngineId;
}

/** Runs a Problem with its own engine, whose name the schema has checked. */
export async function runAlone(
  problem: Problem,
  index: PackageIndex,
  options: RunOptions = {},
): Promise<RanProblem> {
  const id = parseEngineId(problem.engine);
  if (!id.ok) throw new Error(`no engine ${problem.engine}`);
  return { run: runProblem(problem, await loadEngine(id.value), index, options), id: id.value };
}

/** The smaller of the Problem's own budget and the comparison's. */
export function withBudget(problem: Problem, budget: number | undefined): Problem {
  if (budget === undefined) return problem;
  const maxRounds = Math.min(problem.options.maxRounds ?? budget, budget);
  return { ...problem, options: { ...problem.options, maxRounds } };
}
