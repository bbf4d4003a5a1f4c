import { expect, test } from 'vitest';
import { readStaticProject } from '../../../src/core/manifest/project/static-project.ts';

const STATIC = `
[build-system]
requires = ["flit_core >=3"]
[project]
name = "Left.Pad"
version = "1.0"
requires-python = ">=3.9"
dependencies = ["a>=1", "b @ https://files.example/b.zip"]
[project.optional-dependencies]
fast = ["c", "d ; python_version < '3.12' or os_name == 'nt'", "e @ https://files.example/e.zip"]
`;

test('a static project is what every wheel built from it will say', () => {
  const { metadata, buildRequires } = readStaticProject(STATIC);
  expect(buildRequires).toEqual(['flit_core >=3']);
  expect(metadata).toMatchObject({
    name: 'Left.Pad',
    version: '1.0',
    requiresPython: '>=3.9',
    requiresDist: [
      'a>=1',
      'b @ https://files.example/b.zip',
      'c; extra == "fast"',
      'd; (python_version < "3.12" or os_name == "nt") and extra == "fast"',
      'e @ https://files.example/e.zip ; extra == "fast"',
    ],
    providesExtra: ['fast'],
  });
});

test('a dynamic version is fixed by the name of the archive', () => {
  const text = STATIC.replace('version = "1.0"', 'dynamic = ["version", "readme"]');
  expect(readStaticProject(text).metadata).toMatchObject({ version: null, requiresPython: '>=3.9' });
});

test.each(['dependencies', 'optional-dependencies', 'requires-python'])(
  'dynamic %s: only a build tells',
  (field) => {
    expect(
      readStaticProject(STATIC.replace('version =', `dynamic = ["${field}"]\nversion =`)).metadata,
    ).toBeNull();
  },
);

test.each([
  ['no project', '[build-system]\nrequires = ["setuptools"]'],
  ['no name', '[project]\nversion = "1"'],
  ['no TOML', 'this is not ['],
  ['a requirement that is none', '[project]\nname = "a"\ndependencies = ["not! one"]'],
  ['a dependency that is no text', '[project]\nname = "a"\ndependencies = [1]'],
  ["Poetry's dependencies", '[project]\nname = "a"\n[tool.poetry]\nname = "a"\ndependencies.b = "^1"'],
])('%s: only a build tells', (_, text) => {
  expect(readStaticProject(text).metadata).toBeNull();
});

test('without a list of what the build needs the tool takes its default', () => {
  expect(readStaticProject('[project]\nname = "a"').buildRequires).toBeNull();
});
