/** Who asks for whom: the packages that stand at a step and the requirements between them, to be laid out. */
import { isPython } from '../../../core/explain/cause-words.ts';
import type { Trace } from '../../../core/resolver/trace.ts';
import { NONE, type SearchTree } from '../../../core/search-tree/search-tree.ts';
import { boundsAt } from '../../../core/search-tree/bounds.ts';
import { askersAt, stackAt, type Asker } from '../../../core/search-tree/stack.ts';
import { askerName, packageLabel } from '../../drawer/asker-name.ts';

export interface GraphNode {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** Step at which it was pinned; -1 for lines, `Infinity` for what cannot be pinned. */
  readonly since: number;
  /** Row of `packages`; `NONE` for lines. */
  readonly package: number;
  /** Node of the search tree; `NONE` where nothing is pinned. */
  readonly node: number;
  readonly isClash: boolean;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** As it is asked, without the name: `<1.27`. */
  readonly label: string;
  readonly isClash: boolean;
}

export interface RequirementGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** What a package is called in a graph. */
export function packageId(trace: Trace, row: number): string {
  return `package ${trace.packages[row]!.name}`;
}

/** The graph at a step; `contested` (a row of `packages`, or `NONE`) is drawn even where it has no pin. */
export function requirementGraph(
  tree: SearchTree,
  trace: Trace,
  step: number,
  contested: number,
): RequirementGraph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  // The interpreter is part of the environment: every package hangs on it, which says nothing.
  const isShown = (row: number): boolean => row === contested || !isPython(trace.packages[row]!.identifier);
  const stack = stackAt(tree, trace, step).filter(({ candidate }) =>
    isShown(trace.candidates[candidate]!.package),
  );
  for (const entry of stack) {
    const row = trace.candidates[entry.candidate]!.package;
    nodes.set(packageId(trace, row), {
      id: packageId(trace, row),
      name: packageLabel(trace.packages[row]!.name),
      version: entry.version,
      since: entry.pinnedAt,
      package: row,
      node: entry.node,
      isClash: row === contested,
    });
  }
  const connect = (asker: Asker, row: number): void => {
    const from = sourceOf(trace, asker, nodes);
    const to = packageId(trace, row);
    if (from === to || !nodes.has(to)) return;
    const label = asker.text.replace(/^[\w.-]+(\[[^\]]*\])?\s*/u, '');
    edges.set(`${from} ${to} ${label}`, { from, to, label, isClash: row === contested });
  };
  if (contested !== NONE && !nodes.has(packageId(trace, contested))) {
    const name = packageLabel(trace.packages[contested]!.name);
    const node = { id: packageId(trace, contested), name, version: 'no version left', since: Infinity };
    nodes.set(node.id, { ...node, package: contested, node: NONE, isClash: true });
  }
  for (const entry of stack)
    for (const asker of entry.askedBy) connect(asker, trace.candidates[entry.candidate]!.package);
  if (contested !== NONE)
    for (const bound of boundsAt(tree, trace, step, contested)) connect(bound, contested);
  // What was looked at and skipped is asked for, too: the way from a line to the clash goes through it.
  const askers = askersAt(tree, trace, step);
  for (const { package: row, node } of [...nodes.values()]) {
    if (node !== NONE || row === NONE || row === contested) continue;
    for (const asker of askers.get(row) ?? []) connect(asker, row);
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** What leads to a node, by place in `edges` and by id; nothing where none is chosen. */
export function wayTo(
  edges: readonly GraphEdge[],
  chosen: string | null,
): { readonly edges: ReadonlySet<number>; readonly nodes: ReadonlySet<string> } {
  const used = new Set<number>();
  const nodes = new Set<string>();
  const waiting = chosen === null ? [] : [chosen];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (nodes.has(id)) continue;
    nodes.add(id);
    edges.forEach(({ from, to }, at) => {
      if (to !== id) return;
      used.add(at);
      waiting.push(from);
    });
  }
  return { edges: used, nodes };
}

/** The node that asks; what is not pinned itself (the lines, a candidate that was skipped) is added. */
function sourceOf(trace: Trace, asker: Asker, nodes: Map<string, GraphNode>): string {
  if (asker.parent < 0) {
    const name = askerName(trace, asker);
    const id = `line ${name}`;
    if (!nodes.has(id))
      nodes.set(id, { id, name, version: '', since: -1, package: NONE, node: NONE, isClash: false });
    return id;
  }
  const row = trace.candidates[asker.parent]!;
  const id = packageId(trace, row.package);
  if (!nodes.has(id)) {
    const name = packageLabel(trace.packages[row.package]!.name);
    const version = row.version;
    nodes.set(id, { id, name, version, since: Infinity, package: row.package, node: NONE, isClash: false });
  }
  return id;
}
