import { describe, expect, test } from 'vitest';
import { printOverlay } from '../../../src/core/package-index/overlay/overlay-print.ts';
import {
  recogniseToyWorld,
  type ToyWorldKind,
} from '../../../src/core/package-index/toy-world/toy-world-kind.ts';
import { readPipWorlds, writePipWorld } from '../../../src/core/package-index/toy-world/toy-world-pip.ts';
import { readZazoWorlds, writeZazoWorld } from '../../../src/core/package-index/toy-world/toy-world-zazo.ts';
import type { ToyWorld } from '../../../src/core/package-index/toy-world/toy-world.ts';
import { contents, only, world } from './toy-worlds.ts';

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

describe("pip's YAML", () => {
  test('each case is a closed world with its question', () => {
    const worlds = readPipWorlds(YAML);
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
    const { text, lost } = writePipWorld(written);
    expect(lost).toEqual([]);
    const found = only(readPipWorlds(text));
    expect(contents(found, ['a', 'b', 'c'])).toEqual(contents(written, ['a', 'b', 'c']));
    expect(found).toMatchObject({ requirements: written.requirements, options: { noDeps: true } });
    expect(found.expected?.pins).toEqual(written.expected?.pins);
  });

  test.each(['base: [', 'base: {available: [{name: A}]}', 'base: {available: ["A"]}'])(
    '%j is refused',
    (text) => {
      expect(readPipWorlds(text).ok).toBe(false);
    },
  );

  test('the steps of a case: what is there when the next begins, and options', () => {
    const worlds = readPipWorlds(`
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

  test('a transaction of 2017 says what each request adds, and what conflicts', () => {
    const worlds = readPipWorlds(`cases:
- available: [A 1.0.0; depends C == 1.0.0, B 1.0.0; depends C == 2.0.0, C 1.0.0, C 2.0.0]
  request: [{install: A}, {install: C == 2.0.0}, {install: B}]
  transaction:
  - install: [A 1.0.0, C 1.0.0]
  - install: [C 2.0.0]
  - conflicting:
    - {required_by: [A 1.0.0], selector: C == 1.0.0}
    - {required_by: [B 1.0.0], selector: C == 2.0.0}
`);
    expect(worlds.ok && worlds.value.map(({ installed, expected }) => [installed, expected])).toEqual([
      [[], { isSolvable: true, pins: ['A==1.0.0', 'C==1.0.0'], explanation: '' }],
      [['A==1.0.0', 'C==1.0.0'], { isSolvable: true, pins: ['A==1.0.0', 'C==2.0.0'], explanation: '' }],
      [
        ['A==1.0.0', 'C==2.0.0'],
        {
          isSolvable: false,
          pins: [],
          explanation: 'A 1.0.0 requires C == 1.0.0; B 1.0.0 requires C == 2.0.0',
        },
      ],
    ]);
  });

  test.each([
    ['{state: null}', false],
    ['{error: {code: 1}, state: [A 1.0]}', false],
    ['{error: {code: 0}, state: [A 1.0]}', true],
    ['{error: {stderr: incompatible}}', false],
  ])('the response %s is solvable: %s', (response, isSolvable) => {
    const found = only(
      readPipWorlds(`cases: [{available: [A 1.0], request: [{install: A}], response: [${response}]}]`),
    );
    expect(found.expected?.isSolvable).toBe(isSolvable);
  });

  test('a number is no less a version; a complaint stands where the release does', () => {
    const found = only(readPipWorlds('base: {available: [{name: A, version: 3.10}]}'));
    expect(printOverlay(found.overlay)).toBe('closed world\nA 3.10');
    const text = 'base:\n  available:\n  - A 1.0.0\n  - B 1.0; wheels ~~~\n';
    const broken = readPipWorlds(text);
    expect(broken.ok ? null : text.slice(broken.error.span.start)).toMatch(/^~/u);
  });

  test('what is no requirement stays as it is written', () => {
    const found = only(readPipWorlds('base: {available: ["A 1.0; depends openssl 1.0.*, B >=1,<2", B 1.0]}'));
    expect(printOverlay(found.overlay)).toContain('A 1.0; depends openssl 1.0.*, B >=1,<2');
  });
});

const ZAZO = `
# from a day in 2018
- name: Diamond
  index:
    - A 1.0.0; depends B & C[x] >= 1,<2
    - B 1.0.0 depends D
    - name: C
      version: 1.0.0
      depends: [D ~= 1.0.0]
      extras:
        x: [E == 1.0.0]
    - D 1.0.0
    - E 1.0.0
  actions:
    - install: A
    - {action: install, items: [B, D >= 2]}
  results:
    - graph: [A 1.0.0 -> B 1.0.0]
      set: [A 1.0.0, B 1.0.0]
    - conflicts:
      - have: D 1.0.0    (from B 1.0.0)
        want: D >= 2
      - {have: null, want: Z}
- index: [A 1.0.0-RC1]
  actions: [{install: [A]}]
  results: [{graph: null, set: []}]
`;

describe("zazo's YAML", () => {
  test('each action of each case is a closed world with its question', () => {
    const worlds = readZazoWorlds(ZAZO);
    if (!worlds.ok) throw new Error(worlds.error.message);
    expect(printOverlay(worlds.value[0]!.overlay)).toBe(`closed world
A 1.0.0; depends B, C[x] >= 1,<2
B 1.0.0; depends D
C 1.0.0; depends D ~= 1.0.0; extra x: E == 1.0.0
D 1.0.0
E 1.0.0`);
    expect(worlds.value.map(({ name, requirements, expected }) => [name, requirements, expected])).toEqual([
      [
        'Diamond, step 1',
        ['A'],
        {
          isSolvable: true,
          pins: ['A==1.0.0', 'B==1.0.0'],
          explanation: '',
          graph: ['A 1.0.0 -> B 1.0.0'],
        },
      ],
      [
        'Diamond, step 2',
        ['B', 'D >= 2'],
        {
          isSolvable: false,
          pins: [],
          explanation: 'have D 1.0.0    (from B 1.0.0), want D >= 2\nhave nothing, want Z',
        },
      ],
      ['case 2', ['A'], { isSolvable: true, pins: [], explanation: '' }],
    ]);
  });

  test('what is written reads back as the same world', () => {
    const worlds = readZazoWorlds(ZAZO);
    if (!worlds.ok) throw new Error(worlds.error.message);
    for (const given of worlds.value) {
      const { text, lost } = writeZazoWorld(given);
      expect(lost).toEqual([]);
      expect(recogniseToyWorld(text)).toBe('zazo');
      expect(only(readZazoWorlds(text))).toEqual(given);
    }
    expect(writeZazoWorld(world('a 1; python >=3.8')).lost).toContain('python of a');
  });

  test('a list of releases is an index without a question', () => {
    const text = '# an index\n- A 2.0.0; depends D ~= 2.0 & E\n\n- D 2.0.0-RC1\n';
    expect(recogniseToyWorld(text)).toBe('zazo');
    const found = only(readZazoWorlds(text));
    expect(found).toMatchObject({ requirements: [], expected: null });
    expect(printOverlay(found.overlay)).toBe('closed world\nA 2.0.0; depends D ~= 2.0, E\nD 2.0.0-RC1');
  });

  test.each([
    ['- name: x\n  index: three_way\n  actions: []', 'index in a file of its own'],
    ['- index: [A 1.0]\n  actions: [{uninstall: A}]', 'case 1: actions.0'],
    ['- index: [{name: A}]\n  actions: []', 'a name and a version'],
    ['- index: [A]\n  actions: []', 'which version'],
    ['- [', 'flow|collection|sequence'],
  ])('%j is refused with a reason', (text, reason) => {
    const worlds = readZazoWorlds(text);
    expect(worlds.ok ? '' : worlds.error.message).toMatch(new RegExp(reason, 'iu'));
  });
});

test.each<[string, ToyWorldKind | null]>([
  ['name = "x"\n[root]\nrequires = []', 'packse'],
  ['[{"name": "x", "root": {"requires": []}, "packages": {}}]', 'packse'],
  [YAML, 'pip'],
  ['cases:\n-\n  request:\n  - install: a', 'pip'],
  ['base: {available: [A 1.0]}', 'pip'],
  [ZAZO, 'zazo'],
  ['- A 1.0\n- B 2.0; depends A', 'zazo'],
  ['- A 1.0', null],
  ['- requests\n- six 1.0', null],
  ['index: a\nactions: b', null],
  ['requests>=2\nbase', null],
  ['[project]\nname = "x"\ndependencies = []', null],
  ['name: env\ndependencies:\n  - python', null],
  ['{"pip_version": "26.2", "installed": []}', null],
  ['app 1.0; depends left', null],
])('%j is recognised as %s', (text, kind) => {
  expect(recogniseToyWorld(text)).toBe(kind);
});
