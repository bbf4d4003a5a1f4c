import { describe, expect, test } from 'vitest';
import { makeDatedIndex, wholeIndex } from '../../../src/core/package-index/facts/dated-index.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import type { Ledger } from '../../../src/core/ledger/ledger.ts';
import { makeOverlayIndex } from '../../../src/core/package-index/overlay/overlay-index.ts';
import { parseOverlay } from '../../../src/core/package-index/overlay/overlay-parse.ts';
import { isMissing, type PackageIndex } from '../../../src/core/package-index/package-index.ts';
import { makePipLedger, type PipLedgerRules } from '../../../src/core/ledger/pip-ledger.ts';
import { pipEra } from '../../../src/core/resolver/pip/era.ts';
import type { FinderRules } from '../../../src/core/resolver/pip/finder/judge-files.ts';
import { parseSpecifierSet } from '../../../src/core/packaging/specifier.ts';
import { makeTargetEnvironment } from '../../../src/core/packaging/target-environment.ts';

function world(text: string): PackageIndex {
  const { overlay, errors } = parseOverlay(text);
  expect(errors).toEqual([]);
  return makeOverlayIndex(overlay, makeFactsIndex({ projects: {} }));
}

function limit(text: string, isConstraint = false): PipLedgerRules['limits'][number] {
  const specifier = parseSpecifierSet(text);
  if (!specifier.ok) throw new Error(specifier.error.message);
  const asker = { kind: 'line', pane: 'requirements', line: 1 } as const;
  return { specifier: specifier.value, isConstraint, asker, reachesFinder: true };
}

type Rules = Partial<Omit<PipLedgerRules, 'finder'>> &
  Partial<Omit<FinderRules, 'era'>> &
  Partial<Pick<FinderRules['era'], 'yanked' | 'buildTagFirst'>>;

function ledger(text: string, rules: Rules = {}, index = world(text)): Ledger {
  const page = index.page('mod');
  const target = makeTargetEnvironment({ python: '3.11', platform: 'linux-x86_64' });
  const era = pipEra('26.2');
  if (isMissing(page) || !target.ok || era === null) throw new Error('missing');
  const { yanked, buildTagFirst, ...rest } = { yanked: era.yanked, buildTagFirst: false, ...rules };
  const finder: FinderRules = {
    era: { ...era, yanked, buildTagFirst },
    target: target.value,
    formats: { binary: true, source: true },
    preferBinary: false,
    ignoreRequiresPython: false,
    uploadedBefore: null,
    allowsPrereleases: null,
    ...rest,
  };
  return makePipLedger(page, {
    hashes: null,
    takesFirst: false,
    limits: [],
    metadata: (file) => (isMissing(index.metadata(file)) ? 'unknown' : null),
    ...rest,
    finder,
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
      formats: { binary: true, source: false },
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
    });
    expect(entries[0]?.reasons.map(({ kind }) => kind)).toEqual(['tags', 'python', 'specifier', 'yanked']);
    const both = ledger('mod 1.0; yanked "bad"; python >=3.12\nmod 1.1').entries[0];
    expect(both?.reasons.map(({ kind }) => kind)).toEqual(['python', 'yanked']);
  });

  test('the first is the one that pip comes upon first, which a wheel and a source differ in', () => {
    const first = (filename: string, version = 'bogus') => {
      const index = makeFactsIndex({
        projects: {
          mod: {
            [version]: {
              requires: [],
              files: [{ filename, requires_python: '>=3.12', 'upload-time': '2024-06-01' }],
            },
          },
        },
      });
      const rules = {
        formats: { binary: true, source: false },
        uploadedBefore: Date.parse('2024-05-01T00:00:00Z'),
      };
      return ledger('', rules, index).entries[0]?.reasons.map(({ kind }) => kind);
    };
    // As LinkEvaluator.evaluate_link of pip 26.2 says of the same links.
    expect(first('mod-bogus-cp37-cp37m-win_amd64.whl')).toEqual(['version', 'tags', 'date', 'python']);
    expect(first('mod-bogus.tar.gz')).toEqual(['date', 'format', 'python', 'version']);
    expect(first('mod-1.0.exe', '1.0')).toEqual(['format', 'date', 'python']);
    expect(first('mod-1.0.ZIP', '1.0')?.[0]).toBe('format');
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
    expect(summary(ledger(text, { allowsPrereleases: true }))[0]).toBe('2.0rc1 candidate');
    expect(summary(ledger('mod 2.0rc1', { allowsPrereleases: false }))).toEqual(['2.0rc1 prerelease']);
  });
});

describe('a yanked file', () => {
  const text = 'mod 1.0\nmod 2.0; yanked "bad"';
  test('is a candidate in pip when all are yanked and a limit pins', () => {
    expect(summary(ledger(text, { limits: [limit('==2.0')] }))[0]).toBe('2.0 candidate');
    expect(summary(ledger(text, { limits: [limit('>=2.0')] }))[0]).toBe('2.0 yanked');
    expect(summary(ledger(text, { limits: [limit('==2.*')] }))[0]).toBe('2.0 yanked');
  });

  test('is one before pip 22.0 when all are yanked, and before 20.3.2 always', () => {
    expect(summary(ledger(text, { yanked: 'if-all', limits: [limit('>=2.0')] }))[0]).toBe('2.0 candidate');
    expect(summary(ledger(text, { yanked: 'if-all' }))[0]).toBe('2.0 yanked');
    expect(summary(ledger(text, { yanked: 'last' }))[0]).toBe('2.0 candidate');
  });
});

describe('a hash', () => {
  const [good, bad] = ['a'.repeat(64), 'b'.repeat(64)];
  const file = (version: string, sha256?: string) => ({
    [version]: {
      requires: [],
      files: [{ filename: `mod-${version}-py3-none-any.whl`, ...(sha256 ? { sha256 } : {}) }],
    },
  });
  const index = makeFactsIndex({
    projects: { mod: { ...file('1.0', good), ...file('2.0', bad), ...file('3.0') } },
  });

  test('leaves out files with another one, and keeps those that have none', () => {
    const found = ledger('', { hashes: [`sha256:${good}`] }, index);
    expect(summary(found)).toEqual(['3.0 candidate', '2.0 hash', '1.0 candidate']);
  });

  test('that no file has leaves out nothing: pip says later which it found', () => {
    expect(summary(ledger('', { hashes: ['sha256:0'] }, index))).toEqual([
      '3.0 candidate',
      '2.0 candidate',
      '1.0 candidate',
    ]);
  });
});

describe('of several files of a version', () => {
  const best = (text: string, rules: Partial<PipLedgerRules> = {}) => {
    const found = ledger(text, rules);
    return found.entries[found.versions[0]!.best!]?.file.filename;
  };

  test('the best tag is taken, the sdist last', () => {
    expect(best('mod 1.0; wheels py3-none-any, cp311-cp311-manylinux_2_17_x86_64; sdist')).toContain('cp311');
  });

  test('invalid metadata of the best costs the version, unknown metadata only the file', () => {
    const text = 'mod 1.0; wheels py3-none-any; sdist';
    const fault = (state: 'invalid' | 'unknown') => ({
      metadata: ({ kind }: { kind: string }) => (kind === 'wheel' ? state : null),
    });
    expect(summary(ledger(text, fault('invalid')))).toEqual(['1.0 metadata']);
    expect(best(text, fault('unknown'))).toBe('mod-1.0.tar.gz');
  });
});

test('an index before a moment hides what came later, and keeps what has no date', () => {
  const index = world(
    'mod 1; uploaded 2020-01-01\nmod 2; uploaded 2021-01-01\nmod 3\nnew 1; uploaded 2021-01-01',
  );
  const dated = makeDatedIndex(index, Date.parse('2021-01-01T00:00:00Z'));
  const versions = (name: string) => {
    const page = dated.page(name);
    return isMissing(page) ? null : page.distributions.map(({ version }) => version);
  };
  expect(versions('mod')).toEqual(['1', '3']);
  expect(versions('new')).toEqual([]);
  expect(wholeIndex(dated)).toBe(index);
  expect(wholeIndex(index)).toBe(index);
});
