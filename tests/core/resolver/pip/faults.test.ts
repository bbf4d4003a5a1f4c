/** pip's own faults, reproduced: the five indexes of resolver/README.md#faults. */
import { describe, expect, test } from 'vitest';
import { runPip, type TestIndex } from './run-pip.ts';

const UNSOUND: TestIndex = {
  a: { '2.0': ['d'], '1.0': [] },
  d: { '2.0': ['a!=2.0', 'e==3.0'], '1.0': [] },
  e: { '3.0': ['d==1.0'] },
};

describe('an installation that is broken', () => {
  test('pip 26.2 installs a alone, and the checker says that its d is missing', () => {
    const run = runPip({ index: UNSOUND, root: ['a'] });
    expect(run.pins).toBe('a==2.0');
    expect(run.outcome).toMatchObject({
      broken: [{ requirement: 'd', requiredBy: 'a 2.0', found: null }],
    });
  });

  test('pip 20.3 and 22.3 find the answer that was there', () => {
    for (const release of ['20.3', '22.3']) {
      const run = runPip({ index: UNSOUND, root: ['a'], release });
      expect(run.pins).toBe('a==1.0');
      expect(run.outcome).toMatchObject({ broken: [] });
    }
  });

  test('pip 26.2 installs what cannot be satisfied', () => {
    const index: TestIndex = {
      b: { '3.0': ['e>=3.0'], '1.0': ['f>=3.0'] },
      e: { '1.0': ['f==1.0'] },
      f: { '1.0': [], '3.0': ['b>=2.0', 'e<3.0'] },
    };
    expect(runPip({ index, root: ['b'] }).pins).toBe('b==1.0');
    expect(runPip({ index, root: ['b'], release: '24.1' }).outcome.kind).toBe('unsolvable');
  });
});

describe('an answer that is missed', () => {
  const index: TestIndex = {
    a: { '3.0': ['e'], '2.0': [], '1.0': ['b>=3.0'] },
    b: { '2.0': [] },
    e: { '1.0': ['a~=1.0'] },
  };

  test('pip 24.1 and later call it impossible', () => {
    for (const release of ['24.1', '25.1', '25.2', '26.2']) {
      expect(runPip({ index, root: ['b', 'a'], release }).outcome.kind, release).toBe('unsolvable');
    }
  });

  test('pip 20.3 and 22.3 find it', () => {
    for (const release of ['20.3', '22.3']) {
      expect(runPip({ index, root: ['b', 'a'], release }).pins, release).toBe('a==2.0 b==2.0');
    }
  });

  test('the textbook example is missed by pip 23.1 to 25.0 alone', () => {
    const textbook: TestIndex = {
      foo: { '1.0.0': [], '1.1.0': ['left>=1,<2', 'right>=1,<2'] },
      left: { '1.0.0': ['shared>=1'] },
      right: { '1.0.0': ['shared<2'] },
      shared: { '2.0.0': [], '1.0.0': ['target>=1,<2'] },
      target: { '2.0.0': [], '1.0.0': [] },
    };
    const outcome = (release: string): string =>
      runPip({ index: textbook, root: ['foo>=1,<2', 'target>=2,<3'], release }).outcome.kind;
    expect(['20.3', '23.0', '25.1', '26.2'].map(outcome)).toEqual(Array(4).fill('solved'));
    expect(['23.1', '24.0', '25.0'].map(outcome)).toEqual(Array(3).fill('unsolvable'));
  });
});

describe('a search that never ends', () => {
  const index: TestIndex = {
    b: { '3.0': ['c==2.0'], '2.0': ['c==1.0'] },
    c: { '2.0': ['b==2.0'], '1.0': ['b!=2.0'] },
  };

  test('the repeating state is noticed long before the limit that pip would reach', () => {
    const run = runPip({ index, root: ['b'] });
    expect(run.outcome).toMatchObject({ kind: 'stopped', reason: 'livelock', detail: '200000' });
    expect(run.metrics.rounds).toBeLessThan(1_000);
    expect(run.message).toContain('Dependency resolution exceeded maximum depth');
  });

  test('a budget of rounds stops any search and keeps what stood', () => {
    const run = runPip({ index, root: ['b'], options: { maxRounds: 5 } });
    expect(run.outcome).toMatchObject({ kind: 'stopped', reason: 'budget' });
    expect(run.metrics.rounds).toBe(5);
  });
});

test('a ring of orphans makes every release die of recursion', () => {
  const index: TestIndex = {
    c: { '3.0': ['b'], '1.0': [] },
    b: { '1.0': ['c<3.0', 'd'] },
    d: { '2.0': ['b'] },
  };
  for (const release of ['20.3', '23.1', '26.2']) {
    const { outcome } = runPip({ index, root: ['c'], release });
    expect(outcome, release).toMatchObject({ kind: 'stopped', reason: 'crash', detail: 'RecursionError' });
  }
});
