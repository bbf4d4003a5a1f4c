/** What is missing, all at once; what can be said without it; and which conflicts a partial list cannot prove. */
import { describe, expect, test } from 'vitest';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { reportRun, type RunReport } from '../../../src/core/headless/report.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import type { Facts } from '../../../src/core/package-index/facts/facts.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem, type ProblemInput } from '../../../src/core/problem/problem.ts';

const ENGINES = ['pip@26.2', 'pip@20.3', 'uv@0.12'] as const;

async function ask(engine: string, facts: Facts, input: Omit<ProblemInput, 'engine'>): Promise<RunReport> {
  const id = parseEngineId(engine);
  if (!id.ok) throw new Error(engine);
  const problem = makeProblem({ ...input, engine });
  return reportRun(runProblem(problem, await loadEngine(id.value), makeFactsIndex(facts)), { events: false });
}

const OPEN: Facts = {
  partial: { all: 'chosen' },
  projects: {
    app: { '1.0': { requires: ['lib>=2', 'secret', 'plugin; extra == "all"'] } },
    lib: { '1.0': { requires: [] }, '2.0': { requires: [] } },
    vague: { '1.0': { requires: [], unknown: true } },
    old: { '1.0': { requires: ['lib<2'] }, '2.0': { requires: ['lib<2'] } },
    new: { '1.0': { requires: ['lib>=3'] } },
    modern: { '5.0': { requires: [], requires_python: '>=3.12' } },
    doubtful: {
      '1.0': {
        requires: ['lib<2; extra == "x"', 'lib>=2; extra == "x"'],
        extras: ['x'],
        limits: ['extras-markers'],
      },
    },
  },
};

describe.each(ENGINES)('%s on an open world', (engine) => {
  test('tells everything that is missing at once, who needs it, and what is known besides', async () => {
    const report = await ask(engine, OPEN, { requirements: 'app\nelsewhere>=1\nvague\n' });
    expect(report.outcome).toBe('incomplete');
    expect(report.pins).toBeNull();
    expect(report.partial).toEqual({ outcome: 'solved', pins: { app: '1.0', lib: '2.0', vague: '1.0' } });
    const told = report.missing.map((fact) => [fact.missing, fact.project, fact.neededBy ?? []]);
    expect(told.toSorted()).toEqual([
      ['metadata', 'vague', []],
      ['page', 'elsewhere', ['line 2']],
      ['page', 'secret', ['app 1.0']],
    ]);
  });

  test('a requirement that no known release answers is missing, not impossible', async () => {
    const report = await ask(engine, OPEN, { requirements: 'new\n' });
    expect(report.outcome).toBe('incomplete');
    expect(report.message).toBe('');
    expect(report.missing).toEqual([
      { missing: 'release', project: 'lib', requirement: 'lib>=3', loadable: false, neededBy: ['new 1.0'] },
    ]);
    expect(report.partial?.pins).toMatchObject({ new: '1.0' });
  });

  test('a line that asks for what is not known is told by its number', async () => {
    const report = await ask(engine, OPEN, { requirements: 'app\nlib>=9\n' });
    expect(report.missing).toContainEqual({
      missing: 'release',
      project: 'lib',
      requirement: 'lib>=9',
      loadable: false,
      neededBy: ['line 2'],
    });
  });

  test('lines and constraints that meet between known releases ask for one that may exist', async () => {
    const together = await ask(engine, OPEN, { requirements: 'lib>1.0\nlib<2\n' });
    expect(together.outcome).toBe('incomplete');
    expect(together.missing).toMatchObject([
      { missing: 'release', project: 'lib', neededBy: ['line 1', 'line 2'] },
    ]);
    const limited = await ask(engine, OPEN, { requirements: 'old\n', constraints: 'lib<1\n' });
    expect(limited.outcome).toBe('incomplete');
    expect(limited.missing).toMatchObject([
      { missing: 'release', project: 'lib', requirement: expect.stringContaining('<1') as string },
    ]);
  });

  test('bounds that exclude each other are a conflict whatever exists', async () => {
    const report = await ask(engine, OPEN, { requirements: 'old\nlib>=2\n' });
    expect(report.outcome).toBe('unsolvable');
  });

  test('nothing known runs on this Python: others may', async () => {
    const report = await ask(engine, OPEN, { requirements: 'modern\n', environment: { python: '3.8' } });
    expect(report).toMatchObject({
      outcome: 'incomplete',
      missing: [{ missing: 'release', project: 'modern' }],
    });
  });

  test('a release that is known is what it is', async () => {
    const report = await ask(engine, OPEN, {
      requirements: 'modern==5.0\n',
      environment: { python: '3.8' },
    });
    expect(report.outcome).toBe('unsolvable');
  });

  test('a conflict between known releases stands', async () => {
    const report = await ask(engine, OPEN, { requirements: 'old\nlib>=2\n' });
    expect(report.outcome).toBe('unsolvable');
    expect(report.missing).toEqual([]);
    expect(report.message).not.toBe('');
  });

  test('in a closed world nothing is open', async () => {
    const closed = { projects: OPEN.projects };
    for (const requirements of ['new\n', 'app\nlib>=9\n', 'elsewhere\n'])
      expect((await ask(engine, closed, { requirements })).outcome).toBe('unsolvable');
  });
});

test('a solution on partial lists says so, and an account says for which Pythons it holds', async () => {
  const facts: Facts = {
    partial: { all: 'chosen' },
    projects: { app: { '1.0': { requires: [], pythons: '3.8-3.11', seen: '2024-05-01' } } },
  };
  const report = await ask('pip@26.2', facts, {
    requirements: 'app\n',
    environment: { python: '3.12' },
    options: { uploadedPriorTo: '2024-06-01' },
  });
  expect(report.outcome).toBe('solved');
  expect(report.caveats).toEqual([
    expect.stringContaining('a newer release may exist') as string,
    expect.stringContaining('it may have been uploaded earlier') as string,
    expect.stringContaining('was not recorded for that Python') as string,
  ]);
  const whole = { projects: facts.projects };
  const plain = await ask('pip@26.2', whole, { requirements: 'app\n', environment: { python: '3.11' } });
  expect(plain.caveats).toBeUndefined();
});

test('what is unknown is not called absent by an overlay that says nothing of it', async () => {
  const report = await ask('pip@26.2', OPEN, {
    requirements: 'elsewhere\n',
    index: { overlay: 'change elsewhere 1.0; depends lib\n' },
  });
  expect(report.outcome).toBe('incomplete');
});

test('a project that an overlay removes is absent: somebody said so', async () => {
  const report = await ask('pip@26.2', OPEN, { requirements: 'lib\n', index: { overlay: 'remove lib\n' } });
  expect(report.outcome).toBe('unsolvable');
});

test.each(['pip@26.2', 'uv@0.12'])(
  '%s: lines of extras whose markers are lost prove nothing',
  async (engine) => {
    const report = await ask(engine, OPEN, { requirements: 'doubtful[x]\n' });
    expect(report).toMatchObject({
      outcome: 'incomplete',
      missing: [{ missing: 'metadata', project: 'doubtful', reason: 'markers-lost' }],
    });
  },
);
