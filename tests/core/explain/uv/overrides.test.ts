/** uv's overrides stand for what lines and releases say: nobody is quoted with words that are an override's. */
import { expect, test } from 'vitest';
import { explainProblemRun } from '../../../../src/core/headless/explain-problem.ts';
import { loadEngine } from '../../../../src/core/headless/engines.ts';
import { runProblem } from '../../../../src/core/headless/run.ts';
import { parseEngineId } from '../../../../src/core/problem/engine-id.ts';
import { makeProblem, type ProblemInput } from '../../../../src/core/problem/problem.ts';
import { toyIndex } from '../toy-run.ts';

const INDEX = toyIndex({
  a: { '1': ['b<3'] },
  b: { '1': [], '2': [], '3': [] },
  c: { '1': ['b'] },
});

async function explained(asked: Omit<ProblemInput, 'engine' | 'environment'>) {
  const problem = makeProblem({ ...asked, engine: 'uv@0.13', environment: { python: '3.11.7' } });
  const id = parseEngineId(problem.engine);
  if (!id.ok) throw new Error(problem.engine);
  const engine = await loadEngine(id.value);
  return explainProblemRun(runProblem(problem, engine, INDEX), id.value, engine);
}

test('a constraint holds against what an override says', async () => {
  const { kind, sentence, chains, fixes } = await explained({
    requirements: 'a\nb',
    constraints: 'b>=2',
    overrides: 'b<2',
  });
  expect(kind).not.toBe('wrong-answer');
  expect(sentence).toBe(
    'Constraints line 1 allows only `b` 2 or newer. Overrides line 1 puts `b<2` in place of what line 2 asks for.',
  );
  expect(chains.flatMap(({ links }) => links.map(({ text }) => text)).join(' ')).not.toMatch(/asks for `b/u);
  expect(fixes.map(({ text }) => text)).toContain('Take out overrides line 1, `b<2`');
});

test('what a release needs is not quoted with the words of an override', async () => {
  const { sentence, proof, fixes } = await explained({ requirements: 'a\nc', overrides: 'b==7' });
  expect(sentence).toBe(
    'Overrides line 1 puts `b==7` in place of what `a` 1 (line 1) needs, and the index lists no such version of `b`.',
  );
  expect(proof.map(({ text }) => text).join(' ')).not.toMatch(/needs? `b/u);
  expect(fixes.map(({ text }) => text)).toEqual(['Take out overrides line 1, `b==7`']);
});
