import { expect, test } from 'vitest';
import { readManifest } from '../../../src/core/manifest/read-manifest.ts';

function read(groups: string) {
  const text = `[project]\nname = "mine"\n[dependency-groups]\n${groups}\n`;
  const { manifest } = readManifest(text, 'pyproject');
  return {
    groups: Object.fromEntries(
      manifest.groups
        .filter(({ id }) => id.startsWith('group:'))
        .map(({ id, entries }) => [id.slice(6), entries.map(({ requirement }) => requirement.text)]),
    ),
    complaints: manifest.diagnostics.map(({ code, line, message }) => `${line} ${code}: ${message}`),
  };
}

test('an include stands where it is written, under any spelling', () => {
  const { groups, complaints } = read('Lint_X = ["ruff"]\ndev = ["a", {include-group = "lint.x"}, "b"]');
  expect(groups).toEqual({ 'lint-x': ['ruff'], dev: ['a', 'ruff', 'b'] });
  expect(complaints).toEqual([]);
});

test('each error is complained of once, whichever groups it reaches', () => {
  const { groups, complaints } = read(
    'a = [{include-group = "b"}]\nb = ["x", "y y", 7]\nc = [{include-group = "b"}, {include-group = "no"}]',
  );
  expect(groups).toEqual({ a: ['x'], b: ['x'], c: ['x'] });
  expect(complaints.map((complaint) => complaint.split(':')[0])).toEqual([
    '5 invalid-requirement',
    '5 invalid-group-item',
    '6 unknown-group',
  ]);
});

test('a cycle names the groups in it', () => {
  const { complaints } = read('a = [{include-group = "b"}]\nb = [{include-group = "a"}]');
  expect(complaints).toEqual([
    '4 group-cycle: The groups include one another: b → a → b',
    '5 group-cycle: The groups include one another: a → b → a',
  ]);
});

test('two spellings of one name are an error', () => {
  const { groups, complaints } = read('a-b = ["x"]\na_b = ["y"]');
  expect(groups).toEqual({ 'a-b': ['y'] });
  expect(complaints).toEqual(['5 invalid-group: Duplicate dependency group names: a-b (a-b, a_b)']);
});
