/** Poetry's tables of a `pyproject.toml`, of 1.x and of 2.x (where they add sources to PEP 621's lists). */
import { isValidName, normalizeName } from '../../packaging/name.ts';
import { parseRequirement } from '../../packaging/requirement.ts';
import type { Span } from '../../packaging/result.ts';
import type { ManifestBuilder } from '../manifest-builder.ts';
import { translatePoetryConstraint } from './poetry-constraint.ts';
import {
  fieldsAt,
  itemsAt,
  tableAt,
  textAt,
  valueAt,
  type SpannedField,
  type SpannedTable,
  type SpannedValue,
} from '../syntax/spanned-value.ts';

type NamedField = SpannedField & { readonly name: string };

/** Reads `[tool.poetry]`: dependencies, groups, extras, the old `dev-dependencies`, and `python`. */
export function readPoetryTables(builder: ManifestBuilder, root: SpannedTable): void {
  const poetry = tableAt(root, 'tool', 'poetry');
  if (poetry === null) return;
  const hasProjectList = valueAt(root, 'project', 'dependencies') !== null;
  const optional = new Map<string, NamedField>();
  for (const field of fieldsAt(poetry, 'dependencies')) {
    if (field.name === 'python') readPython(builder, field.value);
    else if (hasProjectList) noteSource(builder, field);
    else if (isOptional(field.value)) optional.set(normalizeName(field.name), field);
    else addDependency(builder, 'main', field);
  }
  readGroup(builder, 'dev', 'tool.poetry.dev-dependencies', fieldsAt(poetry, 'dev-dependencies'), true);
  for (const group of fieldsAt(poetry, 'group')) {
    const label = `tool.poetry.group.${group.name}`;
    readGroup(builder, group.name, label, groupFields(poetry, group.name), !isOptional(group.value));
  }
  for (const extra of fieldsAt(poetry, 'extras')) {
    const id = `extra:${normalizeName(extra.name)}`;
    builder.group(id, `tool.poetry.extras.${extra.name}`, 'requirements', false);
    for (const item of itemsAt(extra.value)) {
      const field = item.kind === 'string' ? optional.get(normalizeName(item.value)) : undefined;
      if (field !== undefined) addDependency(builder, id, field);
    }
  }
}

/** A group's dependencies, and those of the groups that it includes (Poetry 2.2). */
function groupFields(poetry: SpannedTable, name: string): NamedField[] {
  const fields: NamedField[] = [];
  const seen = new Set<string>();
  const open = [name];
  for (const next of open) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const field of fieldsAt(poetry, 'group', next, 'dependencies')) fields.push(field);
    for (const item of itemsAt(poetry, 'group', next, 'include-groups'))
      if (item.kind === 'string') open.push(item.value);
  }
  return fields;
}

function readGroup(
  builder: ManifestBuilder,
  name: string,
  label: string,
  fields: readonly NamedField[],
  isDefault: boolean,
): void {
  if (fields.length === 0) return;
  const id = `group:${normalizeName(name)}`;
  builder.group(id, label, 'requirements', isDefault);
  for (const field of fields) addDependency(builder, id, field);
}

function readPython(builder: ManifestBuilder, value: SpannedValue): void {
  const written =
    value.kind === 'string' ? { text: value.value, span: value.span } : textAt(value, 'version');
  if (written === null) return;
  const translated = translatePoetryConstraint(written.text);
  if (translated === null) complainOfConstraint(builder, written.text, written.span);
  else {
    if (translated.isHull) noteHull(builder, written.text, written.span);
    if (translated.specifiers !== '')
      builder.options = { ...builder.options, requiresPython: translated.specifiers };
  }
}

function isOptional(value: SpannedValue): boolean {
  const optional = valueAt(value, 'optional');
  return optional?.kind === 'boolean' && optional.value;
}

/** One dependency: a constraint, a table, or several tables with markers that exclude one another. */
function addDependency(builder: ManifestBuilder, group: string, field: NamedField): void {
  const { name, value } = field;
  if (!isValidName(name)) {
    builder.complain('error', 'invalid-name', `\`${name}\` is not a project name`, field.key);
    return;
  }
  if (value.kind === 'array') for (const item of value.items) addOne(builder, group, name, item);
  else addOne(builder, group, name, value);
}

function addOne(builder: ManifestBuilder, group: string, name: string, value: SpannedValue): void {
  if (value.kind === 'string') {
    addTranslated(builder, group, name, '', value.value, '', value.span);
    return;
  }
  if (value.kind !== 'table') {
    builder.complain('error', 'invalid-dependency', `\`${name}\` needs a version between quotes`, value.span);
    return;
  }
  const extras = itemsAt(value, 'extras').flatMap((item) => (item.kind === 'string' ? [item.value] : []));
  const bracket = extras.length === 0 ? '' : `[${extras.join(',')}]`;
  const marker = markersOf(builder, value);
  const address = addressOf(value);
  const version = textAt(value, 'version');
  if (address !== null) {
    const suffix = marker === '' ? '' : ` ; ${marker}`;
    const parsed = parseRequirement(`${name}${bracket} @ ${address}${suffix}`);
    if (parsed.ok) builder.add(group, parsed.value, value.span);
    else
      builder.complain(
        'error',
        'invalid-requirement',
        `Not a requirement: ${parsed.error.message}`,
        value.span,
      );
  } else if (valueAt(value, 'path') !== null || valueAt(value, 'file') !== null) {
    const message = `Left out: \`${name}\` is a path on your machine, and this page reads no files`;
    builder.complain('warning', 'local-path', message, value.span);
  } else
    addTranslated(builder, group, name, bracket, version?.text ?? '*', marker, version?.span ?? value.span);
  const allows = valueAt(value, 'allow-prereleases');
  if (allows?.kind === 'boolean' && allows.value) {
    const known = builder.options.allReleases ?? [];
    builder.options = { ...builder.options, allReleases: [...known, normalizeName(name)] };
  }
}

function addTranslated(
  builder: ManifestBuilder,
  group: string,
  name: string,
  bracket: string,
  constraint: string,
  marker: string,
  span: Span,
): void {
  const translated = translatePoetryConstraint(constraint);
  if (translated === null) {
    complainOfConstraint(builder, constraint, span);
    return;
  }
  if (translated.isHull) noteHull(builder, constraint, span);
  const suffix = marker === '' ? '' : ` ; ${marker}`;
  builder.addText(group, `${name}${bracket}${translated.specifiers}${suffix}`, span, false);
}

/** `python`, `platform` and `markers` of a dependency as one PEP 508 marker; '' for none. */
function markersOf(builder: ManifestBuilder, table: SpannedTable): string {
  const parts: string[] = [];
  const python = textAt(table, 'python');
  if (python !== null) {
    const marker = pythonMarker(python.text);
    if (marker === null) complainOfConstraint(builder, python.text, python.span);
    else if (marker !== '') parts.push(marker);
  }
  const platform = textAt(table, 'platform');
  if (platform !== null) parts.push(platformMarker(platform.text));
  const markers = textAt(table, 'markers');
  if (markers !== null) parts.push(parts.length > 0 ? `(${markers.text})` : markers.text);
  return parts.join(' and ');
}

/** A constraint on Python as a marker; alternatives are joined by `or`. '' for any, null where it is none. */
function pythonMarker(text: string): string | null {
  const alternatives: string[] = [];
  for (const part of text.split(/\|\|?/)) {
    const translated = translatePoetryConstraint(part.trim());
    if (translated === null) return null;
    const clauses = translated.specifiers.split(',').flatMap((clause) => {
      const match = /^([<>=!~]+)(.*)$/.exec(clause);
      if (match === null) return [];
      const isFull = match[2]!.split('.').length > 2 && !match[2]!.endsWith('*');
      return [`${isFull ? 'python_full_version' : 'python_version'} ${match[1]!} "${match[2]!}"`];
    });
    if (clauses.length === 0) return '';
    alternatives.push(clauses.join(' and '));
  }
  return alternatives.length === 1 ? alternatives[0]! : `(${alternatives.join(' or ')})`;
}

/** `win32 || darwin`, `!=win32`. */
function platformMarker(text: string): string {
  const parts = text.split(/\|\|?/).map((part) => {
    const [, operator = '', name = ''] = /^\s*(!=|={0,2})\s*(.*?)\s*$/.exec(part) ?? [];
    return `sys_platform ${operator === '!=' ? '!=' : '=='} "${name}"`;
  });
  return parts.length === 1 ? parts[0]! : `(${parts.join(' or ')})`;
}

function addressOf(table: SpannedTable): string | null {
  const url = textAt(table, 'url');
  if (url !== null) return url.text;
  const git = textAt(table, 'git');
  if (git === null) return null;
  const reference = textAt(table, 'rev') ?? textAt(table, 'tag') ?? textAt(table, 'branch');
  const subdirectory = textAt(table, 'subdirectory');
  const address = git.text.replace(/^git@([^:]+):/, 'ssh://git@$1/');
  const suffix = subdirectory === null ? '' : `#subdirectory=${subdirectory.text}`;
  return `git+${address}${reference === null ? '' : `@${reference.text}`}${suffix}`;
}

function noteSource(builder: ManifestBuilder, field: NamedField): void {
  const message = `\`${field.name}\` is in \`project.dependencies\`; only its source is told here, which is not followed`;
  builder.complain('hint', 'poetry-source', message, field.key);
}

function complainOfConstraint(builder: ManifestBuilder, text: string, span: Span): void {
  builder.complain('error', 'invalid-constraint', `\`${text}\` is not a version constraint of Poetry`, span);
}

function noteHull(builder: ManifestBuilder, text: string, span: Span): void {
  builder.guess(`\`${text}\` was widened to the range around its alternatives.`);
  const message = `pip has no \`||\`: the range around all alternatives of \`${text}\` is used`;
  builder.complain('warning', 'alternatives', message, span);
}
