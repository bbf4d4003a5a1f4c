import { expect, test } from 'vitest';
import { requirementErrorLines } from '../../../src/core/explain/uv/requirement-error.ts';
import { readLenientRequirement } from '../../../src/core/resolver/uv/lenient-requirement.ts';

test.each([
  [
    'pytz>=2011k',
    ['after parsing `2011`, found `k`, which is not part of a valid version', 'pytz>=2011k', '    ^^^^^^^'],
  ],
  [
    'a ; python_version === "3.8"',
    [
      'Expected a valid marker operator (such as `>=` or `not in`), found `===`',
      'a ; python_version === "3.8"',
      '                   ^^^',
    ],
  ],
])('uv says what is wrong with %s', (line, expected) => {
  expect(requirementErrorLines(line, '')).toEqual(expected);
});

test.each([
  ['tornado (>=5.0<6.0)', '<6.0,>=5.0'],
  ['jupyter-core!=~5.0,>=4.12', '!=5.0.*,>=4.12'],
  ['scikit-learn>=1.0.* ; extra == "x"', '>=1.0'],
  ['amqp (>dev)', '>0.0.0dev'],
  ["dataclasses (>='0.7')", '>=0.7'],
])('uv mends %s', (line, expected) => {
  const read = readLenientRequirement(line);
  const texts = read.ok ? read.value.specifier.specifiers.map(({ text }) => text) : [];
  expect(texts.toSorted().join()).toBe(expected);
});

test('what cannot be mended stays wrong', () => {
  expect(readLenientRequirement('pytz>=2011k').ok).toBe(false);
});
