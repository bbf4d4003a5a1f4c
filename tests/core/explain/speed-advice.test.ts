/** A search that gives up many versions one by one, and the bounds that would have spared it that. */
import { expect, test } from 'vitest';
import { makeIndexOpener } from '../../../src/command/problem-index.ts';
import { answerProblem } from '../../../src/command/resolve/answer.ts';
import { applyEdits } from '../../../src/core/explain/fix-edit.ts';
import type { Explanation } from '../../../src/core/explain/explanation.ts';
import { parseProblem } from '../../../src/core/problem/problem.ts';

/** Each `top` but the first needs a `mid` whose own need cannot be had: seen only when `mid` is pinned. */
const VERSIONS = Array.from({ length: 60 }, (_, at) => at + 1);
const PROJECTS = {
  top: Object.fromEntries(
    VERSIONS.map((version) => [String(version), { requires: version === 1 ? [] : [`mid==${version}`] }]),
  ),
  mid: Object.fromEntries(VERSIONS.map((version) => [String(version), { requires: ['old>=9'] }])),
  old: { '1': { requires: [] } },
  side: { '1': { requires: [] } },
};

async function explain(
  requirements: string,
  engine: string,
  options: object = {},
): Promise<{ rounds: number; explanation: Explanation; pins: unknown }> {
  const problem = parseProblem({
    engine,
    requirements,
    environment: { python: '3.11', platform: 'linux-x86_64' },
    options,
    index: { facts: { projects: PROJECTS } },
  });
  if (!problem.ok) throw new Error(problem.error.message);
  const report = await answerProblem(problem.value, makeIndexOpener('.'), { events: false, explain: true });
  if (!report.ok) throw new Error(report.error.message);
  const { solution, conflict, metrics, pins } = report.value;
  return { rounds: metrics.rounds, explanation: (solution ?? conflict)!, pins };
}

test.each(['pip@26.2', 'pip@20.3'])(
  'the advice given for %s leads to the same pins sooner',
  async (engine) => {
    const text = '# mine\ntop\nside\n';
    const { rounds, explanation, pins } = await explain(text, engine);
    const [best] = explanation.faster;
    expect(rounds).toBeGreaterThan(60);
    expect(best!.text).toContain(`instead of ${rounds.toLocaleString('en-US')}, with the same pins.`);
    const changed = await explain(applyEdits(text, best!.edits), engine);
    expect(changed.pins).toEqual(pins);
    expect(changed.rounds).toBe(best!.rounds);
    expect(changed.rounds).toBeLessThan(rounds / 2);
  },
);

test('a run that was stopped is told a bound with which it ends', async () => {
  const { explanation } = await explain('top\nside', 'pip@26.2', { maxRounds: 80 });
  expect(explanation.kind).toBe('stopped');
  expect(explanation.faster[0]!.text).toBe(
    'Change line 1 from `top` to `top<=1`: pip then comes to an answer in 3 rounds.',
  );
});

test('a short run gets no advice', async () => {
  expect((await explain('side', 'pip@26.2')).explanation.faster).toEqual([]);
});

test('a line that is added stands behind everything else, whatever follows the last requirement', () => {
  const source = { pane: 'requirements', line: 2 } as const;
  expect(
    applyEdits('a\n-c limits.txt\n# end', [
      { source, newLine: 'b>=1', adds: true },
      { source, newLine: 'c>=2', adds: true },
    ]),
  ).toBe('a\n-c limits.txt\n# end\nb>=1\nc>=2\n');
});
