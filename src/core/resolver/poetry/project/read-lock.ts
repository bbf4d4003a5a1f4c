/** A `poetry.lock`, as what holds versions fast. poetry 2.5, `packages/locker.py`. */
import { normalizeName } from '../../../packaging/name.ts';
import { parseVersion } from '../../../packaging/version.ts';
import type { PoetryDependency } from '../dependency.ts';
import type { MarkerAlgebra } from '../marker/marker-algebra.ts';
import type { LockedPackage } from '../provider/locked-packages.ts';
import { isTable, listIn, tableIn, textIn, type TomlTable, type TomlValue } from './project-text.ts';
import { readTableDependency } from './table-dependency.ts';
import { readRequirement } from '../read-requirement.ts';

/** Packages of a lock that have a name and a version; others hold nothing. */
export function readLockedPackages(algebra: MarkerAlgebra, lock: TomlTable): readonly LockedPackage[] {
  return listIn(lock, 'package').flatMap((item) => lockedPackage(algebra, item) ?? []);
}

function lockedPackage(algebra: MarkerAlgebra, item: TomlValue): LockedPackage | null {
  const name = textIn(item, 'name');
  const version = parseVersion(textIn(item, 'version') ?? '');
  // What is locked at an address is no version of an index.
  if (name === null || !version.ok || Object.keys(tableIn(item, 'source')).length > 0) return null;
  const extras = extrasByDependency(algebra, tableIn(item, 'extras'));
  const requires = Object.entries(tableIn(item, 'dependencies')).flatMap(([key, value]) =>
    (Array.isArray(value) ? (value as readonly TomlValue[]) : [value]).flatMap((one) => {
      const dependency = lockedDependency(algebra, key, one);
      if (dependency === null) return [];
      if (dependency.isOptional) dependency.inExtras = extras.get(dependency.name) ?? [];
      return [dependency];
    }),
  );
  return { name: normalizeName(name), version: version.value, requires };
}

function lockedDependency(algebra: MarkerAlgebra, name: string, value: TomlValue): PoetryDependency | null {
  if (typeof value !== 'string' && !isTable(value)) return null;
  try {
    const read = readTableDependency(algebra, name, value, 'main');
    return read.kind === 'dependency' ? read.dependency : null;
  } catch {
    return null;
  }
}

/** Which extras of the package bring each of its optional dependencies. */
function extrasByDependency(
  algebra: MarkerAlgebra,
  table: TomlTable,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [extra, lines] of Object.entries(table)) {
    for (const line of Array.isArray(lines) ? (lines as readonly TomlValue[]) : []) {
      const read = typeof line === 'string' ? readRequirement(algebra, line, true) : null;
      if (read?.kind !== 'dependency') continue;
      const { name } = read.dependency;
      found.set(name, [...(found.get(name) ?? []), normalizeName(extra)]);
    }
  }
  return found;
}
