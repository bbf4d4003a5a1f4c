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

/** Lists grow as what they include is laid in their place; longer ones are cut off. */
const MAXIMUM_ITEMS = 100_000;

/** In Poetry's order: each round takes every group one step further, and a cycle is told where it is first met. */
function checkIncludes(groups: readonly GroupLines[]): void {
  const open = new Map(groups.map(({ name, included }) => [name, included]));
  const includers = new Map<string, Set<string>>();
  let items = 0;
  for (let isOpen = true; isOpen && items < MAXIMUM_ITEMS;) {
    isOpen = false;
    for (const [group, included] of open) {
      if (included.length === 0) continue;
      isOpen = true;
      const next: string[] = [];
      for (const name of included) {
        if (includers.get(group)?.has(name) === true)
          throw new InvalidProject(`Cyclic dependency group include: ${group} -> ${name}`);
        includers.set(name, (includers.get(name) ?? new Set()).add(group));
        const found = open.get(name);
        if (found === undefined)
          throw new InvalidProject(`Dependency group '${name}' (included in '${group}') not found`);
        items += found.length;
        if (items < MAXIMUM_ITEMS) for (const each of found) next.push(each);
      }
      open.set(group, next);
    }
  }
}
