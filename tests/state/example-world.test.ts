import { describe, expect, it } from 'vitest';
import { makeProblem, type Problem } from '../../src/core/problem/problem.ts';
import { WORKED_EXAMPLE } from '../../src/lessons/worked-example.ts';
import { outsideExampleWorld } from '../../src/state/example-world.ts';

const example = WORKED_EXAMPLE.problem;
const outside = (next: Partial<Problem>, before: Problem = example) =>
  outsideExampleWorld(example, 'pypi-new', before, { ...before, ...next });

describe('the world of the example', () => {
  it('is left with the last of its lines', () => {
    const today = makeProblem({});
    for (const requirements of ['flask\n', '', '# nothing yet\n', 'pydantic\n'])
      expect(outside({ requirements })).toEqual({
        ...example,
        requirements,
        engine: today.engine,
        environment: { ...example.environment, python: today.environment.python },
        index: { ...example.index, snapshot: 'pypi-new' },
      });
  });

  it('stays while a line of it stays', () => {
    expect(outside({ requirements: 'pydantic>=2.2\nflask\n' })).toBeNull();
    expect(outside({ requirements: '  typing-extensions==4.7.0' })).toBeNull();
  });

  it('stays where the reader chose something of it, and where it was left before', () => {
    const chosen = { ...example, engine: 'pip@25.0' as const };
    expect(outside({ requirements: 'flask' }, chosen)).toBeNull();
    expect(outside({ requirements: 'flask' }, { ...example, requirements: 'django' })).toBeNull();
  });

  it('keeps what comes with the new lines', () => {
    const came = outside({
      requirements: 'flask',
      engine: 'uv@0.12',
      environment: { ...example.environment, python: '3.8' },
    });
    expect(came).toMatchObject({ engine: 'uv@0.12', environment: { python: '3.8' } });
    expect(came?.index.snapshot).toBe('pypi-new');
  });
});
