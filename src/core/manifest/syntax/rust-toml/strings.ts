/** What stands in quotes, and bare keys. Words and places of complaints are the `toml` crate's. */
import { TOML_CONTROL } from '../toml-characters.ts';
import { RustTomlError } from './error.ts';

interface Piece {
  readonly text: string;
  readonly start: number;
}

const CONTROL_OR_END = String.raw`${TOML_CONTROL}\r\n`;

const NOT_LITERAL = new RegExp(`[${CONTROL_OR_END}]`, 'u');
const NOT_ML_LITERAL = new RegExp(`[${TOML_CONTROL}]`, 'u');
const NOT_BASIC = new RegExp(`["${CONTROL_OR_END}]+`, 'uy');
const NOT_ML_BASIC = new RegExp(`[${TOML_CONTROL}]+`, 'uy');
const BASIC = new RegExp(String.raw`[^"\\${CONTROL_OR_END}]*`, 'uy');
const ML_BASIC = new RegExp(String.raw`[^\\\r${TOML_CONTROL}]*`, 'uy');

const LINE_FEED = 'newline';

/** The text between quotes; complains of what is not closed. */
function unquoted({ text, start }: Piece, quotes: string, what: string, quote: string): Piece {
  const inner = text.slice(quotes.length);
  if (!inner.endsWith(quotes))
    throw new RustTomlError(`invalid ${what}`, [`\`${quote}\``], start + text.length);
  return { text: inner.slice(0, inner.length - quotes.length), start: start + quotes.length };
}

export function literalString(piece: Piece): string {
  const { text, start } = unquoted(piece, "'", 'literal string', "'");
  const bad = text.search(NOT_LITERAL);
  if (bad >= 0)
    throw new RustTomlError('invalid literal string', ['non-single-quote visible characters'], start + bad);
  return text;
}

function withoutFirstNewline({ text, start }: Piece): Piece {
  const length = text.startsWith('\n') ? 1 : text.startsWith('\r\n') ? 2 : 0;
  return { text: text.slice(length), start: start + length };
}

export function mlLiteralString(piece: Piece): string {
  const { text, start } = withoutFirstNewline(unquoted(piece, "'''", 'multi-line literal string', "'"));
  const bad = text.search(NOT_ML_LITERAL);
  if (bad >= 0)
    throw new RustTomlError(
      'invalid multi-line literal string',
      ['non-single-quote characters'],
      start + bad,
    );
  checkReturns(text, start);
  return text.replaceAll('\r\n', '\n');
}

function checkReturns(text: string, start: number): void {
  const bad = /\r(?!\n)/u.exec(text)?.index;
  if (bad !== undefined)
    throw new RustTomlError('carriage return must be followed by newline', [LINE_FEED], start + bad + 1);
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

export function basicString(piece: Piece): string {
  const { text, start } = unquoted(piece, '"', 'basic string', '"');
  let value = '';
  for (let at = 0; at < text.length;) {
    const plain = matchAt(BASIC, text, at);
    value += plain;
    at += plain.length;
    if (at >= text.length) break;
    if (text[at] === '\\') {
      const { character, end } = escaped(text, at + 1, start);
      value += character;
      at = end;
      continue;
    }
    const bad = matchAt(NOT_BASIC, text, at);
    throw new RustTomlError(
      'invalid basic string',
      ['non-double-quote visible characters', '`\\`'],
      start + at,
      start + at + bad.length,
    );
  }
  return value;
}

export function mlBasicString(piece: Piece): string {
  const { text, start } = withoutFirstNewline(unquoted(piece, '"""', 'multi-line basic string', '"'));
  checkReturns(text, start);
  let value = '';
  for (let at = 0; at < text.length;) {
    const plain = matchAt(ML_BASIC, text, at);
    value += plain;
    at += plain.length;
    if (at >= text.length) break;
    if (text[at] === '\r') at++;
    else if (text[at] !== '\\') {
      const bad = matchAt(NOT_ML_BASIC, text, at);
      throw new RustTomlError(
        'invalid multi-line basic string',
        ['`\\`', 'characters'],
        start + at,
        start + at + bad.length,
      );
    } else if (/[ \t\r\n]/u.test(text[at + 1] ?? '')) at = afterEscapedNewline(text, at + 1, start);
    else {
      const { character, end } = escaped(text, at + 1, start);
      value += character;
      at = end;
    }
  }
  return value;
}

function afterEscapedNewline(text: string, at: number, start: number): number {
  const blank = matchAt(/[ \t]*/uy, text, at);
  const next = at + blank.length;
  if (text[next] !== '\n' && text[next] !== '\r')
    throw new RustTomlError('invalid multi-line basic string', [LINE_FEED], start + next);
  return next + matchAt(/[ \t\r\n]*/uy, text, next).length;
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  '"': '"',
};
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const EXPECTED_ESCAPES = ['b', 'e', 'f', 'n', 'r', '\\', '"', 'x', 'u', 'U'].map((name) => `\`${name}\``);

function escaped(text: string, at: number, start: number): { character: string; end: number } {
  const name = text[at] ?? '';
  const plain = ESCAPES[name];
  if (plain !== undefined) return { character: plain, end: at + 1 };
  const length = HEX_DIGITS[name];
  if (length === undefined) throw new RustTomlError('missing escaped value', EXPECTED_ESCAPES, start + at);
  const digits = matchAt(/[0-9A-Fa-f]*/uy, text, at + 1).slice(0, length);
  const end = at + 1 + digits.length;
  if (digits.length < length)
    throw new RustTomlError('too few unicode value digits', ['unicode hexadecimal value'], start + end);
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
    throw new RustTomlError('invalid value', ['unicode hexadecimal value'], start + at + 1);
  return { character: String.fromCodePoint(code), end };
}

const KEY_CHARACTERS = ['letters', 'numbers', '`-`', '`_`'];

export function bareKey({ text, start }: Piece): string {
  if (text === '') throw new RustTomlError('unquoted keys cannot be empty', KEY_CHARACTERS, start);
  const bad = /[^\w-]+/u.exec(text);
  if (bad !== null)
    throw new RustTomlError(
      'invalid unquoted key',
      KEY_CHARACTERS,
      start + bad.index,
      start + bad.index + bad[0].length,
    );
  return text;
}
