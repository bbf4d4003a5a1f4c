import { describe, expect, test } from 'vitest';
import { ruleWords } from '../../../src/core/explain/choosing-words.ts';
import { lockstep } from '../../../src/core/compare/lockstep.ts';
import type { Pair } from '../../../src/core/compare/pair.ts';
import type { Problem } from '../../../src/core/problem/problem.ts';
import { answerJob, PARTIAL_SATISFIER, toyProblem } from './toys.ts';

async function pairOf(problem: Problem, left: string, right: string): Promise<Pair> {
  const answer = await answerJob({ kind: 'pair', problem, engines: [left, right] });
  if (answer.kind !== 'pair') throw new Error(answer.kind);
  return answer.value;
}

describe('two engines', () => {
  test('part where the older pip jumps over the choice that matters', async () => {
    const { left, right, difference } = await pairOf(PARTIAL_SATISFIER, 'pip@26.2', 'pip@24.3');
    expect(left.cell.verdict).toBe('solved');
    expect(right.cell.verdict).toBe('impossible');
    expect(difference).not.toBeNull();
    const before = (story: Pair['left'], at: number | null): readonly string[] =>
      story.moves
        .slice(0, at ?? undefined)
        .filter(({ kind }) => kind === 'pin' || kind === 'undo')
        .map(({ kind, project, version }) => `${kind} ${project} ${version}`);
    expect(before(left, difference!.left.at)).toEqual(before(right, difference!.right.at));
  });

  test('the same engine twice has no difference', async () => {
    const { difference } = await pairOf(PARTIAL_SATISFIER, 'pip@26.2', 'pip@26.2');
    expect(difference).toBeNull();
  });

  test('names the part of pip’s key that chose', async () => {
    // pip 25.0 goes by depth and the order of lines, 25.1 by upper bounds first.
    const problem = toyProblem('a\nb<2', 'a 1\nb 1');
    const { difference } = await pairOf(problem, 'pip@25.0', 'pip@25.1');
    expect(difference?.left.rule).toMatchObject({ kind: 'preference', chosen: 'a', deciding: 'order' });
    expect(difference?.right.rule).toMatchObject({
      kind: 'preference',
      chosen: 'b',
      deciding: 'upper-bound',
    });
    expect(ruleWords(difference!.right.rule)).toBe('`b` comes before `a`, because it has an upper bound.');
  });

  test('uv’s class of priority is told', async () => {
    const problem = toyProblem('a\nb==1', 'a 1\nb 1');
    const { difference } = await pairOf(problem, 'zazo', 'uv@0.12');
    expect(difference?.right.rule).toMatchObject({ kind: 'priority', chosen: 'b', class: 'singleton' });
  });
});

describe('both stories in lockstep', () => {
  const ENGINES = ['pip@26.2', 'pip@24.3', 'pip@20.3', 'uv@0.12', 'zazo'];
  const pairs = ENGINES.flatMap((left) => ENGINES.map((right) => [left, right] as const));

  test.each(pairs)('%s beside %s: nothing is lost, one row is the first difference', async (left, right) => {
    const pair = await pairOf(PARTIAL_SATISFIER, left, right);
    const rows = lockstep(pair);
    expect(rows.flatMap((row) => row.left ?? [])).toEqual(pair.left.moves);
    expect(rows.flatMap((row) => row.right ?? [])).toEqual(pair.right.moves);
    for (const row of rows.filter(({ isShared }) => isShared)) {
      const words = [row.left, row.right].map((move) => `${move?.kind} ${move?.project} ${move?.version}`);
      expect(words[0]).toBe(words[1]);
    }
    const firsts = rows.filter(({ isFirstDifference }) => isFirstDifference);
    expect(firsts).toEqual(
      pair.difference === null
        ? []
        : [
            {
              left: pair.left.moves[pair.difference.left.at ?? -1] ?? null,
              right: pair.right.moves[pair.difference.right.at ?? -1] ?? null,
              isShared: false,
              isFirstDifference: true,
            },
          ],
    );
  });
});
