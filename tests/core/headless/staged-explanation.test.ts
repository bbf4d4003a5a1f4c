/** The checked answer comes in stages: each is true, and each says more than the one before. */
import { describe, expect, test } from 'vitest';
import type { Explanation } from '../../../src/core/explain/explanation.ts';
import { ResolverService } from '../../../src/core/headless/resolver-service.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';

const FACTS = {
  projects: {
    a: { '1.0': { requires: ['c<2'] }, '2.0': { requires: ['c<2'] } },
    b: { '1.0': { requires: ['c>=2'] }, '0.9': { requires: [] } },
    c: { '1.0': { requires: [] }, '2.0': { requires: [] } },
  },
};

async function stagesOf(engine: string): Promise<readonly Explanation[]> {
  const service = new ResolverService({ now: () => 0, handOver: (value) => value });
  await service.run(
    makeProblem({ engine, requirements: 'a\nb>=1', index: { facts: FACTS } }),
    () => undefined,
  );
  const stages: Explanation[] = [];
  const last = await service.explain((explanation) => stages.push(explanation));
  return [...stages, last];
}

describe.each(['pip@26.3', 'uv@0.13'])('%s', (engine) => {
  test('lines, sentence and proof come first, then one fix after the other', async () => {
    const stages = await stagesOf(engine);
    const [first, last] = [stages[0]!, stages.at(-1)!];
    expect(first.fixes).toEqual([]);
    expect(first.sentence).toBe(last.sentence);
    expect(first.proof).toEqual(last.proof);
    expect(first.chains).toEqual(last.chains);
    expect(stages.map(({ fixes }) => fixes.length)).toEqual([0, 1, 2, 3, 3]);
    for (const [at, { fixes }] of stages.slice(1).entries())
      for (const fix of stages[at]!.fixes) expect(fixes).toContainEqual(fix);
  });
});
