/** Values that stand without quotes: booleans, numbers, dates. Words and places of complaints are the `toml` crate's. */
import type { SpannedValue } from '../spanned-value.ts';
import { RustTomlError } from './error.ts';

type Scalar = Exclude<SpannedValue, { kind: 'array' | 'table' | 'null' }>;

const CLOSING_QUOTES = ["'''", '"""', "'", '"'];

function invalid(text: string, start: number): never {
  const quote = CLOSING_QUOTES.find((ending) => text.endsWith(ending));
  if (quote !== undefined) throw new RustTomlError('missing opening quote', [`\`${quote}\``], start);
  throw new RustTomlError('string values must be quoted', ['literal string'], start, start + text.length);
}

function symbol(text: string, start: number, name: string, what: string): void {
  if (text === name) return;
  if (text.includes(' ')) invalid(text, start);
  throw new RustTomlError(`invalid ${what}`, [`\`${name}\``], start, start + text.length);
}

/** `start`: of the text in the document. */
export function bareScalar(text: string, start: number): Scalar {
  const span = { start, end: start + text.length };
  switch (text.slice(0, 1).toLowerCase()) {
    case 't':
      symbol(text, start, 'true', 'boolean');
      return { kind: 'boolean', value: true, span };
    case 'f':
      symbol(text, start, 'false', 'boolean');
      return { kind: 'boolean', value: false, span };
    case 'i':
      symbol(text, start, 'inf', 'float');
      return { kind: 'number', value: Infinity, span };
    case 'n':
      symbol(text, start, 'nan', 'float');
      return { kind: 'number', value: Number.NaN, span };
    case '+':
    case '-':
      return signed(text, start);
    default:
      return /^[\d_.]/u.test(text) ? number(text, text, start) : invalid(text, start);
  }
}

function signed(text: string, start: number): Scalar {
  const rest = text.slice(1);
  if (/^[+-]/u.test(rest)) throw new RustTomlError('redundant numeric sign', [], start + 1, start + 2);
  if (/^i/iu.test(rest)) symbol(rest, start + 1, 'inf', 'float');
  else if (/^n/iu.test(rest)) symbol(rest, start + 1, 'nan', 'float');
  else if (!/^[\d_.]/u.test(rest)) return invalid(text, start);
  else return number(text, rest, start);
  const value = rest === 'inf' ? (text.startsWith('-') ? -Infinity : Infinity) : Number.NaN;
  return { kind: 'number', value, span: { start, end: start + text.length } };
}

const RADIX_NAMES: Readonly<Record<string, readonly [name: string, digits: RegExp]>> = {
  x: ['hexadecimal', /[^\da-f_]/iu],
  o: ['octal', /[^0-7_]/u],
  b: ['binary', /[^01_]/u],
};

/** `unsigned`: the number without its sign, at the end of `text`. */
function number(text: string, unsigned: string, start: number): Scalar {
  const span = { start, end: start + text.length };
  const at = start + text.length - unsigned.length;
  const radix = unsigned.startsWith('0') ? RADIX_NAMES[(unsigned[1] ?? '').toLowerCase()] : undefined;
  if (radix !== undefined) {
    checkRadix(text, unsigned, start, radix);
    return { kind: 'number', value: Number(unsigned.replaceAll('_', '')), span };
  }
  const digits = /^\d*/u.exec(unsigned)![0];
  const rest = unsigned.slice(digits.length);
  if (/^[-:]/u.test(rest)) return { kind: 'string', value: text, span, isVerbatim: true };
  if (rest.includes(' ')) return invalid(text, start);
  if (/[.e]/iu.test(rest) || unsigned.startsWith('.')) checkFloat(unsigned, at);
  else if (rest !== '' && !rest.startsWith('_')) return invalid(text, start);
  else if (unsigned.length > 1 && unsigned.startsWith('0'))
    throw new RustTomlError('unexpected leading zero', [], at, at + 1);
  checkUnderscores(unsigned, at);
  return { kind: 'number', value: Number(text.replaceAll('_', '')), span };
}

function checkRadix(
  text: string,
  unsigned: string,
  start: number,
  [name, wrong]: readonly [name: string, digits: RegExp],
): void {
  const at = start + text.length - unsigned.length;
  if (unsigned !== text)
    throw new RustTomlError('integers with a radix cannot be signed', [], start, start + 1);
  if (/[XOB]/u.test(unsigned[1]!))
    throw new RustTomlError('radix must be lowercase', [`\`0${unsigned[1]!.toLowerCase()}\``], at, at + 2);
  const bad = unsigned.slice(2).search(wrong);
  if (bad >= 0) throw new RustTomlError(`invalid ${name} number`, null, at + 2 + bad);
}

function checkFloat(text: string, start: number): void {
  let at = 0;
  const digits = (what: string, mayBeginWithZero: boolean): void => {
    const found = /^[\d_]*/u.exec(text.slice(at))![0];
    const count = found.replaceAll('_', '').length;
    if (count === 0) throw new RustTomlError(`invalid ${what}`, ['digits'], start + at);
    if (count > 1 && found.startsWith('0') && !mayBeginWithZero)
      throw new RustTomlError('unexpected leading zero', [], start + at, start + at + 1);
    at += found.length;
  };
  digits('mantissa', false);
  if (text[at] === '.') {
    at++;
    digits('fraction', true);
  }
  if (/^e$/iu.test(text[at] ?? '')) {
    at++;
    if (/^[+-]$/u.test(text[at] ?? '')) at++;
    digits('exponent', true);
  }
  if (at < text.length) throw new RustTomlError('invalid float', [], start + at, start + text.length);
}

function checkUnderscores(text: string, start: number): void {
  const bad = /^_|_$|(?<=\D)_|_(?=[^\d_])/u.exec(text);
  if (bad === null) return;
  const expected = bad.index === 0 || bad.index === text.length - 1 ? [] : null;
  throw new RustTomlError(
    '`_` may only go between digits',
    expected,
    start + bad.index,
    start + bad.index + 1,
  );
}
