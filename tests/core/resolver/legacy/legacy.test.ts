/** pip 19.3: first come, first served. */
import { describe, expect, test } from 'vitest';
import { runPip, type TestIndex } from '../pip/run-pip.ts';

const run = (index: TestIndex, root: readonly string[], constraints: readonly string[] = []) =>
  runPip({ index, root, constraints, release: '19.3' });

const INDEX: TestIndex = {
  a: { '1.0': ['c<2'] },
  b: { '1.0': ['c>=2'] },
  c: { '1.0': [], '2.0': [] },
  foo: { '1.0': { requires: ['x1; extra == "x"', 'y1; extra == "y"'], extras: ['x', 'y'] } },
  asks: { '1.0': ['foo[y]'] },
  x1: { '1.0': [] },
  y1: { '1.0': [] },
};

describe('the first requirement on a name wins', () => {
  test('a later one is ignored, installed all the same, and complained about', () => {
    const broken = run(INDEX, ['a', 'b']);
    expect(broken.pins).toBe('a==1.0 b==1.0 c==1.0');
    expect(broken.outcome).toMatchObject({
      broken: [{ requirement: 'c>=2', requiredBy: 'b 1.0', found: '1.0' }],
    });
    expect(broken.notices.map(({ text }) => text)).toEqual([
      "b 1.0 has requirement c>=2, but you'll have c 1.0 which is incompatible.",
    ]);
    expect(broken.kinds).not.toContain('unpin');
  });

  test('and so are its extras', () => {
    expect(run(INDEX, ['foo', 'asks']).pins).toBe('asks==1.0 foo==1.0');
    expect(run(INDEX, ['foo[x]', 'asks']).pins).toBe('asks==1.0 foo==1.0 x1==1.0');
  });

  test('two lines that differ in nothing but their versions are refused', () => {
    expect(run(INDEX, ['c', 'c==1.0']).message).toBe(
      "ERROR: Double requirement given: c==1.0 (already in c, name='c')",
    );
  });
});

test('a constraint becomes the requirement, whatever was asked for', () => {
  expect(run(INDEX, ['c<2'], ['c==2.0']).pins).toBe('c==2.0');
  expect(run(INDEX, ['a'], ['c==2.0', 'zz==1']).pins).toBe('a==1.0 c==2.0');
});

test('what is missing is named with where it came from', () => {
  const index: TestIndex = { m: { '1.0': ['n'] }, n: { '1.0': ['nope>=1'] } };
  expect(run(index, ['m']).message).toBe(
    'ERROR: Could not find a version that satisfies the requirement nope>=1 (from n->m) (from versions: none)\n' +
      'ERROR: No matching distribution found for nope>=1 (from n->m)',
  );
});

test('the queue is gone through level by level', () => {
  const index: TestIndex = {
    a: { '1.0': ['deep'] },
    deep: { '1.0': ['c<2'] },
    b: { '1.0': ['c'] },
    c: { '1.0': [], '2.0': [] },
  };
  expect(run(index, ['a', 'b']).pins).toContain('c==2.0');
});
