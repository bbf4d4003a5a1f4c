import { describe, expect, test } from 'vitest';
import { checkAnswer, type Report } from './check-answer.ts';
import { ENGINES, generate, HARD_KINDS, KINDS } from './generate.ts';
import { explainProblem } from './explain-problem.ts';
import { World } from './world.ts';

describe('what an explanation says, held against the facts', () => {
  test.each(ENGINES)(
    'is true of a Problem of each kind on %s',
    async (engine) => {
      for (const kind of [...KINDS, ...HARD_KINDS]) {
        const problem = generate(kind, engine, 41);
        const { findings } = checkAnswer(new World(problem), await explainProblem(problem));
        expect(findings, JSON.stringify(problem)).toEqual([]);
      }
    },
    60_000,
  );

  test('a false claim is found', async () => {
    const problem = {
      engine: 'pip@26.2',
      requirements: 'a\nb==3',
      environment: { python: '3.11.7', platform: 'linux-x86_64' },
      index: {
        facts: {
          projects: {
            a: { '1': { requires: ['b<2'] }, '2': { requires: ['b==1'] } },
            b: { '1': { requires: [] }, '3': { requires: [] } },
          },
        },
      },
    };
    const report = await explainProblem(problem);
    expect(checkAnswer(new World(problem), report).findings).toEqual([]);
    const { conflict, fixes } = report;
    const lie = (sentence: string): Report => ({ ...report, conflict: { ...conflict!, sentence } });
    const found = (changed: Report): readonly string[] =>
      checkAnswer(new World(problem), changed).findings.map(({ property }) => property);
    expect(found(lie('Every version of `a` needs `b<2`.'))).toEqual(['claims']);
    expect(found(lie('The index has no project `a`.'))).toEqual(['claims']);
    expect(found({ ...report, conflict: { ...conflict!, lines: conflict!.lines.slice(1) } })).toEqual([
      'sufficient',
    ]);
    expect(found({ ...report, fixes: [{ ...fixes![0]!, newLine: 'b==3' }] })).toContain('fixes');
    expect(found({ ...report, fixes: [] })).toEqual(['offered']);
  });
});
