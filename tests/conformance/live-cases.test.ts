/** The random cases of `npm run conformance:live`: the same for a seed, smaller on demand, and readable as a toy index. */
import { describe, expect, test } from 'vitest';
import { parseOverlay } from '../../src/core/package-index/overlay/overlay-parse.ts';
import { type LiveCase, randomCase, randomNumbers } from './live-cases.ts';
import { ourAnswer } from './live-pip.ts';
import { caseText, isWhole, smallerCases } from './live-shrinking.ts';
import { printedLines } from './live-text.ts';

function cases(seed: number, count: number): readonly LiveCase[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => randomCase(random, '26.2.1'));
}

describe('random cases', () => {
  test('are the same for a seed, and others for another', () => {
    expect(cases(7, 20)).toEqual(cases(7, 20));
    expect(cases(8, 20)).not.toEqual(cases(7, 20));
  });

  test('have everything that can be asked for', () => {
    const text = JSON.stringify(cases(1, 400));
    const words = ['sdist', 'yanked', 'says', 'requires_python', 'DIRECT/', '--no-binary', '--only-final'];
    for (const word of [...words, 'eager', 'extra ==', '[x,y]', 'nonsense', '+local.1'])
      expect(text).toContain(word);
  });

  test('are written as text that the overlay language reads', () => {
    const texts = cases(3, 80).map((liveCase) => caseText(liveCase).replaceAll('b>=nonsense', 'b'));
    for (const text of texts) expect(parseOverlay(text).errors).toEqual([]);
  });

  test('end whatever their sort, with events in the form of recordings', () => {
    for (const liveCase of cases(11, 40)) {
      const { events, pins, text } = ourAnswer(liveCase, '26.2.1', '3.11.7');
      expect(pins !== null || events.length === 0 || text.length > 0).toBe(true);
    }
  });
});

test('a smaller case has less in it, and none lacks a file that it names', () => {
  for (const liveCase of cases(5, 20)) {
    const size = JSON.stringify(liveCase).length;
    for (const smaller of smallerCases(liveCase)) expect(JSON.stringify(smaller).length).toBeLessThan(size);
  }
  const [first] = cases(5, 1);
  const named = { ...first!, requirements: ['a @ DIRECT/a-1.0-py3-none-any.whl'], direct: {} };
  expect(isWhole(named)).toBe(false);
  expect(isWhole({ ...named, direct: { a: { '1.0': { requires: [] } } } })).toBe(true);
  expect(isWhole({ ...named, requirements: [] })).toBe(false);
});

test('of what pip prints, progress and places are left out', () => {
  const text = [
    'Looking in indexes: WORLD/index',
    '  Processing FOLDER/index/a/a-1.0.tar.gz (from b)',
    '  Preparing metadata (pyproject.toml): started',
    "  WARNING: The candidate is a yanked version: 'a' (version 1.0 at WORLD/index/a/a-1.0.tar.gz (from WORLD/index/a/))",
    'ERROR: Exception:',
    'Traceback (most recent call last):',
    '  File "somewhere", line 1, in f',
    'RecursionError: maximum recursion depth exceeded',
    '',
  ];
  expect(printedLines(text)).toEqual([
    "WARNING: The candidate is a yanked version: 'a' (version 1.0 at FILE a-1.0.tar.gz (from PAGE a))",
    'ERROR: Exception:',
    'Traceback (most recent call last):',
    'RecursionError: maximum recursion depth exceeded',
  ]);
});

test('constraints of a conflict, which pip prints in a random order, are sorted', () => {
  const line = (name: string): string => `    The user requested (constraint) ${name}==1.0`;
  const text = ['The conflict is caused by:', line('b'), line('a'), 'To fix this you could try to:'];
  expect(printedLines(text)).toEqual([text[0], line('a'), line('b'), text[3]]);
});
