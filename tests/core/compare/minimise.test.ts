/** What is left after minimising shows the symptom, and nothing of it can be taken out. */
import type { MinimiseProgress } from '../../../src/core/compare/minimise/minimise.ts';
import { TeachService } from '../../../src/core/lesson/teach-service.ts';
import { describe, expect, test } from 'vitest';
import { minimise, type Minimised } from '../../../src/core/compare/minimise/minimise.ts';
import { readSymptom } from '../../../src/core/compare/minimise/symptom.ts';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import type { Facts } from '../../../src/core/package-index/facts/facts.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem, type Problem } from '../../../src/core/problem/problem.ts';
import { pipTest } from '../../../src/core/share/pytest/pip-test.ts';

const release = (...requires: string[]) => ({ requires });

const FACTS: Facts = {
  projects: {
    app: { '1.0': release('left', 'noise'), '2.0': release('left', 'right>=2', 'noise') },
    left: { '1.0': release('shared<2'), '2.0': release('shared<2', 'noise') },
    right: { '1.0': release(), '2.0': release('shared>=2'), '3.0': release('shared>=2', 'noise') },
    shared: { '1.0': release(), '2.0': release(), '3.0': release() },
    noise: { '1.0': release(), '2.0': release() },
  },
};

async function engineOf(name: string) {
  const id = parseEngineId(name);
  if (!id.ok) throw new Error(name);
  return await loadEngine(id.value);
}

async function minimised(
  problem: Problem,
  symptomText: string,
  maxTrials?: number,
): Promise<Minimised | null> {
  const symptom = readSymptom(symptomText);
  if (!symptom.ok) throw new Error(symptom.error.message);
  const engine = await engineOf(problem.engine);
  const otherEngine = symptom.value.kind === 'differs' ? await engineOf(symptom.value.engine) : null;
  const task = { problem, index: makeFactsIndex(FACTS), engine, otherEngine, symptom: symptom.value };
  const done = minimise(maxTrials === undefined ? task : { ...task, maxTrials });
  return done.kind === 'small' ? done.small : null;
}

describe.each(['pip@26.3', 'pip@20.3', 'uv@0.13'])('%s', (engine) => {
  test('the same failure, on the releases and lines that make it', async () => {
    const problem = makeProblem({ engine, requirements: '# all\nnoise\nleft\nright>=2\n' });
    const small = await minimised(problem, 'failure');
    expect(small?.isMinimal).toBe(true);
    expect(small?.problem.requirements).toBe('left\nright>=2');
    expect(small?.lines).toEqual([3, 2]);
    expect(small?.problem.index.overlay).not.toContain('noise');
    const lines = small?.problem.index.overlay?.trim().split('\n') ?? [];
    expect(lines[0]).toBe('closed world');
    expect(lines.filter((line) => line.startsWith('left'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('right'))).toHaveLength(1);
  });

  test('the same version of a package', async () => {
    const problem = makeProblem({ engine, requirements: 'noise\napp\n' });
    const small = await minimised(problem, 'pin:app');
    const run = runProblem(small!.problem, await engineOf(engine), makeFactsIndex({ projects: {} }));
    expect(run.outcome.kind).toBe('solved');
    expect(small?.problem.requirements).toBe('app');
    expect(small?.problem.index.overlay).toBe('closed world\napp 1.0\n');
  });
});

test('at least so many rounds', async () => {
  const problem = makeProblem({ engine: 'pip@26.3', requirements: 'noise\napp\n' });
  const small = await minimised(problem, 'rounds:3');
  const run = runProblem(small!.problem, await engineOf('pip@26.3'), makeFactsIndex({ projects: {} }));
  expect(run.metrics.rounds).toBeGreaterThanOrEqual(3);
});

test('what is told on the way gets smaller, and shows the symptom each time', async () => {
  const problem = makeProblem({
    engine: 'pip@26.3',
    requirements: 'app',
    index: { overlay: 'closed world\napp 1.0; depends lib>=2\nlib 1.0\nother 1.0\n' },
  });
  const service = new TeachService();
  const told: MinimiseProgress[] = [];
  const done = await service.minimise(problem, { kind: 'failure' }, (progress) => told.push(progress));
  if (done.kind !== 'small') throw new Error(done.kind);
  const found = told.flatMap((progress) => progress.problem ?? []);
  expect(found.at(-1)).toEqual(done.small.problem);
  for (const smaller of found) {
    const run = runProblem(smaller, await engineOf('pip@26.3'), makeFactsIndex({ projects: {} }));
    expect(run.outcome.kind).toBe('unsolvable');
  }
  const { packse, pytest } = await service.minimisedTexts(done.small.problem);
  expect(packse.text).toContain('app');
  expect(pytest?.text).toContain('def test');
});

test('a question that does not show the symptom is not made smaller', async () => {
  const problem = makeProblem({ engine: 'pip@26.3', requirements: 'noise' });
  expect(await minimised(problem, 'failure')).toBeNull();
  expect(await minimised(problem, 'pin:app')).toBeNull();
  expect(await minimised(problem, 'differs:uv@0.13')).toBeNull();
});

test('what has run out is said', async () => {
  const problem = makeProblem({ engine: 'pip@26.3', requirements: 'noise\nleft\nright>=2' });
  const small = await minimised(problem, 'failure', 3);
  expect(small).toMatchObject({ isMinimal: false, trials: 3 });
});

test('a test for pip quotes what it says, and names what it cannot say', () => {
  const problem = makeProblem({
    engine: 'pip@26.3',
    requirements: 'a[x] ; python_version > "3"',
    index: { overlay: 'closed world\na 1.0; extra x: b >=2 ; os_name == "posix"\nb 2.0; yanked "no"\n' },
  });
  const test = pipTest(problem, { kind: 'unsolvable' });
  expect(test?.lost).toEqual(['yanked']);
  expect(test?.text).toContain(`REQUIREMENTS = "a[x] ; python_version > \\"3\\"\\n"`);
  expect(test?.text).toContain(`"Requires-Dist: b >=2 ; (os_name == \\"posix\\") and extra == 'x'"`);
  expect(pipTest({ ...problem, requirements: 'a\u001b[31m' }, { kind: 'unsolvable' })).toBeNull();
});

test('symptoms are read as they are written', () => {
  for (const text of ['failure', 'pin:a', 'rounds:20', 'differs:uv@0.13'])
    expect(readSymptom(text).ok, text).toBe(true);
  for (const text of ['', 'pin:', 'rounds:0', 'rounds:x', 'differs:nothing', 'failure:x'])
    expect(readSymptom(text).ok, text).toBe(false);
});
