/** uv mends requirements that PEP 508 does not allow; nobody is told that such metadata cannot be read. */
import { expect, test } from 'vitest';
import { explainProblemRun } from '../../../../src/core/headless/explain-problem.ts';
import { loadEngine } from '../../../../src/core/headless/engines.ts';
import { runProblem } from '../../../../src/core/headless/run.ts';
import { parseEngineId } from '../../../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../../../src/core/problem/problem.ts';
import { toyIndex } from '../toy-run.ts';

const INDEX = toyIndex({
  queue: { '4': ['clock (>dev)', 'wire<5'], '5': ['clock (>dev)', 'wire>=5'] },
  clock: { '2020': [] },
  wire: { '4': [], '5': [] },
});

test.each([
  ['uv@0.13', '`queue` 5, which needs `wire` 5 or newer', false],
  ['pip@26.3', 'metadata', true],
])('%s', async (engineName, words, isUnreadable) => {
  const problem = makeProblem({
    engine: engineName,
    requirements: 'queue>=5\nwire<5',
    environment: { python: '3.11.7' },
  });
  const id = parseEngineId(engineName);
  if (!id.ok) throw new Error(engineName);
  const engine = await loadEngine(id.value);
  const { proof, sentence } = explainProblemRun(runProblem(problem, engine, INDEX), id.value, engine);
  const told = [sentence, ...proof.map(({ text }) => text)].join(' ');
  expect(told.includes('cannot be read')).toBe(isUnreadable);
  expect(told).toContain(words);
});
