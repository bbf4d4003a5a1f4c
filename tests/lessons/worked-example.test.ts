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

  test('has no solution, is short, and goes down three steps', () => {
    expect(run.outcome.kind).toBe('unsolvable');
    expect(run.trace.length).toBeLessThanOrEqual(60);
    expect(run.metrics).toMatchObject({ rounds: 8, pinned: 5, rejected: 3, undone: 5 });
    const tried = Array.from({ length: run.trace.length }, (_, step) => eventAt(run.trace, step)).flatMap(
      (event) => (event.kind === 'pin' ? [run.trace.candidates[event.candidate]!.label] : []),
    );
    expect(tried.filter((label) => label.startsWith('pydantic=='))).toEqual([
      'pydantic==2.3.0',
      'pydantic==2.2.1',
      'pydantic==2.2.0',
    ]);
  });

  test('opens at the step that decides it: pydantic-core is skipped for the last time', () => {
    const event = eventAt(run.trace, WORKED_EXAMPLE.view.step);
    if (event.kind !== 'reject') throw new Error(event.kind);
    expect(run.trace.candidates[event.candidate]?.label).toBe('pydantic-core==2.6.0');
    for (let step = WORKED_EXAMPLE.view.step + 1; step < run.trace.length; step++)
      expect(eventAt(run.trace, step).kind).not.toBe('reject');
  });
});
