import { describe, expect, test } from 'vitest';
import { makeFactsIndex } from '../../../src/core/package-index/facts-index.ts';
import { makeOverlayIndex } from '../../../src/core/package-index/overlay-index.ts';
import { parseOverlay } from '../../../src/core/package-index/overlay-parse.ts';
import { printOverlay } from '../../../src/core/package-index/overlay-print.ts';
import { isMissing } from '../../../src/core/package-index/package-index.ts';
import { recogniseToyWorld, type ToyWorldKind } from '../../../src/core/package-index/toy-world-kind.ts';
import { readPackse, writePackse } from '../../../src/core/package-index/toy-world-packse.ts';
import { readWorldYaml, writeWorldYaml } from '../../../src/core/package-index/toy-world-yaml.ts';
import type { ToyWorld, ToyWorlds } from '../../../src/core/package-index/toy-world.ts';
import { readSharedJson, sharedData, SHARED_DATA_MISSING } from '../../shared-data.ts';

function only(worlds: ToyWorlds): ToyWorld {
  if (!worlds.ok) throw new Error(worlds.error.message);
  return worlds.value[0]!;
}

function world(text: string): ToyWorld {
  const { overlay, errors } = parseOverlay(text);
  expect(errors).toEqual([]);
  return {
    name: 'toy',
    description: 'a toy',
    overlay,
    requirements: ['a', 'b[x]>=1'],
    python: '3.12',
    installed: [],
    options: {
      universal: true,
      prereleases: true,
      onlyBinary: ['a'],
      noBinary: ['b'],
      pythonVersion: '3.9',
      platform: 'x86_64-manylinux2014',
      requiredEnvironments: ["sys_platform == 'linux'"],
      requiresPython: '>=3.8',
    },
    expected: { isSolvable: true, pins: ['a==1.2', 'b==2.0'], explanation: 'Since b is yanked, "a" is not.' },
  };
}

/** Files and metadata of some projects, without provenance. */
function contents({ overlay }: ToyWorld, names: readonly string[]): unknown {
  const index = makeOverlayIndex(overlay, makeFactsIndex({ projects: {} }));
  return names.map((name) => {
    const page = index.page(name);
    return isMissing(page) ? null : page.distributions.map((file) => [file, index.metadata(file)]);
  });
}

const PACKSE = `
name = "wrong-python"
description = "a needs another Python"
[root]
requires = ["a>1"]
[environment]
python = "3.12"
[packages.a.versions."1.0.0"]
requires = ["b"]
[packages.a.versions."2.0.0"]
requires_python = ">=3.14"
yanked = true
wheel = false
[packages.b.versions."1.0.0".extras]
x = ["c>=1,<2"]
`;

describe('packse', () => {
  test('a scenario is a closed world with its question', () => {
    const found = only(readPackse(PACKSE));
    expect(found).toMatchObject({ name: 'wrong-python', requirements: ['a>1'], python: '3.12' });
    expect(printOverlay(found.overlay)).toBe(`closed world
a 1.0.0; depends b; sdist
a 2.0.0; python >=3.14; yanked; sdist only
b 1.0.0; extra x: c>=1,<2; sdist`);
  });

  test('what is written reads back as the same world', () => {
    const written = world(
      'closed world\na 1.0..1.2; depends b, c >=1,<2; extra x: d\nb 2.0; sdist only; yanked "bad \\" one"\nc 1; wheels cp311-cp311-linux_x86_64; python >=3.8\nd 1; wheels none',
    );
    const { text, lost } = writePackse(written);
    expect(lost).toEqual([]);
    const names = ['a', 'b', 'c', 'd', 'e'];
    const found = only(readPackse(text));
    expect(contents(found, names)).toEqual(contents(written, names));
    expect({ ...found, overlay: null }).toEqual({ ...written, overlay: null });
  });

  test('what packse has no words for is named', () => {
    expect(writePackse(world('a 1; uploaded 2020-01-01\nremove b')).lost).toEqual([
      'uploaded of a',
      'remove b',
    ]);
  });

  test.each([
    ['name = ', 'Unterminated|Missing|Unexpected|value'],
    ['name = "x"', 'root'],
    ['name = "x"\n[root]\nrequires = [1]', 'root.requires.0'],
  ])('%j is refused with a reason', (text, reason) => {
    const worlds = readPackse(text);
    expect(worlds.ok ? '' : worlds.error.message).toMatch(new RegExp(reason, 'iu'));
  });
});

const YAML = `
base:
  available:
  - A 1.0.0; depends B == 1.0.0, C
  - name: B
    version: 1.0.0
    depends: ['C >= 1']
    extras:
      x: [D]
cases:
-
  request:
  - install: [A, 'B[x]']
  response:
  - state: [A 1.0.0]
  skip: true
- name: another
  available: [C 2.0.0]
  request:
  - install: C
`;

describe("pip's and zazo's YAML", () => {
  test('each case is a closed world with its question', () => {
    const worlds = readWorldYaml(YAML);
    if (!worlds.ok) throw new Error(worlds.error.message);
    const [first, second] = worlds.value;
    expect(printOverlay(first!.overlay)).toBe(`closed world
A 1.0.0; depends B == 1.0.0, C
B 1.0.0; depends C >= 1; extra x: D`);
    expect(first?.requirements).toEqual(['A', 'B[x]']);
    expect(second).toMatchObject({ name: 'another', requirements: ['C'] });
    expect(printOverlay(second!.overlay)).toBe('closed world\nC 2.0.0');
  });

  test('what is written reads back as the same world', () => {
    const written: ToyWorld = {
      ...world('closed world\na 1.0..1.2; depends b, c >=1,<2; extra x: d\nb 2.0'),
      options: { noDeps: true },
    };
    const { text, lost } = writeWorldYaml(written);
    expect(lost).toEqual([]);
    const found = only(readWorldYaml(text));
    expect(contents(found, ['a', 'b', 'c'])).toEqual(contents(written, ['a', 'b', 'c']));
    expect(found).toMatchObject({ requirements: written.requirements, options: { noDeps: true } });
    expect(found.expected?.pins).toEqual(written.expected?.pins);
  });

  test.each(['base: [', 'base: {available: [{name: A}]}', 'base: {available: ["A"]}'])(
    '%j is refused',
    (text) => {
      expect(readWorldYaml(text).ok).toBe(false);
    },
  );
});

describe('what a file says besides', () => {
  test("packse's options and expectation, in TOML and in the JSON of its first year", () => {
    const json = JSON.stringify([
      {
        name: 'first',
        root: { requires: ['a'] },
        packages: { a: { versions: { '1.0.0': { yanked: true } } } },
        expected: { satisfiable: true, packages: { a: '1.0.0' }, explanation: 'nothing else is there' },
      },
      { name: 'second', root: {}, packages: {}, expected: { satisfiable: false } },
    ]);
    const worlds = readPackse(json);
    expect(worlds).toMatchObject({
      ok: true,
      value: [
        { python: '3.12', expected: { isSolvable: true, pins: ['a==1.0.0'] } },
        { name: 'second', expected: { isSolvable: false, pins: [] } },
      ],
    });
    expect(readPackse('[{"name": 1').ok).toBe(false);
  });

  test('the steps of a case: what is there when the next begins, and options', () => {
    const worlds = readWorldYaml(`
cases:
- available: [simple 0.1.0, simple 0.2.0, dep 0.1.0]
  request:
  - install: simple < 0.2 dep
  - uninstall: dep
  - install: simple
    options: --upgrade --no-deps
  response:
  - state: [simple 0.1.0, dep 0.1.0]
  - state: [simple 0.1.0]
  - error: {code: 1}
    state: null
`);
    expect(worlds.ok && worlds.value.map((each) => ({ ...each, overlay: null }))).toEqual([
      {
        overlay: null,
        name: 'case 1, step 1',
        description: '',
        requirements: ['simple < 0.2', 'dep'],
        python: null,
        installed: [],
        options: {},
        expected: { isSolvable: true, pins: ['simple==0.1.0', 'dep==0.1.0'], explanation: '' },
      },
      {
        overlay: null,
        name: 'case 1, step 3',
        description: '',
        requirements: ['simple'],
        python: null,
        installed: ['simple==0.1.0'],
        options: { noDeps: true },
        expected: { isSolvable: false, pins: [], explanation: '' },
      },
    ]);
  });
});

test.each<[string, ToyWorldKind | null]>([
  [PACKSE, 'packse'],
  ['[{"name": "x", "root": {"requires": []}, "packages": {}}]', 'packse'],
  [YAML, 'yaml'],
  ['cases:\n-\n  request:\n  - install: a', 'yaml'],
  ['requests>=2\nbase', null],
  ['[project]\nname = "x"\ndependencies = []', null],
  ['name: env\ndependencies:\n  - python', null],
  ['{"pip_version": "26.2", "installed": []}', null],
  ['app 1.0; depends left', null],
])('%j is recognised as %s', (text, kind) => {
  expect(recogniseToyWorld(text)).toBe(kind);
});

interface PackseOracle {
  readonly scenarios: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly root: { readonly requires: readonly string[] };
        readonly packages: Readonly<
          Record<string, Readonly<Record<string, { readonly requires: readonly string[] }>>>
        >;
      }
    >
  >;
}

test("every scenario of packse's can be written down, and reads back", (context) => {
  if (sharedData === null) return context.skip(SHARED_DATA_MISSING);
  const { scenarios } = readSharedJson('oracles/packse.json') as PackseOracle;
  for (const { name, root, packages } of Object.values(scenarios)) {
    const lines = Object.entries(packages).flatMap(([project, versions]) =>
      Object.entries(versions).map(([version, { requires }]) =>
        [`${project} ${version}`, ...(requires.length > 0 ? [`depends ${requires.join(', ')}`] : [])].join(
          '; ',
        ),
      ),
    );
    const { overlay, errors } = parseOverlay(['closed world', ...lines].join('\n'));
    expect([name, errors]).toEqual([name, []]);
    const written: ToyWorld = { ...world(''), name, overlay, requirements: root.requires };
    const names = Object.keys(packages);
    expect(contents(only(readPackse(writePackse(written).text)), names)).toEqual(contents(written, names));
  }
});
