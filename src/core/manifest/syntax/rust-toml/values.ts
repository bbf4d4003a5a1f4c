/**
 * A TOML text as uv reads it: values with their places, or the first complaint in the words and at the place of the
 * `toml` crate. Linear in the text; nothing is repaired. Source: toml 1.1, de/parser.
 */
import type { SpannedArray, SpannedTable, SpannedValue } from '../spanned-value.ts';
import { RustTomlError } from './error.ts';
import { tomlEvents, type TomlEvent } from './events.ts';
import { bareScalar } from './scalars.ts';
import { bareKey, basicString, literalString, mlBasicString, mlLiteralString } from './strings.ts';

interface Key {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** How a table came to be; the default is a table with a header of its own. */
interface Origin {
  /** Only named in the path of another. */
  isImplicit: boolean;
  isDotted: boolean;
  readonly isInline: boolean;
}

const QUOTED = {
  literal: literalString,
  basic: basicString,
  'ml-literal': mlLiteralString,
  'ml-basic': mlBasicString,
} as const;

/** Dates are values of their own, and the only texts without quotes. */
function typeName(value: SpannedValue, text: string): string {
  const { start, end } = value.span;
  if (value.kind === 'number') return /[.einf]/iu.test(text.slice(start, end)) ? 'float' : 'integer';
  if (value.kind !== 'string') return value.kind;
  return /^\d/u.test(value.value) && text[end] !== '"' && text[end] !== "'" ? 'datetime' : 'string';
}

class DocumentReader {
  readonly #text: string;
  readonly #events: readonly TomlEvent[];
  #at = 0;
  readonly #origins = new WeakMap<SpannedTable, Origin>();
  readonly #arraysOfTables = new WeakSet<SpannedArray>();

  constructor(text: string) {
    this.#text = text;
    this.#events = tomlEvents(text);
  }

  read(): SpannedTable {
    const root = this.#table(0, this.#text.length, { isImplicit: false, isDotted: false, isInline: false });
    let current = root;
    for (let event = this.#events[this.#at]; event !== undefined; event = this.#events[this.#at]) {
      if (event.kind === 'table-open' || event.kind === 'array-table-open') {
        this.#at++;
        current = this.#openTable(root, event);
      } else this.#keyValue(current);
    }
    return root;
  }

  #table(start: number, end: number, origin: Origin): SpannedTable {
    const table: SpannedTable = { kind: 'table', fields: new Map(), span: { start, end } };
    this.#origins.set(table, origin);
    return table;
  }

  #keys(): readonly Key[] {
    const keys: Key[] = [];
    for (let event = this.#events[this.#at]; event?.kind === 'key'; event = this.#events[++this.#at]) {
      const { start, end, quoted } = event;
      const raw = { text: this.#text.slice(start, end), start };
      if (quoted === 'ml-literal' || quoted === 'ml-basic')
        throw new RustTomlError(
          'keys cannot be multi-line',
          ['literal string', 'basic string', 'unquoted string'],
          start,
          end,
        );
      keys.push({ name: quoted === null ? bareKey(raw) : QUOTED[quoted](raw), start, end });
    }
    return keys;
  }

  #openTable(root: SpannedTable, open: TomlEvent): SpannedTable {
    const keys = this.#keys();
    const close = this.#events[this.#at];
    if (close?.kind === 'table-close') this.#at++;
    const key = keys.at(-1)!;
    const parent = this.#descend(root, keys.slice(0, -1), false);
    const end = close?.end ?? open.end;
    const known = parent.fields.get(key.name)?.value;
    const isArray = open.kind === 'array-table-open';
    const origin = { isImplicit: false, isDotted: false, isInline: false };
    if (isArray) return this.#nextOfArray(parent, key, this.#table(open.start, end, origin));
    if (known === undefined) {
      const table = this.#table(open.start, end, origin);
      parent.fields.set(key.name, { key: { start: key.start, end: key.end }, value: table });
      return table;
    }
    const itsOrigin = known.kind === 'table' ? this.#origins.get(known) : undefined;
    if (known.kind !== 'table' || itsOrigin?.isImplicit !== true || itsOrigin.isDotted) return duplicate(key);
    itsOrigin.isImplicit = false;
    return known;
  }

  #nextOfArray(parent: SpannedTable, key: Key, table: SpannedTable): SpannedTable {
    const known = parent.fields.get(key.name)?.value;
    if (known === undefined) {
      const array: SpannedArray = { kind: 'array', items: [table], span: table.span };
      this.#arraysOfTables.add(array);
      parent.fields.set(key.name, { key: { start: key.start, end: key.end }, value: array });
    } else if (known.kind === 'array' && this.#arraysOfTables.has(known)) known.items.push(table);
    else return duplicate(key);
    return table;
  }

  #keyValue(table: SpannedTable): void {
    const path = [...this.#keys()];
    const key = path.pop()!;
    // Within braces a key alone is passed over.
    if (this.#events[this.#at]?.kind !== 'equals') return;
    this.#at++;
    const value = this.#value();
    const isDotted = path.length > 0;
    const parent = this.#descend(table, path, isDotted);
    const origin = this.#origins.get(parent)!;
    // What stands under a header of its own is not added to by dotted keys; and within braces both are kept apart.
    const isMixed = origin.isInline ? origin.isDotted !== isDotted : isDotted && !origin.isImplicit;
    if (isMixed || parent.fields.has(key.name)) duplicate(key);
    parent.fields.set(key.name, { key: { start: key.start, end: key.end }, value });
  }

  #descend(from: SpannedTable, path: readonly Key[], isDotted: boolean): SpannedTable {
    let table = from;
    for (const key of path) {
      const found = table.fields.get(key.name)?.value;
      const { isInline } = this.#origins.get(table)!;
      if (found === undefined) {
        const made = this.#table(key.start, key.end, { isImplicit: true, isDotted, isInline });
        table.fields.set(key.name, { key: { start: key.start, end: key.end }, value: made });
        table = made;
      } else table = this.#entered(found, key, isDotted, isInline);
    }
    return table;
  }

  #entered(found: SpannedValue, key: Key, isDotted: boolean, isWithinInline: boolean): SpannedTable {
    const refuse = (type: string): never => {
      throw new RustTomlError(
        `cannot extend value of type ${type} with a dotted key`,
        null,
        key.start,
        key.end,
      );
    };
    if (found.kind === 'array') {
      const last = found.items.at(-1);
      return this.#arraysOfTables.has(found) && last?.kind === 'table' ? last : refuse('array');
    }
    if (found.kind !== 'table') return refuse(typeName(found, this.#text));
    const origin = this.#origins.get(found)!;
    if (origin.isInline && !isWithinInline) return refuse('inline table');
    if (isDotted && !origin.isImplicit) return duplicate(key);
    if (isDotted) origin.isDotted = true;
    return found;
  }

  #value(): SpannedValue {
    const event = this.#events[this.#at++]!;
    const { kind, start, end, quoted } = event;
    if (kind === 'array-open') return this.#array(start);
    if (kind === 'inline-open') return this.#inlineTable(start);
    const text = this.#text.slice(start, end);
    if (quoted === null) return bareScalar(text, start);
    const value = QUOTED[quoted]({ text, start });
    const isVerbatim = value.length === end - start - 2;
    return {
      kind: 'string',
      value,
      isVerbatim,
      span: isVerbatim ? { start: start + 1, end: end - 1 } : { start, end },
    };
  }

  #array(start: number): SpannedArray {
    const items: SpannedValue[] = [];
    for (let event = this.#events[this.#at]!; event.kind !== 'array-close'; event = this.#events[this.#at]!) {
      if (event.kind === 'comma') this.#at++;
      else items.push(this.#value());
    }
    const { end } = this.#events[this.#at++]!;
    return { kind: 'array', items, span: { start, end } };
  }

  #inlineTable(start: number): SpannedTable {
    const table = this.#table(start, start, { isImplicit: false, isDotted: false, isInline: true });
    for (
      let event = this.#events[this.#at]!;
      event.kind !== 'inline-close';
      event = this.#events[this.#at]!
    ) {
      if (event.kind === 'comma') this.#at++;
      else this.#keyValue(table);
    }
    const { end } = this.#events[this.#at++]!;
    const closed: SpannedTable = { ...table, span: { start, end } };
    this.#origins.set(closed, this.#origins.get(table)!);
    return closed;
  }
}

function duplicate(key: Key): never {
  throw new RustTomlError('duplicate key', null, key.start, key.end);
}

/** Throws `RustTomlError`. */
export function readRustToml(text: string): SpannedTable {
  return new DocumentReader(text).read();
}
