import { describe, expect, test } from 'vitest';
import { resolveUv } from '../../../src/core/explain/uv/uv-engine.ts';
import { resolvePipTelling } from '../../../src/core/explain/pip/tell.ts';
import { resolveLegacyTelling } from '../../../src/core/explain/pip/legacy-text.ts';
import { RunLedgers, type ProjectLedger } from '../../../src/core/ledger/run-ledger.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { limitWords, reasonWords } from '../../../src/core/explain/ledger-words.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { RELEASES } from '../../../src/core/manifest/tool-releases.ts';
import { hasDateOption, parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem, type ProblemInput } from '../../../src/core/problem/problem.ts';
import type { Engine } from '../../../src/core/resolver/engine.ts';
import { pipEra } from '../../../src/core/resolver/pip/era.ts';

function engineOf(name: string): Engine {
  if (name.startsWith('uv@')) return resolveUv;
  return name === 'pip@19.3' ? resolveLegacyTelling : resolvePipTelling;
}

function ledgersOf(input: ProblemInput): RunLedgers {
  const problem = makeProblem({ environment: { python: '3.11.7' }, ...input });
  const id = parseEngineId(problem.engine);
  const run = runProblem(problem, engineOf(problem.engine), makeFactsIndex({ projects: {} }));
  if (!id.ok || run.request === null) throw new Error(run.message);
  return new RunLedgers({ request: run.request, outcome: run.outcome, trace: run.trace }, id.value);
}

function told(ledger: ProjectLedger | null): readonly string[] {
  if (ledger === null) return [];
  const target = { pythonVersion: '3.11.7', platform: 'linux-x86_64' };
  return ledger.versions.map(({ version, reason }) =>
    reason === null ? version : `${version} ${reasonWords(reason, ledger.limits, target)}`,
  );
}

const OVERLAY = `app 1.0; depends core <3
core 1.0
core 2.0
core 2.5; yanked "broken"
core 3.0`;

describe.each(['pip@26.2', 'pip@22.3', 'uv@0.12'])('%s', (engine) => {
  test('names whose limit left a version out: of a solution, what its pins ask', () => {
    const ledgers = ledgersOf({
      engine,
      requirements: 'app\ncore!=1.0',
      constraints: 'core<9',
      index: { overlay: OVERLAY },
    });
    const core = ledgers.ledger('Core');
    expect(told(core)).toEqual([
      '3.0 is outside: `app` 1.0 asks for `<3`',
      '2.5 was withdrawn by its authors (yanked): “broken”',
      '2.0',
      '1.0 is outside: line 2 asks for `!=1.0`',
    ]);
    expect(core?.chosen).toEqual(['2.0']);
    expect(Object.keys(core?.tried ?? {})).toEqual(['2.0']);
    expect(ledgers.summary().projects.map(({ project, versions }) => `${project} ${versions}`)).toEqual([
      'app 1',
      'core 4',
    ]);
    expect(ledgers.ledger('nowhere')?.status).toBe('absent');
  });

  test('and of a conflict, what its causes ask', () => {
    const core = ledgersOf({ engine, requirements: 'app\ncore>=3', index: { overlay: OVERLAY } }).ledger(
      'core',
    );
    expect(core?.limits.map(limitWords).toSorted()).toEqual([
      expect.stringMatching(/^`app`.* asks for `<3`$/u),
      'line 2 asks for `>=3`',
    ]);
    expect(core?.counts.candidate).toBe(0);
  });
});

test('the legacy resolver heeds the first who asks, and nobody else', () => {
  const overlay = 'a 1; depends core <3\nb 1; depends core >=3\ncore 1.0\ncore 3.0';
  const core = ledgersOf({ engine: 'pip@19.3', requirements: 'a\nb', index: { overlay } }).ledger('core');
  expect(told(core)).toEqual(['3.0 is outside: `a` 1 asks for `<3`', '1.0']);
});

test('overrides speak in the place of all requirements in uv', () => {
  const core = ledgersOf({
    engine: 'uv@0.12',
    requirements: 'app',
    overrides: 'core>=3',
    index: { overlay: OVERLAY },
  }).ledger('core');
  expect(core?.limits.map(limitWords)).toEqual(['overrides line 1 asks for `>=3`']);
  expect(core?.chosen).toEqual(['3.0']);
});

describe('an as-of date', () => {
  const overlay = `mod 1.0; uploaded 2024-01-01
mod 2.0; uploaded 2024-05-01T10:00:00Z
mod 3.0; uploaded 2024-06-01`;
  const at = (engine: string, uploadedPriorTo: string) =>
    ledgersOf({ engine, requirements: 'mod', options: { uploadedPriorTo }, index: { overlay } }).ledger(
      'mod',
    );

  test.each([
    ['pip@26.2', '1.0'],
    ['pip@23.1', '1.0'],
    ['uv@0.12', '2.0'],
  ])('%s reads a day in its own way, and the ledger counts what it leaves out', (engine, chosen) => {
    const mod = at(engine, '2024-05-01');
    expect(mod?.chosen).toEqual([chosen]);
    expect(mod?.counts.date).toBe(chosen === '1.0' ? 2 : 1);
    expect(told(mod)[0]).toBe('3.0 was uploaded on 2024-06-01, not before the cut-off date');
  });

  test('ends everything in pip where a time is missing, hides the file in uv, and is idle in older pips', () => {
    const undated = {
      requirements: 'mod',
      options: { uploadedPriorTo: '2024-05-01' },
      index: { overlay: 'mod 1' },
    };
    const run = (engine: string) =>
      runProblem(makeProblem({ engine, ...undated }), engineOf(engine), NOTHING);
    expect(run('pip@26.2').message).toContain('does not provide upload-time metadata');
    expect(run('uv@0.12').outcome.kind).toBe('unsolvable');
    expect(run('pip@25.3').outcome.kind).toBe('solved');
    expect(run('pip@19.3').outcome.kind).toBe('solved');
  });

  test('that is none is refused, naming the field', () => {
    const problem = makeProblem({ requirements: 'mod', options: { uploadedPriorTo: 'P7D' } });
    const run = runProblem(problem, resolvePipTelling, NOTHING);
    expect(run.outcome.kind).toBe('invalid');
    expect(run.message).toContain('uploaded prior to: a duration counts from today');
  });

  test('is an option of those releases that the page says have it', () => {
    for (const version of RELEASES.pip)
      expect(hasDateOption({ family: 'pip', version })).toBe(pipEra(version)?.uploadedPriorTo);
  });
});

const NOTHING = makeFactsIndex({ projects: {} });
