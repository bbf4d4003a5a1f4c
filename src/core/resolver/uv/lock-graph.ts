/**
 * What a lock file says: solved forks put together node by node, with the condition under which each edge counts.
 * README.md#projects
 *
 *     fork linux   root ─▶ a 2        node (name, part, version); a part is an extra or a group
 *     fork other   root ─▶ a 1        edges of all forks are united, then conditions are pushed along them
 */
import { compareVersions } from '../../packaging/version.ts';
import type { Version } from '../../packaging/version.ts';
import type { ForkState } from './fork-state.ts';
import { itemTree, simplifyConflicts } from './lock-conflicts.ts';
import { withinPython, versionTree } from './marker-from-text.ts';
import { FALSE_MARKER, TRUE_MARKER, type MarkerAlgebra, type MarkerTree } from './marker-tree.ts';
import { itemText, type ConflictItem } from './project.ts';
import { projectName, type UvPackage } from './package.ts';
import type { PythonRequirement } from './python-requirement.ts';
import type { ResolutionContext } from './resolution-context.ts';

export interface LockNode {
  readonly key: string;
  readonly name: string;
  /** An extra; a group with a colon before it; null for the project itself. */
  readonly part: string | null;
  readonly version: Version;
  /** Where it is needed. */
  reach: MarkerTree;
}

export interface LockEdge {
  /** Null: the root. */
  readonly from: LockNode | null;
  readonly to: LockNode;
  marker: MarkerTree;
}

export interface UvLock {
  readonly algebra: MarkerAlgebra;
  readonly python: PythonRequirement;
  readonly nodes: readonly LockNode[];
  readonly edges: readonly LockEdge[];
  /** Conditions of the forks, in the order of solving. */
  readonly forks: readonly { readonly marker: MarkerTree; readonly sided: MarkerTree }[];
  /** The project's name; null where there is none. */
  readonly member: string | null;
}

function isSelected(item: UvPackage): item is Extract<UvPackage, { kind: 'package' }> {
  return item.kind === 'package' && item.marker === TRUE_MARKER;
}

class LockBuilder {
  readonly #algebra: MarkerAlgebra;
  readonly #nodes = new Map<string, LockNode>();
  readonly #edges = new Map<string, LockEdge>();
  readonly #items: ReadonlyMap<string, ConflictItem>;

  constructor(context: ResolutionContext) {
    this.#algebra = context.algebra;
    const items = (context.request.uvProject?.conflicts ?? []).flat();
    this.#items = new Map(items.map((item) => [itemText(item), item]));
  }

  get nodes(): readonly LockNode[] {
    return [...this.#nodes.values()];
  }

  get edges(): readonly LockEdge[] {
    return [...this.#edges.values()];
  }

  /** The fork's environments, and which parts of the project are in it. */
  sided({ marker, sides }: ForkState): MarkerTree {
    let tree = marker;
    for (const [texts, isIn] of [
      [sides.included, true],
      [sides.excluded, false],
    ] as const) {
      for (const text of texts) {
        const item = this.#items.get(text);
        if (item !== undefined) tree = this.#algebra.and(tree, itemTree(this.#algebra, item, isIn));
      }
    }
    return tree;
  }

  addFork(fork: ForkState): void {
    const versions = new Map<string, Version>();
    const parts = new Set<string>();
    for (const [item, { version }] of fork.decisions()) {
      if (!isSelected(item)) continue;
      versions.set(item.name, version);
      parts.add(`${item.name}|${item.extra ?? ''}`);
    }
    const condition = this.sided(fork);
    const node = (name: string, part: string | null): LockNode | null => {
      const version = versions.get(name);
      return version === undefined || !parts.has(`${name}|${part ?? ''}`)
        ? null
        : this.#node(name, part, version);
    };
    for (const [item, dependencies] of fork.dependencies()) {
      if (item.kind !== 'root' && !isSelected(item)) continue;
      const from = item.kind === 'root' ? null : node(item.name, item.extra);
      for (const { package: needed } of dependencies) {
        const name = projectName(needed);
        if (name === null || needed.kind === 'root' || needed.kind === 'python') continue;
        const part = needed.kind === 'marker' ? null : needed.extra;
        const isGroup = part?.startsWith(':') === true;
        const isOwn = from !== null && from.name === name && from.part?.startsWith(':') !== true;
        if (isOwn) continue;
        const marker = this.#algebra.and(needed.marker, condition);
        for (const wanted of part === null || isGroup ? [part] : [null, part]) {
          const to = node(name, wanted);
          if (to !== null) this.#addEdge(from, to, marker);
        }
      }
    }
  }

  #node(name: string, part: string | null, version: Version): LockNode {
    const key = `${name}|${part ?? ''}|${version.text}`;
    let node = this.#nodes.get(key);
    if (node === undefined) this.#nodes.set(key, (node = { key, name, part, version, reach: FALSE_MARKER }));
    return node;
  }

  #addEdge(from: LockNode | null, to: LockNode, marker: MarkerTree): void {
    const key = `${from?.key ?? ''}>${to.key}`;
    const known = this.#edges.get(key);
    if (known === undefined) this.#edges.set(key, { from, to, marker });
    else known.marker = this.#algebra.or(known.marker, marker);
  }
}

/** Pushes conditions from the root along the edges until nothing changes. */
export function pushReach(
  algebra: MarkerAlgebra,
  nodes: readonly LockNode[],
  edges: readonly LockEdge[],
  start: MarkerTree,
): void {
  const outgoing = new Map<LockNode | null, LockEdge[]>();
  for (const edge of edges) outgoing.set(edge.from, [...(outgoing.get(edge.from) ?? []), edge]);
  for (const node of nodes) node.reach = FALSE_MARKER;
  const open: (LockNode | null)[] = [null];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    for (const { to, marker } of outgoing.get(current) ?? []) {
      const reached = algebra.or(to.reach, algebra.and(current === null ? start : current.reach, marker));
      if (reached === to.reach) continue;
      to.reach = reached;
      open.push(to);
    }
  }
}

/**
 * `forks` are the solved ones, in the order of solving. `simplifies`: whether conditions on parts that exclude each
 * other are made short, which takes all of the combinations.
 */
export function makeLock(
  context: ResolutionContext,
  python: PythonRequirement,
  forks: readonly ForkState[],
  { simplifies = true }: { readonly simplifies?: boolean } = {},
): UvLock {
  const { algebra, request } = context;
  const builder = new LockBuilder(context);
  for (const fork of forks) builder.addFork(fork);
  const { nodes, edges } = builder;
  const start = forks.reduce((any, fork) => algebra.or(any, builder.sided(fork)), FALSE_MARKER);
  pushReach(algebra, nodes, edges, start);
  const conflicts = request.uvProject?.conflicts ?? [];
  if (simplifies && conflicts.length > 0) simplifyConflicts(algebra, { nodes, edges, conflicts });
  const pythonMarker = versionTree(algebra, 'python_full_version', python.target);
  const kept = nodes.filter((node) => !algebra.isDisjoint(node.reach, pythonMarker));
  const isKept = new Set(kept);
  return {
    algebra,
    python,
    nodes: kept.toSorted((a, b) =>
      a.name === b.name
        ? compareVersions(a.version, b.version) || ((a.part ?? '') < (b.part ?? '') ? -1 : 1)
        : a.name < b.name
          ? -1
          : 1,
    ),
    edges: edges.filter(({ from, to }) => isKept.has(to) && (from === null || isKept.has(from))),
    forks: forks.map((fork) => ({ marker: fork.marker, sided: builder.sided(fork) })),
    member: request.uvProject?.member.name ?? null,
  };
}

/** A condition for those who know which Pythons the project supports. */
export function simplified({ algebra, python }: UvLock, tree: MarkerTree): MarkerTree {
  return withinPython(algebra, tree, python.target);
}
