/** The worked examples of `src/core/resolver/pubgrub/README.md`, after Dart's document on PubGrub. */
import { describe, expect, test } from 'vitest';
import { runNamed } from './named-registry.ts';

describe('worked examples', () => {
  test('no conflicts: two decisions below the root', () => {
    const run = runNamed({
      root: { 0: { foo: [10, 19] } },
      foo: { 10: { bar: [10, 19] } },
      bar: { 10: {}, 20: {} },
    });
    expect(run.versions).toEqual({ root: 0, foo: 10, bar: 10 });
    expect(run.decisions).toEqual(['root 0', 'foo 10', 'bar 10']);
    expect(run.conflicts).toBe(0);
  });

  test('avoiding a conflict: foo 11 is given up without trying bar for it', () => {
    const run = runNamed({
      root: { 0: { foo: [10, 19], bar: [10, 19] } },
      foo: { 11: { bar: [20, 29] }, 10: {} },
      bar: { 10: {}, 11: {}, 20: {} },
    });
    expect(run.versions).toEqual({ root: 0, foo: 10, bar: 11 });
    expect(run.decisions).toEqual(['root 0', 'foo 11', 'foo 10', 'bar 11']);
  });

  test('conflict resolution: foo 2 needs bar, which needs foo 1', () => {
    const run = runNamed({
      root: { 0: { foo: [10, 99] } },
      foo: { 20: { bar: [10, 19] }, 10: {} },
      bar: { 10: { foo: [10, 19] } },
    });
    expect(run.versions).toEqual({ root: 0, foo: 10 });
    expect(run.decisions).toEqual(['root 0', 'foo 20', 'bar 10', 'foo 10']);
    expect(run.learned.at(-1)).toBe('foo 20');
    expect(run.backjumps.at(-1)).toEqual([2, 1]);
  });

  test('partial satisfier: foo 11 is ruled out by what left and right share', () => {
    const run = runNamed({
      root: { 0: { foo: [10, 19], target: [20, 29] } },
      foo: { 11: { left: [10, 19], right: [10, 19] }, 10: {} },
      left: { 10: { shared: [10, 99] } },
      right: { 10: { shared: [0, 19] } },
      shared: { 20: {}, 10: { target: [10, 19] } },
      target: { 20: {}, 10: {} },
    });
    expect(run.versions).toEqual({ root: 0, foo: 10, target: 20 });
    expect(run.learned.at(-1)).toBe('foo 11, not target 10-19');
  });

  test('linear failure: the proof rests on three requirements and what is missing', () => {
    const run = runNamed({
      root: { 0: { foo: [10, 19], baz: [10, 19] } },
      foo: { 10: { bar: [20, 29] } },
      bar: { 20: { baz: [30, 39] } },
      baz: { 10: {}, 30: {} },
    });
    expect(run.versions).toBeNull();
    expect(run.facts).toEqual([
      'bar 20 needs baz 30-39',
      'foo 10 needs bar 20-29',
      'no bar 21-29',
      'no foo 11-19',
      'root 0 needs baz 10-19',
      'root 0 needs foo 10-19',
    ]);
  });

  test('branching failure: both versions of foo fail, each for its own reason', () => {
    const run = runNamed({
      root: { 0: { foo: [10, 19] } },
      foo: { 10: { a: [10, 19], b: [10, 19] }, 11: { x: [10, 19], y: [10, 19] } },
      a: { 10: { b: [20, 29] } },
      b: { 10: {}, 20: {} },
      x: { 10: { y: [20, 29] } },
      y: { 10: {}, 20: {} },
    });
    expect(run.versions).toBeNull();
    expect(run.facts).toContain('a 10 needs b 20-29');
    expect(run.facts).toContain('x 10 needs y 20-29');
  });

  test('a package that needs itself at another version cannot be used', () => {
    const run = runNamed({ root: { 0: { foo: [0, 9] } }, foo: { 2: { foo: [1, 1] }, 1: { foo: [0, 9] } } });
    expect(run.versions).toEqual({ root: 0, foo: 1 });
  });
});
