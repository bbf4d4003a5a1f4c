/** Not only the answer, but what it took: rounds, pins and skipped candidates, as real pip was seen to need them. */
import { describe, expect, test } from 'vitest';
import { runPip, type TestIndex } from './run-pip.ts';

const TEA: TestIndex = {
  tea: { '1.9.8': ['spoon==2.27.0', 'cup>=1.6'] },
  spoon: { '2.27.0': [], '2.28.0': [] },
  cup: {
    '3.16.0': ['spoon>=2.0'],
    '3.17.0': ['spoon>=2.0'],
    '3.18.0': ['spoon>=2.28'],
    '3.19.0': ['spoon>=2.28'],
    '3.20.0': ['spoon>=2.28'],
  },
};

const literals = (
  first: string,
  second: string,
  third: string,
): Readonly<Record<string, readonly string[]>> => ({
  '1': [`v1==${first}`],
  '2': [`v2==${second}`],
  '3': [`v3==${third}`],
});
const VARIABLE = { '0': [], '1': [] };
const SATISFIABILITY: TestIndex = {
  v1: VARIABLE,
  v2: VARIABLE,
  v3: VARIABLE,
  ...Object.fromEntries(
    ['111', '110', '101', '100', '011', '010', '001', '000'].map((clause, index) => {
      const [first = '', second = '', third = ''] = clause;
      return [`clause${index + 1}`, literals(first, second, third)];
    }),
  ),
};
const CLAUSES = Array.from({ length: 8 }, (_, index) => `clause${index + 1}`);

describe('skipping is not undoing', () => {
  test('three cups are skipped and nothing is undone', () => {
    const run = runPip({ index: TEA, root: ['tea'] });
    expect(run.pins).toBe('cup==3.17.0 spoon==2.27.0 tea==1.9.8');
    expect(run.metrics).toMatchObject({ rounds: 4, pinned: 3, rejected: 3, undone: 0 });
  });

  test('cups older than the one that fits are never opened', () => {
    const run = runPip({ index: TEA, root: ['tea'] });
    expect(run.read).not.toContain('cup==3.16.0');
    expect(run.metrics).toMatchObject({ pages: 3, metadata: 6 });
  });
});

describe('what eight clauses cost, release by release', () => {
  const rounds = { '20.3': 330, '21.3': 456, '23.3': 238, '25.3': 720, '26.2': 692 };

  test.each(Object.entries(rounds))(
    'pip %s needs %d rounds to see that they contradict',
    (release, wanted) => {
      const run = runPip({ index: SATISFIABILITY, root: CLAUSES, release });
      expect(run.outcome.kind).toBe('unsolvable');
      expect(run.metrics.rounds).toBe(wanted);
    },
  );

  test('only releases since 25.2 jump optimistically, and roll that back', () => {
    const kindsOf = (release: string): readonly string[] =>
      runPip({ index: SATISFIABILITY, root: CLAUSES, release }).kinds;
    expect(kindsOf('26.2').filter((kind) => kind === 'rollback')).toHaveLength(1);
    expect(kindsOf('25.1')).not.toContain('rollback');
    expect(kindsOf('21.3')).not.toContain('backjump');
  });
});

describe('events of ours tell what became of every pin', () => {
  test.each(['20.3', '21.2', '23.1', '25.1', '26.2'])(
    'in pip %s pins made, lost and brought back add up',
    (release) => {
      const { trace, kinds } = runPip({ index: SATISFIABILITY, root: CLAUSES, release });
      const standing = new Set<number>();
      kinds.forEach((kind, step) => {
        const candidate = trace.first[step]!;
        if (kind === 'pin' || kind === 'restore') {
          expect(standing.has(candidate), `step ${step}`).toBe(false);
          standing.add(candidate);
        }
        if (kind === 'unpin') expect(standing.delete(candidate), `step ${step}`).toBe(true);
      });
    },
  );

  test('a backjump says how many pins stood before and after', () => {
    const { trace, kinds } = runPip({ index: SATISFIABILITY, root: CLAUSES });
    const jumps = kinds.flatMap((kind, step) => (kind === 'backjump' ? [step] : []));
    expect(jumps.length).toBeGreaterThan(0);
    for (const step of jumps) expect(trace.first[step]! - trace.second[step]!).toBeGreaterThan(1);
  });

  test('the same request gives the same trace', () => {
    const [first, second] = [runPip({ index: TEA, root: ['tea'] }), runPip({ index: TEA, root: ['tea'] })];
    expect(first.events).toEqual(second.events);
    expect(first.kinds).toEqual(second.kinds);
  });
});
