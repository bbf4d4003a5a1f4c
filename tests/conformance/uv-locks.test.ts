import { expect, test } from 'vitest';
import { sharedData, SHARED_DATA_MISSING } from '../shared-data.ts';
import { uvLocks } from './uv-locks.ts';

test.skipIf(sharedData === null)(
  `projects are locked as uv locks them (or ${SHARED_DATA_MISSING})`,
  () => {
    const { rows, differences } = uvLocks();
    expect(differences).toEqual([]);
    expect(rows.map(({ total }) => total)).toEqual([101, 60]);
  },
  120_000,
);
