import { describe, expect, test } from 'vitest';
import {
  compareVersions,
  formatVersion,
  isPrerelease,
  parseVersion,
  versionsEqual,
} from '../../../src/core/packaging/version.ts';
import { readFixture, valueOf } from './fixtures.ts';

const table = readFixture('versions') as {
  readonly packaging: string;
  readonly valid: readonly (readonly [string, string, number])[];
  readonly invalid: readonly (readonly [string, string])[];
  readonly order: readonly string[];
};

describe(`as packaging ${table.packaging} does`, () => {
  test(`reads ${table.valid.length} versions and writes their normal form`, () => {
    const ours = table.valid.map(([text]) => {
      const version = valueOf(parseVersion(text));
      return [text, formatVersion(version), isPrerelease(version) ? 1 : 0];
    });
    expect(ours).toEqual(table.valid);
  });

  test(`refuses ${table.invalid.length} texts with the same message`, () => {
    const ours = table.invalid.map(([text]) => {
      const result = parseVersion(text);
      return [text, result.ok ? null : result.error.message];
    });
    expect(ours).toEqual(table.invalid);
  });

  test(`orders all pairs of ${table.order.length} versions`, () => {
    const versions = table.order.map((text) => valueOf(parseVersion(text)));
    const wrong: string[] = [];
    versions.forEach((a, i) => {
      versions.forEach((b, j) => {
        if (Math.sign(compareVersions(a, b)) !== Math.sign(i - j)) wrong.push(`${a.text} ${b.text}`);
      });
    });
    expect(wrong).toEqual([]);
  });
});

describe('numbers too long for a double', () => {
  test('keep their order and their text', () => {
    const texts = [
      '1.dev9007199254740992',
      '1.dev9007199254740993',
      '1.dev90071992547409930',
      '1.dev90071992547409931',
    ];
    const versions = texts.map((text) => valueOf(parseVersion(text)));
    expect(versions.toReversed().toSorted(compareVersions).map(formatVersion)).toEqual(texts);
  });

  test('keep their order in local labels, above words', () => {
    const texts = ['1+a', '1+9007199254740992', '1+9007199254740993', '1+10000000000000000'];
    const versions = texts.map((text) => valueOf(parseVersion(text)));
    expect(versions.toReversed().toSorted(compareVersions).map(formatVersion)).toEqual(texts);
  });
});

test('survives being sent to another thread', () => {
  const version = valueOf(parseVersion('1!2.0rc1.post2.dev3+x.4'));
  expect(versionsEqual(structuredClone(version), version)).toBe(true);
  expect(structuredClone(version)).toEqual(version);
});
