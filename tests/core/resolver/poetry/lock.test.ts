import { expect, test } from 'vitest';
import { resolvePoetry } from '../../../../src/core/explain/poetry/poetry-engine.ts';
import { runProblem, type Run } from '../../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem, type ProblemInput } from '../../../../src/core/problem/problem.ts';

const INDEX = makeFactsIndex({
  projects: {
    a: { '1.0': { requires: ['b>=1'] }, '2.0': { requires: ['b>=1'] } },
    b: {
      '1.0': { requires: [] },
      '1.5': { requires: [] },
      '2.0': { requires: [], requires_python: '>=3.12' },
    },
  },
});
const PYPROJECT = `[tool.poetry]
name = "mine"
version = "0.1"
[tool.poetry.dependencies]
python = "^3.9"
a = "*"
`;
const LOCK = `[[package]]
name = "a"
version = "1.0"
[package.dependencies]
b = ">=1"
[[package]]
name = "b"
version = "1.0"
`;

function run(input: Partial<ProblemInput>): Run {
  const problem = makeProblem({ engine: 'poetry@2.5', requirements: '', pyproject: PYPROJECT, ...input });
  return runProblem(problem, resolvePoetry, INDEX);
}

function versions({ packages = [] }: Run): readonly unknown[] {
  return packages.map(({ name, version }) => `${String(name)} ${String(version)}`);
}

test('without a lock the newest that all Pythons can use', () => {
  expect(versions(run({}))).toEqual(['a 2.0', 'b 1.5']);
});

test('a lock holds its versions fast; names can be freed', () => {
  expect(versions(run({ lock: LOCK }))).toEqual(['a 1.0', 'b 1.0']);
  expect(versions(run({ lock: LOCK, options: { update: ['b'] } }))).toEqual(['a 1.0', 'b 1.5']);
  expect(versions(run({ lock: LOCK, options: { update: true } }))).toEqual(['a 2.0', 'b 1.5']);
});

test('what Poetry refuses is refused in its words', () => {
  const refused = (text: string): string => run({ pyproject: text }).message;
  expect(refused('[tool.poetry]\n')).toBe(
    'The Poetry configuration is invalid:\n  - Either [project.name] or [tool.poetry.name] is required in package mode.\n  - Either [project.version] or [tool.poetry.version] is required in package mode.\n',
  );
  expect(refused(`${PYPROJECT}c = "^"\n`)).toBe('Could not parse version constraint: ^');
  expect(refused(`${PYPROJECT}[tool.poetry.group.x]\ninclude-groups = ["y"]\n`)).toBe(
    "Group 'x' includes group 'y' which is not defined.",
  );
  const circle = '[dependency-groups]\nx = [{include-group = "x"}]\n';
  expect(run({ pyproject: PYPROJECT + circle }).outcome.kind).toBe('invalid');
});

test('requirements are taken for a project where none is given', () => {
  const { packages } = run({ pyproject: '', requirements: 'a<2\n', options: { requiresPython: '>=3.12' } });
  expect(packages).toEqual([
    { name: 'a', version: '1.0', optional: false, groups: ['main'] },
    { name: 'b', version: '2.0', optional: false, groups: ['main'] },
  ]);
});

test('what is in no index is named, not guessed', () => {
  const { caveats, packages } = run({ pyproject: `${PYPROJECT}c = { git = "https://h.test/c.git" }\n` });
  expect(caveats?.[0]).toContain('`c` comes from https://h.test/c.git');
  expect(packages).toHaveLength(2);
});

test('two versions under markers that exclude one another are two runs', () => {
  const both = `${PYPROJECT.replace('a = "*"', '')}b = [{ version = "<1.5", python = "<3.11" }, { version = ">=1.5", python = ">=3.11" }]\n`;
  const { packages, log } = run({ pyproject: both });
  expect(packages?.map(({ version, markers }) => [version, markers])).toEqual([
    ['1.0', 'python_version < "3.11"'],
    ['1.5', 'python_version >= "3.11"'],
  ]);
  expect(log?.().filter((line) => line.includes('Retrying'))).toHaveLength(2);
});
