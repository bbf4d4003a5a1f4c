/** Fields of a `pyproject.toml` of another type than uv reads them as are told of in uv's words, and nothing is solved. */
import { expect, test } from 'vitest';
import { resolveUv } from '../../../src/core/explain/uv/uv-engine.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';

const INDEX = makeFactsIndex({ projects: { a: { '1.0': { requires: [] }, '2.0': { requires: [] } } } });

function lock(pyproject: string) {
  return runProblem(makeProblem({ engine: 'uv@0.13', requirements: '', pyproject }), resolveUv, INDEX);
}

const HEAD = '[project]\nname = "s"\nversion = "1"\n';

/** The last lines of what uv says. */
const WRONG: readonly (readonly [field: string, text: string, said: string])[] = [
  ['a list that is a string', `${HEAD}dependencies = "a"\n`, 'invalid type: string "a", expected a sequence'],
  ['a name that is a number', '[project]\nname = 1\n', 'invalid type: integer `1`, expected a string'],
  [
    'a requirement that is a number',
    `${HEAD}dependencies = [1.5]\n`,
    'invalid type: floating point `1.5`, expected a string',
  ],
  [
    'extras that are a list',
    `${HEAD}optional-dependencies = ["a"]\n`,
    'invalid type: sequence, expected a map',
  ],
  [
    'an extra that is a string',
    `${HEAD}[project.optional-dependencies]\nx = "a"\n`,
    'invalid type: string "a", expected a sequence',
  ],
  [
    'a group that is a table',
    `${HEAD}[dependency-groups]\nx = { y = 1 }\n`,
    'invalid type: map, expected a sequence',
  ],
  [
    'constraints that are true',
    `${HEAD}[tool.uv]\nconstraint-dependencies = true\n`,
    'invalid type: boolean `true`, expected a sequence',
  ],
  [
    'a name that is none',
    '[project]\nname = "a b"\nversion = "1"\n',
    'Not a valid package or extra name: "a b". Names must start and end with a letter or digit and may only contain -, _, ., and alphanumeric characters.',
  ],
  [
    'a version that is none',
    '[project]\nname = "s"\nversion = "one"\n',
    'expected version to start with a number, but no leading ASCII digits were found',
  ],
];

for (const [field, text, said] of WRONG)
  test(field, () => {
    const run = lock(text);
    expect(run.outcome.kind).toBe('invalid');
    expect(run.message).toMatch(
      /^Failed to parse: `pyproject\.toml`\n {2}cause: TOML parse error at line \d+, column \d+\n/u,
    );
    expect(run.message.endsWith(`\n         ${said}`)).toBe(true);
  });

test('the first in the text is told, with its place', () => {
  const run = lock(`${HEAD}requires-python = "3.9"\ndependencies = 1\n`);
  expect(run.message.split('\n').slice(1)).toEqual([
    '  cause: TOML parse error at line 4, column 19',
    '           |',
    '         4 | requires-python = "3.9"',
    '           |                   ^^^^^',
    '         Failed to parse version: Unexpected end of version specifier, expected operator. Did you mean `==3.9`?:',
    '         3.9',
    '         ^^^',
  ]);
});

test('of a setting that uv does not know it warns, and goes on without settings', () => {
  const run = lock(
    `${HEAD}requires-python = ">=3.9"\ndependencies = ["a"]\n[tool.uv]\nresolution = "newest"\n`,
  );
  expect(run.outcome).toMatchObject({ kind: 'solved', pins: [{ name: 'a', version: '2.0' }] });
  expect(run.notices[0]!.text.split('\n')).toEqual([
    'warning: Failed to parse `pyproject.toml` during settings discovery:',
    '  TOML parse error at line 7, column 14',
    '    |',
    '  7 | resolution = "newest"',
    '    |              ^^^^^^^^',
    '  unknown variant `newest`, expected one of `highest`, `lowest`, `lowest-direct`',
  ]);
});
