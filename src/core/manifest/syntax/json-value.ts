/** JSON as spanned values: `JSON.parse` with places. Reading stops at the first error and keeps what came before. */
import type { Complaint } from './diagnostic.ts';
import type { SpannedTable, SpannedValue } from './spanned-value.ts';

export interface JsonReading {
  readonly value: SpannedValue | null;
  readonly complaints: readonly Complaint[];
}

/** Deeper nesting is an error, so that no text can exhaust the stack. */
const MAXIMUM_DEPTH = 100;

/** Reads a JSON text; on an error, containers hold what was read before it. Never throws. */
export function readJson(text: string): JsonReading {
  const reader = new JsonReader(text);
  const value = reader.value(0);
  reader.expectEnd();
  return { value, complaints: reader.complaints };
}

const LITERAL = /true|false|null/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;

class JsonReader {
  readonly complaints: Complaint[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): SpannedValue | null {
    this.#skipBlanks();
    const start = this.#at;
    const character = this.#text[start];
    if (character === '"') return this.#string();
    if (character === '{' || character === '[') {
      if (depth >= MAXIMUM_DEPTH) return this.#fail('nested too deeply');
      return character === '{' ? this.#table(depth) : this.#array(depth);
    }
    const literal = this.#match(LITERAL);
    if (literal === 'null') return { kind: 'null', span: { start, end: this.#at } };
    if (literal !== null)
      return { kind: 'boolean', value: literal === 'true', span: { start, end: this.#at } };
    const number = this.#match(NUMBER);
    if (number !== null) return { kind: 'number', value: Number(number), span: { start, end: this.#at } };
    return this.#fail('expected a value');
  }

  expectEnd(): void {
    this.#skipBlanks();
    if (this.complaints.length === 0 && this.#at < this.#text.length)
      this.#fail('text after the end of the value');
  }

  #table(depth: number): SpannedTable {
    const start = this.#at++;
    const fields: SpannedTable['fields'] = new Map();
    for (let isFirst = true; !this.#closes('}', isFirst); isFirst = false) {
      this.#skipBlanks();
      const key =
        this.#text[this.#at] === '"' ? this.#string() : this.#fail('expected a name between quotes');
      if (key === null || key.kind !== 'string') break;
      this.#skipBlanks();
      if (this.#text[this.#at] !== ':') {
        this.#fail('expected a colon');
        break;
      }
      this.#at++;
      const value = this.value(depth + 1);
      if (value !== null) fields.set(key.value, { key: key.span, value });
      if (this.complaints.length > 0) break;
    }
    return { kind: 'table', fields, span: { start, end: this.#at } };
  }

  #array(depth: number): SpannedValue {
    const start = this.#at++;
    const items: SpannedValue[] = [];
    for (let isFirst = true; !this.#closes(']', isFirst); isFirst = false) {
      const value = this.value(depth + 1);
      if (value !== null) items.push(value);
      if (this.complaints.length > 0) break;
    }
    return { kind: 'array', items, span: { start, end: this.#at } };
  }

  /** Whether the container ends here; otherwise the comma between two items has been read. */
  #closes(bracket: string, isFirst: boolean): boolean {
    this.#skipBlanks();
    const character = this.#text[this.#at];
    if (character === bracket) {
      this.#at++;
      return true;
    }
    if (isFirst) return false;
    if (character !== ',') {
      this.#fail(`expected a comma or \`${bracket}\``);
      return true;
    }
    this.#at++;
    return false;
  }

  #string(): SpannedValue | null {
    const start = this.#at;
    const raw = this.#match(STRING);
    if (raw === null) return this.#fail('the text between quotes does not end');
    try {
      const value = JSON.parse(raw) as string;
      const isVerbatim = value.length === raw.length - 2;
      const span = isVerbatim ? { start: start + 1, end: this.#at - 1 } : { start, end: this.#at };
      return { kind: 'string', value, span, isVerbatim };
    } catch {
      this.#at = start;
      return this.#fail('not a valid text between quotes');
    }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return null;
    this.#at += match[0].length;
    return match[0];
  }

  #skipBlanks(): void {
    while (/[ \t\r\n\ufeff]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #fail(reason: string): null {
    const span = { start: this.#at, end: Math.min(this.#text.length, this.#at + 1) };
    this.complaints.push({ severity: 'error', code: 'json-syntax', message: `Not JSON: ${reason}`, span });
    return null;
  }
}
