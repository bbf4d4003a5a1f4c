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
import type { WorkMeter } from './work-meter.ts';
import { canBeImpossible, rankOf, type LevelOrder } from './marker-levels.ts';

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
  /** What made it; null for true and false, which belong to all. */
  readonly algebra: MarkerAlgebra | null;
}

/** Sorts after every variable. */
const TERMINAL_RANK = '\uffff';

function terminal(id: number): MarkerTree {
  return { id, variable: '', rank: TERMINAL_RANK, cuts: [], children: [], algebra: null };
}

export const FALSE_MARKER: MarkerTree = terminal(0);
export const TRUE_MARKER: MarkerTree = terminal(1);

/** What a node costs besides its children. */
const NODE_WORK = 8;
const CHILD_WORK = 8;
const PAIR_WORK = 4;

/** Makes and combines markers. Markers of different algebras must not meet. */
export class MarkerAlgebra {
  readonly #nodes = new Map<string, MarkerTree>();
  readonly #cutIds = new Map<string, number>();
  readonly #idsOfCuts = new WeakMap<MarkerCut, number>();
  readonly #conjunctions = new Map<string, MarkerTree>();
  readonly #negations = new Map<number, MarkerTree>();
  /** Conjunctions in which impossible pairs are let stand. */
  readonly #plainConjunctions = new Map<string, MarkerTree>();
  readonly order: LevelOrder;
  /** Makes what stands for environments that are none: `sys_platform == 'win32' and os_name == 'posix'`. */
  #makeImpossible: (() => MarkerTree) | null = null;
  #impossible: MarkerTree | null = null;
  #count = 2;
  readonly #meter: WorkMeter | null;

  constructor(order: LevelOrder = 'texts-first', meter: WorkMeter | null = null) {
    this.order = order;
    this.#meter = meter;
  }

  /** States which environments are none, for when it matters. Conjunctions that hold nowhere else are false. */
  exclude(makeImpossible: () => MarkerTree): void {
    this.#makeImpossible = makeImpossible;
  }

  get impossible(): MarkerTree {
    const make = this.#makeImpossible;
    if (make !== null) {
      this.#makeImpossible = null;
      const impossible = make();
      this.#conjunctions.clear();
      this.#impossible = impossible;
    }
    return this.#impossible ?? FALSE_MARKER;
  }

  /** The node that has these children along a variable; neighbours that are the same child become one piece. */
  node(variable: string, cuts: readonly MarkerCut[], children: readonly MarkerTree[]): MarkerTree {
    this.#meter?.spend('markers', NODE_WORK + CHILD_WORK * children.length);
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
      const rank = rankOf(variable, this.order);
      node = { id: this.#count++, variable, rank, cuts: keptCuts, children: keptChildren, algebra: this };
      this.#nodes.set(key, node);
    }
    return node;
  }

  #cutId(cut: MarkerCut): number {
    const again = this.#idsOfCuts.get(cut);
    if (again !== undefined) return again;
    const key =
      'text' in cut
        ? `t${Number(cut.isAfter)}${cut.text}`
        : `v${Number(cut.isAfter)}${cut.sentinel}${cut.key.join('.')}+${cut.version.local?.join('.') ?? ''}`;
    let id = this.#cutIds.get(key);
    if (id === undefined) this.#cutIds.set(key, (id = this.#cutIds.size));
    this.#idsOfCuts.set(cut, id);
    return id;
  }

  not(tree: MarkerTree): MarkerTree {
    if (tree === TRUE_MARKER) return FALSE_MARKER;
    if (tree === FALSE_MARKER) return TRUE_MARKER;
    let result = this.#negations.get(tree.id);
    if (result === undefined) {
      const children = tree.children.map((child) => this.not(child));
      result = this.node(tree.variable, tree.cuts, children);
      this.#negations.set(tree.id, result);
    }
    return result;
  }

  and(a: MarkerTree, b: MarkerTree): MarkerTree {
    return this.#and(a, b, true);
  }

  /** The same, but what is impossible is let stand. */
  plainAnd(a: MarkerTree, b: MarkerTree): MarkerTree {
    return this.#and(a, b, false);
  }

  #and(a: MarkerTree, b: MarkerTree, isReal: boolean): MarkerTree {
    if (a === b || b === TRUE_MARKER) return a;
    if (a === TRUE_MARKER) return b;
    if (a === FALSE_MARKER || b === FALSE_MARKER) return FALSE_MARKER;
    this.#meter?.spend('markers', PAIR_WORK);
    const known = isReal ? this.#conjunctions : this.#plainConjunctions;
    const key = a.id < b.id ? `${a.id},${b.id}` : `${b.id},${a.id}`;
    let result = known.get(key);
    if (result === undefined) {
      result = this.#conjunction(a, b, isReal);
      if (isReal && this.#isImpossible(a, b, result)) result = FALSE_MARKER;
      known.set(key, result);
    }
    return result;
  }

  #isImpossible(a: MarkerTree, b: MarkerTree, both: MarkerTree): boolean {
    if (!canBeImpossible(a.variable) || !canBeImpossible(b.variable)) return false;
    const { impossible } = this;
    return impossible !== FALSE_MARKER && this.plainAnd(both, this.not(impossible)) === FALSE_MARKER;
  }

  or(a: MarkerTree, b: MarkerTree): MarkerTree {
    return this.not(this.and(this.not(a), this.not(b)));
  }

  /**
   * The tree for those who know that `known` holds: shorter, and the same wherever it does. uv asks it of what stands
   * in a lock file, where the parent's own condition need not be repeated.
   */
  restrict(tree: MarkerTree, known: MarkerTree): MarkerTree {
    if (known === TRUE_MARKER || tree.children.length === 0) return tree;
    if (known === FALSE_MARKER || tree === this.not(known)) return FALSE_MARKER;
    if (tree === known) return TRUE_MARKER;
    if (tree.rank < known.rank) {
      const children = tree.children.map((child) => this.restrict(child, known));
      return this.node(tree.variable, tree.cuts, children);
    }
    if (known.rank < tree.rank) {
      const any = known.children.reduce((all, child) => this.or(all, child), FALSE_MARKER);
      return this.restrict(tree, any);
    }
    return this.#restrictPieces(tree, known);
  }

  #restrictPieces(tree: MarkerTree, known: MarkerTree): MarkerTree {
    const cuts: MarkerCut[] = [];
    const pieces: (MarkerTree | null)[] = [];
    forPieces(tree, known, (mine, theirs, cut) => {
      if (cut !== null) cuts.push(cut);
      pieces.push(theirs === FALSE_MARKER ? null : this.restrict(mine, theirs));
    });
    const first = pieces.find((piece) => piece !== null) ?? FALSE_MARKER;
    return this.node(
      tree.variable,
      cuts,
      pieces.map((piece) => piece ?? first),
    );
  }

  /** Whether no environment satisfies both. */
  isDisjoint(a: MarkerTree, b: MarkerTree): boolean {
    return this.and(a, b) === FALSE_MARKER;
  }

  /** Whether every environment that satisfies `a` satisfies `b`. */
  implies(a: MarkerTree, b: MarkerTree): boolean {
    return this.and(a, b) === a;
  }

  #conjunction(a: MarkerTree, b: MarkerTree, isReal: boolean): MarkerTree {
    if (a.rank !== b.rank) {
      const [first, second] = a.rank < b.rank ? [a, b] : [b, a];
      const children = first.children.map((child) => this.#and(child, second, isReal));
      return this.node(first.variable, first.cuts, children);
    }
    const cuts: MarkerCut[] = [];
    const children: MarkerTree[] = [];
    forPieces(a, b, (left, right, cut) => {
      if (cut !== null) cuts.push(cut);
      children.push(this.#and(left, right, isReal));
    });
    return this.node(a.variable, cuts, children);
  }

  /**
   * The tree with everything that is asked of a variable replaced: `choose` makes one tree of a node whose variable it
   * knows, or null to keep the node.
   */
  rewrite(
    tree: MarkerTree,
    choose: (node: MarkerTree) => MarkerTree | null,
    done = new Map<MarkerTree, MarkerTree>(),
  ): MarkerTree {
    if (tree.children.length === 0) return tree;
    let result = done.get(tree);
    if (result !== undefined) return result;
    const children = tree.children.map((child) => this.rewrite(child, choose, done));
    const node = this.node(tree.variable, tree.cuts, children);
    result = node.children.length === 0 ? node : (choose(node) ?? node);
    done.set(tree, result);
    return result;
  }
}

/** The pieces of two nodes on one variable's line, side by side; `cut` is where a piece begins, null for the first. */
export function forPieces(
  a: MarkerTree,
  b: MarkerTree,
  visit: (left: MarkerTree, right: MarkerTree, cut: MarkerCut | null) => void,
): void {
  visit(a.children[0]!, b.children[0]!, null);
  let i = 0;
  let j = 0;
  while (i < a.cuts.length || j < b.cuts.length) {
    const left = a.cuts[i];
    const right = b.cuts[j];
    const order = left === undefined ? 1 : right === undefined ? -1 : compareMarkerCuts(left, right);
    if (order <= 0) i++;
    if (order >= 0) j++;
    visit(a.children[i]!, b.children[j]!, order <= 0 ? left! : right!);
  }
}
