/** TOML 1.0 as spanned values. Syntax is `toml-eslint-parser`'s; recovery from broken lines is ours. */
import { ParseError, parseTOML, type AST } from 'toml-eslint-parser';
import type { Span } from '../../packaging/result.ts';
import type { Complaint } from './diagnostic.ts';
import { readRustToml } from './rust-toml/values.ts';
import { RustTomlError } from './rust-toml/error.ts';
import type { SpannedTable, SpannedValue } from './spanned-value.ts';

export interface TomlReading {
  readonly value: SpannedTable;
  readonly complaints: readonly Complaint[];
}

/** So many broken lines are passed over; the text after that is not read. */
const MAXIMUM_REPAIRS = 10;
const MINIMUM_REPAIRS = 2;
/** Every repair reads the whole text again; of long texts fewer lines are repaired. In characters. */
const MAXIMUM_WORK = 60_000;

/** Reads a TOML document. A line that is not TOML is complained of and passed over. Never throws. */
export function readToml(text: string): TomlReading {
  const complaints: Complaint[] = [];
  let remaining = text;
  const affordable = Math.max(MINIMUM_REPAIRS, Math.floor(MAXIMUM_WORK / Math.max(1, text.length)));
  for (let repairs = 0; repairs <= Math.min(MAXIMUM_REPAIRS, affordable); repairs++) {
    try {
      const program = parseTOML(remaining, { tomlVersion: '1.0' });
      return { value: tableOfProgram(program, text.length), complaints };
    } catch (error) {
      // The parser calls itself for what is nested and spreads the characters of a text.
      if (error instanceof RangeError) return readAtLength(text, complaints);
      if (!(error instanceof ParseError)) throw error;
      const broken = lineAround(remaining, Math.min(error.index, remaining.length));
      const message = `Not TOML: ${lowerFirst(error.message)}`;
      complaints.push({ severity: 'error', code: 'toml-syntax', message, span: broken });
      const blank = ' '.repeat(broken.end - broken.start);
      const repaired = remaining.slice(0, broken.start) + blank + remaining.slice(broken.end);
      if (repaired === remaining) break;
      remaining = repaired;
    }
  }
  return { value: emptyTable(text.length), complaints };
}

/** Texts and nestings that are too long for the parser: read without repairs. */
function readAtLength(text: string, complaints: Complaint[]): TomlReading {
  try {
    return { value: readRustToml(text), complaints };
  } catch (error) {
    if (!(error instanceof RustTomlError)) throw error;
    const { start, end } = error;
    const message = `Not TOML: ${error.message}`;
    complaints.push({ severity: 'error', code: 'toml-syntax', message, span: { start, end } });
    return { value: emptyTable(text.length), complaints };
  }
}

function lineAround(text: string, index: number): Span {
  // An error at the end of a text or line belongs to what stands before it.
  let at = index;
  while (at > 0 && (at >= text.length || /\s/.test(text[at]!))) at--;
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  return { start: text.lastIndexOf('\n', Math.max(0, end - 1)) + (end === 0 ? 0 : 1), end };
}

function lowerFirst(message: string): string {
  return (message.slice(0, 1).toLowerCase() + message.slice(1)).replace(/\.$/, '');
}

function emptyTable(length: number): SpannedTable {
  return { kind: 'table', fields: new Map(), span: { start: 0, end: length } };
}

function tableOfProgram(program: AST.TOMLProgram, length: number): SpannedTable {
  const root = emptyTable(length);
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') addKeyValue(root, node);
    else {
      const table = openTable(root, node);
      for (const pair of node.body) addKeyValue(table, pair);
    }
  }
  return root;
}

/** Walks a header's resolved key (`['package', 0, 'source']`), making what is not there yet. */
function openTable(root: SpannedTable, node: AST.TOMLTable): SpannedTable {
  const span = spanOf(node);
  let current: SpannedValue = root;
  for (const [index, step] of node.resolvedKey.entries()) {
    const isArray = typeof node.resolvedKey[index + 1] === 'number';
    const next = childOf(current, step);
    if (next !== null) current = next;
    else {
      const made: SpannedValue = isArray
        ? { kind: 'array', items: [], span }
        : { kind: 'table', fields: new Map(), span };
      putChild(current, step, spanOf(node.key), made);
      current = made;
    }
  }
  return current.kind === 'table' ? current : emptyTable(0);
}

function childOf(parent: SpannedValue, step: string | number): SpannedValue | null {
  if (typeof step === 'number') return parent.kind === 'array' ? (parent.items[step] ?? null) : null;
  return parent.kind === 'table' ? (parent.fields.get(step)?.value ?? null) : null;
}

function putChild(parent: SpannedValue, step: string | number, key: Span, value: SpannedValue): void {
  if (typeof step === 'number' && parent.kind === 'array') parent.items[step] = value;
  else if (typeof step === 'string' && parent.kind === 'table') parent.fields.set(step, { key, value });
}

function addKeyValue(table: SpannedTable, node: AST.TOMLKeyValue): void {
  const names = node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
  let current = table;
  for (const name of names.slice(0, -1)) {
    let field = current.fields.get(name);
    if (field === undefined) {
      const made: SpannedTable = { kind: 'table', fields: new Map(), span: spanOf(node) };
      current.fields.set(name, (field = { key: spanOf(node.key), value: made }));
    }
    if (field.value.kind !== 'table') return;
    current = field.value;
  }
  current.fields.set(names.at(-1) ?? '', { key: spanOf(node.key), value: valueOfNode(node.value) });
}

function valueOfNode(node: AST.TOMLContentNode): SpannedValue {
  const span = spanOf(node);
  switch (node.type) {
    case 'TOMLArray':
      return { kind: 'array', items: node.elements.map(valueOfNode), span };
    case 'TOMLInlineTable': {
      const table: SpannedTable = { kind: 'table', fields: new Map(), span };
      for (const pair of node.body) addKeyValue(table, pair);
      return table;
    }
    case 'TOMLValue':
      return valueOfScalar(node, span);
  }
}

function valueOfScalar(node: AST.TOMLValue, span: Span): SpannedValue {
  switch (node.kind) {
    case 'string': {
      const isVerbatim = node.value.length === span.end - span.start - 2;
      const inner = isVerbatim ? { start: span.start + 1, end: span.end - 1 } : span;
      return { kind: 'string', value: node.value, span: inner, isVerbatim };
    }
    case 'boolean':
      return { kind: 'boolean', value: node.value, span };
    case 'integer':
    case 'float':
      return { kind: 'number', value: node.value, span };
    case 'offset-date-time':
    case 'local-date-time':
    case 'local-date':
    case 'local-time':
      return { kind: 'string', value: node.datetime, span, isVerbatim: true };
  }
}

function spanOf(node: { readonly range: readonly [number, number] }): Span {
  return { start: node.range[0], end: node.range[1] };
}
