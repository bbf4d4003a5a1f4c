import { expect, test } from 'vitest';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';

async function pinsWith(overlay: string) {
  const base = makeFactsIndex({
    projects: {
      app: { '1.0': { requires: ['core', 'typing-x>=3'] } },
      core: { '2.1': { requires: ['typing-x<3'] } },
      'typing-x': { '2.0': { requires: [] }, '3.0': { requires: [] } },
    },
  });
  const problem = makeProblem({ requirements: 'app', index: { overlay } });
  const engine = parseEngineId(problem.engine);
  if (!engine.ok) throw new Error(engine.error.message);
  return runProblem(problem, await loadEngine(engine.value), base);
}

test('a conflict goes away when the overlay changes the release that makes it', async () => {
  expect((await pinsWith('')).outcome.kind).toBe('unsolvable');
  const { outcome, diagnostics } = await pinsWith('change core 2.1; depends typing-x <4');
  expect(diagnostics).toEqual([]);
  expect(
    outcome.kind === 'solved' && outcome.pins.map(({ name, version }) => `${name} ${version}`).sort(),
  ).toEqual(['app 1.0', 'core 2.1', 'typing-x 3.0']);
});

test('a line that cannot be read is complained of in the overlay pane, and the rest holds', async () => {
  const { outcome, diagnostics } = await pinsWith('core\n  core 2.2; needs x');
  expect(outcome.kind).toBe('solved');
  expect(diagnostics.map(({ pane, line, column }) => [pane, line, column])).toEqual([
    ['overlay', 1, 1],
    ['overlay', 2, 13],
  ]);
});
