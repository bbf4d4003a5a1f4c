import { describe, expect, test } from 'vitest';
import { readVersion } from '../../../src/core/packaging/legacy-version.ts';
import { parseRequirement } from '../../../src/core/packaging/requirement.ts';
import {
  filterVersions,
  parseSpecifierSet,
  specifierSetContains,
  type SpecifierSet,
} from '../../../src/core/packaging/specifier.ts';
import { compareVersions, isPrerelease } from '../../../src/core/packaging/version.ts';
import { policyOf, readFixture, toBits } from './fixtures.ts';

const table = readFixture('legacy') as {
  readonly old: string;
  readonly middle: string;
  readonly versions: readonly string[];
  /** How many of the versions are earlier than each. */
  readonly order: readonly number[];
  readonly specifiers: readonly (readonly [string, string | null])[];
  readonly contains: readonly (readonly string[])[];
  readonly lists: readonly (readonly number[])[];
  readonly filter: readonly (readonly string[])[];
  readonly requirements: readonly (readonly [string, string | null])[];
  readonly messages: readonly (readonly [string, (string | null)?, number?, number?])[];
};

const policy = policyOf(table.old);
const versions = table.versions.map((text) => readVersion(text, policy)!);
const readable = table.specifiers.flatMap(([text]) => {
  const parsed = parseSpecifierSet(text, policy);
  return parsed.ok ? [parsed.value] : [];
});
const ASKED = [undefined, true, false] as const;

/** Differences of one row per set, three columns for what is asked of pre-releases. */
function differences(
  theirs: readonly (readonly string[])[],
  ours: (set: SpecifierSet, prereleases: boolean | undefined) => string,
): readonly string[] {
  expect(theirs.length).toBe(readable.length);
  return readable.flatMap((set, row) =>
    ASKED.flatMap((prereleases, column) => {
      const answer = ours(set, prereleases);
      const expected = theirs[row]?.[column];
      return answer === expected
        ? []
        : [`${set.text} ${String(prereleases)}: ${expected ?? ''}, ours ${answer}`];
    }),
  );
}

describe(`beyond PEP 440, as packaging ${table.old} does`, () => {
  test('orders versions', () => {
    const ours = versions.map(
      (version) => versions.filter((other) => compareVersions(other, version) < 0).length,
    );
    expect(ours).toEqual(table.order);
  });

  test('from 22 on there are no legacy versions', () => {
    expect(readVersion('2011k', 'packaging-24')).toBeNull();
    expect(readVersion('1.0', 'packaging-24')?.text).toBe('1.0');
  });

  test('a legacy version is no pre-release', () => {
    expect(versions.filter((version) => version.legacy !== null).some(isPrerelease)).toBe(false);
  });

  test('reads specifiers', () => {
    const ours = table.specifiers.map(([text]) => {
      const parsed = parseSpecifierSet(text, policy);
      return [text, parsed.ok ? parsed.value.text : null];
    });
    expect(ours).toEqual(table.specifiers);
  });

  test('containment', () => {
    const wrong = differences(table.contains, (set, prereleases) =>
      toBits(versions.map((version) => specifierSetContains(set, version, { prereleases, policy }))),
    );
    expect(wrong).toEqual([]);
  });

  test('filtering', () => {
    const wrong = differences(table.filter, (set, prereleases) =>
      table.lists
        .map((list) => {
          const candidates = list.map((index) => versions[index]!);
          const kept = new Set(filterVersions(set, candidates, { prereleases, policy }));
          return toBits(candidates.map((candidate) => kept.has(candidate)));
        })
        .join(' '),
    );
    expect(wrong).toEqual([]);
  });

  test('reads requirements', () => {
    const ours = table.requirements.map(([text]) => {
      const parsed = parseRequirement(text, policy);
      return [text, parsed.ok ? parsed.value.specifier.text : null];
    });
    expect(ours).toEqual(table.requirements);
  });
});

test(`words errors as packaging ${table.middle} does`, () => {
  const ours = table.messages.map(([text, message]) => {
    const parsed = parseRequirement(text, policyOf(table.middle));
    if (parsed.ok) return [text];
    const { span } = parsed.error;
    return message === null ? [text, null] : [text, parsed.error.message, span.start, span.end];
  });
  expect(ours).toEqual(table.messages);
});
