import { describe, expect, test } from 'vitest';
import { PIP_ERAS } from '../../../../src/core/resolver/pip/era.ts';
import {
  isPreferenceOrder,
  NEWEST_PREFERENCE,
  partsOfEra,
  roomOf,
  unpackKey,
} from '../../../../src/core/resolver/pip/preference-parts.ts';

describe('a packed preference', () => {
  test.each(PIP_ERAS.map((era) => [era.release, era] as const))('of pip %s is taken apart', (_, era) => {
    const parts = partsOfEra(era);
    const values = parts.map((part, at) => ({ part, value: (at * 7 + 1) % roomOf(part) }));
    const key = values.reduce((sum, { part, value }) => sum * roomOf(part) + value, 0);
    expect(unpackKey(key, parts)).toEqual(values);
    expect(Number.isSafeInteger(parts.reduce((room, part) => room * roomOf(part), 1))).toBe(true);
  });

  test('an order has every part once', () => {
    expect(isPreferenceOrder(NEWEST_PREFERENCE.toReversed())).toBe(true);
    expect(isPreferenceOrder([...NEWEST_PREFERENCE.slice(1), 'direct'])).toBe(false);
  });
});
