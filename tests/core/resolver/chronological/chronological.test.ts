/** zazo: plain backtracking, the baseline. */
import { expect, test } from 'vitest';
import { runPip, type TestIndex } from '../pip/run-pip.ts';

test('undoes the last decision first, again and again', () => {
  const steps = Object.fromEntries(['1.0', '2.0', '3.0', '4.0'].map((version) => [version, []]));
  const index: TestIndex = { a: { '1.0': [], '2.0': ['z<1'] }, between: steps, z: { '1.0': [] } };
  const plain = runPip({ index, root: ['a', 'between'], release: 'zazo' });
  expect(plain.pins).toBe('a==1.0 between==4.0');
  const far: TestIndex = { a: { '1.0': [], '2.0': [] }, between: steps, end: { '1.0': ['a<2'] } };
  const thrashing = runPip({ index: far, root: ['a', 'between', 'end'], release: 'zazo' });
  const jumping = runPip({ index: far, root: ['a', 'between', 'end'] });
  expect(thrashing.pins).toBe(jumping.pins);
  expect(thrashing.metrics.undone, 'every version of what lies between is tried').toBe(9);
  expect(jumping.metrics.undone).toBeLessThan(3);
  expect(thrashing.kinds).not.toContain('backjump');
});

test('an impossible set ends with the clash after which nothing was left', () => {
  const index: TestIndex = { a: { '1.0': ['c<2'] }, b: { '1.0': ['c>=2'] }, c: { '1.0': [], '2.0': [] } };
  const { outcome, trace } = runPip({ index, root: ['a', 'b'], release: 'zazo' });
  expect(outcome.kind).toBe('unsolvable');
  const causes = outcome.kind === 'unsolvable' ? trace.causeLists[outcome.causes ?? -1] : undefined;
  expect(causes?.map((cause) => trace.requirements[cause.requirement]?.text)).toEqual(['c<2', 'c>=2']);
});
