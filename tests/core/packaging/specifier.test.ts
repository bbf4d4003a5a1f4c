import { describe, expect, test } from 'vitest';
import {
  filterVersions,
  intersectSpecifierSets,
  parseSpecifier,
  parseSpecifierSet,
  specifierContains,
  specifierSetContains,
} from '../../../src/core/packaging/specifier.ts';
import { parseVersion } from '../../../src/core/packaging/version.ts';
import { policyOf, readFixture, toBits, valueOf } from './fixtures.ts';

type Asked = 'unset' | 'true' | 'false';

const table = readFixture('specifiers') as {
  readonly packaging: string;
  readonly versions: readonly string[];
  readonly specifiers: readonly string[];
  readonly sets: readonly (readonly [string, string])[];
  readonly lists: readonly (readonly number[])[];
  readonly broken: readonly (readonly [string, string | null])[];
  readonly releases: Readonly<
    Record<
      string,
      {
        readonly single: readonly (string | null)[];
        readonly set: Readonly<Record<Asked, readonly (string | null)[]>>;
        readonly filter: Readonly<Record<Asked, readonly (string | null)[]>>;
      }
    >
  >;
};

const versions = table.versions.map((text) => valueOf(parseVersion(text)));
const singles = table.specifiers.map((text) => valueOf(parseSpecifier(text)));
const sets = table.sets.map(([text]) => valueOf(parseSpecifierSet(text)));
const ASKED = { unset: undefined, true: true, false: false } as const;

test(`writes ${sets.length} sets as packaging ${table.packaging} does`, () => {
  expect(sets.map((set, index) => [table.sets[index]![0], set.text])).toEqual(table.sets);
});

test('refuses what packaging refuses, with the same message', () => {
  const ours = table.broken.map(([text]) => {
    const result = parseSpecifier(text);
    return [text, result.ok ? null : result.error.message];
  });
  expect(ours).toEqual(table.broken);
});

test('an error in a set covers the specifier that is wrong', () => {
  const result = parseSpecifierSet('>=1.0, >=2011k ,<3');
  expect(result).toEqual({
    ok: false,
    error: { message: "Invalid specifier: '>=2011k'", span: { start: 7, end: 14 } },
  });
});

describe.each(Object.entries(table.releases))('rules of packaging %s', (release, expected) => {
  const policy = policyOf(release);
  const sets = table.sets.map(([text]) => valueOf(parseSpecifierSet(text, policy)));

  /** What the release answered, and what we answer, where it has an answer. */
  function differences(
    theirs: readonly (string | null)[],
    ours: readonly string[],
    names: readonly string[],
  ): readonly string[] {
    return theirs.flatMap((answer, index) =>
      answer === null || answer === ours[index] ? [] : [`${names[index]!}: ${answer}, ours ${ours[index]!}`],
    );
  }

  test(`${singles.length} specifiers × ${versions.length} versions`, () => {
    const ours = singles.map((specifier) =>
      toBits(versions.map((version) => specifierContains(specifier, version, policy))),
    );
    expect(differences(expected.single, ours, table.specifiers)).toEqual([]);
  });

  test.each(Object.entries(ASKED))('sets, prereleases %s', (asked, prereleases) => {
    const ours = sets.map((set) =>
      toBits(versions.map((version) => specifierSetContains(set, version, { prereleases, policy }))),
    );
    const names = table.sets.map(([text]) => text);
    expect(differences(expected.set[asked as Asked], ours, names)).toEqual([]);
  });

  test.each(Object.entries(ASKED))(
    `${table.lists.length} lists filtered, prereleases %s`,
    (asked, prereleases) => {
      const ours = sets.map((set) =>
        table.lists
          .map((list) => {
            const candidates = list.map((index) => versions[index]!);
            const kept = new Set(filterVersions(set, candidates, { prereleases, policy }));
            return toBits(candidates.map((candidate) => kept.has(candidate))) || '-';
          })
          .join(' '),
      );
      const names = table.sets.map(([text]) => text);
      expect(differences(expected.filter[asked as Asked], ours, names)).toEqual([]);
    },
  );
});

test('an intersection is written like the set read from both texts', () => {
  for (let index = 1; index < sets.length; index++) {
    const [a, b] = [sets[index - 1]!, sets[index]!];
    const joined = valueOf(parseSpecifierSet(`${a.text},${b.text}`));
    expect(intersectSpecifierSets(a, b).text).toBe(joined.text);
  }
});

test('numbers too long for a double are told apart in wildcards and beside < and >', () => {
  const admits = (set: string, version: string): boolean =>
    specifierSetContains(valueOf(parseSpecifierSet(set)), valueOf(parseVersion(version)));
  expect(admits('==9007199254740992.*', '9007199254740993.1')).toBe(false);
  expect(admits('==9007199254740993.*', '9007199254740993.1')).toBe(true);
  expect(admits('~=1!9007199254740993.0', '1!9007199254740992.5')).toBe(false);
  expect(admits('<9007199254740993', '9007199254740992a1')).toBe(true);
});
