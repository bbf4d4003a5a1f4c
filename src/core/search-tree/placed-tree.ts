/**
 * Where every node is drawn, on a grid. Root at the left, children one column to the right; birth order from top to
 * bottom. The first child continues its parent's row, each further one begins a row of its own:
 *
 *   row 0   ● ── ● ── ● ── ⊘          A tree that grows at its end therefore keeps the place of all that it had.
 *   row 1             ├── ⊘
 *   row 2             └── ● ── ★      Coordinates never depend on the step; they depend on what is folded.
 *
 * One linear pass without recursion: no layout library, since rows are not centred and trees have 10⁵ nodes.
 */
import type { Trace } from '../resolver/trace.ts';
import { IntegerColumn } from './columns.ts';
import { chainLength, childItems, countAttempts, markFinalPath, type Folding } from './fold.ts';
import { NODE_CODE, NONE, ROOT_NODE, type SearchTree } from './search-tree.ts';

/** Pins of one stack that are pinned again before the drawing turns back to the left. */
const MOST_REPINS = 48;

/** A placed tree. Columns by node cover all nodes; folded nodes have their owner's row and column. */
export interface PlacedTree {
  readonly tree: SearchTree;
  readonly folding: Folding;
  readonly rows: number;
  readonly columns: number;
  /** Nodes that are shown, by row and then by column. */
  readonly order: Int32Array;
  /** By row: place in `order` of its first node; one more entry closes the last row. */
  readonly rowStart: Int32Array;
  readonly row: Int32Array;
  readonly column: Int32Array;
  /** By node: the node that is shown for it: itself, or the fold that it lies in. */
  readonly owner: Int32Array;
  /** By node: siblings that it stands for as the head of a closed run; 1 otherwise. */
  readonly runLength: Int32Array;
  /** By node: pins that it stands for as the head of a closed chain; 1 otherwise. */
  readonly chainLength: Int32Array;
  /** By node: 1 when it is shown, and its children are folded into it. */
  readonly isClosed: Uint8Array;
  /** By node: attempts in its subtree, itself included. */
  readonly attempts: Int32Array;
  /** By node: 1 on the way to where the run ended. */
  readonly onFinalPath: Uint8Array;
}

/** Places a tree. Linear in its nodes. */
export function placeSearchTree(tree: SearchTree, trace: Trace, folding: Folding): PlacedTree {
  return new Placement(tree, trace, folding).place();
}

class Placement {
  readonly #tree: SearchTree;
  readonly #trace: Trace;
  readonly #folding: Folding;
  readonly #onPath: Uint8Array;
  readonly #row: Int32Array;
  readonly #column: Int32Array;
  readonly #owner: Int32Array;
  readonly #runLength: Int32Array;
  readonly #chainLength: Int32Array;
  readonly #isClosed: Uint8Array;
  readonly #order = new IntegerColumn();
  readonly #rowStart = new IntegerColumn();
  #columns = 1;

  constructor(tree: SearchTree, trace: Trace, folding: Folding) {
    this.#tree = tree;
    this.#trace = trace;
    this.#folding = folding;
    this.#onPath = markFinalPath(tree);
    this.#row = new Int32Array(tree.size);
    this.#column = new Int32Array(tree.size);
    this.#owner = new Int32Array(tree.size).fill(NONE);
    this.#runLength = new Int32Array(tree.size).fill(1);
    this.#chainLength = new Int32Array(tree.size).fill(1);
    this.#isClosed = new Uint8Array(tree.size);
  }

  place(): PlacedTree {
    const pending = [ROOT_NODE];
    let before: number = NONE;
    while (pending.length > 0) {
      const node = pending.pop()!;
      this.#placeNode(node, before);
      before = this.#placeChain(node);
      this.#placeChildren(before, pending);
    }
    this.#rowStart.push(this.#order.length);
    this.#placeFolded();
    return {
      tree: this.#tree,
      folding: this.#folding,
      rows: this.#rowStart.length - 1,
      columns: this.#columns,
      order: this.#order.values.slice(0, this.#order.length),
      rowStart: this.#rowStart.values.slice(0, this.#rowStart.length),
      row: this.#row,
      column: this.#column,
      owner: this.#owner,
      runLength: this.#runLength,
      chainLength: this.#chainLength,
      isClosed: this.#isClosed,
      attempts: countAttempts(this.#tree),
      onFinalPath: this.#onPath,
    };
  }

  /** `before` is the node placed last: a first child finds its parent there and may go on in its row. */
  #placeNode(node: number, before: number): void {
    const parent = this.#tree.parent.at(node);
    const column = this.#columnOf(node, parent);
    const continues = parent !== NONE && parent === before && column > this.#column[parent]!;
    if (!continues) this.#rowStart.push(this.#order.length);
    this.#row[node] = this.#rowStart.length - 1;
    this.#column[node] = column;
    this.#owner[node] = node;
    this.#order.push(node);
    if (column >= this.#columns) this.#columns = column + 1;
  }

  /**
   * One to the right of the parent, so that a subtree lies to the right of its root and no line crosses a label. A
   * search that pins the same packages again and again would grow to the right for ever: it turns back, and goes on
   * in the column of its stack's depth.
   */
  #columnOf(node: number, parent: number): number {
    if (parent === NONE) return 0;
    const next = this.#column[parent]! + 1;
    const depth = this.#tree.depth.at(node);
    return next > depth + MOST_REPINS ? depth : next;
  }

  /** Puts a closed chain into its head. Returns the last node that is drawn there. */
  #placeChain(head: number): number {
    const { openChains, openNodes } = this.#folding;
    if (openChains === null || openChains.has(head) || openNodes?.has(head) === false) return head;
    const length = this.#runLength[head]! > 1 ? 1 : chainLength(this.#tree, head);
    let last = head;
    // A chain ends where a subtree is closed.
    while (this.#chainLength[head]! < length && openNodes?.has(last) !== false) {
      this.#chainLength[head]! += 1;
      last = this.#tree.firstChild.at(last);
      this.#owner[last] = head;
      this.#row[last] = this.#row[head]!;
      this.#column[last] = this.#column[head]!;
    }
    return last;
  }

  #placeChildren(node: number, pending: number[]): void {
    const tree = this.#tree;
    if (tree.firstChild.at(node) === NONE) return;
    const isOpen = this.#folding.openNodes?.has(node) !== false;
    if (!isOpen || this.#runLength[node]! > 1) {
      this.#isClosed[node] = 1;
      return;
    }
    const items = childItems(tree, this.#trace, node, this.#onPath, this.#folding);
    for (let place = items.length - 1; place >= 0; place--) {
      const { head, length } = items[place]!;
      this.#runLength[head] = length;
      pending.push(head);
      let member = head;
      for (let count = 1; count < length; count++) {
        member = tree.nextSibling.at(member);
        this.#owner[member] = head;
      }
    }
  }

  /** A parent's number is less than its children's, so owners are known when they are asked for. */
  #placeFolded(): void {
    for (let node = 0; node < this.#tree.size; node++) {
      if (this.#owner[node] === NONE) this.#owner[node] = this.#owner[this.#tree.parent.at(node)]!;
      const owner = this.#owner[node]!;
      if (owner === node) continue;
      this.#row[node] = this.#row[owner]!;
      this.#column[node] = this.#column[owner]!;
    }
  }
}

/** Whether something folds or unfolds at a node: a closed run, a subtree, or a skipped version that begins a run. */
export function isFoldable(placed: PlacedTree, node: number): boolean {
  return (
    placed.runLength[node]! > 1 ||
    placed.chainLength[node]! > 1 ||
    placed.tree.firstChild.at(node) !== NONE ||
    beginsRun(placed, node)
  );
}

/** Opens or closes what a node stands for: a run that it begins, or its subtree. */
export function toggleFold(placed: PlacedTree, node: number): Folding {
  const openNodes = new Set(placed.folding.openNodes ?? shownNodes(placed));
  const openRuns = new Set(placed.folding.openRuns ?? shownNodes(placed));
  const openChains = new Set(placed.folding.openChains ?? shownNodes(placed));
  // What lies in a closed chain is shown as it was: open.
  for (const member of foldedInChains(placed)) openNodes.add(member);
  if (placed.chainLength[node]! > 1) {
    for (const member of chainOf(placed, node)) openChains.add(member);
  } else if (placed.runLength[node]! > 1) openRuns.add(node);
  else if (placed.isClosed[node] === 1) openNodes.add(node);
  else if (placed.tree.firstChild.at(node) !== NONE) openNodes.delete(node);
  else openRuns.delete(node);
  return { openNodes, openRuns, openChains };
}

function beginsRun(placed: PlacedTree, node: number): boolean {
  const next = placed.tree.nextSibling.at(node);
  const kind = placed.tree.kind.at(node);
  return kind === NODE_CODE.skip && next !== NONE && placed.tree.kind.at(next) === kind;
}

/** The pins of a chain, its head first. */
function chainOf(placed: PlacedTree, head: number): number[] {
  const members: number[] = [];
  let at = head;
  for (let count = 0; count < placed.chainLength[head]!; count++) {
    members.push(at);
    at = placed.tree.firstChild.at(at);
  }
  return members;
}

function foldedInChains(placed: PlacedTree): number[] {
  return [...placed.order].flatMap((node) => (placed.chainLength[node]! > 1 ? chainOf(placed, node) : []));
}

function shownNodes(placed: PlacedTree): Iterable<number> {
  return placed.order;
}

/** Opens every fold that a node lies in, so that it is shown itself. */
export function revealNode(placed: PlacedTree, node: number): Folding {
  if (placed.owner[node] === node) return placed.folding;
  const openNodes = new Set(placed.folding.openNodes ?? shownNodes(placed));
  const openRuns = new Set(placed.folding.openRuns ?? shownNodes(placed));
  const openChains = new Set(placed.folding.openChains ?? shownNodes(placed));
  for (const member of foldedInChains(placed)) openNodes.add(member);
  for (const member of chainOf(placed, placed.owner[node]!)) openChains.add(member);
  for (let at = node; at !== NONE; at = placed.tree.parent.at(at)) {
    openNodes.add(at);
    openRuns.add(placed.owner[at]!);
    openChains.add(placed.owner[at]!);
  }
  return { openNodes, openRuns, openChains };
}
