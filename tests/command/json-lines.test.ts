import { describe, expect, test } from 'vitest';
import { makeIndexOpener } from '../../src/command/problem-index.ts';
import { answerProblem } from '../../src/command/resolve/answer.ts';
import { answerLines } from '../../src/command/resolve/json-lines.ts';

async function* streamOf(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line);
}

async function answersTo(lines: readonly string[]): Promise<readonly unknown[]> {
  const openIndex = makeIndexOpener('.');
  const answer = (problem: Parameters<typeof answerProblem>[0]): ReturnType<typeof answerProblem> =>
    answerProblem(problem, openIndex, { events: false, explain: true });
  const answers: unknown[] = [];
  for await (const given of answerLines(streamOf(lines), answer)) answers.push(given);
  return answers;
}

const problem = (requirements: string): string =>
  JSON.stringify({ requirements, index: { facts: { projects: { lib: { '1.0': { requires: [] } } } } } });

describe('a stream of Problems', () => {
  test('is answered line by line, in order', async () => {
    expect(await answersTo([problem('lib'), problem('lib>1'), '', problem('lib==1.0')])).toMatchObject([
      { outcome: 'solved', pins: { lib: '1.0' } },
      { outcome: 'unsolvable', pins: null, conflict: { kind: 'no-version-in-range' } },
      { outcome: 'solved' },
    ]);
  });

  test('goes on after a line that is no Problem, and says which line it was', async () => {
    expect(
      await answersTo([
        '{"requirements": "lib"',
        '{"requirements": 5}',
        '{"requirements": "lib", "index": 7}',
        problem('lib'),
      ]),
    ).toMatchObject([
      { error: expect.stringContaining('JSON') as unknown, line: 1 },
      { error: expect.stringContaining('requirements') as unknown, line: 2 },
      { error: expect.stringContaining('index') as unknown, line: 3 },
      { outcome: 'solved' },
    ]);
  });
});
