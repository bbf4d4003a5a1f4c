import { describe, expect, test } from 'vitest';
import {
  evaluateMarker,
  formatMarker,
  parseMarker,
  type MarkerEnvironment,
} from '../../../src/core/packaging/marker.ts';
import { evaluatePythonString } from '../../../src/core/packaging/python-text.ts';
import type { PrereleasePolicy } from '../../../src/core/packaging/prerelease-policy.ts';
import { policyOf, readFixture, valueOf } from './fixtures.ts';

const table = readFixture('markers') as {
  readonly packaging: string;
  readonly keys: readonly (keyof MarkerEnvironment)[];
  readonly environments: readonly (readonly string[])[];
  readonly extras: readonly string[];
  readonly valid: readonly (readonly [string, string])[];
  readonly broken: readonly (readonly [string, string | null, number | null, number | null])[];
  readonly releases: Readonly<Record<string, readonly (string | null)[]>>;
};

const environments = table.environments.map(
  (values) =>
    Object.fromEntries(table.keys.map((key, index) => [key, values[index]])) as unknown as MarkerEnvironment,
);
const markers = table.valid.map(([text]) => valueOf(parseMarker(text)));

test(`writes ${markers.length} markers as packaging ${table.packaging} does`, () => {
  expect(markers.map((marker, index) => [table.valid[index]![0], formatMarker(marker)])).toEqual(table.valid);
});

test(`refuses ${table.broken.length} texts, with the same message at the same place`, () => {
  const ours = table.broken.map(([text, message]) => {
    const result = parseMarker(text);
    if (result.ok) return [text, 'read'];
    if (message === null) return [text, null, null, null];
    return [text, result.error.message, result.error.span.start, result.error.span.end];
  });
  expect(ours).toEqual(table.broken);
});

describe.each(Object.entries(table.releases))('evaluated as packaging %s does', (release, verdicts) => {
  const policy = policyOf(release);
  test(`${markers.length} markers × ${environments.length} environments × ${table.extras.length} extras`, () => {
    const wrong: string[] = [];
    markers.forEach((marker, index) => {
      const theirs = verdicts[index];
      if (theirs === undefined || theirs === null) return;
      const ours = environments.flatMap((environment) =>
        table.extras.map((extra) => (evaluateMarker(marker, environment, extra, policy) ? 'T' : 'F')),
      );
      const same = ours.every((verdict, position) => {
        // Where Python raises (E) there is no verdict to compare with. Before 26 a given `3.6.15+` was
        // not read as `3.6.15+local`, only the running Python's own.
        const isUnrepaired = policy !== 'packaging-26' && Math.floor(position / table.extras.length) === 3;
        return theirs[position] === 'E' || isUnrepaired || theirs[position] === verdict;
      });
      if (!same) wrong.push(`${table.valid[index]![0]}: ${theirs}, ours ${ours.join('')}`);
    });
    expect(wrong).toEqual([]);
  });
});

test('a marker sent to another thread means the same', () => {
  for (const marker of markers.slice(0, 200)) {
    const clone = structuredClone(marker);
    expect(clone).toEqual(marker);
    expect(evaluateMarker(clone, environments[0]!)).toBe(evaluateMarker(marker, environments[0]!));
  }
});

test('quoted strings are read as Python reads them', () => {
  const { strings } = readFixture('filenames') as {
    readonly strings: readonly (readonly [string, string | null])[];
  };
  expect(strings.map(([text]) => [text, evaluatePythonString(text)])).toEqual(strings);
});

describe('releases before 26', () => {
  test('had no variables of lock files before 25', () => {
    expect(
      ['packaging-20', 'packaging-24', 'packaging-25', 'packaging-26'].map((policy) => [
        parseMarker('extras == "x"', policy as PrereleasePolicy).ok,
        parseMarker('"x" in dependency_groups', policy as PrereleasePolicy).ok,
      ]),
    ).toEqual([
      [false, false],
      [false, false],
      [true, true],
      [true, true],
    ]);
  });

  test.each([
    ['packaging-26', 'extra == "a-b" and extra == "c-d" and extra == "E_f"'],
    ['packaging-25', 'extra == "a-b" and extra == "C_d" and extra == "E_f"'],
    ['packaging-24', 'extra == "a-b" and extra == "C_d" and extra == "E_f"'],
    ['packaging-20', 'extra == "A_b" and extra == "C_d" and extra == "E_f"'],
  ] as const)('%s normalises these names of extras', (policy, text) => {
    const marker = valueOf(parseMarker("extra == 'A_b' and extra == 'C_d' and (extra == 'E_f')", policy));
    expect(formatMarker(marker)).toBe(text);
  });

  test('compared the normal forms of texts after `===`', () => {
    const marker = valueOf(parseMarker('python_full_version === "3.13A1"'));
    const environment = { ...environments[0]!, python_full_version: '3.13a1' };
    const other = valueOf(parseMarker('"3.13a" === python_full_version'));
    expect(evaluateMarker(marker, environment, '', 'packaging-26')).toBe(true);
    expect(evaluateMarker(marker, environment, '', 'packaging-25')).toBe(true);
    const unusual = { ...environment, python_full_version: '3.13a' };
    expect(evaluateMarker(other, unusual, '', 'packaging-26')).toBe(true);
    expect(evaluateMarker(other, unusual, '', 'packaging-25')).toBe(false);
  });
});
