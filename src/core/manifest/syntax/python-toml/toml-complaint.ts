/**
 * What Python's `tomllib` says of a text that is no TOML 1.0, word for word with its place: Poetry and pip print it.
 * After CPython 3.11 to 3.13, Lib/tomllib/_parser.py. Read in linear time; deep nesting is bounded.
 */
import { ValueReader } from './value-reader.ts';
import { NamespaceMarks, nestAt, type TomlNest } from './namespace-marks.ts';
import { KEY_START, pythonTuple, TomlComplaint } from './text-reader.ts';

/** The words, `Expected '=' after a key in a key/value pair (at line 3, column 5)`; null where the text is TOML. */
export function pythonTomlComplaint(text: string): string | null {
  try {
    new DocumentReader(text.replaceAll('\r\n', '\n')).read();
    return null;
  } catch (error) {
    if (error instanceof TomlComplaint) return error.message;
    throw error;
  }
}

class DocumentReader {
  readonly #text: ValueReader;
  readonly #marks = new NamespaceMarks();
  readonly #root: TomlNest = new Map();
  /** The table that the last header opened. */
  #header: readonly string[] = [];

  constructor(source: string) {
    this.#text = new ValueReader(source);
  }

  read(): void {
    for (let hasMore = true; hasMore;) hasMore = this.#readLine();
  }

  /** Whether there may be another line. */
  #readLine(): boolean {
    const text = this.#text;
    text.skipBlanks();
    if (text.take('\n')) return true;
    if (text.next === '') return false;
    this.#readStatement();
    text.skipBlanks();
    text.skipComment();
    if (text.take('\n')) return true;
    return text.isAtEnd ? false : text.fail('Expected newline or end of document after a statement');
  }

  #readStatement(): void {
    const text = this.#text;
    if (KEY_START.test(text.next)) this.#readPair();
    else if (text.next === '[') {
      this.#marks.openWaiting();
      if (text.take('[[')) this.#readListHeader();
      else if (text.take('[')) this.#readTableHeader();
    } else if (text.next !== '#') text.fail('Invalid statement');
  }

  #readTableHeader(): void {
    const text = this.#text;
    text.skipBlanks();
    const key = text.readKey();
    if (this.#marks.isOpened(key) || this.#marks.isFrozen(key))
      text.fail(`Cannot declare ${pythonTuple(key)} twice`);
    this.#marks.open(key);
    if (nestAt(this.#root, key) === null) text.fail('Cannot overwrite a value');
    if (!text.take(']')) text.fail("Expected ']' at the end of a table declaration");
    this.#header = key;
  }

  #readListHeader(): void {
    const text = this.#text;
    text.skipBlanks();
    const key = text.readKey();
    if (this.#marks.isFrozen(key)) text.fail(`Cannot mutate immutable namespace ${pythonTuple(key)}`);
    this.#marks.forget(key);
    this.#marks.open(key);
    const nest = nestAt(this.#root, key.slice(0, -1));
    const list = nest?.get(key.at(-1) ?? '') ?? [];
    if (nest === null || !Array.isArray(list)) return text.fail('Cannot overwrite a value');
    list.push(new Map());
    nest.set(key.at(-1) ?? '', list);
    if (!text.take(']]')) text.fail("Expected ']]' at the end of an array declaration");
    this.#header = key;
  }

  #readPair(): void {
    const text = this.#text;
    const { key, value } = text.readPair();
    const whole = [...this.#header, ...key];
    for (let length = this.#header.length + 1; length < whole.length; length++) {
      const above = whole.slice(0, length);
      if (this.#marks.isOpened(above)) text.fail(`Cannot redefine namespace ${pythonTuple(above)}`);
      this.#marks.openLater(above);
    }
    const parent = whole.slice(0, -1);
    if (this.#marks.isFrozen(parent)) text.fail(`Cannot mutate immutable namespace ${pythonTuple(parent)}`);
    const nest = nestAt(this.#root, parent);
    const last = whole.at(-1) ?? '';
    if (nest === null || nest.has(last)) return text.fail('Cannot overwrite a value');
    if (value !== 'value') this.#marks.freeze(whole);
    nest.set(last, value);
  }
}
