/** Under which environments each decided version of a fork is needed at all: markers along the paths from the root. */
import type { UvDependency } from './dependencies.ts';
import { FALSE_MARKER, type MarkerAlgebra, type MarkerTree } from './marker-tree.ts';
import { projectName, type UvPackage } from './package.ts';

interface Edge {
  readonly to: string;
  readonly marker: MarkerTree;
}

/** A project, or a project with one extra. */
function nodeOf(name: string, extra: string | null): string {
  return extra === null ? name : `${name}[${extra}]`;
}

function edgesOf({ package: item }: UvDependency): readonly Edge[] {
  if (item.kind === 'root' || item.kind === 'python') return [];
  const extra = item.kind === 'marker' ? null : item.extra;
  const base = { to: item.name, marker: item.marker };
  return extra === null ? [base] : [base, { to: nodeOf(item.name, extra), marker: item.marker }];
}

/**
 * The marker of each project that is needed somewhere, within `start`. `dependencies` are those of the decided versions;
 * a marker that goes round a cycle changes nothing the second time, so this ends.
 */
export function reachableProjects(
  algebra: MarkerAlgebra,
  start: MarkerTree,
  dependencies: Iterable<readonly [UvPackage, readonly UvDependency[]]>,
): ReadonlyMap<string, MarkerTree> {
  const edges = new Map<string, Edge[]>();
  for (const [item, needed] of dependencies) {
    const node = item.kind === 'package' ? nodeOf(item.name, item.extra) : '';
    if (item.kind !== 'root' && item.kind !== 'package') continue;
    edges.set(node, [...(edges.get(node) ?? []), ...needed.flatMap(edgesOf)]);
  }
  const markers = new Map<string, MarkerTree>([['', start]]);
  const open = [''];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const { to, marker } of edges.get(node) ?? []) {
      const known = markers.get(to) ?? FALSE_MARKER;
      const reached = algebra.or(known, algebra.and(markers.get(node)!, marker));
      if (reached === known) continue;
      markers.set(to, reached);
      open.push(to);
    }
  }
  return new Map([...markers].filter(([node]) => node !== '' && !node.includes('[')));
}

/** Whether a package counts as a decision on its project. */
export function isProject(item: UvPackage): boolean {
  return item.kind === 'package' && item.extra === null && projectName(item) !== null;
}
