import { expect, test } from 'vitest';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { reportRun } from '../../../src/core/headless/report.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';

const INDEX = makeFactsIndex({ projects: { a: { '1.0': { requires: [] } } } });
const HEAD = '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.9"\n';

async function reportOf(pyproject: string): Promise<ReturnType<typeof reportRun>> {
  const engine = await loadEngine({ family: 'pdm', version: '2.29' });
  return reportRun(runProblem(makeProblem({ engine: 'pdm@2.29', pyproject }), engine, INDEX), {
    events: false,
  });
}

test.each([
  [
    `${HEAD}dependencies = ["a >= one"]\n`,
    '[RequirementError]: Expected semicolon (after name with no version specifier) or end\n    a >= one\n      ^',
  ],
  ['[project]\nname = "x"\nrequires-python = "three"\n', '[InvalidPyVersion]: Invalid specifier: three'],
  [
    '[build-system]\nrequires = ["setuptools"]\n',
    '[ProjectError]: The pyproject.toml has not been initialized yet. You can do this by running `pdm init`.',
  ],
  [
    `${HEAD}[dependency-groups]\ntest = [{ include-group = "more" }]\n`,
    "[ProjectError]: Missing group 'more' in `include-group`",
  ],
])('%j is refused in PDM’s own words', async (pyproject, message) => {
  expect(await reportOf(pyproject)).toMatchObject({ outcome: 'invalid', message, pins: null });
});

test.each([
  [
    '[tool.poetry]\nname = "x"\nversion = "1"\n[tool.poetry.dependencies]\npython = "^3.9"\na = "*"\n',
    'tool.poetry',
  ],
  [`${HEAD}dependencies = "a"\n`, 'project.dependencies'],
  [`${HEAD}dependencies = ["a", 1]\n`, 'project.dependencies'],
  [`${HEAD}[dependency-groups]\ntest = "a"\n`, 'test'],
])('%j is refused, and the place is named', async (pyproject, place) => {
  const report = await reportOf(pyproject);
  expect(report).toMatchObject({ outcome: 'invalid', pins: null });
  expect(report.message).toContain(place);
});
