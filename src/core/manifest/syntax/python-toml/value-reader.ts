/** TOML's values, as far as `tomllib` refuses any: their form, and the keys of inline tables. */
import { pythonRepr } from '../../../packaging/python-text.ts';
import { NamespaceMarks, nestAt, type TomlNest, type TomlNode } from './namespace-marks.ts';
import { pythonTuple, TextReader } from './text-reader.ts';

const TIME = String.raw`(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?`;
const DATE = /([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])/y;
const TIME_OF_DATE = new RegExp(`[Tt ]${TIME}(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?`, 'y');
const LOCAL_TIME = new RegExp(TIME, 'y');
const NUMBER =
  /0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|b[01](?:_?[01])*|o[0-7](?:_?[0-7])*)|[+-]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?/y;
const SPECIAL = /true|false|[+-]?(?:inf|nan)/y;
/** Python gives up on deeper values with an error of its own. */
const MAXIMUM_DEPTH = 200;

export class ValueReader extends TextReader {
  #depth = 0;

  readPair(): { readonly key: readonly string[]; readonly value: TomlNode } {
    const key = this.readKey();
    if (!this.take('=')) this.fail("Expected '=' after a key in a key/value pair");
    this.skipBlanks();
    return { key, value: this.readValue() };
  }

  /** A table comes with its keys; of all others only their form counts. */
  readValue(): TomlNode {
    const { next } = this;
    if (next === '"' || next === "'") {
      this.readString();
      return 'value';
    }
    if (next === '[' || next === '{') return this.#readNested(next);
    if (this.#takesDate() || this.takeMatch(LOCAL_TIME) !== '' || this.takeMatch(SPECIAL) !== '')
      return 'value';
    return this.takeMatch(NUMBER) === '' ? this.fail('Invalid value') : 'value';
  }

  #readNested(opening: string): TomlNode {
    if (++this.#depth > MAXIMUM_DEPTH) this.fail('Value nested too deeply');
    this.take(opening);
    const value = opening === '[' ? this.#readArray() : this.#readInlineTable();
    this.#depth--;
    return value;
  }

  #readArray(): 'closed' {
    for (;;) {
      this.skipBlanksAndComments();
      if (this.take(']')) return 'closed';
      this.readValue();
      this.skipBlanksAndComments();
      if (this.take(']')) return 'closed';
      if (!this.take(',')) this.fail('Unclosed array');
    }
  }

  #readInlineTable(): TomlNest {
    const nest: TomlNest = new Map();
    const marks = new NamespaceMarks();
    this.skipBlanks();
    if (this.take('}')) return nest;
    for (;;) {
      this.#readInlinePair(nest, marks);
      this.skipBlanks();
      if (this.take('}')) return nest;
      if (!this.take(',')) this.fail('Unclosed inline table');
      this.skipBlanks();
    }
  }

  #readInlinePair(nest: TomlNest, marks: NamespaceMarks): void {
    const { key, value } = this.readPair();
    if (marks.isFrozen(key)) this.fail(`Cannot mutate immutable namespace ${pythonTuple(key)}`);
    const inner = nestAt(nest, key.slice(0, -1), false);
    const last = key.at(-1) ?? '';
    if (inner === null) return this.fail('Cannot overwrite a value');
    if (inner.has(last)) this.fail(`Duplicate inline table key ${pythonRepr(last)}`);
    inner.set(last, value);
    if (value !== 'value') marks.freeze(key);
  }

  #takesDate(): boolean {
    const start = this.place;
    const date = this.takeMatch(DATE);
    if (date === '') return false;
    this.takeMatch(TIME_OF_DATE);
    const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
    if (year === 0 || day > daysIn(year, month)) this.fail('Invalid date or datetime', start);
    return true;
  }
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
