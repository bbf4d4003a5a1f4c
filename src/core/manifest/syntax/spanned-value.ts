/** Values of structured texts (TOML, JSON, YAML) with the place of each, so that a complaint can point at it. */
import type { Span } from '../../packaging/result.ts';

export type SpannedValue =
  | { readonly kind: 'string'; readonly value: string; readonly span: Span; readonly isVerbatim: boolean }
  | { readonly kind: 'number'; readonly value: number; readonly span: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly span: Span }
  | { readonly kind: 'null'; readonly span: Span }
  | SpannedArray
  | SpannedTable;

export interface SpannedArray {
  readonly kind: 'array';
  readonly items: SpannedValue[];
  readonly span: Span;
}

export interface SpannedTable {
  readonly kind: 'table';
  readonly fields: Map<string, SpannedField>;
  readonly span: Span;
}

export interface SpannedField {
  readonly key: Span;
  readonly value: SpannedValue;
}

/** A text value: for verbatim strings (no escapes, one line) the span holds exactly the value's characters. */
export interface SpannedText {
  readonly text: string;
  readonly span: Span;
}

/** The value under a path of keys; null where a table or key is missing. */
export function valueAt(value: SpannedValue | null, ...path: readonly string[]): SpannedValue | null {
  let current = value;
  for (const key of path) {
    if (current?.kind !== 'table') return null;
    current = current.fields.get(key)?.value ?? null;
  }
  return current;
}

/** The table under a path; null where it is missing or something else. */
export function tableAt(value: SpannedValue | null, ...path: readonly string[]): SpannedTable | null {
  const found = valueAt(value, ...path);
  return found?.kind === 'table' ? found : null;
}

/** The string under a path; null where it is missing or something else. */
export function textAt(value: SpannedValue | null, ...path: readonly string[]): SpannedText | null {
  const found = valueAt(value, ...path);
  return found?.kind === 'string' ? { text: found.value, span: found.span } : null;
}

/** The items of the array under a path; empty where it is missing or something else. */
export function itemsAt(value: SpannedValue | null, ...path: readonly string[]): readonly SpannedValue[] {
  const found = valueAt(value, ...path);
  return found?.kind === 'array' ? found.items : [];
}

/** The fields of the table under a path, in the order of the text. */
export function fieldsAt(
  value: SpannedValue | null,
  ...path: readonly string[]
): readonly (SpannedField & { readonly name: string })[] {
  const table = tableAt(value, ...path);
  return table === null ? [] : [...table.fields].map(([name, field]) => ({ name, ...field }));
}
