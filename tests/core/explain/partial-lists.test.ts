/** What a conflict on partial lists says of them, and that no conflict is told that another release could dissolve. */
import { expect, test } from 'vitest';
import { explainProblemRun } from '../../../src/core/headless/explain-problem.ts';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';

const INDEX = makeFactsIndex({
  partial: { all: 'chosen' },
  projects: {
    app: { '1.0': { requires: ['lib>=2', 'tool>1'] }, '2.0': { requires: ['lib>=2', 'tool>1'] } },
    lib: { '1.0': { requires: [] }, '2.0': { requires: [] } },
    tool: { '1.0': { requires: [] }, '3.0': { requires: [] } },
  },
});

test.each(['pip@26.3', 'uv@0.13'])('%s', async (engineName) => {
  const problem = makeProblem({ engine: engineName, requirements: 'app\ntool<2\nlib<2\n' });
  const id = parseEngineId(engineName);
  if (!id.ok) throw new Error(engineName);
  const engine = await loadEngine(id.value);
  const run = runProblem(problem, engine, INDEX);
  expect(run.outcome.kind).toBe('unsolvable');
  const { lines, others, remarks } = explainProblemRun(run, id.value, engine);
  expect(lines.map(({ line }) => line)).toEqual([1, 3]);
  expect(others).toEqual([]);
  expect(remarks[0]).toBe(
    'The lists of releases are those that public lock files chose: one that is not among them could change this.',
  );
});
