import { expect, test } from 'vitest';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { reportRun } from '../../../src/core/headless/report.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';

const INDEX = makeFactsIndex({ projects: { a: { '1.0': { requires: [] } } } });
const HEAD = '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.9"\n';
const TABLE = '[tool.poetry]\nname = "x"\nversion = "1"\n[tool.poetry.dependencies]\npython = "^3.9"\n';

test.each([
  [
    '[project]\nname = "x"\nname = "y"\n',
    'pyproject.toml is not a valid TOML file.\nTOMLDecodeError: Cannot overwrite a value (at line 3, column 11)\nThis is often caused by a duplicate entry.',
  ],
  [
    '[project]\nname = "x"\ndependencies = ["a"\n',
    'pyproject.toml is not a valid TOML file.\nTOMLDecodeError: Unclosed array (at end of document)',
  ],
  [`${TABLE}a = "^^1"\n`, 'Could not parse version constraint: ^^1'],
  [
    `${HEAD}[dependency-groups]\na = [{ include-group = "b" }]\nb = [{ include-group = "a" }]\n`,
    'Cyclic dependency group include: b -> a',
  ],
  [
    '[project]\nname = "x"\n',
    'The Poetry configuration is invalid:\n  - Either [project.version] or [tool.poetry.version] is required in package mode.\n',
  ],
])('%j is refused in Poetry’s own words', async (pyproject, message) => {
  const problem = makeProblem({ engine: 'poetry@2.5', pyproject });
  const engine = await loadEngine({ family: 'poetry', version: '2.5' });
  const report = reportRun(runProblem(problem, engine, INDEX), { events: false });
  expect(report).toMatchObject({ outcome: 'invalid', message, pins: null });
});
