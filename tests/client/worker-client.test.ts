/** The page's side of the worker, with the worker's side in the same thread. */
import { describe, expect, test } from 'vitest';
import {
  WorkerClient,
  type FactSource,
  type RemoteResolver,
  type SpawnedResolver,
} from '../../src/client/worker-client.ts';
import { ResolverService } from '../../src/core/headless/resolver-service.ts';
import type { TraceChunk } from '../../src/core/resolver/trace.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';

const facts = {
  projects: { a: { '1': { requires: ['b>=2'] }, '0': { requires: [] } }, b: { '1': { requires: [] } } },
};
const solvable = makeProblem({ requirements: 'a', index: { facts } });
const other = makeProblem({ requirements: 'b', index: { facts } });

const NO_FACTS: FactSource = {
  load: () => Promise.resolve({ ok: false, reason: 'There are no facts.' }),
  loaded: () => [],
};

/** A worker in this thread; `hold` makes its runs wait until they are let go, which a terminated one never is. */
class TestWorkers {
  readonly spawned: SpawnedResolver[] = [];
  terminated = 0;
  hold: Promise<void> = Promise.resolve();

  readonly spawn = (): SpawnedResolver => {
    const service = new ResolverService({ now: () => 0, handOver: (value) => value });
    const remote: RemoteResolver = {
      addFacts: (bundles) => {
        service.addFacts(bundles);
        return Promise.resolve();
      },
      lock: () => service.lock(),
      log: () => service.log(),
      explain: (onStage, looksFurther) => service.explain(onStage, looksFurther),
      answer: (query) => service.answer(query),
      ledgerSummary: () => service.ledgerSummary(),
      releaseLine: (project, version) => service.releaseLine(project, version),
      ledger: async (project) => {
        await this.hold;
        return service.ledger(project);
      },
      run: async (problem, onChunk) => {
        const chunks: TraceChunk[] = [];
        const summary = await service.run(problem, (chunk) => void chunks.push(chunk));
        chunks.forEach(onChunk);
        await this.hold;
        return summary;
      },
    };
    const worker: SpawnedResolver = {
      remote,
      terminate: () => (this.terminated += 1),
      onDeath: () => undefined,
    };
    this.spawned.push(worker);
    return worker;
  };
}

const NEVER = new Promise<void>(() => undefined);

describe('a run', () => {
  test('ends with its summary and its whole trace, on one worker for all', async () => {
    const workers = new TestWorkers();
    const client = new WorkerClient(workers.spawn, NO_FACTS, () => 0);
    for (const problem of [solvable, other]) {
      const result = await client.run(problem);
      if (result.kind !== 'finished') throw new Error(result.kind);
      expect(result.summary.outcome.kind).toBe('solved');
      expect(result.trace.length).toBeGreaterThan(2);
    }
    expect(workers.spawned).toHaveLength(1);
  });

  test('that a newer one displaces says so, and its worker does not hold up the newer', async () => {
    const workers = new TestWorkers();
    const client = new WorkerClient(workers.spawn, NO_FACTS, () => 0);
    workers.hold = NEVER;
    const older = client.run(solvable);
    await settle();
    workers.hold = Promise.resolve();
    const newer = client.run(other);
    expect(await older).toEqual({ kind: 'displaced' });
    expect(await newer).toMatchObject({ kind: 'finished', summary: { problem: other } });
    expect(workers.terminated).toBe(1);
  });

  test('that is cancelled keeps what it did, at once, and the next run has a fresh worker', async () => {
    const workers = new TestWorkers();
    const client = new WorkerClient(workers.spawn, NO_FACTS, () => 0);
    workers.hold = NEVER;
    const cancelled = client.run(solvable);
    await settle();
    client.cancel();
    const result = await cancelled;
    if (result.kind !== 'cancelled') throw new Error(result.kind);
    expect(result.trace.length).toBeGreaterThan(2);
    workers.hold = Promise.resolve();
    expect((await client.run(solvable)).kind).toBe('finished');
    expect(workers.spawned).toHaveLength(2);
  });

  test('says why when facts cannot be had', async () => {
    const client = new WorkerClient(new TestWorkers().spawn, NO_FACTS, () => 0);
    const unopened = makeProblem({ requirements: 'a', index: { snapshot: 'pypi-2023-09-07' } });
    expect(await client.run(unopened)).toEqual({ kind: 'no-facts', reason: 'There are no facts.' });
  });

  test('asks for the facts of all its lines at once', async () => {
    const asked: string[][] = [];
    const source: FactSource = {
      ...NO_FACTS,
      load: (_, missing) => {
        asked.push([...new Set(missing.map((fact) => fact.project))]);
        return Promise.resolve({ ok: false, reason: '' });
      },
    };
    const client = new WorkerClient(new TestWorkers().spawn, source, () => 0);
    await client.run(makeProblem({ requirements: 'a\nb\nc', index: { snapshot: 'pypi-2023-09-07' } }));
    expect(asked).toEqual([['a', 'b', 'c']]);
  });

  test('whose worker dies ends with the reason, and the next one works', async () => {
    const workers = new TestWorkers();
    const client = new WorkerClient(workers.spawn, NO_FACTS, () => 0);
    workers.hold = NEVER;
    const doomed = client.run(solvable);
    await settle();
    workers.spawned[0]!.onDeath('out of memory');
    expect(await doomed).toEqual({ kind: 'worker-died', reason: 'out of memory' });
    workers.hold = Promise.resolve();
    expect((await client.run(solvable)).kind).toBe('finished');
  });
});

/** Lets every promise that is ready go on. */
async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done, 20));
}

describe('the ledger', () => {
  test('of the last run comes from the worker that ran it', async () => {
    const client = new WorkerClient(new TestWorkers().spawn, NO_FACTS, () => 0);
    expect(await client.ledgerSummary()).toBeNull();
    await client.run(solvable);
    const summary = await client.ledgerSummary();
    expect(summary?.projects.map(({ project }) => project)).toEqual(['a', 'b']);
    const ledger = await client.ledger('a');
    expect(ledger).toMatchObject({ chosen: ['0'], counts: { candidate: 2 } });
    expect(Object.keys(ledger?.tried ?? {}).sort()).toEqual(['0', '1']);
    expect(await client.releaseLine('a', '1')).toBe('a 1; depends b>=2');
    expect(await client.releaseLine('a', '9')).toBeNull();
  });

  test('is nothing when the worker is terminated meanwhile', async () => {
    const workers = new TestWorkers();
    const client = new WorkerClient(workers.spawn, NO_FACTS, () => 0);
    await client.run(solvable);
    workers.hold = NEVER;
    const asked = client.ledger('b');
    void client.run(other);
    await settle();
    client.cancel();
    expect(await asked).toBeNull();
  });
});
