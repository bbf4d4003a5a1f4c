/**
 * Which packages of a run's solution the project reaches, from which groups, and how deep. poetry 2.5,
 * `puzzle/solver.py`: a depth-first search whose nodes are packages with the groups that they are reached for.
 */
import { allows } from '../constraint/constraint.ts';
import type { PoetryDependency } from '../dependency.ts';
import type { MarkerAlgebra } from '../marker/marker-algebra.ts';
import type { Marker } from '../marker/marker.ts';
import type { ChosenPackage } from '../package.ts';
import { extrasMarker } from '../provider/complete-package.ts';

/** A package with the groups that it is reached for. */
interface Node {
  readonly package: ChosenPackage;
  readonly groups: readonly string[];
  readonly isOptional: boolean;
  /** Null for the root. */
  readonly topLevel: PoetryDependency | null;
  readonly parents: Node[];
  depth: number;
}

/** Where a package is reached from. */
interface Edge {
  readonly parent: ChosenPackage;
  /** Groups of the parent's node. */
  readonly groups: readonly string[];
  readonly marker: Marker;
}

export interface ReachedPackage {
  readonly package: ChosenPackage;
  readonly groups: readonly string[];
  readonly isOptional: boolean;
  readonly depth: number;
  readonly edges: readonly Edge[];
}

export interface Reach {
  readonly root: ChosenPackage;
  /** Without the root, in the order of the search. */
  readonly packages: readonly ReachedPackage[];
}

/** What the project reaches among the packages that a run chose. */
export function reachedPackages(
  algebra: MarkerAlgebra,
  root: ChosenPackage,
  chosen: readonly ChosenPackage[],
): Reach {
  const search = new DepthFirst(algebra, chosen);
  return { root, packages: search.run(root) };
}

class DepthFirst {
  readonly #algebra: MarkerAlgebra;
  readonly #byName = new Map<string, ChosenPackage[]>();
  readonly #nodes = new Map<string, Node>();
  /** By package, then by parent and groups. */
  readonly #edges = new Map<ChosenPackage, Map<string, Edge>>();
  /** Last finished first. */
  readonly #finished: Node[] = [];

  constructor(algebra: MarkerAlgebra, chosen: readonly ChosenPackage[]) {
    this.#algebra = algebra;
    for (const item of chosen) {
      const known = this.#byName.get(item.completeName);
      if (known === undefined) this.#byName.set(item.completeName, [item]);
      else known.push(item);
    }
  }

  run(root: ChosenPackage): readonly ReachedPackage[] {
    this.#visitFrom({ package: root, groups: [], isOptional: true, topLevel: null, parents: [], depth: -1 });
    this.#finished.reverse();
    for (const node of this.#finished) node.depth = depthOf(node);
    const byPackage = new Map<ChosenPackage, Node[]>();
    for (const node of this.#finished) {
      const known = byPackage.get(node.package);
      if (known === undefined) byPackage.set(node.package, [node]);
      else known.push(node);
    }
    return [...byPackage].flatMap(([item, nodes]) => (item === root ? [] : [this.#aggregate(item, nodes)]));
  }

  #aggregate(item: ChosenPackage, nodes: readonly Node[]): ReachedPackage {
    return {
      package: item,
      groups: [...new Set(nodes.flatMap(({ groups }) => groups))],
      isOptional: nodes.every(({ isOptional }) => isOptional),
      depth: Math.max(...nodes.map(({ depth }) => depth)),
      edges: byParent([...(this.#edges.get(item)?.values() ?? [])]),
    };
  }

  /** Without recursion: graphs can be deep. */
  #visitFrom(root: Node): void {
    this.#nodes.set(keyOf(root), root);
    const open = [{ node: root, children: this.#children(root) }];
    for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
      const next = frame.children.next();
      if (next.done === true) {
        this.#finished.push(frame.node);
        open.pop();
        continue;
      }
      const { child, isNew } = next.value;
      child.parents.push(frame.node);
      if (isNew) open.push({ node: child, children: this.#children(child) });
    }
  }

  *#children(node: Node): Generator<{ readonly child: Node; readonly isNew: boolean }> {
    const isRoot = node.topLevel === null;
    for (const dependency of node.package.requires) {
      for (const item of this.#byName.get(dependency.completeName) ?? []) {
        if (!allows(dependency.constraint, item.package.version)) continue;
        const topLevel = node.topLevel ?? dependency;
        const { groups, isOptional } = topLevel;
        const made: Node = { package: item, groups, isOptional, topLevel, parents: [], depth: -1 };
        const known = this.#nodes.get(keyOf(made));
        this.#addEdge(made, node, this.#edgeMarker(dependency, isRoot), isRoot ? groups : node.groups);
        if (known === undefined) this.#nodes.set(keyOf(made), made);
        yield { child: known ?? made, isNew: known === undefined };
      }
    }
  }

  #edgeMarker(dependency: PoetryDependency, isRoot: boolean): Marker {
    const { marker, inExtras } = dependency;
    if (!isRoot) return this.#algebra.withoutExtras(marker);
    return inExtras.length === 0 ? marker : this.#algebra.and(marker, extrasMarker(this.#algebra, inExtras));
  }

  #addEdge(child: Node, parent: Node, marker: Marker, groups: readonly string[]): void {
    let edges = this.#edges.get(child.package);
    if (edges === undefined) this.#edges.set(child.package, (edges = new Map<string, Edge>()));
    const key = `${parent.package.completeName} ${parent.package.package.version.text} ${groups.join()}`;
    const known = edges.get(key);
    const united = known === undefined ? marker : this.#algebra.or(known.marker, marker);
    edges.set(key, { parent: parent.package, groups, marker: united });
  }
}

/** Edges parent by parent, in the order in which parents were met. */
function byParent(edges: readonly Edge[]): readonly Edge[] {
  const parents = [...new Set(edges.map(({ parent }) => parent))];
  if (parents.length === edges.length) return edges;
  return parents.flatMap((parent) => edges.filter((edge) => edge.parent === parent));
}

function keyOf({ package: item, groups, isOptional }: Node): string {
  return `${item.completeName} ${item.package.version.text} ${groups.join()} ${isOptional}`;
}

/** One more than the deepest parent; `name[extra]` and `name` are on one level. The root is above all. */
function depthOf({ package: item, parents }: Node): number {
  let deepest = -2;
  for (const parent of parents) {
    const isSame = parent.package.package.name === item.package.name;
    deepest = Math.max(deepest, isSame ? parent.depth - 1 : parent.depth);
  }
  return deepest + 1;
}
