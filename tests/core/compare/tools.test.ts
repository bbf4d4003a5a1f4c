/** Each tool is asked as its users ask it, and the first choice that differs is found. */
import { expect, test } from 'vitest';
import { runComparison } from '../../../src/core/compare/comparison.ts';
import { doJob } from '../../../src/core/compare/do-job.ts';
import { makeToolComparison, toolQuestions } from '../../../src/core/compare/tools.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';

const INDEX = makeFactsIndex({
  projects: {
    a: { '1.0': { requires: [] }, '2.0': { requires: ['b<2'], requires_python: '>=3.12' } },
    b: { '1.0': { requires: [] }, '2.0': { requires: [] } },
  },
});
const PROJECT =
  '[project]\nname = "sample"\nversion = "1"\nrequires-python = ">=3.10"\ndependencies = ["a", "b"]\n';

test('a project is a project for those that lock, and lines for pip', () => {
  const asked = toolQuestions(makeProblem({ engine: 'uv@0.13', pyproject: PROJECT }));
  expect(asked.map(({ engine, form }) => `${engine} ${form}`)).toEqual([
    'uv@0.13 project',
    'pip@26.3 lines-of-project',
    'poetry@2.5 project',
    'pdm@2.29 project',
  ]);
  expect(asked[1]!.problem).toMatchObject({ requirements: 'a\nb\n', pyproject: undefined });
  const lines = toolQuestions(makeProblem({ engine: 'pip@24.0', requirements: 'a' }));
  expect(lines.map(({ form }) => form)).toEqual(['lines', 'lines', 'lines', 'lines']);
});

test('all four answers stand in one table, with the first choice that differs', async () => {
  const problem = makeProblem({
    engine: 'uv@0.13',
    pyproject: PROJECT,
    environment: { python: '3.12' },
  });
  const rows = await runComparison(makeToolComparison(problem), (job) => doJobHere(job));
  expect(rows.map(({ cell }) => cell?.verdict)).toEqual(['solved', 'solved', 'solved', 'solved']);
  const [uv, pip, poetry] = rows;
  expect(uv!.pair).toBeNull();
  expect(pip!.cell?.pins).toEqual({ a: '2.0', b: '1.0' });
  expect(poetry!.cell?.pins).toEqual({ a: '1.0', b: '2.0' });
  const { difference, right } = poetry!.pair!;
  expect(difference).not.toBeNull();
  expect(right.moves.map(({ project }) => project)).not.toContain('sample');
});

async function doJobHere(job: Parameters<typeof doJob>[0]) {
  const done = await doJob(job, INDEX);
  if (done.kind === 'missing') throw new Error('facts are missing');
  return done.answer;
}
