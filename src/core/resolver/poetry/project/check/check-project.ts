/**
 * Whether Poetry takes a `pyproject.toml` for a project at all: what it checks before it reads any dependency, in its
 * words and order. poetry-core 2.5 and poetry 2.5, `Factory.validate`.
 */
import { normalizeName } from '../../../../packaging/name.ts';
import { isTable, tableIn, valueIn, type TomlTable, type TomlValue } from '../project-text.ts';
import { groupCycles } from './group-cycles.ts';
import { schemaFault, type Schema } from './json-schema.ts';
import { POETRY_ADDITIONS, POETRY_SCHEMA } from './poetry-tables.ts';
import { GROUPS_SCHEMA, PROJECT_SCHEMA } from './standard-tables.ts';

export interface Refusal {
  /** Poetry's words. */
  readonly message: string;
  /** Ours, where Poetry's say only where its own code broke. */
  readonly note?: string;
}

/** Null where the tables are as Poetry expects them. */
export function refusalOf(toml: TomlTable): Refusal | null {
  const broken = brokenTable(toml);
  if (broken !== null) return broken;
  const poetry = tableIn(toml, 'tool', 'poetry');
  const errors = [
    ...faultsOf(toml['project'], PROJECT_SCHEMA, 'data', 'project'),
    ...faultsOf(poetry, POETRY_SCHEMA, 'data.', 'tool.poetry.'),
    ...faultsOf(toml['dependency-groups'], GROUPS_SCHEMA, 'data', 'dependency-groups'),
    ...missingFields(toml, poetry),
    ...groupCycles(tableIn(poetry, 'group')),
    ...faultsOf(poetry, POETRY_ADDITIONS, '', ''),
    ...unexpectedKeys(poetry),
    ...ownDependency(toml, poetry),
  ];
  if (errors.length === 0) return null;
  return {
    message: `The Poetry configuration is invalid:\n${errors.map((each) => `  - ${each}\n`).join('')}`,
  };
}

function faultsOf(
  value: TomlValue | undefined,
  schema: Schema,
  place: string,
  printed: string,
): readonly string[] {
  const fault = value === undefined ? null : schemaFault(value, schema, 'data');
  if (fault === null) return [];
  return [place === '' ? fault : fault.replaceAll(place, printed)];
}

function missingFields(toml: TomlTable, poetry: TomlTable): readonly string[] {
  if (valueIn(poetry, 'package-mode') === false) return [];
  const isGiven = (value: TomlValue | undefined): boolean => value !== undefined && value !== '';
  return ['name', 'version']
    .filter((key) => !isGiven(valueIn(toml, 'project', key)) && !isGiven(poetry[key]))
    .map((key) => `Either [project.${key}] or [tool.poetry.${key}] is required in package mode.`);
}

function unexpectedKeys(poetry: TomlTable): readonly string[] {
  const known = { ...POETRY_SCHEMA.properties, ...POETRY_ADDITIONS.properties };
  return Object.keys(poetry)
    .filter((key) => !Object.hasOwn(known, key))
    .map((key) => `Additional properties are not allowed ('${key}' was unexpected)`);
}

function ownDependency(toml: TomlTable, poetry: TomlTable): readonly string[] {
  const name = valueIn(toml, 'project', 'name') ?? poetry['name'];
  if (typeof name !== 'string' || name === '') return [];
  const tables = [
    tableIn(poetry, 'dependencies'),
    tableIn(poetry, 'dev-dependencies'),
    ...Object.values(tableIn(poetry, 'group')).map((group) => tableIn(group, 'dependencies')),
  ];
  const isOwn = (key: string): boolean => normalizeName(key) === normalizeName(name);
  return tables.some((table) => Object.keys(table).some(isOwn))
    ? [`Project name (${name}) is same as one of its dependencies`]
    : [];
}

/** Poetry asks these values for what only a table has, and breaks off with Python's own words where they are none. */
function brokenTable(toml: TomlTable): Refusal | null {
  const { tool } = toml;
  const poetry = isTable(tool) ? tool['poetry'] : undefined;
  const group = isTable(poetry) ? poetry['group'] : undefined;
  const inPoetry = (key: string): TomlValue | undefined => (isTable(poetry) ? poetry[key] : undefined);
  const groups = isTable(group) ? Object.entries(group) : [];
  return (
    brokenAs(tool, 'tool', 'setdefault') ??
    brokenAs(poetry, 'tool.poetry', 'get') ??
    brokenAs(toml['project'], 'project', 'get') ??
    brokenAs(group, 'tool.poetry.group', 'items') ??
    firstBroken(groups, ([name, each]) => brokenAs(each, `tool.poetry.group.${name}`, 'get')) ??
    brokenAs(inPoetry('dependencies'), 'tool.poetry.dependencies', 'keys') ??
    brokenAs(inPoetry('dev-dependencies'), 'tool.poetry.dev-dependencies', 'keys') ??
    firstBroken(groups, ([name, each]) =>
      brokenAs(valueIn(each, 'dependencies'), `tool.poetry.group.${name}.dependencies`, 'keys'),
    )
  );
}

function firstBroken<T>(items: readonly T[], brokenOf: (item: T) => Refusal | null): Refusal | null {
  for (const item of items) {
    const broken = brokenOf(item);
    if (broken !== null) return broken;
  }
  return null;
}

function brokenAs(value: TomlValue | undefined, place: string, method: string): Refusal | null {
  if (value === undefined || isTable(value)) return null;
  const message = `'${pythonType(value)}' object has no attribute '${method}'`;
  return { message, note: `\`${place}\` has to be a table; Poetry breaks off where it is none.` };
}

function pythonType(value: TomlValue): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return 'datetime.date';
}
