import { describe, expect, test } from 'vitest';
import { parseOverlay } from '../../../src/core/package-index/overlay/overlay-parse.ts';
import { printOverlay } from '../../../src/core/package-index/overlay/overlay-print.ts';
import { recogniseToyWorld } from '../../../src/core/package-index/toy-world/toy-world-kind.ts';
import { readPackse } from '../../../src/core/package-index/toy-world/toy-world-packse.ts';
import { writePackse } from '../../../src/core/package-index/toy-world/toy-world-packse-text.ts';
import { readSharedJson } from '../../shared-data.ts';
import { contents, only, world } from './toy-worlds.ts';

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
      'closed world\na 1.0..1.2; depends b, c >=1,<2; extra x: d\nb 2.0; sdist only; yanked\nc 1; wheels cp311-cp311-linux_x86_64; python >=3.8\nd 1; wheels none; uploaded 2020-01-01\ne 1; sdist; uploaded 2020-01-02T03:04:05Z',
    );
    const { text, lost } = writePackse(written);
    expect(lost).toEqual([]);
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const found = only(readPackse(text));
    expect(contents(found, names)).toEqual(contents(written, names));
    expect({ ...found, overlay: null }).toEqual({ ...written, overlay: null });
  });

  test('what packse has no words for is named', () => {
    expect(writePackse(world('a 1; unknown; yanked "bad"\nremove b')).lost).toEqual([
      'unknown of a',
      'remove b',
      'why a is yanked',
    ]);
    const unasked = { ...world('a 1'), expected: null };
    expect(writePackse(unasked).lost).toEqual([expect.stringContaining('expected')]);
  });

  test('two statements on a release, and on an extra, are written as one', () => {
    const written = world('closed world\na 1; depends b\na 1; extra x: c; extra x: d');
    expect(contents(only(readPackse(writePackse(written).text)), ['a'])).toEqual(contents(written, ['a']));
  });

  test("an upload time, of uv's own scenarios, and what versions are wanted", () => {
    const found = only(
      readPackse(`name = "dated"
[root]
requires = ["a"]
[resolver_options]
resolution = "lowest"
[packages.a.versions."1.0.0"]
wheel = { upload_time = "2024-01-02T00:00:00Z" }
[packages.a.versions."2.0.0"]
wheel = false
sdist = { upload_time = "2024-01-03T00:00:00Z" }`),
    );
    expect(found.options).toEqual({ resolution: 'lowest' });
    expect(printOverlay(found.overlay)).toBe(`closed world
a 1.0.0; uploaded 2024-01-02T00:00:00Z; sdist
a 2.0.0; uploaded 2024-01-03T00:00:00Z; sdist only`);
  });

  test('below Python 3.12 the default of releases that do not say is written out', () => {
    const text = (release: string) => `name = "old"
[root]
requires = ["a"]
[environment]
python = "3.11"
[packages.a.versions."1.0.0"]
sdist = false
${release}`;
    const line = (release: string) => printOverlay(only(readPackse(text(release))).overlay).split('\n')[1];
    expect(line('')).toBe('a 1.0.0; python >=3.12');
    expect(line('requires_python = ""')).toBe('a 1.0.0');
    expect(line('requires_python = ">=3.8"')).toBe('a 1.0.0; python >=3.8');
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
});

interface PackseOracle {
  readonly scenarios: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly root: object;
        readonly packages: Readonly<Record<string, Readonly<Record<string, object>>>>;
        readonly expected: object;
      }
    >
  >;
}

function versionsOf(packages: PackseOracle['scenarios'][string]['packages']): object {
  return Object.fromEntries(Object.entries(packages).map(([name, versions]) => [name, { versions }]));
}

test("every scenario of packse's can be written down, and reads back", () => {
  const { scenarios } = readSharedJson('oracles/packse.json') as PackseOracle;
  for (const { name, root, packages, expected } of Object.values(scenarios)) {
    const given = only(readPackse(JSON.stringify({ name, root, packages: versionsOf(packages), expected })));
    const { text } = writePackse(given);
    expect(recogniseToyWorld(text)).toBe('packse');
    const found = only(readPackse(text));
    const names = Object.keys(packages);
    expect(contents(found, names)).toEqual(contents(given, names));
    expect({ ...found, overlay: null }).toEqual({ ...given, overlay: null });
    const printed = parseOverlay(printOverlay(given.overlay));
    expect([name, printed.errors]).toEqual([name, []]);
    expect(contents({ ...given, overlay: printed.overlay }, names)).toEqual(contents(given, names));
  }
});
