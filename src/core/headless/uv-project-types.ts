/**
 * Whether the fields of a `pyproject.toml` are of the types that uv reads them as, and its words where they are not:
 * those of `serde` and of the readers of names and versions (uv 0.13, `uv-workspace`, `pyproject.rs`).
 */
import { specifierError, versionError } from '../explain/uv/requirement-error.ts';
import { RustTomlError } from '../manifest/syntax/rust-toml/error.ts';
import {
  fieldsAt,
  itemsAt,
  tableAt,
  valueAt,
  type SpannedTable,
  type SpannedValue,
} from '../manifest/syntax/spanned-value.ts';
import type { Span } from '../packaging/result.ts';
import { isValidName } from '../packaging/name.ts';

/** The first field of a wrong type in the order of the text, in uv's words; null where there is none. */
export function wrongType(text: string, root: SpannedTable): RustTomlError | null {
  const found = new Complaints(text);
  const project = valueAt(root, 'project');
  if (project !== null && project.kind !== 'table') found.isNo(project, 'struct ProjectWire');
  found.name(valueAt(project, 'name'));
  found.version(valueAt(project, 'version'));
  found.specifiers(valueAt(project, 'requires-python'));
  found.texts(valueAt(project, 'dependencies'));
  found.tableOfTexts(valueAt(project, 'optional-dependencies'), 'a map');
  found.texts(valueAt(project, 'dynamic'));
  found.groups(valueAt(root, 'dependency-groups'));
  const uv = valueAt(root, 'tool', 'uv');
  for (const field of LISTS) found.texts(valueAt(uv, field));
  return found.first;
}

/** Settings that are lists of requirements. */
const LISTS = [
  'constraint-dependencies',
  'override-dependencies',
  'dev-dependencies',
  'build-constraint-dependencies',
] as const;

/** Settings of which uv knows a few words, in its order. */
const WORDS = {
  resolution: ['highest', 'lowest', 'lowest-direct'],
  prerelease: ['disallow', 'allow', 'if-necessary', 'explicit', 'if-necessary-or-explicit'],
  'fork-strategy': ['fewest', 'requires-python'],
} as const;

/**
 * The first setting with a word that uv does not know. uv warns of it, and goes on without any setting of the file;
 * the lists of requirements, which are read with the project, stay.
 */
export function wrongSetting(text: string, root: SpannedTable): RustTomlError | null {
  const uv = tableAt(root, 'tool', 'uv');
  const found = new Complaints(text);
  for (const [field, words] of Object.entries(WORDS)) {
    const value = valueAt(uv, field);
    if (value === null) continue;
    if (value.kind !== 'string') found.isNo(value, 'string or table');
    else if (!(words as readonly string[]).includes(value.value))
      found.add(value, `unknown variant \`${value.value}\`, expected ${oneOf(words)}`);
  }
  return found.first;
}

function oneOf(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  return quoted.length === 2 ? quoted.join(' or ') : `one of ${quoted.join(', ')}`;
}

class Complaints {
  readonly #text: string;
  first: RustTomlError | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  add(value: SpannedValue, message: string): void {
    const { start, end } = wholeSpan(value);
    if (this.first === null || start < this.first.start)
      this.first = new RustTomlError(message, null, start, end);
  }

  isNo(value: SpannedValue, expected: string): void {
    this.add(value, `invalid type: ${this.#typeOf(value)}, expected ${expected}`);
  }

  /** As serde calls what it found. */
  #typeOf(value: SpannedValue): string {
    const written = this.#text.slice(value.span.start, value.span.end);
    switch (value.kind) {
      case 'string':
        return `string ${JSON.stringify(value.value)}`;
      case 'number':
        return /^[+-]?(?:0[xob])?[0-9a-fA-F_]+$/u.test(written)
          ? `integer \`${value.value}\``
          : `floating point \`${value.value}\``;
      case 'boolean':
        return `boolean \`${value.value}\``;
      case 'array':
        return 'sequence';
      case 'table':
        return 'map';
      case 'null':
        return 'unit value';
    }
  }

  #textOf(value: SpannedValue | null): string | null {
    if (value === null) return null;
    if (value.kind === 'string') return value.value;
    this.isNo(value, 'a string');
    return null;
  }

  name(value: SpannedValue | null): void {
    const name = this.#textOf(value);
    if (name === null || isValidName(name)) return;
    this.add(
      value!,
      `Not a valid package or extra name: ${JSON.stringify(name)}. Names must start and end with a letter or digit and may only contain -, _, ., and alphanumeric characters.`,
    );
  }

  version(value: SpannedValue | null): void {
    const version = this.#textOf(value);
    const wrong = version === null ? null : versionError(version);
    if (wrong !== null) this.add(value!, wrong);
  }

  specifiers(value: SpannedValue | null): void {
    const written = this.#textOf(value);
    if (written === null) return;
    let start = 0;
    for (const part of written.split(',')) {
      const wrong = part.trim() === '' ? null : specifierError(part.trim());
      if (wrong !== null) {
        const marks = ' '.repeat(start) + '^'.repeat(part.length);
        this.add(value!, `Failed to parse version: ${wrong.replace(/\.$/u, '')}:\n${written}\n${marks}\n`);
        return;
      }
      start += part.length + 1;
    }
  }

  texts(value: SpannedValue | null): void {
    if (value === null) return;
    if (value.kind !== 'array') this.isNo(value, 'a sequence');
    else for (const item of value.items) this.#textOf(item);
  }

  tableOfTexts(value: SpannedValue | null, expected: string): void {
    if (value === null) return;
    if (value.kind !== 'table') this.isNo(value, expected);
    else for (const { name } of fieldsAt(value)) this.texts(valueAt(value, name));
  }

  groups(value: SpannedValue | null): void {
    if (value === null) return;
    if (value.kind !== 'table') {
      this.isNo(value, 'a table with unique dependency group names');
      return;
    }
    for (const { name } of fieldsAt(value)) {
      const group = valueAt(value, name);
      if (group !== null && group.kind !== 'array') this.isNo(group, 'a sequence');
      for (const item of itemsAt(value, name))
        if (item.kind !== 'string' && item.kind !== 'table')
          this.isNo(item, 'a string or a map with the `include-group` key');
    }
  }
}

/** A text's span holds what is between its quotes. */
function wholeSpan(value: SpannedValue): Span {
  const { start, end } = value.span;
  return value.kind === 'string' && value.isVerbatim ? { start: start - 1, end: end + 1 } : { start, end };
}
