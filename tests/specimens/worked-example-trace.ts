/** The run that the page opens on, on the snapshot that the repository holds. */
import { openProblemIndex } from '../../src/command/problem-index.ts';
import { loadEngine } from '../../src/core/headless/engines.ts';
import { runProblem } from '../../src/core/headless/run.ts';
import { parseEngineId } from '../../src/core/problem/engine-id.ts';
import type { Trace } from '../../src/core/resolver/trace.ts';
import { WORKED_EXAMPLE } from '../../src/lessons/worked-example.ts';

export async function workedExampleTrace(): Promise<Trace> {
  const { problem } = WORKED_EXAMPLE;
  const id = parseEngineId(problem.engine);
  const index = openProblemIndex(problem, '.');
  if (!id.ok || !index.ok) throw new Error('the example names an engine or an index that is not there');
  return runProblem(problem, await loadEngine(id.value), index.value).trace;
}
