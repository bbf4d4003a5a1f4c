import { expect, test } from 'vitest';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { reportRun } from '../../../src/core/headless/report.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';

const INDEX = makeFactsIndex({ projects: { a: { '1.0': { requires: [] } } } });
const HEAD = '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.9"\n';
const TABLE = '[tool.poetry]\nname = "x"\nversion = "1"\n[tool.poetry.dependencies]\npython = "^3.9"\n';

const invalid = (...errors: readonly string[]): string =>
  `The Poetry configuration is invalid:\n${errors.map((error) => `  - ${error}\n`).join('')}`;

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
  [
    '[tool.poetry]\nname = "x"\nversion = "1"\ndependencies = ["a"]\n',
    "'list' object has no attribute 'keys'",
  ],
  [
    '[tool.poetry]\nname = "x"\nversion = "1"\n[tool.poetry.group]\ndev = "a"\n',
    "'str' object has no attribute 'get'",
  ],
  [`${HEAD}dependencies = "a"\n`, invalid('project.dependencies must be array')],
  [`${HEAD}dependencies = ["a", 1]\n`, invalid('project.dependencies[1] must be string')],
  [
    '[project]\nversion = "1"\n[tool.poetry]\nname = "x"\n',
    invalid("project must contain ['name'] properties"),
  ],
  [
    `${TABLE}a = 1\n`,
    invalid('tool.poetry.dependencies.a must be valid exactly by one definition (0 matches found)'),
  ],
  [
    `${TABLE}a = { version = "1", pre = true }\n`,
    invalid('tool.poetry.dependencies.a must be valid exactly by one definition (0 matches found)'),
  ],
  [
    '[tool.poetry]\nname = "x"\nversion = "1"\nauthors = "me"\ncolour = 1\n',
    invalid(
      'tool.poetry.authors must be array',
      "Additional properties are not allowed ('colour' was unexpected)",
    ),
  ],
  [
    '[tool.poetry]\npackage-mode = "no"\n',
    invalid(
      'tool.poetry.package-mode must be boolean',
      'Either [project.name] or [tool.poetry.name] is required in package mode.',
      'Either [project.version] or [tool.poetry.version] is required in package mode.',
    ),
  ],
  [
    '[tool.poetry]\nname = "x"\nversion = "1"\ndocumentation = "here"\n',
    invalid('tool.poetry.documentation must be uri'),
  ],
  [`${TABLE}X = "1"\n`, invalid('Project name (x) is same as one of its dependencies')],
  [
    `${HEAD}[tool.poetry.group.dev]\noptional = "yes"\nmore = 1\n`,
    invalid('tool.poetry.group.dev.optional must be boolean'),
  ],
  [
    `${HEAD}[tool.poetry.group.dev]\nmore = 1\n`,
    invalid("tool.poetry.group.dev must not contain {'more'} properties"),
  ],
  [
    `${HEAD}[tool.poetry.group.test]\ninclude-groups = ["dev"]\n[tool.poetry.group.dev]\ninclude-groups = ["Test"]\n`,
    invalid(
      'Cyclic dependency group include in test: dev -> test',
      'Cyclic dependency group include in dev: test -> dev',
    ),
  ],
  [
    `${HEAD}[dependency-groups]\na = [{ include = "b" }]\n`,
    invalid('dependency-groups.a[0] must be valid exactly by one definition (0 matches found)'),
  ],
  [
    `${HEAD}[dependency-groups]\na = [{ include-group = "b" }]\nb = [{ include-group = "c" }]\nc = [{ include-group = "a" }]\n`,
    'Cyclic dependency group include: a -> c',
  ],
  [
    '[tool.poetry]\nname = "x"\nversion = "1"\n[[tool.poetry.source]]\nname = "here"\npriority = "first"\n',
    invalid("data.source[0].priority must be one of ['primary', 'supplemental', 'explicit']"),
  ],
  ['[tool.poetry]\nname = "x"\nversion = "one"\n', "Invalid PEP 440 version: 'one'"],
  [`${TABLE}a = "1.0 - 2.0"\n`, 'Could not parse version constraint: 1.0 - 2.0'],
  [
    `${HEAD}dependencies = ["foo!"]\n`,
    'The requirement is invalid: Unexpected character at column 4\n\nfoo!\n   ^\n',
  ],
  [
    `${HEAD}dependencies = ["foo (>=bar)"]\n`,
    'The requirement is invalid: invalid version constraint ">=bar"',
  ],
  [
    `${HEAD}dependencies = ["name[strange"]\n`,
    'The requirement is invalid: Unexpected character at column 6\n\nname[strange\n     ^\n',
  ],
  [
    `${HEAD}dependencies = ["a; colour == 'red'"]\n`,
    "The requirement is invalid: Unexpected character at column 4\n\na; colour == 'red'\n   ^\n",
  ],
  [
    '[project]\nname = "x"\nversion = "1"\nrequires-python = "three"\n',
    'Could not parse version constraint: three',
  ],
])('%j is refused in Poetry’s own words', async (pyproject, message) => {
  const problem = makeProblem({ engine: 'poetry@2.5', pyproject });
  const engine = await loadEngine({ family: 'poetry', version: '2.5' });
  const report = reportRun(runProblem(problem, engine, INDEX), { events: false });
  expect(report).toMatchObject({ outcome: 'invalid', message, pins: null });
});

test.each([
  `${TABLE}a = [{ version = "1", python = "<3.10" }, { version = "1", python = ">=3.10" }]\n`,
  `${TABLE}a = {}\n`,
  `${HEAD}dependencies = ["a"]\n[tool.poetry.dependencies]\na = { source = "here" }\n`,
  `${HEAD}[dependency-groups]\ntest = ["a"]\n[tool.poetry.group.test]\noptional = true\n`,
  `${HEAD}dependencies = ["a >= 1, != 3.4.*"]\nreadme = "README.md"\nlicense = { text = "MIT" }\nauthors = [{ name = "me" }]\n`,
])('%j is taken', async (pyproject) => {
  const problem = makeProblem({ engine: 'poetry@2.5', pyproject });
  const engine = await loadEngine({ family: 'poetry', version: '2.5' });
  expect(reportRun(runProblem(problem, engine, INDEX), { events: false })).toMatchObject({
    outcome: 'solved',
  });
});

test('a project that supports fewer Pythons than it asks for is refused', async () => {
  const pyproject = `${HEAD}[tool.poetry.dependencies]\npython = ">=3.8"\n`;
  const problem = makeProblem({ engine: 'poetry@2.5', pyproject });
  const engine = await loadEngine({ family: 'poetry', version: '2.5' });
  const report = reportRun(runProblem(problem, engine, INDEX), { events: false });
  expect(report).toMatchObject({ outcome: 'invalid' });
  expect(report.message).toContain('not a subset');
});

test('a lock that is no TOML is refused: it would hold nothing fast', async () => {
  const lock = '[[package]]\nname = "a"\n<<<<<<< HEAD\nversion = "1.0"\n';
  const problem = makeProblem({ engine: 'poetry@2.5', pyproject: `${HEAD}dependencies = ["a"]\n`, lock });
  const engine = await loadEngine({ family: 'poetry', version: '2.5' });
  const report = reportRun(runProblem(problem, engine, INDEX), { events: false });
  expect(report).toMatchObject({
    outcome: 'invalid',
    message: 'Unable to read the lock file (Invalid statement (at line 3, column 1)).',
    pins: null,
  });
});
