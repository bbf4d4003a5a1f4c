/** Where nothing but a pre-release exists beside what a line allows, it is offered by name, and only if it solves. */
import { expect, test } from 'vitest';
import type { Explanation } from '../../../src/core/explain/explanation.ts';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { explainProblemRun } from '../../../src/core/headless/explain-problem.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';

async function explained(requirements: string, requires: string[]): Promise<Explanation> {
  const id = parseEngineId('pip@26.3');
  if (!id.ok) throw new Error('no engine');
  const engine = await loadEngine(id.value);
  const index = makeFactsIndex({
    projects: { a: { '2.0.dev2': { requires } }, b: { '1.0': { requires: [] } } },
  });
  return explainProblemRun(
    runProblem(makeProblem({ engine: 'pip@26.3', requirements }), engine, index),
    id.value,
    engine,
  );
}

test('`>=2.0` becomes `>=2.0.dev2`', async () => {
  const { fixes } = await explained('a>=2.0', ['b']);
  expect(fixes.map(({ kind, newLine }) => [kind, newLine])).toEqual([['pre-release', 'a>=2.0.dev2']]);
});

test('what was tried and does not do is counted', async () => {
  const { fixes, remarks } = await explained('a>=2.0', ['b>=2']);
  expect(fixes).toEqual([]);
  expect(remarks).toEqual(['Nothing single helps: 1 change was tried.']);
});

test('where there is nothing to try, the reason is true of a line that has a bound', async () => {
  const { remarks } = await explained('gone>=2', []);
  expect(remarks).toEqual([
    'Nothing single helps: 0 changes were tried, because no line has a bound that another known version would meet, or an extra that could go.',
  ]);
});
