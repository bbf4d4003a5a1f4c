/** What must hold for every version, specifier and marker; texts from `arbitraries.ts`. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizeName } from '../../../src/core/packaging/name.ts';
import type { PrereleasePolicy } from '../../../src/core/packaging/prerelease-policy.ts';
import { parseRequirement } from '../../../src/core/packaging/requirement.ts';
import {
  EMPTY_SPECIFIER_SET,
  filterVersions,
  intersectSpecifierSets,
  parseSpecifierSet,
  specifierContains,
  specifierSetContains,
} from '../../../src/core/packaging/specifier.ts';
import { specifierSetRange } from '../../../src/core/packaging/specifier-range.ts';
import {
  compareVersions,
  formatVersion,
  isPrerelease,
  parseVersion,
} from '../../../src/core/packaging/version.ts';
import { anyText, specifierSetText, versionText } from './arbitraries.ts';
import { readFixture, valueOf } from './fixtures.ts';

const version = versionText.map((text) => valueOf(parseVersion(text)));
const specifierSet = specifierSetText.map((text) => valueOf(parseSpecifierSet(text)));
const policy = fc.constantFrom<PrereleasePolicy>(
  'packaging-26',
  'packaging-25',
  'packaging-24',
  'packaging-20',
);
const RUNS = { numRuns: 2000 };

describe('the order of versions', () => {
  test('is antisymmetric, and an order of equals only among equals', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
      }),
      RUNS,
    );
  });

  test('is transitive', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const [low, middle, high] = [a, b, c].toSorted(compareVersions);
        expect(compareVersions(low!, middle!)).toBeLessThanOrEqual(0);
        expect(compareVersions(middle!, high!)).toBeLessThanOrEqual(0);
        expect(compareVersions(low!, high!)).toBeLessThanOrEqual(0);
      }),
      RUNS,
    );
  });
});

test('reading what was written gives the same version', () => {
  fc.assert(
    fc.property(version, (value) => {
      expect(valueOf(parseVersion(formatVersion(value)))).toEqual(value);
    }),
    RUNS,
  );
});

test('reading what was written gives the same set', () => {
  fc.assert(
    fc.property(specifierSet, (set) => {
      expect(valueOf(parseSpecifierSet(set.text))).toEqual(set);
    }),
    RUNS,
  );
});

test('a requirement that was read and written twice stays as it is', () => {
  const { valid } = readFixture('requirements') as { readonly valid: readonly (readonly string[])[] };
  // Once is not enough: `packaging` drops parentheses that it then no longer finds, and never escapes quotes.
  const rewritten = valid.map((row) => parseRequirement(row.at(-1)!)).filter((parsed) => parsed.ok);
  expect(rewritten.length).toBeGreaterThan(valid.length * 0.95);
  for (const { value } of rewritten) expect(valueOf(parseRequirement(value.text)).text).toBe(value.text);
});

test('normalising a name twice is normalising it once', () => {
  fc.assert(
    fc.property(anyText, (text) => normalizeName(normalizeName(text)) === normalizeName(text)),
    RUNS,
  );
});

describe('intersection', () => {
  test('is commutative, associative, idempotent, and has a unit', () => {
    fc.assert(
      fc.property(specifierSet, specifierSet, specifierSet, (a, b, c) => {
        expect(intersectSpecifierSets(a, b)).toEqual(intersectSpecifierSets(b, a));
        expect(intersectSpecifierSets(intersectSpecifierSets(a, b), c)).toEqual(
          intersectSpecifierSets(a, intersectSpecifierSets(b, c)),
        );
        expect(intersectSpecifierSets(a, a)).toEqual(a);
        expect(intersectSpecifierSets(a, EMPTY_SPECIFIER_SET)).toEqual(a);
      }),
      RUNS,
    );
  });

  test('admits what both admit', () => {
    fc.assert(
      fc.property(specifierSet, specifierSet, version, policy, (a, b, value, rules) => {
        const options = { prereleases: true, policy: rules };
        const both = specifierSetContains(a, value, options) && specifierSetContains(b, value, options);
        expect(specifierSetContains(intersectSpecifierSets(a, b), value, options)).toBe(both);
      }),
      RUNS,
    );
  });
});

describe('filtering', () => {
  test('keeps what the set contains, when it is said what to do with pre-releases', () => {
    fc.assert(
      fc.property(
        specifierSet,
        fc.array(version),
        fc.boolean(),
        policy,
        (set, versions, prereleases, rules) => {
          const options = { prereleases, policy: rules };
          const contained = versions.filter((value) => specifierSetContains(set, value, options));
          expect(filterVersions(set, versions, options)).toEqual(contained);
        },
      ),
      RUNS,
    );
  });

  test('of one version keeps it when the set contains it, from 26 on', () => {
    fc.assert(
      fc.property(specifierSet, version, (set, value) => {
        expect(filterVersions(set, [value]).length === 1).toBe(specifierSetContains(set, value));
      }),
      RUNS,
    );
  });

  test('never keeps a pre-release beside a final release unless the set names one', () => {
    fc.assert(
      fc.property(specifierSet, fc.array(version), (set, versions) => {
        const kept = filterVersions(set, versions);
        const finals = kept.filter((value) => !isPrerelease(value));
        const asks = set.specifiers.some(({ operator, version: bound }) => {
          return operator !== '!=' && bound !== null && isPrerelease(bound);
        });
        expect(asks || finals.length === 0 || finals.length === kept.length).toBe(true);
      }),
      RUNS,
    );
  });
});

test('complementary specifiers divide all versions', () => {
  fc.assert(
    fc.property(versionText, version, (text, value) => {
      const [equal, different] = ['==', '!='].map((operator) => valueOf(parseSpecifierSet(operator + text)));
      const contains = (set: typeof equal): boolean => specifierContains(set!.specifiers[0]!, value);
      expect(contains(equal)).toBe(!contains(different));
    }),
    RUNS,
  );
});

test('a set admits the versions that lie in its range', () => {
  fc.assert(
    fc.property(specifierSet, version, (set, value) => {
      const admits = specifierSetContains(set, value, { prereleases: true });
      expect([set.text, value.text, specifierSetRange(set).contains(value)]).toEqual([
        set.text,
        value.text,
        admits,
      ]);
    }),
    { numRuns: 5000 },
  );
});
