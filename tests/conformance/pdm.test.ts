import { expect, test } from 'vitest';
import { sharedData, SHARED_DATA_MISSING } from '../shared-data.ts';
import { pdmConformance } from './pdm.ts';

test.skipIf(sharedData === null)(
  `PDM's recorded locks come out word for word (or ${SHARED_DATA_MISSING})`,
  () => {
    const { rows, differences } = pdmConformance();
    expect(differences).toEqual([]);
    const [row] = rows;
    expect(row!.total).toBeGreaterThan(80);
    const { total } = row!;
    expect(row).toMatchObject({ outcome: total, pins: total, events: total, text: total });
  },
  180_000,
);
