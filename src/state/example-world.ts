/**
 * The example brings a world of its own: an old pip, its Python, a snapshot of its date. Who writes other lines over it
 * asks of today's world, not of the example's.
 */
import { makeProblem, type Problem } from '../core/problem/problem.ts';

/**
 * The question in the newest world, where a reader has just taken the last of the example's lines away and touched
 * nothing else of its world; null where the question stays where it is.
 */
export function outsideExampleWorld(
  example: Problem,
  newestSnapshot: string,
  before: Problem,
  next: Problem,
): Problem | null {
  const lines = meaningfulLines(example);
  const isLeft = (problem: Problem) => meaningfulLines(problem).some((line) => lines.includes(line));
  if (!isLeft(before) || isLeft(next)) return null;
  if (worldOf(before) !== worldOf(example)) return null;
  const today = makeProblem({});
  return {
    ...next,
    engine: next.engine === example.engine ? today.engine : next.engine,
    environment: {
      ...next.environment,
      python:
        next.environment.python === example.environment.python
          ? today.environment.python
          : next.environment.python,
    },
    index:
      next.index.snapshot === example.index.snapshot
        ? { ...next.index, snapshot: newestSnapshot }
        : next.index,
  };
}

function worldOf({ engine, environment, index }: Problem): string {
  return JSON.stringify([engine, environment.python, index.snapshot]);
}

function meaningfulLines({ requirements }: Problem): readonly string[] {
  return requirements
    .split(/\r\n|\r|\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
