import { beforeAll, describe, expect, test } from 'vitest';
import { openProblemIndex } from '../../src/command/problem-index.ts';
import { loadEngine } from '../../src/core/headless/engines.ts';
import { runProblem, type Run } from '../../src/core/headless/run.ts';
import { parseEngineId } from '../../src/core/problem/engine-id.ts';
import { eventAt } from '../../src/core/resolver/trace.ts';
import { WORKED_EXAMPLE } from '../../src/lessons/worked-example.ts';

describe('the worked example', () => {
  let run: Run;

  beforeAll(async () => {
    const { problem } = WORKED_EXAMPLE;
    const id = parseEngineId(problem.engine);
    const index = openProblemIndex(problem, '.');
    if (!id.ok || !index.ok) throw new Error('the example names an engine or an index that is not there');
    run = runProblem(problem, await loadEngine(id.value), index.value);
  });

  test('has no solution, is short, and undoes choices', () => {
    expect(run.outcome.kind).toBe('unsolvable');
    expect(run.trace.length).toBeLessThan(200);
    expect(run.metrics).toMatchObject({ rounds: 25, pinned: 18, rejected: 7, undone: 19 });
  });

  test('opens at the step that decides it: botocore is skipped for the last time', () => {
    const event = eventAt(run.trace, WORKED_EXAMPLE.view.step);
    if (event.kind !== 'reject') throw new Error(event.kind);
    expect(run.trace.candidates[event.candidate]?.label).toBe('botocore==1.31.43');
    for (let step = WORKED_EXAMPLE.view.step + 1; step < run.trace.length; step++)
      expect(eventAt(run.trace, step).kind).not.toBe('reject');
  });
});
