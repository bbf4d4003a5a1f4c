/** A project pasted or dropped together with its lock is locked as its tool does, from what the lock holds. */
import { expect, test } from 'vitest';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { readPaste } from '../../../src/core/headless/paste/read-paste.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem, type Problem } from '../../../src/core/problem/problem.ts';

const BASE = makeProblem({ requirements: 'six', environment: { python: '3.11', platform: 'linux-x86_64' } });
const PYPROJECT =
  '[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ["alpha>=1", "beta"]\n';
const UV_LOCK = `version = 1
requires-python = ">=3.9"

[[package]]
name = "alpha"
version = "1.0"
source = { registry = "https://host.test/simple" }
`;
const POETRY_LOCK = `[[package]]
name = "alpha"
version = "1.0"
description = ""
optional = false
python-versions = "*"
groups = ["main"]
files = []

[metadata]
lock-version = "2.1"
python-versions = ">=3.9"
content-hash = "x"
`;
const INDEX = makeFactsIndex({
  projects: {
    alpha: { '1.0': { requires: [] }, '2.0': { requires: [] } },
    beta: { '1.0': { requires: [] }, '2.0': { requires: [] } },
  },
});

async function pinsOf(problem: Problem): Promise<unknown> {
  const id = parseEngineId(problem.engine);
  if (!id.ok) throw new Error(id.error.message);
  const { outcome } = runProblem(problem, await loadEngine(id.value), INDEX);
  return outcome.kind === 'solved' ? outcome.pins.map(({ name, version }) => `${name} ${version}`) : outcome;
}

for (const [name, text, family] of [
  ['uv.lock', UV_LOCK, 'uv'],
  ['poetry.lock', POETRY_LOCK, 'poetry'],
] as const)
  test(`pyproject.toml and ${name}, in any order`, async () => {
    const files = [
      { name: 'pyproject.toml', text: PYPROJECT },
      { name, text },
    ];
    for (const given of [files, files.toReversed()]) {
      const { problem, read } = readPaste(given, BASE);
      expect(problem?.engine).toMatch(new RegExp(`^${family}@`, 'u'));
      expect(problem).toMatchObject({ requirements: '', pyproject: PYPROJECT, lock: text });
      // What was read of both is told as well.
      expect(read.requirements).toEqual(['alpha>=1', 'beta']);
      expect(read.installed).toEqual(['alpha==1.0']);
      expect(read.notes.join(' ')).toContain(`${name} holds its versions`);
      expect(await pinsOf(problem!)).toEqual(['alpha 1.0', 'beta 2.0']);
    }
  });

test('beside lines that ask for something, both are texts', () => {
  const files = [
    { name: 'pyproject.toml', text: PYPROJECT },
    { name: 'uv.lock', text: UV_LOCK },
    { name: 'requirements.txt', text: 'beta\n' },
  ];
  const { problem } = readPaste(files, BASE);
  expect(problem).toMatchObject({ requirements: 'beta\n', installed: 'alpha==1.0\n' });
  expect(problem?.pyproject ?? '').toBe('');
});

test('a lock of another tool than can lock the project says what is installed', () => {
  const poetry = '[tool.poetry]\nname = "app"\nversion = "1"\n[tool.poetry.dependencies]\nalpha = "^1"\n';
  const files = [
    { name: 'pyproject.toml', text: poetry },
    { name: 'uv.lock', text: UV_LOCK },
  ];
  expect(readPaste(files, BASE).problem).toMatchObject({ installed: 'alpha==1.0\n' });
});
