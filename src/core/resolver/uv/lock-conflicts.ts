/** Conditions on parts of a project that exclude each other, made as short as they can be. README.md#projects */
import { FALSE_MARKER, TRUE_MARKER, type MarkerAlgebra, type MarkerTree } from './marker-tree.ts';
import type { LockEdge, LockNode } from './lock-graph.ts';
import { conflictItemOf, encodedItem, itemText, type ConflictItem } from './project.ts';

/** True where a part of the project is installed. */
export function itemTree(algebra: MarkerAlgebra, item: ConflictItem, isIn = true): MarkerTree {
  const children = isIn ? [FALSE_MARKER, TRUE_MARKER] : [TRUE_MARKER, FALSE_MARKER];
  return algebra.node(`extra:${encodedItem(item)}`, [TRUTH], children);
}

const TRUTH = { text: 'true', isAfter: false } as const;

interface Graph {
  readonly nodes: readonly LockNode[];
  readonly edges: readonly LockEdge[];
  readonly conflicts: readonly (readonly ConflictItem[])[];
}

/** Activated parts on the ways to a node are followed up to so many combinations. */
const MAX_COMBINATIONS = 64;

function isItem(variable: string): boolean {
  return variable.startsWith('extra:');
}

/** What a condition asks of everything else, in some combination of parts. */
export function withoutItems(algebra: MarkerAlgebra, tree: MarkerTree): MarkerTree {
  return algebra.rewrite(tree, (node) =>
    isItem(node.variable) ? node.children.reduce((any, child) => algebra.or(any, child), FALSE_MARKER) : null,
  );
}

/** The condition where some parts are known to be in or out. */
export function assumeItems(
  algebra: MarkerAlgebra,
  tree: MarkerTree,
  known: (variable: string) => boolean | null,
): MarkerTree {
  return algebra.rewrite(tree, (node) => {
    const isIn = isItem(node.variable) ? known(node.variable) : null;
    return isIn === null ? null : node.children[isIn ? 1 : 0]!;
  });
}

export function simplifyConflicts(algebra: MarkerAlgebra, graph: Graph): void {
  const { conflicts, edges, nodes } = graph;
  const allowed = conflicts.reduce<MarkerTree>((all, set) => {
    const pairs = set.flatMap((one, place) => set.slice(place + 1).map((other) => [one, other] as const));
    return pairs.reduce((some, [one, other]) => {
      const both = algebra.and(itemTree(algebra, one), itemTree(algebra, other));
      return algebra.and(some, algebra.not(both));
    }, all);
  }, TRUE_MARKER);
  const shorten = (tree: MarkerTree): MarkerTree => {
    const plain = withoutItems(algebra, tree);
    if (plain === tree) return tree;
    return algebra.and(tree, allowed) === algebra.and(plain, allowed)
      ? plain
      : algebra.or(algebra.not(allowed), tree);
  };
  for (const edge of edges) edge.marker = shorten(edge.marker);
  for (const node of nodes) node.reach = shorten(node.reach);
  assumeActive(algebra, graph);
}

/** Per edge: what its source's own parts say already is left out. */
function assumeActive(algebra: MarkerAlgebra, { edges, conflicts }: Graph): void {
  const active = activeSets(edges, conflicts);
  const counts = new Map<string, number>();
  const nameKey = ({ from, to }: LockEdge): string => `${from?.key ?? ''}>${to.name}|${to.part ?? ''}`;
  for (const edge of edges) counts.set(nameKey(edge), (counts.get(nameKey(edge)) ?? 0) + 1);
  for (const edge of edges) {
    if (edge.from === null || counts.get(nameKey(edge))! > 1) continue;
    const sets = active.get(edge.from) ?? [];
    if (sets.length === 0) continue;
    const results = sets.map((set) => {
      const mates = new Set(
        conflicts
          .filter((conflict) => conflict.some((item) => set.has(itemText(item))))
          .flatMap((conflict) => conflict.filter((item) => !set.has(itemText(item))))
          .map((item) => `extra:${encodedItem(item)}`),
      );
      const own = new Set(
        conflicts
          .flat()
          .filter((item) => set.has(itemText(item)))
          .map((item) => `extra:${encodedItem(item)}`),
      );
      return assumeItems(algebra, edge.marker, (variable) =>
        own.has(variable) ? true : mates.has(variable) ? false : null,
      );
    });
    const [first] = results;
    if (first !== undefined && results.every((result) => result === first)) edge.marker = first;
  }
}

/** By node: the sets of parts that are installed on some way from the root to it. */
function activeSets(
  edges: readonly LockEdge[],
  conflicts: readonly (readonly ConflictItem[])[],
): ReadonlyMap<LockNode, readonly ReadonlySet<string>[]> {
  const items = new Set(conflicts.flat().map(itemText));
  const outgoing = new Map<LockNode | null, LockEdge[]>();
  for (const edge of edges) outgoing.set(edge.from, [...(outgoing.get(edge.from) ?? []), edge]);
  const sets = new Map<LockNode, Map<string, ReadonlySet<string>>>();
  const open: { node: LockNode | null; set: ReadonlySet<string> }[] = [{ node: null, set: new Set() }];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    for (const { to } of outgoing.get(current.node) ?? []) {
      const text = itemText(itemOf(to));
      const set = items.has(text) ? new Set([...current.set, text]) : current.set;
      const key = [...set].sort().join();
      const known = sets.get(to) ?? new Map<string, ReadonlySet<string>>();
      if (known.has(key) || known.size >= MAX_COMBINATIONS) continue;
      sets.set(to, known.set(key, set));
      open.push({ node: to, set });
    }
  }
  return new Map([...sets].map(([node, known]) => [node, [...known.values()]]));
}

/** The package that a decided item stands for among the project's parts, if it is one. */
function itemOf(node: LockNode): ConflictItem {
  return conflictItemOf({ kind: 'package', name: node.name, extra: node.part, marker: TRUE_MARKER })!;
}
