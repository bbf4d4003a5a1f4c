import { expect, it } from 'vitest';
import { clashesOf, type LineMark } from '../../../src/components/editor/line-mark.ts';

const mark = (line: number, message: string): LineMark => ({
  line,
  kind: 'conflict',
  label: 'Conflict',
  message,
});

it('says a clash once, with all of its lines', () => {
  expect(clashesOf([mark(2, 'these clash'), mark(4, 'these clash'), mark(7, 'another')])).toEqual([
    { lines: [2, 4], label: 'Conflict', message: 'these clash' },
    { lines: [7], label: 'Conflict', message: 'another' },
  ]);
});

it('names a line once, though it is in the conflict twice', () => {
  expect(clashesOf([mark(3, 'x'), mark(3, 'x')])).toEqual([{ lines: [3], label: 'Conflict', message: 'x' }]);
});
