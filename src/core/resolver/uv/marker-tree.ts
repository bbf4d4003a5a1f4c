/**
 * Markers as decision diagrams: conditions on the environment that can be combined, compared and found disjoint.
 *
 *     sys_platform == 'linux' and python_full_version >= '3.12'
 *
 *     python_full_version    ──── 3.12 ────────
 *                            false    sys_platform
 *                                     ── 'linux' ──
 *                                   false  true  false
 *
 * A node divides the line of one variable at its cuts and has a child for each piece. Variables come in one fixed order
 * and equal nodes are one object, so that two markers mean the same exactly when they are the same object.
 */
import { compareMarkerCuts, type MarkerCut } from './marker-cut.ts';

export interface MarkerTree {
  /** Order of creation; 0 is false, 1 is true. */
  readonly id: number;
  /** What is asked for: `python_full_version`, `sys_platform`, `extra:tests`; '' for true and false. */
  readonly variable: string;
  /** Variables with lower ranks are asked for first. */
  readonly rank: string;
  readonly cuts: readonly MarkerCut[];
  /** One more than cuts. */
  readonly children: readonly MarkerTree[];
}

/** Sorts after every variable. */
const TERMINAL_RANK = '\uffff';

export const FALSE_MARKER: MarkerTree = { id: 0, variable: '', rank: TERMINAL_RANK, cuts: [], children: [] };
export const TRUE_MARKER: MarkerTree = { id: 1, variable: '', rank: TERMINAL_RANK, cuts: [], children: [] };

/** Makes and combines markers. Markers of different algebras must not meet. */
export class MarkerAlgebra {
  readonly #nodes = new Map<string, MarkerTree>();
  readonly #cutIds = new Map<string, number>();
  readonly #conjunctions = new Map<string, MarkerTree>();
  readonly #negations = new Map<number, MarkerTree>();
  #count = 2;

  /** The node that has these children along a variable; neighbours that are the same child become one piece. */
  node(
    variable: string,
    rank: string,
    cuts: readonly MarkerCut[],
    children: readonly MarkerTree[],
  ): MarkerTree {
    const keptCuts: MarkerCut[] = [];
    const keptChildren: MarkerTree[] = [children[0]!];
    cuts.forEach((cut, index) => {
      const child = children[index + 1]!;
      if (child === keptChildren.at(-1)) return;
      keptCuts.push(cut);
      keptChildren.push(child);
    });
    if (keptChildren.length === 1) return keptChildren[0]!;
    const cutIds = keptCuts.map((cut) => this.#cutId(cut));
    const key = `${variable}|${cutIds.join()}|${keptChildren.map((child) => child.id).join()}`;
    let node = this.#nodes.get(key);
    if (node === undefined) {
      node = { id: this.#count++, variable, rank, cuts: keptCuts, children: keptChildren };
      this.#nodes.set(key, node);
    }
    return node;
  }

  #cutId(cut: MarkerCut): number {
    const key =
      'text' in cut
        ? `t${Number(cut.isAfter)}${cut.text}`
        : `v${Number(cut.isAfter)}${cut.sentinel}${cut.key.join('.')}+${cut.version.local?.join('.') ?? ''}`;
    let id = this.#cutIds.get(key);
    if (id === undefined) this.#cutIds.set(key, (id = this.#cutIds.size));
    return id;
  }

  not(tree: MarkerTree): MarkerTree {
    if (tree === TRUE_MARKER) return FALSE_MARKER;
    if (tree === FALSE_MARKER) return TRUE_MARKER;
    let result = this.#negations.get(tree.id);
    if (result === undefined) {
      const children = tree.children.map((child) => this.not(child));
      result = this.node(tree.variable, tree.rank, tree.cuts, children);
      this.#negations.set(tree.id, result);
    }
    return result;
  }

  and(a: MarkerTree, b: MarkerTree): MarkerTree {
    if (a === b || b === TRUE_MARKER) return a;
    if (a === TRUE_MARKER) return b;
    if (a === FALSE_MARKER || b === FALSE_MARKER) return FALSE_MARKER;
    const key = a.id < b.id ? `${a.id},${b.id}` : `${b.id},${a.id}`;
    let result = this.#conjunctions.get(key);
    if (result === undefined) {
      result = this.#conjunction(a, b);
      this.#conjunctions.set(key, result);
    }
    return result;
  }

  or(a: MarkerTree, b: MarkerTree): MarkerTree {
    return this.not(this.and(this.not(a), this.not(b)));
  }

  /** Whether no environment satisfies both. */
  isDisjoint(a: MarkerTree, b: MarkerTree): boolean {
    return this.and(a, b) === FALSE_MARKER;
  }

  /** Whether every environment that satisfies `a` satisfies `b`. */
  implies(a: MarkerTree, b: MarkerTree): boolean {
    return this.and(a, b) === a;
  }

  #conjunction(a: MarkerTree, b: MarkerTree): MarkerTree {
    if (a.rank !== b.rank) {
      const [first, second] = a.rank < b.rank ? [a, b] : [b, a];
      const children = first.children.map((child) => this.and(child, second));
      return this.node(first.variable, first.rank, first.cuts, children);
    }
    const cuts: MarkerCut[] = [];
    const children: MarkerTree[] = [this.and(a.children[0]!, b.children[0]!)];
    let i = 0;
    let j = 0;
    while (i < a.cuts.length || j < b.cuts.length) {
      const left = a.cuts[i];
      const right = b.cuts[j];
      const order = left === undefined ? 1 : right === undefined ? -1 : compareMarkerCuts(left, right);
      cuts.push(order <= 0 ? left! : right!);
      if (order <= 0) i++;
      if (order >= 0) j++;
      children.push(this.and(a.children[i]!, b.children[j]!));
    }
    return this.node(a.variable, a.rank, cuts, children);
  }

  /**
   * The tree with everything that is asked of a variable replaced: `choose` makes one tree of a node whose variable it
   * knows, or null to keep the node.
   */
  rewrite(tree: MarkerTree, choose: (node: MarkerTree) => MarkerTree | null): MarkerTree {
    if (tree.children.length === 0) return tree;
    const children = tree.children.map((child) => this.rewrite(child, choose));
    const node = this.node(tree.variable, tree.rank, tree.cuts, children);
    return node.children.length === 0 ? node : (choose(node) ?? node);
  }
}
