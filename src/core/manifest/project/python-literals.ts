/**
 * What a `setup.py` says without being run: keyword arguments of its `setup(…)` call that are literals, or names that
 * were given literals once. Nothing is evaluated.
 */
import type { Span } from '../../packaging/result.ts';

export interface PythonText {
  readonly text: string;
  readonly span: Span;
}

export type PythonValue =
  | { readonly kind: 'text'; readonly value: PythonText }
  | { readonly kind: 'list'; readonly items: readonly PythonText[]; readonly isWhole: boolean }
  | { readonly kind: 'table'; readonly fields: ReadonlyMap<string, PythonValue>; readonly isWhole: boolean }
  | { readonly kind: 'unknown'; readonly span: Span };

/** Tables in tables are no deeper than this in any setup.py. */
const MAXIMUM_DEPTH = 6;
const STRING = /(?:[rRuUbB]{0,2})("""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*')/y;
const BLANK = /(?:\s|#[^\n]*|\\\r?\n)*/y;
const WORD = /[A-Za-z_][\w.]*/y;

export class PythonLiterals {
  readonly #text: string;
  /** Names that are given a value once at the beginning of a line. */
  readonly #names = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
    for (const match of text.matchAll(/^([A-Za-z_]\w{0,80})[ \t]*(?::[^=\n]{1,80})?=(?!=)[ \t]*/gm)) {
      const name = match[1]!;
      // A name that is given a value twice is not known.
      this.#names.set(name, this.#names.has(name) ? -1 : match.index + match[0].length);
    }
  }

  /** The value of a keyword of `setup(…)`; null where it has none. */
  argument(keyword: string): PythonValue | null {
    const call = /^[ \t]*(?:setuptools\.)?setup\(/m.exec(this.#text);
    if (call === null) return null;
    const pattern = new RegExp(String.raw`[(,\s]${keyword}[ \t]*=(?!=)`, 'g');
    pattern.lastIndex = call.index + call[0].length - 1;
    const match = pattern.exec(this.#text);
    return match === null ? null : this.#value(match.index + match[0].length, 0).value;
  }

  #value(start: number, depth: number): { readonly value: PythonValue; readonly end: number } {
    const at = this.#skip(start);
    const character = this.#text[at] ?? '';
    if (depth < MAXIMUM_DEPTH) {
      if (character === '[' || character === '(') return this.#list(at, depth);
      if (character === '{') return this.#table(at, depth);
      const string = this.#string(at);
      if (string !== null) return { value: { kind: 'text', value: string.value }, end: string.end };
      const name = this.#match(WORD, at);
      const defined = name === null ? undefined : this.#names.get(name);
      if (
        name !== null &&
        defined !== undefined &&
        defined >= 0 &&
        /^\s*[,)\]}\n]/.test(this.#text.slice(at + name.length, at + name.length + 20))
      )
        return { value: this.#value(defined, depth + 1).value, end: at + name.length };
    }
    return { value: { kind: 'unknown', span: { start: at, end: at + 1 } }, end: this.#endOfUnknown(at) };
  }

  #list(start: number, depth: number): { readonly value: PythonValue; readonly end: number } {
    const closer = this.#text[start] === '[' ? ']' : ')';
    const items: PythonText[] = [];
    let isWhole = true;
    let at = this.#skip(start + 1);
    while (at < this.#text.length && this.#text[at] !== closer) {
      const { value, end } = this.#value(at, depth + 1);
      if (value.kind === 'text') items.push(value.value);
      else isWhole = false;
      at = this.#skip(end);
      if (this.#text[at] === ',') at = this.#skip(at + 1);
      else if (this.#text[at] !== closer) {
        isWhole = false;
        at = this.#skip(this.#endOfUnknown(at));
        if (this.#text[at] === ',') at = this.#skip(at + 1);
        else break;
      }
    }
    // `[…] + more`: the rest is not known.
    if (/^\s*\+/.test(this.#text.slice(at + 1, at + 20))) isWhole = false;
    return { value: { kind: 'list', items, isWhole }, end: at + 1 };
  }

  #table(start: number, depth: number): { readonly value: PythonValue; readonly end: number } {
    const fields = new Map<string, PythonValue>();
    let isWhole = true;
    let at = this.#skip(start + 1);
    while (at < this.#text.length && this.#text[at] !== '}') {
      const key = this.#string(at);
      const colon = key === null ? at : this.#skip(key.end);
      if (key === null || this.#text[colon] !== ':') {
        isWhole = false;
        at = this.#skip(this.#endOfUnknown(at));
      } else {
        const { value, end } = this.#value(colon + 1, depth + 1);
        fields.set(key.value.text, value);
        at = this.#skip(end);
      }
      if (this.#text[at] !== ',') break;
      at = this.#skip(at + 1);
    }
    return { value: { kind: 'table', fields, isWhole }, end: at + 1 };
  }

  /** Adjacent strings are one. */
  #string(start: number): { readonly value: PythonText; readonly end: number } | null {
    let text = '';
    let at = start;
    let end = start;
    for (;;) {
      STRING.lastIndex = at;
      const match = STRING.exec(this.#text);
      if (match === null) break;
      const quotes = match[1]!.startsWith('"""') || match[1]!.startsWith("'''") ? 3 : 1;
      text += match[1]!
        .slice(quotes, -quotes)
        .replace(/\\\r?\n/g, '')
        .replace(/\\(.)/g, '$1');
      end = at + match[0].length;
      at = this.#skip(end);
    }
    return end === start ? null : { value: { text, span: { start, end } }, end };
  }

  /** To the next comma or closing bracket of this level. */
  #endOfUnknown(start: number): number {
    let depth = 0;
    let at = start;
    while (at < this.#text.length) {
      const string = /["']/.test(this.#text[at]!) ? this.#string(at) : null;
      if (string !== null) {
        at = string.end;
        continue;
      }
      const character = this.#text[at]!;
      if ('([{'.includes(character)) depth++;
      else if (')]}'.includes(character)) {
        if (depth === 0) return at;
        depth--;
      } else if (character === ',' && depth === 0) return at;
      at++;
    }
    return at;
  }

  #skip(at: number): number {
    BLANK.lastIndex = at;
    return at + (BLANK.exec(this.#text)?.[0].length ?? 0);
  }

  #match(pattern: RegExp, at: number): string | null {
    pattern.lastIndex = at;
    return pattern.exec(this.#text)?.[0] ?? null;
  }
}
