/** Groups of `[tool.poetry.group]` that include themselves. poetry-core 2.5, `Factory.validate`. */
import { normalizeName } from '../../../../packaging/name.ts';
import { listIn, type TomlTable } from '../project-text.ts';

/** Every way round is told once a group; so many ways are enough. */
const MAXIMUM_STEPS = 10_000;

/** A complaint for every cycle that a group reaches. */
export function groupCycles(groups: TomlTable): readonly string[] {
  const includes = new Map<string, readonly string[]>();
  for (const [name, group] of Object.entries(groups)) {
    const names = listIn(group, 'include-groups').filter((each) => typeof each === 'string');
    if (names.length > 0) includes.set(normalizeName(name), names.map(normalizeName));
  }
  let steps = 0;
  return [...includes.keys()].flatMap((root) => {
    const found: string[] = [];
    const stack: { readonly group: string; readonly path: readonly string[] }[] = [{ group: root, path: [] }];
    for (let at = stack.pop(); at !== undefined && steps < MAXIMUM_STEPS; at = stack.pop())
      for (const include of includes.get(at.group) ?? []) {
        steps++;
        const path = [...at.path, include];
        const isCycle = include === root || at.path.includes(include);
        if (isCycle) found.push(`Cyclic dependency group include in ${root}: ${path.join(' -> ')}`);
        else stack.push({ group: include, path });
      }
    return found;
  });
}
