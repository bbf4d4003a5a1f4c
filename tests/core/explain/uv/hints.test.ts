import { describe, expect, test } from 'vitest';
import { resolveUv } from '../../../../src/core/explain/uv/uv-engine.ts';
import { runProblem } from '../../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem } from '../../../../src/core/problem/problem.ts';
import { runUv, type SmallIndex, type UvRequest } from '../../resolver/uv/run-uv.ts';

function hints(
  index: SmallIndex,
  requirements: readonly string[],
  request: UvRequest = {},
): readonly string[] {
  const run = runUv(index, requirements, request);
  expect(run.outcome.kind).toBe('unsolvable');
  return run.notices
    .filter(({ text }) => text.startsWith('hint: '))
    .map(({ text }) => text.slice('hint: '.length));
}

const LINUX = { python: '3.12', platform: 'manylinux_2_17_x86_64' };

describe('hints on wheels', () => {
  test('ABI tags by number, and platforms by standard, of the release that would be tried', () => {
    const linux = 'manylinux2014_aarch64.manylinux_2_17_aarch64';
    const index = {
      a: {
        '1.0': { wheels: ['cp39-cp39-win_amd64', 'cp310-cp310-win_amd64', 'cp310-none-any'] },
        '2.0': { wheels: ['cp39-cp39-win_amd64'] },
      },
      b: { '1.0': { wheels: [`cp312-cp312-${linux}`, 'cp312-cp312-macosx_11_0_arm64', 'cp39-cp39-win32'] } },
    };
    expect(hints(index, ['a<2'], { environment: LINUX })).toEqual([
      'You require CPython 3.12 (`cp312`), but we only found wheels for `a` (v1.0) with the following Python ABI tags: `cp39`, `cp310`',
    ]);
    expect(hints(index, ['a'], { environment: LINUX, options: { resolution: 'lowest' } })).toEqual([
      'You require CPython 3.12 (`cp312`), but we only found wheels for `a` (v1.0) with the following Python ABI tags: `cp39`, `cp310`',
    ]);
    expect(hints(index, ['b'], { environment: LINUX })).toEqual([
      'Wheels are available for `b` (v1.0) on the following platforms: `manylinux_2_17_aarch64`, `manylinux2014_aarch64`, `macosx_11_0_arm64`',
    ]);
  });

  test('a Python without the interpreter lock is named so', () => {
    const index = { a: { '1.0': { wheels: ['cp313-cp313-manylinux_2_17_x86_64', 'cp39-abi3-any'] } } };
    const run = runUv(index, ['a'], { environment: { ...LINUX, python: '3.13t' } });
    expect(run.message).toContain('a==1.0 has no wheels with a free-threading compatible ABI tag and only');
    expect(run.notices[0]?.text).toBe(
      'hint: You require free-threaded CPython 3.13 (`cp313t`), but we only found wheels for `a` (v1.0) with the following Python ABI tags: `abi3`, `cp313`',
    );
  });

  test('Python tags of another implementation', () => {
    const index = { a: { '1.0': { wheels: ['pp310-pypy310_pp73-win_amd64', 'graalpy311-none-any'] } } };
    expect(hints(index, ['a'], { environment: LINUX })).toEqual([
      'You require CPython 3.12 (`cp312`), but we only found wheels for `a` (v1.0) with the following Python implementation tags: `pp310`, `graalpy311`',
    ]);
  });

  test('tags that nobody knows: no wheels with valid tags, and nothing to hint at', () => {
    const run = runUv({ a: { '1.0': { wheels: ['foo-none-any'] } } }, ['a'], { environment: LINUX });
    expect(run.message).toContain('a==1.0 has no wheels with valid tags and only a==1.0 is available');
    expect(run.notices).toEqual([]);
  });
});

describe('hints on what is switched off', () => {
  const wheelsOnly = { a: { '1.0': [] } };
  const sdistOnly = { a: { '1.0': { wheels: [], sdist: true } } };

  test.each([
    [
      'onlyBinary',
      sdistOnly,
      'a',
      'Wheels are required for `a` because building from source is disabled for `a` (i.e., with `--no-build-package a`)',
    ],
    [
      'onlyBinary',
      sdistOnly,
      ':all:',
      'Wheels are required for `a` because building from source is disabled for all packages (i.e., with `--no-build`)',
    ],
    [
      'noBinary',
      wheelsOnly,
      'a',
      'A source distribution is required for `a` because using pre-built wheels is disabled for `a` (i.e., with `--no-binary-package a`)',
    ],
    [
      'noBinary',
      wheelsOnly,
      ':all:',
      'A source distribution is required for `a` because using pre-built wheels is disabled for all packages (i.e., with `--no-binary`)',
    ],
  ])('%s %#', (option, index, names, expected) => {
    expect(hints(index, ['a'], { options: { [option]: [names] } })).toEqual([expected]);
  });
});

describe('hints on pre-releases', () => {
  const index = { a: { '1.0': [], '2.0rc1': [] } };
  const disallow = { options: { prerelease: 'disallow' } } as const;

  test('one is in the range', () => {
    expect(hints(index, ['a>1'], disallow)).toEqual([
      "Pre-releases are available for `a` in the requested range (e.g., 2.0rc1), but pre-releases weren't enabled (try: `--prerelease=allow`)",
    ]);
  });

  test('one is named; for one project the option for that project is offered', () => {
    const named =
      "`a` was requested with a pre-release marker (e.g., a>=2.0rc1), but pre-releases weren't enabled (try: `";
    expect(hints(index, ['a>=2.0rc1'], disallow)).toEqual([`${named}--prerelease=allow\`)`]);
    expect(hints(index, ['a>=2.0rc1'], { options: { onlyFinal: ['a'] } })).toEqual([
      `${named}--prerelease-package a=allow\`)`,
    ]);
  });

  test('what ==3.* and ~=3.0 are made of names none', () => {
    expect(hints(index, ['a==3.*'], disallow)).toEqual([]);
    expect(hints(index, ['a~=3.0'], disallow)).toEqual([]);
  });

  test('there is nothing to hint at where they are taken anyway', () => {
    expect(hints(index, ['a>3'])).toEqual([]);
  });
});

describe('hints on the cut-off date', () => {
  const index = {
    a: {
      '1.0': { 'upload-time': '2020-01-01T10:20:30.500Z' },
      '2.0': { 'upload-time': '2021-01-01T00:00:00.123000Z' },
    },
  };

  test('a day stands for its end, and times have no needless zeros', () => {
    expect(hints(index, ['a>=2'], { options: { uploadedPriorTo: '2020-06-01' } })).toEqual([
      '`a` was filtered by `exclude-newer` to only include packages uploaded before 2020-06-02T00:00:00Z. The latest version satisfying the requirement is v2.0, published at 2021-01-01T00:00:00.123Z. Consider using `exclude-newer-package` to override the cutoff for this package.',
    ]);
  });

  test('one version', () => {
    expect(hints(index, ['a==1.0'], { options: { uploadedPriorTo: '2019-06-01T12:00:00Z' } })).toEqual([
      '`a` was filtered by `exclude-newer` to only include packages uploaded before 2019-06-01T12:00:00Z. The requested version, v1.0, was published at 2020-01-01T10:20:30.5Z. Consider using `exclude-newer-package` to override the cutoff for this package.',
    ]);
  });
});

describe('hints on Python', () => {
  const index = { a: { '1.0': { requires_python: '>=3.13,<4' } } };

  test("the interpreter's own version is no choice, so there is no hint", () => {
    expect(hints(index, ['a'], { environment: { python: '3.12' } })).toEqual([]);
  });

  test('--python-version', () => {
    const request = { environment: { python: '3.12' }, options: { pythonVersion: '3.11' } };
    expect(hints(index, ['a'], request)).toEqual([
      'The `--python-version` value (>=3.11) includes Python versions that are not supported by your dependencies (e.g., a==1.0 only supports >=3.13, <4). Consider using a higher `--python-version` value.',
    ]);
  });
});

describe('in universal mode', () => {
  const project = { universal: true, requiresPython: '<3.15,>=3.12' } as const;

  test("the project's requires-python, by version, also where a fork failed that is for fewer Pythons", () => {
    const index = { a: { '1.0': { requires_python: '>=3.14' } }, b: { '1.0': [], '2.0': [] } };
    const requirements = ["b<2; python_version < '3.13'", "b>=2; python_version >= '3.13'", 'a'];
    const run = runUv(index, requirements, { environment: { python: '3.12' }, options: project });
    expect(run.message).toBe(
      "Because the requested Python version (>=3.12, <3.15) does not satisfy Python>=3.14 and a==1.0 depends on Python>=3.14, we can conclude that a==1.0 cannot be used.\nAnd because only a==1.0 is available and your project depends on a, we can conclude that your project's requirements are unsatisfiable.",
    );
    expect(run.notices.map(({ text }) => text)).toEqual([
      "hint: While the active Python version is 3.12, the resolution failed for other Python versions supported by your project. Consider limiting your project's supported Python versions using `requires-python`.",
      'hint: The `requires-python` value (>=3.12, <3.15) includes Python versions that are not supported by your dependencies (e.g., a==1.0 only supports >=3.14). Consider using a more restrictive `requires-python` value (like >=3.14).',
    ]);
  });

  test("who has no project has requirements of one's own", () => {
    const run = runUv({}, ['a'], { options: { universal: true } });
    expect(run.message).toBe(
      'Because a was not found in the package registry and you require a, we can conclude that your requirements are unsatisfiable.',
    );
    expect(runUv({}, ['a'], { options: project }).message).toContain('your project depends on a');
  });
});

describe('hints on a project that asks for itself', () => {
  const told = (dependencies: string, extras: string) =>
    runProblem(
      makeProblem({
        engine: 'uv@0.13',
        requirements: '',
        pyproject: `[project]\nname = "s"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = [${dependencies}]\n[project.optional-dependencies]\nall = [${extras}]\nweb = []\n`,
      }),
      resolveUv,
      makeFactsIndex({ projects: {} }),
    );

  test('as another version than it is', () => {
    const run = told('', '"s[web]>=2"');
    expect(run.message).toBe(
      "Because s[all] depends on itself at an incompatible version (s>=2) and your project requires s[all], we can conclude that your project's requirements are unsatisfiable.",
    );
    expect(run.notices.map(({ text }) => text)).toEqual([
      'hint: The project `s` depends on itself at an incompatible version. This is likely a mistake. If you intended to depend on a third-party package named `s`, consider renaming the project `s` to avoid creating a conflict.',
    ]);
    expect(told('"s>=2"', '').message).toContain('your project has an incompatible dependency on itself');
  });

  test('as the version that it is: nothing is wrong', () => {
    expect(told('"s"', '"s[web]==1"').outcome.kind).toBe('solved');
  });
});
