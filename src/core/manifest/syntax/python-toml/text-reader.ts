/** A TOML text and a place in it: keys, strings, blanks and comments, with the words of Python's `tomllib`. */
import { pythonRepr } from '../../../packaging/python-text.ts';
import { characterCount, TOML_CONTROL } from '../toml-characters.ts';

/** Thrown with the whole sentence. */
export class TomlComplaint extends Error {}

export const KEY_START = /^[A-Za-z0-9_"'-]/u;
const BARE_KEY = /[A-Za-z0-9_-]+/y;
const BLANKS = /[ \t]*/y;
const BLANKS_AND_BREAKS = /[ \t\n]*/y;
/** Here a carriage return stands nowhere, too; texts of several lines hold line feeds. */
const CONTROLS = String.raw`${TOML_CONTROL}\r`;
const ILLEGAL = new RegExp(String.raw`[\n${CONTROLS}]`, 'u');
const ILLEGAL_IN_LINES = new RegExp(`[${CONTROLS}]`, 'u');
const PLAIN = new RegExp(String.raw`[^"\\\n${CONTROLS}]*`, 'uy');
const PLAIN_IN_LINES = new RegExp(String.raw`[^"\\${CONTROLS}]*`, 'uy');
const HEX = /^[0-9A-Fa-f]*$/;

export class TextReader {
  readonly source: string;
  protected place = 0;

  constructor(source: string) {
    this.source = source;
  }

  get isAtEnd(): boolean {
    return this.place >= this.source.length;
  }

  /** The character at the place; '' at the end. */
  get next(): string {
    return this.source.charAt(this.place);
  }

  /** Steps over a word that stands here. */
  take(word: string): boolean {
    if (!this.source.startsWith(word, this.place)) return false;
    this.place += word.length;
    return true;
  }

  /** Steps over what a sticky expression matches here; '' where it matches nothing. */
  takeMatch(expression: RegExp): string {
    expression.lastIndex = this.place;
    const found = expression.exec(this.source)?.[0] ?? '';
    this.place += found.length;
    return found;
  }

  fail(words: string, place = this.place): never {
    throw new TomlComplaint(`${words} (at ${this.#coordinates(place)})`);
  }

  skipBlanks(): void {
    this.takeMatch(BLANKS);
  }

  skipComment(): void {
    if (this.take('#')) this.place = this.#endBefore('\n', ILLEGAL, false);
  }

  skipBlanksAndComments(): void {
    for (let before = -1; before !== this.place;) {
      before = this.place;
      this.takeMatch(BLANKS_AND_BREAKS);
      this.skipComment();
    }
  }

  readKey(): readonly string[] {
    const parts: string[] = [];
    do {
      this.skipBlanks();
      parts.push(this.#readKeyPart());
      this.skipBlanks();
    } while (this.take('.'));
    return parts;
  }

  readString(): string {
    if (this.take("'''")) return this.#readLines("'");
    if (this.take('"""')) return this.#readLines('"');
    if (this.take("'")) return this.#readLiteral();
    this.take('"');
    return this.#readBasic(false);
  }

  #readKeyPart(): string {
    const bare = this.takeMatch(BARE_KEY);
    if (bare !== '') return bare;
    if (this.take("'")) return this.#readLiteral();
    if (this.take('"')) return this.#readBasic(false);
    return this.fail('Invalid initial character for a key part');
  }

  #readLiteral(): string {
    const end = this.#endBefore("'", ILLEGAL, true);
    const literal = this.source.slice(this.place, end);
    this.place = end + 1;
    return literal;
  }

  #readLines(quote: '"' | "'"): string {
    this.take('\n');
    let text: string;
    if (quote === '"') text = this.#readBasic(true);
    else {
      const end = this.#endBefore("'''", ILLEGAL_IN_LINES, true);
      text = this.source.slice(this.place, end);
      this.place = end + 3;
    }
    // Up to two quotes more belong to the text.
    for (let more = 0; more < 2 && this.take(quote); more++) text += quote;
    return text;
  }

  #readBasic(hasLines: boolean): string {
    const plain = hasLines ? PLAIN_IN_LINES : PLAIN;
    const parts: string[] = [];
    for (;;) {
      parts.push(this.takeMatch(plain));
      if (this.isAtEnd) return this.fail('Unterminated string');
      if (this.next === '\\') parts.push(this.#readEscape(hasLines));
      else if (this.next !== '"') return this.fail(`Illegal character ${pythonRepr(this.next)}`);
      else if (!hasLines || this.source.startsWith('"""', this.place)) {
        this.place += hasLines ? 3 : 1;
        return parts.join('');
      } else parts.push(this.take('"') ? '"' : '');
    }
  }

  #readEscape(hasLines: boolean): string {
    const escape = this.source.slice(this.place, this.place + 2);
    this.place += 2;
    if (hasLines && /^\\[ \t\n]$/u.test(escape)) return this.#readBrokenLine(escape);
    if (escape === '\\u') return this.#readHex(4);
    if (escape === '\\U') return this.#readHex(8);
    return ESCAPES.get(escape) ?? this.fail("Unescaped '\\' in a string");
  }

  /** A backslash at the end of a line: the blanks after it are no part of the text. */
  #readBrokenLine(escape: string): string {
    if (escape !== '\\\n') {
      this.skipBlanks();
      if (this.isAtEnd) return '';
      if (!this.take('\n')) return this.fail("Unescaped '\\' in a string");
    }
    this.takeMatch(BLANKS_AND_BREAKS);
    return '';
  }

  #readHex(length: number): string {
    const digits = this.source.slice(this.place, this.place + length);
    if (digits.length !== length || !HEX.test(digits)) return this.fail('Invalid hex value');
    this.place += length;
    const code = Number.parseInt(digits, 16);
    const isScalar = code <= 0xd7ff || (code >= 0xe000 && code <= 0x10ffff);
    return isScalar
      ? String.fromCodePoint(code)
      : this.fail('Escaped character is not a Unicode scalar value');
  }

  /** Where a word stands next; complains of a character that may not come before it. */
  #endBefore(word: string, illegal: RegExp, isRequired: boolean): number {
    const found = this.source.indexOf(word, this.place);
    if (found < 0 && isRequired)
      this.fail(`Expected ${word.includes("'") ? `"${word}"` : `'${word}'`}`, this.source.length);
    const end = found < 0 ? this.source.length : found;
    const at = this.source.slice(this.place, end).search(illegal);
    if (at < 0) return end;
    const place = this.place + at;
    return this.fail(`Found invalid character ${pythonRepr(this.source.charAt(place))}`, place);
  }

  /** Columns count characters, as Python does, not halves of them. */
  #coordinates(place: number): string {
    if (place >= this.source.length) return 'end of document';
    const before = this.source.slice(0, place);
    const line = before.split('\n').length;
    const column = characterCount(before.slice(before.lastIndexOf('\n') + 1)) + 1;
    return `line ${line}, column ${column}`;
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\b', '\b'],
  ['\\t', '\t'],
  ['\\n', '\n'],
  ['\\f', '\f'],
  ['\\r', '\r'],
  ['\\"', '"'],
  ['\\\\', '\\'],
]);

/** Python's `repr` of a tuple of texts. */
export function pythonTuple(parts: readonly string[]): string {
  const texts = parts.map(pythonRepr);
  return texts.length === 1 ? `(${texts[0]},)` : `(${texts.join(', ')})`;
}
