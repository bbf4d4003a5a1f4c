/** What a pasted text tells holds for its own lines: an answer to changed ones is an answer. */
import { expect, test } from 'vitest';
import { explainProblemRun } from '../../../src/core/headless/explain-problem.ts';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { readPaste } from '../../../src/core/headless/paste/read-paste.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem, type Problem } from '../../../src/core/problem/problem.ts';

async function sentenceOf(problem: Problem): Promise<string> {
  const id = parseEngineId(problem.engine);
  if (!id.ok) throw new Error(id.error.message);
  const engine = await loadEngine(id.value);
  const run = runProblem(problem, engine, makeFactsIndex({ projects: {} }));
  return explainProblemRun(run, id.value, engine).sentence;
}

const POETRY = [
  'Because no versions of app match >1.0,<2.0',
  ' and app (1.0) depends on lib (<2), app (>=1.0,<2.0) requires lib (<2).',
  'So, because sample depends on both app (^1.0) and lib (>=2), version solving failed.',
].join('\n');

test('a change that helps is an answer, not a question about the pasted text', async () => {
  const { problem } = readPaste([{ name: 'pasted', text: POETRY }], makeProblem({ requirements: '' }));
  expect(await sentenceOf(problem!)).not.toMatch(/^Solved/);
  const requirements = problem!.requirements
    .split('\n')
    .filter((line) => !line.startsWith('lib'))
    .join('\n');
  expect(await sentenceOf({ ...problem!, requirements })).toMatch(/^Solved/);
});

test('blanks and empty lines are no change', async () => {
  const text =
    'ERROR: Cannot install a==1 because these package versions have conflicting dependencies.\n\nThe conflict is caused by:\n    a 1 depends on b>=2\n';
  const { problem } = readPaste([{ name: 'pasted', text }], makeProblem({ requirements: '' }));
  const sentence = await sentenceOf(problem!);
  const spaced = problem!.requirements.replaceAll('\n', '  \n\n');
  expect(await sentenceOf({ ...problem!, requirements: spaced })).toBe(sentence);
});
