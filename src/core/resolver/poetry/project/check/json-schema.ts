/**
 * Checks a table against a schema, and complains of the first fault in the words of the validator that Poetry uses
 * (fastjsonschema 2.x: keywords in a fixed order, one error).
 */
import { isTable, type TomlTable, type TomlValue } from '../project-text.ts';

export interface Schema {
  readonly type?: 'string' | 'array' | 'object' | 'boolean';
  readonly enum?: readonly string[];
  /** At least one of them has to hold. */
  readonly anyOf?: readonly Schema[];
  /** Exactly one of them has to hold. */
  readonly oneOf?: readonly Schema[];
  /** As it is printed; a text in which the expression is found passes. */
  readonly pattern?: string;
  readonly format?: 'uri';
  readonly minItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  /** For keys that match `keys`. */
  readonly entries?: { readonly keys: RegExp; readonly value: Schema };
  /** For every other key. */
  readonly rest?: Schema;
  /** Whether other keys are refused. */
  readonly isClosed?: boolean;
}

const URI = /^\w+:(?:\/?\/?)[^\s]+$/;

/** The first fault, or null. `name` is the path of the value as it is printed. */
export function schemaFault(value: TomlValue, schema: Schema, name: string): string | null {
  const { type } = schema;
  if (type !== undefined && !isOfType(value, type)) return `${name} must be ${type}`;
  if (schema.enum !== undefined && !schema.enum.includes(value as string))
    return `${name} must be one of ${listText(schema.enum)}`;
  const passes = (each: Schema): boolean => schemaFault(value, each, name) === null;
  if (schema.anyOf?.some(passes) === false) return `${name} cannot be validated by any definition`;
  if (schema.oneOf !== undefined) {
    const matches = schema.oneOf.filter(passes).length;
    if (matches !== 1) return `${name} must be valid exactly by one definition (${matches} matches found)`;
  }
  if (typeof value === 'string') return textFault(value, schema, name);
  if (Array.isArray(value)) return listFault(value as readonly TomlValue[], schema, name);
  return isTable(value) ? tableFault(value, schema, name) : null;
}

function isOfType(value: TomlValue, type: NonNullable<Schema['type']>): boolean {
  if (type === 'array') return Array.isArray(value);
  return type === 'object' ? isTable(value) : typeof value === type;
}

function textFault(value: string, { pattern, format }: Schema, name: string): string | null {
  if (pattern !== undefined && !new RegExp(pattern.replace(/^\\A/, '^').replace(/\\Z$/, '$')).test(value))
    return `${name} must match pattern ${pattern}`;
  return format === 'uri' && !URI.test(value) ? `${name} must be uri` : null;
}

function listFault(
  items: readonly TomlValue[],
  { minItems = 0, items: each }: Schema,
  name: string,
): string | null {
  if (items.length < minItems) return `${name} must contain at least ${minItems} items`;
  if (each === undefined) return null;
  return firstFault(items.entries(), ([at, item]) => schemaFault(item, each, `${name}[${at}]`));
}

function tableFault(table: TomlTable, schema: Schema, name: string): string | null {
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(table, key)).sort();
  if (missing.length > 0) return `${name} must contain ${listText(missing)} properties`;
  const { properties = {}, entries, rest, isClosed = false } = schema;
  const left = new Set(Object.keys(table));
  const faultOf = (key: string, each: Schema): string | null => {
    left.delete(key);
    return schemaFault(table[key]!, each, `${name}.${key}`);
  };
  const known = Object.entries(properties).filter(([key]) => Object.hasOwn(table, key));
  const fault = firstFault(known, ([key, each]) => faultOf(key, each));
  if (fault !== null) return fault;
  if (entries !== undefined) {
    const matching = Object.keys(table).filter((key) => entries.keys.test(key));
    const inside = firstFault(matching, (key) => faultOf(key, entries.value));
    if (inside !== null) return inside;
  }
  if (rest !== undefined) return firstFault([...left], (key) => faultOf(key, rest));
  if (!isClosed || left.size === 0) return null;
  return `${name} must not contain {${[...left].map(quoted).join(', ')}} properties`;
}

function firstFault<T>(items: Iterable<T>, faultOf: (item: T) => string | null): string | null {
  for (const item of items) {
    const fault = faultOf(item);
    if (fault !== null) return fault;
  }
  return null;
}

/** Texts as Python prints a list of them. */
function listText(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(', ')}]`;
}

function quoted(text: string): string {
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
}
