/** Which tables of a TOML document may still be opened or added to, as Python's `tomllib` keeps it. */

/** A table: what stands in it, by key. */
export type TomlNest = Map<string, TomlNode>;
/** A table, a list of tables under headers, an array, or a plain value. */
export type TomlNode = TomlNest | TomlNest[] | 'closed' | 'value';

interface Mark {
  /** Closed for ever with everything below, by an inline table or an array. */
  isFrozen: boolean;
  /** Opened by a header or by a dotted key: not to be opened again. */
  isOpened: boolean;
  readonly inner: Map<string, Mark>;
}

export class NamespaceMarks {
  readonly #root = new Map<string, Mark>();
  readonly #waiting: (readonly string[])[] = [];

  /** A dotted key opens the tables on its way once the next header comes. */
  openLater(key: readonly string[]): void {
    this.#waiting.push(key);
  }

  openWaiting(): void {
    for (const key of this.#waiting.splice(0)) this.open(key);
  }

  open(key: readonly string[]): void {
    this.#at(key).isOpened = true;
  }

  freeze(key: readonly string[]): void {
    this.#at(key).isFrozen = true;
  }

  /** A new item of a list of tables begins with nothing opened. */
  forget(key: readonly string[]): void {
    let marks = this.#root;
    for (const part of key.slice(0, -1)) {
      const mark = marks.get(part);
      if (mark === undefined) return;
      marks = mark.inner;
    }
    marks.delete(key.at(-1) ?? '');
  }

  /** Whether the key, or anything above it, is closed for ever. */
  isFrozen(key: readonly string[]): boolean {
    return this.#onTheWay(key).some((mark) => mark.isFrozen);
  }

  isOpened(key: readonly string[]): boolean {
    const marks = this.#onTheWay(key);
    return marks.length === key.length && marks.at(-1)?.isOpened === true;
  }

  /** The marks of the key and of what stands above it, as far as there are any. */
  #onTheWay(key: readonly string[]): readonly Mark[] {
    const found: Mark[] = [];
    let marks = this.#root;
    for (const part of key) {
      const mark = marks.get(part);
      if (mark === undefined) break;
      found.push(mark);
      marks = mark.inner;
    }
    return found;
  }

  #at(key: readonly string[]): Mark {
    let marks = this.#root;
    let mark: Mark | undefined;
    for (const part of key) {
      mark = marks.get(part);
      if (mark === undefined) {
        mark = { isFrozen: false, isOpened: false, inner: new Map() };
        marks.set(part, mark);
      }
      marks = mark.inner;
    }
    return mark!;
  }
}

/** The table at a key, made where it is not there; null where something else stands in the way. */
export function nestAt(root: TomlNest, key: readonly string[], entersLists = true): TomlNest | null {
  let nest = root;
  for (const part of key) {
    let node = nest.get(part);
    if (node === undefined) nest.set(part, (node = new Map()));
    if (Array.isArray(node) && entersLists) node = node.at(-1);
    if (!(node instanceof Map)) return null;
    nest = node;
  }
  return nest;
}
