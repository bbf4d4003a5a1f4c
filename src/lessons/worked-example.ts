/**
 * What the page opens on: a conflict between real projects, shaped like a staircase. pydantic-core could not live with
 * one release of typing-extensions and said so; three releases of pydantic are pinned and undone, each for a reason that
 * one can read, and then there is none left. pip 24.0 undoes one choice at a time here and jumps back once, at the end.
 */
import { makeProblem, type Problem } from '../core/problem/problem.ts';

export const WORKED_EXAMPLE: {
  readonly problem: Problem;
  readonly view: { readonly step: number; readonly panel: 'search' };
} = {
  problem: makeProblem({
    engine: 'pip@24.0',
    requirements: [
      '# What is wrong with these two lines?',
      'pydantic>=2.2',
      'typing-extensions==4.7.0',
      '',
    ].join('\n'),
    environment: { python: '3.11', platform: 'linux-x86_64' },
    index: { snapshot: 'pypi-2023-09-07' },
  }),
  /** The step at which the last pydantic-core is skipped: what decides the run. tests/lessons holds it to that. */
  view: { step: 49, panel: 'search' },
};
