/** What a tool prints of a search, bound to the steps of its trace. The same Problem on the same facts takes the same steps. */
import type { PackageIndex } from '../package-index/package-index.ts';
import type { Problem } from '../problem/problem.ts';
import type { Engine } from '../resolver/engine.ts';
import { runProblem } from './run.ts';

export interface ToolLog {
  /** Lines of the log; those that hold breaks are several. */
  readonly lines: readonly string[];
  /** By line: the step of the trace that it comes with. */
  readonly steps: readonly number[];
  /** Lines that are left out at the end. */
  readonly leftOut: number;
}

/** Lines at most that go to the page. */
const MAX_LINES = 200_000;

export function toolLog(problem: Problem, engine: Engine, index: PackageIndex): ToolLog {
  const { logSteps } = runProblem(problem, engine, index);
  const lines: string[] = [];
  const steps: number[] = [];
  let leftOut = 0;
  for (const { text, step } of logSteps?.() ?? []) {
    for (const line of text.split('\n')) {
      if (lines.length >= MAX_LINES) leftOut++;
      else {
        lines.push(line);
        steps.push(step);
      }
    }
  }
  return { lines, steps, leftOut };
}
