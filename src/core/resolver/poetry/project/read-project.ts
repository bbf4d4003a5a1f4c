/** A `pyproject.toml` as the package that Poetry resolves for. poetry-core 2.5, `Factory.configure_package`. */
import { normalizeName } from '../../../packaging/name.ts';
import { parseVersion } from '../../../packaging/version.ts';
import { ANY, type Constraint } from '../constraint/constraint.ts';
import { allowsAll } from '../constraint/operations.ts';
import { parseConstraint } from '../constraint/parse-constraint.ts';
import type { PoetryDependency } from '../dependency.ts';
import type { MarkerAlgebra } from '../marker/marker-algebra.ts';
import type { PoetryPackage } from '../package.ts';
import { readRequirement } from '../read-requirement.ts';
import { DependencyGroup } from './dependency-group.ts';
import { refusalOf } from './check/check-project.ts';
import { readDependencyGroups } from './group-includes.ts';
import { requirementFault } from './requirement-fault.ts';
import { listIn, tableIn, textIn, type TomlTable, type TomlValue } from './project-text.ts';
import { InvalidProject, readTableDependency, type UnknownSource } from './table-dependency.ts';

export interface PoetryProject {
  readonly root: PoetryPackage;
  /** Dependencies that no index knows. */
  readonly unknown: readonly UnknownSource[];
  /** Extras of the project, in its order. */
  readonly extras: readonly string[];
  readonly groups: readonly string[];
}

const DEFAULT_PYTHON = '~2.7 || >=3.4';

/** Throws `InvalidProject` with Poetry's words. */
export function readProject(algebra: MarkerAlgebra, toml: TomlTable): PoetryProject {
  const refusal = refusalOf(toml);
  if (refusal !== null) throw new InvalidProject(refusal.message, refusal.note);
  return new ProjectReader(algebra, toml).read();
}

function pythonsOf(text: string): Constraint {
  const read = parseConstraint(text, 'pythons');
  if (!read.ok) throw new InvalidProject(read.error.message);
  return read.value;
}

class ProjectReader {
  readonly #algebra: MarkerAlgebra;
  readonly #toml: TomlTable;
  readonly #poetry: TomlTable;
  readonly #groups = new Map<string, DependencyGroup>();
  readonly #unknown: UnknownSource[] = [];
  readonly #extras = new Map<string, PoetryDependency[]>();
  #python: string | null = null;
  readonly #requiresPython: string | null;

  constructor(algebra: MarkerAlgebra, toml: TomlTable) {
    this.#algebra = algebra;
    this.#toml = toml;
    this.#poetry = tableIn(toml, 'tool', 'poetry');
    this.#requiresPython = textIn(toml, 'project', 'requires-python');
  }

  read(): PoetryProject {
    const { name, version } = this.#identity();
    const required = this.#requiresPython === null ? ANY : pythonsOf(this.#requiresPython);
    const hasProjectList = this.#readProjectTable();
    const main = tableIn(this.#poetry, 'dependencies');
    if (Object.keys(main).length > 0) this.#addTable('main', main);
    this.#readGroups();
    this.#addTable('dev', tableIn(this.#poetry, 'dev-dependencies'), false);
    if (!hasProjectList) this.#readPoetryExtras();
    if (this.#python !== null && !allowsAll(required, pythonsOf(this.#python)))
      throw new InvalidProject(
        `The Pythons of [tool.poetry.dependencies] (${this.#python}) are not a subset of those of [project] (${this.#requiresPython ?? '*'})`,
      );
    const pythonText = this.#python ?? this.#requiresPython ?? DEFAULT_PYTHON;
    const python = pythonsOf(pythonText);
    const requires = [...this.#groups.values()].flatMap((group) => group.forLocking(this.#algebra));
    return {
      root: { name, version, isRoot: true, requires, extras: this.#extras, pythonText, python },
      unknown: this.#unknown,
      extras: [...this.#extras.keys()],
      groups: [...this.#groups.keys()],
    };
  }

  #identity(): Pick<PoetryPackage, 'name' | 'version'> {
    const name = textIn(this.#toml, 'project', 'name') ?? textIn(this.#poetry, 'name');
    const version = textIn(this.#toml, 'project', 'version') ?? textIn(this.#poetry, 'version');
    const parsed = parseVersion(version ?? '0');
    if (!parsed.ok) throw new InvalidProject(`Invalid PEP 440 version: '${version ?? ''}'`);
    return { name: normalizeName(name ?? 'non-package-mode'), version: parsed.value };
  }

  /** Whether `[project]` lists dependencies. */
  #readProjectTable(): boolean {
    const lines = listIn(this.#toml, 'project', 'dependencies');
    const optional = tableIn(this.#toml, 'project', 'optional-dependencies');
    if (lines.length === 0 && Object.keys(optional).length === 0) return false;
    const group = this.#group('main');
    for (const line of lines) this.#addLine(group, line);
    for (const [written, items] of Object.entries(optional)) {
      const extra = normalizeName(written);
      const brought: PoetryDependency[] = [];
      for (const line of Array.isArray(items) ? (items as readonly TomlValue[]) : []) {
        const dependency = this.#addLine(group, line);
        if (dependency === null) continue;
        dependency.isOptional = true;
        dependency.inExtras = [extra];
        brought.push(dependency);
      }
      this.#extras.set(extra, brought);
    }
    return true;
  }

  #addLine(group: DependencyGroup, line: TomlValue): PoetryDependency | null {
    if (typeof line !== 'string') throw new InvalidProject('A dependency is not a string.');
    const read = readRequirement(this.#algebra, line, false, { groups: [group.name] });
    if (read.kind === 'address') {
      this.#unknown.push({ name: read.name, source: read.url });
      return null;
    }
    if (read.kind === 'unreadable')
      throw new InvalidProject(
        requirementFault(line) ?? `The requirement is invalid: ${read.message} (${line})`,
      );
    group.listed.push(read.dependency);
    return read.dependency;
  }

  #readGroups(): void {
    for (const { name, lines, included } of readDependencyGroups(tableIn(this.#toml, 'dependency-groups'))) {
      const group = this.#group(name);
      for (const line of lines) this.#addLine(group, line);
      group.includes.push(...included.map((other) => this.#group(other)));
    }
    const tables = Object.entries(tableIn(this.#poetry, 'group'));
    for (const [name, table] of tables) this.#addTable(name, tableIn(table, 'dependencies'));
    for (const [name, table] of tables) {
      const group = this.#group(name);
      for (const other of listIn(table, 'include-groups')) {
        if (typeof other !== 'string') continue;
        const included = this.#groups.get(normalizeName(other));
        if (included === undefined)
          throw new InvalidProject(`Group '${name}' includes group '${other}' which is not defined.`);
        group.include(included);
      }
    }
  }

  #addTable(name: string, table: TomlTable, isShown = true): void {
    if (!isShown && Object.keys(table).length === 0) return;
    const group = this.#group(name);
    for (const [key, value] of Object.entries(table)) {
      for (const item of Array.isArray(value) ? (value as readonly TomlValue[]) : [value]) {
        if (key.toLowerCase() === 'python') {
          if (group.name === 'main' && typeof item === 'string') {
            pythonsOf(item);
            this.#python = item;
          }
          continue;
        }
        const read = readTableDependency(this.#algebra, key, item, group.name);
        if (read.kind === 'unknown') this.#unknown.push(read.source);
        else group.poetry.push(read.dependency);
      }
    }
  }

  #readPoetryExtras(): void {
    const main = this.#groups.get('main');
    for (const [written, names] of Object.entries(tableIn(this.#poetry, 'extras'))) {
      const extra = normalizeName(written);
      const brought: PoetryDependency[] = [];
      for (const name of Array.isArray(names) ? (names as readonly TomlValue[]) : []) {
        for (const dependency of main?.poetry ?? []) {
          if (typeof name !== 'string' || dependency.name !== normalizeName(name)) continue;
          dependency.inExtras = [...dependency.inExtras, extra];
          brought.push(dependency);
        }
      }
      this.#extras.set(extra, brought);
    }
  }

  #group(written: string): DependencyGroup {
    const name = normalizeName(written);
    let group = this.#groups.get(name);
    if (group === undefined) this.#groups.set(name, (group = new DependencyGroup(name)));
    return group;
  }
}
