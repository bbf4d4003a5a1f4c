import { expect, test } from 'vitest';
import {
  filterRows,
  kindCounts,
  ledgerRows,
  type LedgerFilter,
} from '../../src/components/ledger/ledger-rows.ts';
import { resolvePipTelling } from '../../src/core/explain/pip/tell.ts';
import { RunLedgers } from '../../src/core/ledger/run-ledger.ts';
import { runProblem } from '../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';

const overlay = `mod 1.0; uploaded 2020-02-01
mod 1.1; python >=3.12
mod 2.0; depends nowhere; uploaded 2021-01-01
mod 3.0; yanked "broken"`;
const run = runProblem(
  makeProblem({ requirements: 'mod<3.5', environment: { python: '3.11' }, index: { overlay } }),
  resolvePipTelling,
  makeFactsIndex({ projects: {} }),
);
const { request, outcome, trace } = run;
if (request === null) throw new Error(run.message);
const ledger = new RunLedgers({ request, outcome, trace }, { family: 'pip', version: '26.2' }).ledger('mod')!;
const rows = ledgerRows(ledger, { pythonVersion: '3.11', platform: 'linux-x86_64' });

test('a row says what became of its version', () => {
  expect(rows.map(({ version, state, verdict, uploaded }) => [version, state, verdict, uploaded])).toEqual([
    ['3.0', 'out', 'Yanked', ''],
    ['2.0', 'tried', 'Candidate', '2021-01-01'],
    ['1.1', 'out', 'Other Python', ''],
    ['1.0', 'chosen', 'Chosen', '2020-02-01'],
  ]);
});

test.each<[Partial<LedgerFilter>, readonly string[]]>([
  [{}, ['3.0', '2.0', '1.1', '1.0']],
  [{ order: 'oldest' }, ['1.0', '1.1', '2.0', '3.0']],
  [{ kind: 'candidate' }, ['2.0', '1.0']],
  [{ text: 'BROKEN' }, ['3.0']],
  [{ text: '3.1' }, []],
  [{ text: 'mod-1.1-py2' }, ['1.1']],
  [{ kind: 'yanked', text: '1' }, []],
])('%j', (filter, versions) => {
  const whole = { kind: null, text: '', order: 'newest', ...filter } as const;
  expect(filterRows(rows, ledger, whole).map(({ version }) => version)).toEqual(versions);
});

test('reasons are counted, candidates first', () => {
  expect(kindCounts(ledger.counts).map(({ label, count }) => `${label} ${count}`)).toEqual([
    'Candidate 2',
    'Other Python 1',
    'Yanked 1',
  ]);
});
