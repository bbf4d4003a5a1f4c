import { expect, test } from 'vitest';
import { sharedData, SHARED_DATA_MISSING } from '../shared-data.ts';
import { uvConformance } from './uv.ts';

test.skipIf(sharedData === null)(`uv agrees with packse's scenarios (or ${SHARED_DATA_MISSING})`, () => {
  const { rows } = uvConformance(sharedData!);
  const single = rows.find((row) => row.family === 'packse, one environment');
  expect(single).toBeDefined();
  expect(single!.total).toBeGreaterThan(50);
  expect(single).toMatchObject({ outcome: single!.total, pins: single!.total, text: single!.total });
  for (const row of rows) {
    expect(row, row.family).toMatchObject({ outcome: row.total, pins: row.total });
    if (row.text !== null) expect(row.text, row.family).toBe(row.total);
  }
});
