import { describe, expect, test } from 'vitest';
import { makeDatedIndex } from '../../../src/core/package-index/dated-index.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts-index.ts';
import {
  makeLedger,
  PIP_ORDER,
  type Ledger,
  type LedgerRules,
} from '../../../src/core/package-index/ledger.ts';
import { makeOverlayIndex } from '../../../src/core/package-index/overlay-index.ts';
import { parseOverlay } from '../../../src/core/package-index/overlay-parse.ts';
import { isMissing, type PackageIndex } from '../../../src/core/package-index/package-index.ts';
import { parseSpecifierSet } from '../../../src/core/packaging/specifier.ts';
import { makeTargetEnvironment } from '../../../src/core/packaging/target-environment.ts';

function world(text: string): PackageIndex {
  const { overlay, errors } = parseOverlay(text);
  expect(errors).toEqual([]);
  return makeOverlayIndex(overlay, makeFactsIndex({ projects: {} }));
}

function limit(text: string, isConstraint = false, isUsers = true): LedgerRules['limits'][number] {
  const specifier = parseSpecifierSet(text);
  if (!specifier.ok) throw new Error(specifier.error.message);
  return { specifier: specifier.value, isConstraint, isUsers, source: text };
}

function ledger(text: string, rules: Partial<LedgerRules> = {}): Ledger {
  const index = world(text);
  const page = index.page('mod');
  const target = makeTargetEnvironment({ python: '3.11', platform: 'linux-x86_64' });
  if (isMissing(page) || !target.ok) throw new Error('missing');
  return makeLedger(page, {
    order: PIP_ORDER,
    tagRank: target.value.tagRank,
    python: target.value.python,
    takesWheels: true,
    takesSdists: true,
    archives: ['.tar.gz', '.zip'],
    uploadedBefore: null,
    prereleases: undefined,
    policy: 'packaging-26',
    hashes: null,
    yanked: 'last-resort-of-a-pin',
    limits: [],
    metadata: (file) => index.metadata(file),
    ...rules,
  });
}

/** `version reason` of each version, newest first. */
function summary({ versions }: Ledger): readonly string[] {
  return versions.map(({ version, reason }) => `${version} ${reason?.kind ?? 'candidate'}`);
}

describe('each reason', () => {
  const text = `mod 1.0..1.2
mod 1.3; python >=3.12
mod 1.4; wheels cp37-cp37m-win_amd64
mod 1.5; yanked "broken"
mod 1.6; unknown
mod 2.0rc1
mod 3.0; sdist only
mod 4.0; uploaded 2024-01-01`;

  test('is told, and counted by version', () => {
    const found = ledger(text, {
      takesSdists: false,
      limits: [limit('<4'), limit('!=1.0'), limit('!=1.1', true)],
    });
    expect(summary(found)).toEqual([
      '4.0 specifier',
      '3.0 format',
      '2.0rc1 prerelease',
      '1.6 metadata',
      '1.5 yanked',
      '1.4 tags',
      '1.3 python',
      '1.2 candidate',
      '1.1 constraint',
      '1.0 specifier',
    ]);
    expect(found.counts).toMatchObject({ candidate: 1, specifier: 2, constraint: 1, python: 1, hash: 0 });
  });

  test('every file has an entry, and the entry every reason that holds', () => {
    const { entries } = ledger('mod 1.0; wheels cp37-cp37m-win_amd64; python >=3.12; yanked "bad"', {
      limits: [limit('>=2')],
      hashes: ['sha256:0'],
    });
    expect(entries[0]?.reasons.map(({ kind }) => kind)).toEqual([
      'tags',
      'python',
      'specifier',
      'hash',
      'yanked',
    ]);
  });

  test('a specifier says whose it is', () => {
    const { entries } = ledger('mod 1.0', { limits: [limit('<2'), limit('>=2'), limit('==3')] });
    expect(entries[0]?.reasons).toEqual([{ kind: 'specifier', limits: [1, 2] }]);
  });

  test('a date leaves out what came at it or later, and what has none', () => {
    const uploadedBefore = Date.parse('2024-01-01T00:00:00Z');
    const found = ledger('mod 1; uploaded 2023-12-31\nmod 2; uploaded 2024-01-01\nmod 3', { uploadedBefore });
    expect(summary(found)).toEqual(['3 date', '2 date', '1 candidate']);
    expect(found.entries[2]?.reasons).toEqual([{ kind: 'date', uploadTime: null }]);
  });

  test('the version is as good as its best file', () => {
    const found = ledger('mod 1.0; wheels cp37-cp37m-win_amd64; sdist');
    expect(summary(found)).toEqual(['1.0 candidate']);
    expect(found.entries.map(({ reasons }) => reasons.length)).toEqual([1, 0]);
  });
});

describe('pre-releases', () => {
  test('are candidates when nothing else is left, when a limit names one, or when asked for', () => {
    const text = 'mod 1.0\nmod 2.0rc1';
    expect(summary(ledger(text))).toEqual(['2.0rc1 prerelease', '1.0 candidate']);
    expect(summary(ledger(text, { limits: [limit('>1.0')] }))).toEqual(['2.0rc1 candidate', '1.0 specifier']);
    expect(summary(ledger(text, { limits: [limit('>=2.0rc1')] }))[0]).toBe('2.0rc1 candidate');
    expect(summary(ledger(text, { prereleases: true }))[0]).toBe('2.0rc1 candidate');
    expect(summary(ledger('mod 2.0rc1', { prereleases: false }))).toEqual(['2.0rc1 prerelease']);
  });
});

describe('a yanked file', () => {
  const text = 'mod 1.0\nmod 2.0; yanked "bad"';
  test('is a candidate in pip when all are yanked and a limit pins', () => {
    expect(summary(ledger(text, { limits: [limit('==2.0')] }))[0]).toBe('2.0 candidate');
    expect(summary(ledger(text, { limits: [limit('>=2.0')] }))[0]).toBe('2.0 yanked');
    expect(summary(ledger(text, { limits: [limit('==2.*')] }))[0]).toBe('2.0 yanked');
  });

  test("is one in uv when the user's own line pins it, and not when a dependency does", () => {
    const yanked = 'pin-of-the-user';
    expect(summary(ledger(text, { yanked, limits: [limit('==2.0')] }))[0]).toBe('2.0 candidate');
    expect(summary(ledger(text, { yanked, limits: [limit('==2.0', false, false)] }))[0]).toBe('2.0 yanked');
  });
});

test('an index before a moment hides what came later, and keeps or hides what has no date', () => {
  const index = world(
    'mod 1; uploaded 2020-01-01\nmod 2; uploaded 2021-01-01\nmod 3\nnew 1; uploaded 2021-01-01',
  );
  const before = Date.parse('2021-01-01T00:00:00Z');
  const versions = (undated: 'kept' | 'hidden', name: string) => {
    const page = makeDatedIndex(index, before, undated).page(name);
    return isMissing(page) ? null : page.distributions.map(({ version }) => version);
  };
  expect(versions('kept', 'mod')).toEqual(['1', '3']);
  expect(versions('hidden', 'mod')).toEqual(['1']);
  expect(versions('hidden', 'new')).toEqual([]);
});
