import { expect, test } from 'vitest';
import { lineAt, linesOfStep, nextLineWith, widestOf } from '../../src/components/stage/log/log-lines.ts';

const STEPS = [0, 0, 3, 3, 3, 7];

test('a step finds its lines, or the last one before it', () => {
  expect(linesOfStep(STEPS, 3)).toEqual({ first: 2, end: 5 });
  expect(linesOfStep(STEPS, 4)).toEqual({ first: 5, end: 5 });
  expect([0, 2, 3, 5, 7, 90].map((step) => lineAt(STEPS, step))).toEqual([0, 1, 2, 4, 5, 5]);
  expect(lineAt([], 3)).toBe(0);
});

test('finding goes round', () => {
  const lines = ['Selecting a', 'Searching b', 'selecting c'];
  expect(nextLineWith(lines, 'SELECT', 0)).toBe(2);
  expect(nextLineWith(lines, 'select', 2)).toBe(0);
  expect(nextLineWith(lines, 'nothing', 0)).toBeNull();
  expect(nextLineWith(lines, '', 0)).toBeNull();
  expect(widestOf(lines)).toBe(11);
});
