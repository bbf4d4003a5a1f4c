import { expect, test } from 'vitest';
import { readCutOff } from '../../../src/core/package-index/facts/cut-off.ts';

function moment(text: string, reading: 'pip' | 'uv'): string | null {
  const read = readCutOff(text, reading);
  return read.ok ? new Date(read.value).toISOString() : null;
}

test.each([
  // text, pip, uv: pip takes the beginning of a day, uv its end; uv wants a zone, or takes the day.
  ['2024-05-01', '2024-05-01T00:00:00.000Z', '2024-05-02T00:00:00.000Z'],
  ['2024-02-28', '2024-02-28T00:00:00.000Z', '2024-02-29T00:00:00.000Z'],
  ['2024-05-01T12:30:00Z', '2024-05-01T12:30:00.000Z', '2024-05-01T12:30:00.000Z'],
  ['2024-05-01T12:30:00+02:00', '2024-05-01T10:30:00.000Z', '2024-05-01T10:30:00.000Z'],
  ['2024-05-01T12:30', '2024-05-01T12:30:00.000Z', '2024-05-02T00:00:00.000Z'],
  ['2024-05-01 12:30:00.25', '2024-05-01T12:30:00.250Z', '2024-05-02T00:00:00.000Z'],
  [' 2024-05-01 ', '2024-05-01T00:00:00.000Z', '2024-05-02T00:00:00.000Z'],
])('%s', (text, pip, uv) => {
  expect(moment(text, 'pip')).toBe(pip);
  expect(moment(text, 'uv')).toBe(uv);
});

test.each(['', 'yesterday', '2024-02-30', '2024-13-01', '2024-05-01T25:00', 'P7D', '3 days', '2024'])(
  '%j is no moment',
  (text) => {
    for (const reading of ['pip', 'uv'] as const) expect(moment(text, reading)).toBeNull();
  },
);
