import { describe, expect, test } from 'vitest';
import { rangeTextContains } from '../../../src/core/resolver/range-text.ts';

describe('printed ranges', () => {
  test.each([
    ['*', '1.0', true],
    ['==1.0', '1.0.0', true],
    ['==1.0', '1.1', false],
    ['>=1,<2', '1.9', true],
    ['>=1,<2', '2.0', false],
    ['>1.0', '1.0', false],
    ['<=1.0', '1.0', true],
    ['<1 | >=2', '1.5', false],
    ['<1 | >=2', '2.0', true],
    ['<2', '2.0a1', true],
    ['>=1,<2+', '1.5', true],
  ])('%s and %s: %s', (range, version, isInside) => {
    expect(rangeTextContains(range, version)).toBe(isInside);
  });
});
