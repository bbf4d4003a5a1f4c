/** The dependencies of a `pyproject.toml`, each with its place, so that it can be changed or taken out. */
import {
  itemsAt,
  fieldsAt,
  textAt,
  tableAt,
  type SpannedTable,
  type SpannedValue,
} from '../../manifest/syntax/spanned-value.ts';
import { translatePoetryConstraint } from '../../manifest/project/poetry-constraint.ts';
import { normalizeName } from '../../packaging/name.ts';
import { parseRequirement, type Requirement } from '../../packaging/requirement.ts';
import type { Span } from '../../packaging/result.ts';

/** A wish with its place in the text. */
export interface PlacedWish {
  readonly requirement: Requirement;
  /** `line`: a PEP 508 text between quotes; `value`: a constraint between quotes; `table`: `{version = "…", …}`. */
  readonly form: 'line' | 'value' | 'table';
  /** Of the text between the quotes, or of the table with its braces. */
  readonly span: Span;
  /** Of a table: what stands as its version, between the quotes. */
  readonly version: Span | null;
  /** Where the entry begins: the quote, or the key. */
  readonly start: number;
  /** Whether the table has a Python or marker of its own. */
  readonly isMarked: boolean;
}

export interface PlacedProject {
  readonly wishes: readonly PlacedWish[];
  readonly python: { readonly text: string; readonly span: Span } | null;
}

/** Wishes in the order in which they are looked at: `[project]`, groups, the tools' own tables. */
export function placeWishes(text: string, root: SpannedTable): PlacedProject {
  const wishes: PlacedWish[] = [];
  const add = (wish: PlacedWish | null): void => {
    if (wish !== null) wishes.push(wish);
  };
  const lists = [
    itemsAt(root, 'project', 'dependencies'),
    ...fieldsAt(root, 'project', 'optional-dependencies').map(({ value }) => itemsAt(value)),
    ...fieldsAt(root, 'dependency-groups').map(({ value }) => itemsAt(value)),
    ...fieldsAt(root, 'tool', 'pdm', 'dev-dependencies').map(({ value }) => itemsAt(value)),
    itemsAt(root, 'tool', 'uv', 'dev-dependencies'),
  ];
  for (const items of lists) for (const item of items) add(ofLine(text, item));
  const poetry = tableAt(root, 'tool', 'poetry');
  const tables = [
    fieldsAt(poetry, 'dependencies'),
    fieldsAt(poetry, 'dev-dependencies'),
    ...fieldsAt(poetry, 'group').map(({ value }) => fieldsAt(value, 'dependencies')),
  ];
  for (const fields of tables)
    for (const { name, key, value } of fields)
      if (name.toLowerCase() !== 'python') add(ofField(text, name, key.start, value));
  const python = textAt(poetry, 'dependencies', 'python') ?? textAt(root, 'project', 'requires-python');
  return { wishes, python: python === null || !isQuoted(text, python.span) ? null : python };
}

function ofLine(text: string, item: SpannedValue): PlacedWish | null {
  if (item.kind !== 'string' || !isQuoted(text, item.span)) return null;
  const parsed = parseRequirement(item.value);
  if (!parsed.ok || parsed.value.url !== null) return null;
  const { span } = item;
  return {
    requirement: parsed.value,
    form: 'line',
    span,
    version: null,
    start: span.start - 1,
    isMarked: parsed.value.marker !== null,
  };
}

function ofField(text: string, name: string, start: number, value: SpannedValue): PlacedWish | null {
  if (value.kind === 'string' && isQuoted(text, value.span)) {
    const requirement = requirementOf(name, value.value);
    return (
      requirement && { requirement, form: 'value', span: value.span, version: null, start, isMarked: false }
    );
  }
  if (value.kind !== 'table' || text[value.span.start] !== '{' || text[value.span.end - 1] !== '}')
    return null;
  const version = textAt(value, 'version');
  if (version === null || !isQuoted(text, version.span)) return null;
  const extras = itemsAt(value, 'extras').flatMap((item) => (item.kind === 'string' ? [item.value] : []));
  const bracket = extras.length === 0 ? '' : `[${extras.join(',')}]`;
  const requirement = requirementOf(name + bracket, version.text);
  const isMarked = ['python', 'markers', 'platform'].some((key) => value.fields.has(key));
  return (
    requirement && { requirement, form: 'table', span: value.span, version: version.span, start, isMarked }
  );
}

function requirementOf(name: string, constraint: string): Requirement | null {
  const translated = translatePoetryConstraint(constraint);
  const parsed = parseRequirement(`${name}${translated?.specifiers ?? ''}`);
  return parsed.ok && normalizeName(parsed.value.name) !== '' ? parsed.value : null;
}

/** Spans of texts without escapes are those of their characters: quotes stand around them. */
function isQuoted(text: string, { start, end }: Span): boolean {
  const quote = text[start - 1];
  return (quote === '"' || quote === "'") && text[end] === quote;
}
