import { describe, expect, test } from 'vitest';
import { isValidName, normalizeName } from '../../../src/core/packaging/name.ts';
import { parseSdistFilename } from '../../../src/core/packaging/sdist-filename.ts';
import { compareBuildTags, parseWheelFilename } from '../../../src/core/packaging/wheel-filename.ts';
import { parseVersion } from '../../../src/core/packaging/version.ts';
import { readFixture } from './fixtures.ts';

const table = readFixture('filenames') as {
  readonly packaging: string;
  readonly names: readonly (readonly [string, string, number])[];
  /** File name; what `packaging` reads, or its message; what pip before 25.3 reads. */
  readonly wheels: readonly (readonly [
    string,
    readonly [string, string, readonly (number | string)[], readonly string[]] | string,
    readonly [string, string, string, readonly string[]] | null,
  ])[];
  readonly sdists: readonly (readonly [string, readonly [string, string] | string])[];
  /** File name, project whose page it is on, and the text that pip takes for its version. */
  readonly project_sdists: readonly (readonly [string, string, string | null])[];
};

test('normalises names, and knows valid ones', () => {
  expect(table.names.map(([name]) => [name, normalizeName(name), isValidName(name) ? 1 : 0])).toEqual(
    table.names,
  );
});

describe(`wheel names as packaging ${table.packaging} reads them`, () => {
  test.each(table.wheels)('%s', (filename, expected) => {
    const result = parseWheelFilename(filename);
    if (!result.ok) {
      expect(result.error.message).toBe(expected);
      return;
    }
    const { name, version, build, tags } = result.value;
    const digits = /^\d+/.exec(build)?.[0];
    const parts = digits === undefined ? [] : [Number(digits), build.slice(digits.length)];
    expect([name, version.text, parts, tags.toSorted()]).toEqual(expected);
  });
});

describe('wheel names as pip before 25.3 reads them', () => {
  const readable = table.wheels.filter(([, , pip]) => pip === null || parseVersion(pip[1]).ok);
  test.each(readable)('%s', (filename, _packaging, expected) => {
    const result = parseWheelFilename(filename, 'pip');
    if (expected === null) {
      expect(result.ok).toBe(false);
      return;
    }
    expect(result.ok).toBe(true);
    if (!result.ok) return;
    const { name, version, build, tags } = result.value;
    const theirs = parseVersion(expected[1]);
    expect([name, version.text, build, tags.toSorted()]).toEqual([
      normalizeName(expected[0]),
      theirs.ok ? theirs.value.text : null,
      expected[2],
      expected[3],
    ]);
  });
});

describe('source archives', () => {
  test.each(table.sdists)('%s as packaging reads it', (filename, expected) => {
    const result = parseSdistFilename(filename);
    expect(result.ok ? [result.value.name, result.value.version.text] : result.error.message).toEqual(
      expected,
    );
  });

  test(`${table.project_sdists.length} on a project's page, as pip reads them`, () => {
    const ours = table.project_sdists.map(([filename, project, expected]) => {
      const result = parseSdistFilename(filename, project);
      return [
        filename,
        project,
        result.ok ? result.value.version.text : normalForm(expected) === null ? null : 'refused',
      ];
    });
    expect(ours).toEqual(
      table.project_sdists.map(([filename, project, text]) => [filename, project, normalForm(text)]),
    );
  });
});

function normalForm(text: string | null): string | null {
  const version = text === null ? null : parseVersion(text);
  return version?.ok === true ? version.value.text : null;
}

test('build tags: none, then by number, then by text', () => {
  const sorted = ['', '1', '1_2', '1a', '2abc', '007', '10'];
  expect(sorted.toReversed().toSorted(compareBuildTags)).toEqual(sorted);
});

test('tags are lower-cased one by one', () => {
  const parsed = parseWheelFilename('a-1-PY3-none-anyΣ.py3.whl');
  expect(parsed.ok && parsed.value.tags).toEqual(['py3-none-anyς', 'py3-none-py3']);
});
