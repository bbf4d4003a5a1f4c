import { expect, test } from 'vitest';
import { applyManifest } from '../../../src/core/problem/apply-manifest.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';
import { askToLock, lockersOf } from '../../../src/core/problem/project-problem.ts';
import { projectTool } from '../../../src/core/problem/project-tool.ts';

const PROJECT = '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.13"\ndependencies = []\n';

test.each([
  [PROJECT, ['uv', 'poetry', 'pdm']],
  [`${PROJECT}[tool.uv]\n`, ['uv', 'poetry', 'pdm']],
  [`${PROJECT}[tool.poetry]\npackage-mode = false\n`, ['poetry', 'uv', 'pdm']],
  [`${PROJECT}[tool.pdm]\n`, ['pdm', 'uv', 'poetry']],
  [`${PROJECT}[build-system]\nbuild-backend = "poetry.core.masonry.api"\n`, ['poetry', 'uv', 'pdm']],
  ['[tool.poetry]\nname = "a"\nversion = "1"\n', ['poetry']],
  ['[build-system]\nrequires = []\n', []],
  ['[project', []],
])('%j is locked by whom it was written for first', (text, lockers) => {
  expect(lockersOf(text)).toEqual(lockers);
});

test('uv looks for a Python that the project supports, and keeps a release that was chosen', () => {
  const asked = askToLock(
    makeProblem({ engine: 'uv@0.12', requirements: 'a', lock: 'x', options: { update: ['b'] } }),
    PROJECT,
    'uv',
  );
  expect(asked).toMatchObject({ engine: 'uv@0.12', requirements: '', pyproject: PROJECT });
  expect(asked.environment.python).toBe('3.14');
  expect(asked.lock).toBeUndefined();
  expect(asked.options.update).toEqual([]);
  expect(askToLock(makeProblem({ requirements: 'a' }), PROJECT, 'poetry').engine).toBe('poetry@2.5');
  const same = askToLock(makeProblem({ environment: { python: '3.13t' } }), PROJECT, 'uv');
  expect(same.environment.python).toBe('3.13t');
});

test('lines that are taken from another text take the place of a project', () => {
  const locked = askToLock(makeProblem({}), PROJECT, 'uv');
  const changed = applyManifest(locked, {
    requirements: 'flask\n',
    options: {},
    environment: {},
    engine: null,
    overlay: null,
  });
  expect(changed.pyproject).toBe('');
  expect(projectTool(locked)).toBe('uv');
  expect(projectTool(changed)).toBeNull();
  expect(projectTool(makeProblem({ engine: 'pdm@2.29', requirements: 'a' }))).toBe('PDM');
});
