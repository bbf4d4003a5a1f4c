/** `[dependency-groups]` (PEP 735): each group's own lines, and the groups that it includes. */
import { normalizeName } from '../../../packaging/name.ts';
import { isTable, type TomlTable, type TomlValue } from './project-text.ts';
import { InvalidProject } from './table-dependency.ts';

export interface GroupLines {
  /** Normalised. */
  readonly name: string;
  readonly lines: readonly TomlValue[];
  /** Normalised names. */
  readonly included: readonly string[];
}

/** In the order of the text. Throws `InvalidProject` for groups that include themselves or what there is not. */
export function readDependencyGroups(table: TomlTable): readonly GroupLines[] {
  const written = new Map<string, string[]>();
  const groups: GroupLines[] = [];
  for (const [name, items] of Object.entries(table)) {
    const normal = normalizeName(name);
    written.set(normal, [...(written.get(normal) ?? []), name]);
    const list = Array.isArray(items) ? (items as readonly TomlValue[]) : [];
    const included = list.flatMap((item) => {
      const group = isTable(item) ? item['include-group'] : undefined;
      return typeof group === 'string' ? [normalizeName(group)] : [];
    });
    groups.push({ name: normal, lines: list.filter((item) => !isTable(item)), included });
  }
  const twice = [...written].filter(([, names]) => names.length > 1);
  if (twice.length > 0) {
    const words = twice.map(([normal, names]) => `${normal} (${names.join(', ')})`);
    throw new InvalidProject(`Duplicate dependency group names: ${words.join(', ')}`);
  }
  checkIncludes(groups);
  return groups;
}

function checkIncludes(groups: readonly GroupLines[]): void {
  const byName = new Map(groups.map((group) => [group.name, group]));
  const done = new Set<string>();
  const visit = (group: GroupLines, path: readonly string[]): void => {
    if (done.has(group.name)) return;
    for (const name of group.included) {
      if (name === group.name || path.includes(name))
        throw new InvalidProject(`Cyclic dependency group include: ${group.name} -> ${name}`);
      const included = byName.get(name);
      if (included === undefined)
        throw new InvalidProject(`Dependency group '${name}' (included in '${group.name}') not found`);
      visit(included, [...path, group.name]);
    }
    done.add(group.name);
  };
  for (const group of groups) visit(group, []);
}
