/**
 * The ledger against the engines: on random pages, lines and options, what it calls a candidate is what the engine was
 * offered. Every release needs a project that is not there, so that a search has to go through all of them.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolvePipTelling } from '../../../src/core/explain/pip/tell.ts';
import { resolveLegacyTelling } from '../../../src/core/explain/pip/legacy-text.ts';
import { resolveUv } from '../../../src/core/explain/uv/uv-engine.ts';
import { ledgerOf } from '../../../src/core/ledger/problem-ledger.ts';
import { runProblem, type Run } from '../../../src/core/headless/run.ts';
import type { Facts, ReleaseFacts } from '../../../src/core/package-index/facts/facts.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import type { Ledger } from '../../../src/core/ledger/ledger.ts';
import { readVersion } from '../../../src/core/packaging/legacy-version.ts';
import { makeProblem, type ProblemInput } from '../../../src/core/problem/problem.ts';
import { RELEASES } from '../../../src/core/manifest/tool-releases.ts';
import { resolveChronological } from '../../../src/core/resolver/chronological/resolve.ts';
import { EVENT_CODE } from '../../../src/core/resolver/events.ts';

const [GOOD, BAD] = ['a'.repeat(64), 'b'.repeat(64)];

const file = fc.record(
  {
    name: fc.constantFrom(
      'py3-none-any.whl',
      'cp311-cp311-manylinux_2_17_x86_64.whl',
      '1-py3-none-any.whl',
      'cp37-cp37m-win_amd64.whl',
      'tar.gz',
      'exe',
    ),
    sha256: fc.constantFrom(GOOD, BAD),
    requires_python: fc.constantFrom('>=3.8', '>=3.12', '<3.11', 'nonsense'),
    yanked: fc.constantFrom<(boolean | string)[]>(false, true, 'broken'),
    'upload-time': fc.constantFrom(
      '2024-01-01',
      '2024-05-01T00:00:00Z',
      '2024-05-01T12:00:00Z',
      '2024-06-01',
    ),
  },
  { requiredKeys: ['name', 'upload-time'] },
);

const VERSIONS = ['1.0', '1.1', '1.5rc1', '2.0', '2.0.post1', '2.1.dev1', '2.1', '3.0a1', '2011k'];

/** Whether a missing time ends everything is another test's question: here every file has one. */
const mod = fc
  .uniqueArray(
    fc.record({
      version: fc.constantFrom(...VERSIONS),
      files: fc.uniqueArray(file, { minLength: 1, maxLength: 3, selector: ({ name }) => name }),
      requires: fc.constantFrom('nowhere', 'nowhere >=1', 'not! a requirement'),
      unknown: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 1, maxLength: 6, selector: ({ version }) => version },
  )
  .map((releases): Facts => {
    const entries = releases.map(({ version, files, requires, unknown }) => {
      const named = files.map(({ name, ...rest }) => ({
        filename: name.endsWith('whl') ? `mod-${version}-${name}` : `mod-${version}.${name}`,
        ...rest,
      }));
      const release: ReleaseFacts = { requires: [requires], unknown, files: named };
      return [version, release] as const;
    });
    return { projects: { mod: Object.fromEntries(entries) } };
  });

const specifier = fc.constantFrom(
  '',
  '>=1.1',
  '<2.1',
  '==2.0',
  '==2.*',
  '~=2.0',
  '!=2.0',
  '>1.5rc1',
  '>=3.0a1',
  '>2.1',
);
const line = (start: string) => specifier.map((text) => `${start}${text}`);

const names = (...lists: string[][]) => fc.constantFrom(...lists);

const asked = fc.record({
  facts: mod,
  requirement: line('mod'),
  constraint: fc.option(line('mod'), { nil: '' }),
  hash: fc.constantFrom('', '', `--hash=sha256:${GOOD}`),
  options: fc.record({
    pre: fc.boolean(),
    allReleases: names([], [], ['mod'], [':all:']),
    onlyFinal: names([], [], ['mod']),
    onlyBinary: names([], [], ['mod'], [':all:']),
    noBinary: names([], [], ['mod'], [':all:', ':none:']),
    preferBinary: fc.boolean(),
    ignoreRequiresPython: fc.constantFrom(false, false, true),
    uploadedPriorTo: fc.constantFrom(null, null, '2024-05-01', '2024-05-01T12:00:00Z'),
    prerelease: fc.constantFrom(
      null,
      'allow',
      'disallow',
      'if-necessary',
      'explicit',
      'if-necessary-or-explicit',
    ),
  }),
});

type Asked = typeof asked extends fc.Arbitrary<infer Question> ? Question : never;

function problemOf(engine: string, { requirement, constraint, hash, options }: Asked): ProblemInput {
  const requirements = engine.startsWith('pip@') ? `${requirement} ${hash}` : requirement;
  return {
    engine,
    environment: { python: '3.11' },
    requirements,
    constraints: constraint,
    options: { ...options, unknownMetadata: 'leave-out' },
  };
}

function runAsked(engine: string, question: Asked, resolve: Parameters<typeof runProblem>[1]): Run {
  return runProblem(makeProblem(problemOf(engine, question)), resolve, makeFactsIndex(question.facts));
}

function ledgerOfRun(engine: string, run: Run): Ledger {
  const ledger = run.request === null ? null : ledgerOf(engine, run.request, 'mod');
  if (ledger === null) throw new Error('no ledger');
  return ledger;
}

/** Versions of mod in events of these kinds, oldest spelling aside. */
function versionsIn({ trace }: Run, kinds: readonly (keyof typeof EVENT_CODE)[]): ReadonlySet<string> {
  const codes = kinds.map((kind) => EVENT_CODE[kind]);
  const versions = new Set<string>();
  for (let step = 0; step < trace.length; step += 1) {
    const candidate = trace.candidates[trace.first[step]!];
    if (!codes.includes(trace.kinds[step]!) || candidate === undefined) continue;
    if (trace.packages[candidate.package]?.name !== 'mod') continue;
    versions.add(readVersion(candidate.version, 'packaging-20')?.text ?? candidate.version);
  }
  return versions;
}

function candidates({ versions }: Ledger): ReadonlySet<string> {
  return new Set(versions.flatMap(({ version, reason }) => (reason === null ? [version] : [])));
}

/** Runs that end before the search can tell: what the tool refuses, and hashes that do not match a pin. */
function isTold({ outcome, notices, message }: Run): boolean {
  return (
    outcome.kind === 'unsolvable' &&
    !/hash/iu.test(message) &&
    !notices.some(({ text }) => /hash/iu.test(text))
  );
}

describe.each([...RELEASES.pip.filter((_, at) => at % 2 === 0 || at < 4), '20.3.2', '21.0'])(
  'pip %s',
  (version) => {
    test('offers what the ledger calls candidates', () => {
      fc.assert(
        fc.property(asked, (question) => {
          const engine = `pip@${version}`;
          const run = runAsked(engine, question, resolvePipTelling);
          fc.pre(isTold(run));
          // Before 23.1 nothing is said of a candidate that is skipped, but its metadata is read.
          const seen = versionsIn(
            run,
            Number(version.slice(0, 2)) < 23 || version === '23.0' ? ['metadata'] : ['reject', 'pin'],
          );
          expect([...candidates(ledgerOfRun(engine, run))].sort()).toEqual([...seen].sort());
        }),
        { numRuns: 150 },
      );
    });
  },
);

test('zazo is offered what the ledger calls candidates', () => {
  fc.assert(
    fc.property(asked, (question) => {
      const run = runAsked('zazo', question, resolveChronological);
      fc.pre(run.outcome.kind === 'unsolvable');
      const seen = versionsIn(run, ['pin']);
      expect([...candidates(ledgerOfRun('zazo', run))].sort()).toEqual([...seen].sort());
    }),
    { numRuns: 300 },
  );
});

test("pip's legacy resolver takes the best of the ledger's candidates", () => {
  fc.assert(
    fc.property(asked, (question) => {
      const options = { ...question.options, preferBinary: false };
      const run = runAsked('pip@19.3', { ...question, constraint: '', options }, resolveLegacyTelling);
      const ledger = ledgerOfRun('pip@19.3', run);
      const offered = ledger.versions.filter(({ best }) => best !== null);
      const unyanked = offered.filter(({ best }) => ledger.entries[best!]?.file.yanked === false);
      const [best] = unyanked.length > 0 ? unyanked : offered;
      expect([...versionsIn(run, ['pin'])]).toEqual(best === undefined ? [] : [best.version]);
    }),
    { numRuns: 200 },
  );
});

describe.each(['0.12', '0.11'])('uv %s', (version) => {
  test('tries what the ledger calls candidates, and last resorts after them', () => {
    fc.assert(
      fc.property(asked, (question) => {
        const engine = `uv@${version}`;
        const run = runAsked(engine, question, resolveUv);
        fc.pre(run.outcome.kind === 'unsolvable');
        const ledger = ledgerOfRun(engine, run);
        const read = versionsIn(run, ['metadata']);
        const lastResort = ledger.versions.flatMap(({ version: text, reason }) =>
          reason?.kind === 'prerelease' && reason.isLastResort ? [text] : [],
        );
        for (const text of candidates(ledger)) expect(read).toContain(text);
        for (const text of read) {
          const found = ledger.versions.find((row) => row.version === text);
          const isOffered =
            found?.reason === null || lastResort.includes(text) || found?.reason?.kind === 'metadata';
          expect(isOffered, `${text} ${found?.reason?.kind ?? 'candidate'}`).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
