/** A `pyproject.toml` as PDM locks it: requirements of all groups that are locked, in order. */
import { normalizeName } from '../../packaging/name.ts';
import {
  isTable,
  listIn,
  tableIn,
  textIn,
  valueIn,
  type TomlTable,
  type TomlValue,
} from '../poetry/project/project-text.ts';
import { InvalidProject } from '../poetry/project/table-dependency.ts';
import { EVERY_PYTHON, rangeOf, readPythonRange, type PythonRange } from './python-set.ts';
import type { PdmRequirement, RequirementMaker } from './requirement.ts';

export interface PdmProject {
  readonly requirements: readonly PdmRequirement[];
  readonly python: PythonRange;
  /** By key: the clauses that stand in place of all others. */
  readonly overrides: ReadonlyMap<string, PdmRequirement>;
  readonly excludes: ReadonlySet<string>;
  readonly allowsPrereleases: boolean | null;
  readonly unknown: readonly string[];
  readonly dropsPython: boolean;
}

interface Group {
  readonly name: string;
  readonly lines: readonly string[];
  /** Groups that it refers to. */
  readonly references: readonly string[];
}

/** Throws `InvalidProject`: with PDM's words where they are known, else with ours, which name the place. */
export function readPdmProject(maker: RequirementMaker, toml: TomlTable): PdmProject {
  checkTables(toml);
  const python = supportedPythons(toml);
  const own = new Map<string, PdmRequirement[]>();
  const unknown: string[] = [];
  let dropsPython = false;
  const groups = lockedGroups(toml);
  const byName = new Map(groups.map((group) => [group.name, group]));
  for (const group of groups) {
    const made: PdmRequirement[] = [];
    for (const line of group.lines) {
      const parts = maker.parts(line);
      if (parts === null) {
        const fault = maker.faultOf(line);
        if (fault !== null && !/^\s*(?:-e\s|[\w+.-]+:\/\/|git\+|\.)/.test(line))
          throw new InvalidProject(`[RequirementError]: ${fault}`);
        unknown.push(line);
        continue;
      }
      const requirement = maker.make(parts, new Set([group.name]));
      if (requirement.key === 'python') dropsPython = true;
      else made.push(requirement);
    }
    own.set(group.name, made);
  }
  const requirements = groups.flatMap((group) => [...own.get(group.name)!, ...referred(group, byName, own)]);
  const resolution = tableIn(toml, 'tool', 'pdm', 'resolution');
  const allowed = resolution['allow-prereleases'];
  return {
    requirements,
    python,
    overrides: readOverrides(maker, tableIn(resolution, 'overrides')),
    excludes: new Set(
      listIn(resolution, 'excludes').flatMap((item) =>
        typeof item === 'string' ? [item.toLowerCase()] : [],
      ),
    ),
    allowsPrereleases: typeof allowed === 'boolean' ? allowed : null,
    unknown,
    dropsPython,
  };
}

const NO_PROJECT =
  '[ProjectError]: The pyproject.toml has not been initialized yet. You can do this by running `pdm init`.';

function checkTables(toml: TomlTable): void {
  const { project } = toml;
  if (project === undefined && isTable(valueIn(toml, 'tool', 'poetry')))
    throw new InvalidProject(
      'PDM makes a `[project]` of `[tool.poetry]` by itself; that is not done here. Write the dependencies into `[project]`.',
    );
  if (!isTable(project) || Object.keys(project).length === 0) throw new InvalidProject(NO_PROJECT);
  checkList(project['dependencies'], 'project.dependencies', false);
  const groups = tableIn(toml, 'dependency-groups');
  const older = tableIn(toml, 'tool', 'pdm', 'dev-dependencies');
  for (const [extra, items] of Object.entries(tableIn(project, 'optional-dependencies')))
    checkList(items, `project.optional-dependencies.${extra}`, false);
  const known = new Set([...Object.keys(groups), ...Object.keys(older)].map(normalizeName));
  for (const [name, items] of Object.entries(groups)) {
    checkList(items, `dependency-groups.${name}`, true);
    for (const item of items as readonly TomlValue[]) checkInclude(item, known);
  }
  for (const [name, items] of Object.entries(older))
    checkList(items, `tool.pdm.dev-dependencies.${name}`, true);
}

function checkList(value: TomlValue | undefined, place: string, takesTables: boolean): void {
  if (value === undefined) return;
  const isItem = (item: TomlValue): boolean => typeof item === 'string' || (takesTables && isTable(item));
  if (!Array.isArray(value)) throw new InvalidProject(`\`${place}\` has to be a list of requirements.`);
  const at = (value as readonly TomlValue[]).findIndex((item) => !isItem(item));
  if (at >= 0) throw new InvalidProject(`Item ${at + 1} of \`${place}\` is no requirement.`);
}

function checkInclude(item: TomlValue, known: ReadonlySet<string>): void {
  if (!isTable(item)) return;
  const name = item['include-group'];
  if (typeof name !== 'string' || Object.keys(item).length !== 1)
    throw new InvalidProject(
      '[ProjectError]: Invalid dependency group item: only `include-group` may stand there.',
    );
  if (!known.has(normalizeName(name)))
    throw new InvalidProject(`[ProjectError]: Missing group '${normalizeName(name)}' in \`include-group\``);
}

/** The Pythons that a project supports. Throws `InvalidProject`. */
export function supportedPythons(toml: TomlTable): PythonRange {
  const requiresPython = textIn(toml, 'project', 'requires-python');
  const read = requiresPython === null ? EVERY_PYTHON : readPythonRange(requiresPython);
  if (read === null)
    throw new InvalidProject(`[InvalidPyVersion]: Invalid specifier: ${requiresPython ?? ''}`);
  // Several clauses are one range, and are printed as such.
  return read.text.includes(',') ? rangeOf(read.constraint) : read;
}

/** Names of the groups that are locked. */
export function lockedGroupNames(toml: TomlTable): readonly string[] {
  return lockedGroups(toml).map(({ name }) => name);
}

/** `default` first, then the development groups by name. Extras are locked only when asked for. */
function lockedGroups(toml: TomlTable): readonly Group[] {
  const name = normalizeName(textIn(toml, 'project', 'name') ?? '');
  const dev = new Map<string, Group>();
  for (const table of [tableIn(toml, 'dependency-groups'), tableIn(toml, 'tool', 'pdm', 'dev-dependencies')])
    for (const [key, items] of Object.entries(table)) {
      const group = groupOf(key.toLowerCase(), items, name);
      if (!dev.has(group.name)) dev.set(group.name, group);
    }
  for (const extra of Object.keys(tableIn(toml, 'project', 'optional-dependencies'))) dev.delete(extra);
  const main = groupOf('default', listIn(toml, 'project', 'dependencies'), name);
  return [main, ...[...dev.values()].sort((a, b) => (a.name < b.name ? -1 : 1))];
}

function groupOf(name: string, items: TomlValue, own: string): Group {
  const list = Array.isArray(items) ? (items as readonly TomlValue[]) : [];
  const lines: string[] = [];
  const references: string[] = [];
  for (const item of list) {
    if (isTable(item)) {
      const included = item['include-group'];
      if (typeof included === 'string') references.push(included.toLowerCase());
    } else if (typeof item === 'string') {
      const self = /^\s*([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?\s*$/.exec(item);
      if (own !== '' && self !== null && normalizeName(self[1]!) === own)
        references.push(
          ...(self[2] ?? '')
            .split(',')
            .map((each) => each.trim())
            .filter((each) => each !== ''),
        );
      else lines.push(item);
    }
  }
  return { name, lines, references };
}

/** The same requirements again, which now stand in this group, too. */
function referred(
  group: Group,
  byName: ReadonlyMap<string, Group>,
  own: ReadonlyMap<string, PdmRequirement[]>,
): readonly PdmRequirement[] {
  const found: PdmRequirement[] = [];
  const seen = new Set([group.name]);
  const visit = (names: readonly string[], isFirst: boolean): void => {
    for (const name of names) {
      const other = byName.get(name);
      if (other === undefined || seen.has(name)) continue;
      seen.add(name);
      for (const requirement of own.get(name) ?? []) {
        requirement.groups.add(group.name);
        if (isFirst) found.push(requirement);
      }
      visit(other.references, false);
    }
  };
  visit(group.references, true);
  return found;
}

function readOverrides(maker: RequirementMaker, table: TomlTable): ReadonlyMap<string, PdmRequirement> {
  const overrides = new Map<string, PdmRequirement>();
  for (const [key, value] of Object.entries(table)) {
    if (typeof value !== 'string') continue;
    const isVersion = /^\d/.test(value);
    const parts = maker.parts(`${key}${isVersion ? '==' : ''}${value}`);
    if (parts !== null) overrides.set(normalizeName(key), maker.make(parts));
  }
  return overrides;
}
