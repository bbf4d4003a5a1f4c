/** Generators of texts for property tests and fuzzing: mostly well-formed, with the odd spellings that PEP 440 allows. */
import fc from 'fast-check';

const number = fc.oneof({ weight: 8, arbitrary: fc.nat(3) }, fc.nat(2030), fc.constant(20240101)).map(String);
const release = fc.array(number, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
const maybe = (arbitrary: fc.Arbitrary<string>, weight = 1): fc.Arbitrary<string> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight, arbitrary });

const pre = fc.tuple(fc.constantFrom('a', 'b', 'rc'), number).map((parts) => parts.join(''));
const post = number.map((text) => `.post${text}`);
const dev = number.map((text) => `.dev${text}`);
const local = fc
  .array(fc.oneof(number, fc.constantFrom('abc', 'x', 'ubuntu')), { minLength: 1, maxLength: 3 })
  .map((parts) => `+${parts.join('.')}`);

/** Versions near each other, in their normal form. */
export const versionText: fc.Arbitrary<string> = fc
  .tuple(maybe(fc.constantFrom('1!', '2!')), release, maybe(pre), maybe(post), maybe(dev), maybe(local))
  .map((parts) => parts.join(''));

/** The same without a local label. */
export const publicVersionText: fc.Arbitrary<string> = versionText.map((text) => text.replace(/\+.*/, ''));

/** One specifier that `packaging` 26 accepts. */
export const specifierText: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(fc.constantFrom('<', '<=', '>', '>='), publicVersionText).map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('==', '!='), versionText).map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('==', '!='), release).map(([operator, text]) => `${operator}${text}.*`),
  fc.tuple(release, number, maybe(pre)).map(([text, last, suffix]) => `~=${text}.${last}${suffix}`),
);

/** A set of up to four. */
export const specifierSetText: fc.Arbitrary<string> = fc
  .array(specifierText, { maxLength: 4 })
  .map((texts) => texts.join(','));

const PIECES = [
  ...[
    'a',
    'Foo_bar',
    'é',
    '1',
    '0',
    '.',
    '-',
    '_',
    '!',
    '+',
    '*',
    '.*',
    'v',
    'rc',
    'post',
    'dev',
    '1.0',
    '2!',
    ' ',
    '\t',
    '\n',
  ],
  ...[
    '>=',
    '<',
    '==',
    '!=',
    '~=',
    '===',
    '=',
    ',',
    ';',
    '(',
    ')',
    '[',
    ']',
    '@',
    '"',
    "'",
    '\\',
    'and',
    'or',
    'not',
    'in',
  ],
  ...[
    'python_version',
    'extra',
    'os.name',
    '"3.8"',
    "'linux'",
    'https://e.org/x',
    '.whl',
    '.tar.gz',
    'py3-none-any',
    ': ',
  ],
  ...['Requires-Dist: ', 'macos-', 'x86_64', '😀', '\0', '\u00a0', '\ud800'],
] as const;

/** Pieces of every grammar in any order, or any text at all. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  versionText,
  specifierSetText,
);

export { PIECES };
