import { expect, test } from 'vitest';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { runProblem, type Run } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';
import { recordedEvents } from '../../../src/core/resolver/recorded-form.ts';

const FACTS = {
  projects: {
    a: { '2.0': { requires: ['c>=2'] }, '1.0': { requires: ["c==1.0 ; sys_platform != 'win32'"] } },
    b: { '1.0': { requires: ["c<2 ; extra == 'x'"], extras: ['x'] } },
    c: { '1.0': { requires: [] }, '2.0': { requires: [] } },
  },
};

async function runWith(engine: string): Promise<Run> {
  const id = parseEngineId(engine);
  if (!id.ok) throw new Error(id.error.message);
  const problem = makeProblem({ engine, requirements: ['a', 'b[x]<2'] });
  return runProblem(problem, await loadEngine(id.value), makeFactsIndex(FACTS));
}

test('uv prints a line for each choice, with its search before it', async () => {
  const run = await runWith('uv@0.13');
  const log = run.log?.() ?? [];
  const chosen = log.flatMap((line) => /^DEBUG Selecting: (\S+)/u.exec(line)?.[1] ?? []);
  const events = recordedEvents(run.trace).flatMap((event) => (event[0] === 'select' ? [event[1]] : []));
  expect(chosen).toEqual(events);
  expect(log).toContain('DEBUG Adding transitive dependency for a==2.0: c>=2');
  expect(log).toContain('DEBUG Searching for a compatible version of c (>=1.0, <1.0+)');
  expect(log).toContain('DEBUG Recording unit propagation conflict of a from incompatibility of (b[x], a)');
});

test("pip's reporter tells every event of the trace", async () => {
  const run = await runWith('pip@26.3');
  const log = run.log?.() ?? [];
  const count = (call: string): number => log.filter((line) => line.startsWith(`Reporter.${call}(`)).length;
  const events = recordedEvents(run.trace);
  const counted = (kind: string): number => events.filter(([name]) => name === kind).length;
  expect(count('adding_requirement')).toBe(counted('require'));
  expect(count('pinning')).toBe(counted('pin'));
  expect(count('rejecting_candidate')).toBe(counted('reject'));
  expect(count('starting_round')).toBe(counted('round'));
  expect(count('ending_round')).toBe(counted('round'));
  expect(log).toContain(`Reporter.adding_requirement(SpecifierWithoutExtrasRequirement('b<2'), None)`);
});

test.each(['uv@0.13', 'pip@26.3', 'pip@20.3'])('%s binds each line to a step', async (engine) => {
  const run = await runWith(engine);
  const lines = run.logSteps?.() ?? [];
  expect(lines.length).toBeGreaterThan(5);
  for (const [place, { step }] of lines.entries()) {
    expect(step).toBeGreaterThanOrEqual(lines[place - 1]?.step ?? 0);
    expect(step).toBeLessThanOrEqual(run.trace.length);
  }
});
