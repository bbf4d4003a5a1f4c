/**
 * What of the tree is folded. Three things fold: a failed subtree into its root, a run of failed siblings into the
 * first of them, and a long chain of pins, each the only child of the one before, into its first.
 *
 *   ● jupyterlab 4.6.4 +117 pins ─● ─★                     a chain
 *   ┬─⊘ cup 3.22.0 ×5  all skipped for one reason            a run
 *   ├─◌ cup 3.17.0  214 attempts, all failed                 a subtree
 *   └─● cup 3.16.0 ─…
 *
 * What is folded at first depends on the tree alone, never on the step; the reader opens and closes the rest.
 */
import type { Trace } from '../resolver/trace.ts';
import { failureNode, reasonKey } from './reason.ts';
import { isAttempt, NEVER, NODE_CODE, NONE, ROOT_NODE, STATUS_CODE, type SearchTree } from './search-tree.ts';

/** Trees of at most this many nodes open completely. */
const SMALL_TREE = 160;
/** Rows that a larger tree shows at first, more or less. */
const FIRST_ROWS = 220;
/** Shorter runs are not worth folding. */
const SHORTEST_RUN = 3;
/** Siblings that one node shows at most before its runs are taken more coarsely. */
const MOST_SIBLINGS = 60;

/** Longer runs of different reasons are shown as about this many shorter ones. */
const RUN_PARTS = 24;
const LONGEST_RUN = 40;

/** Which nodes show their children, and which runs their members. Replaced, never changed. */
export interface Folding {
  /** Nodes whose children are shown; null: all. */
  readonly openNodes: ReadonlySet<number> | null;
  /** Heads of runs that are shown one by one; null: all. */
  readonly openRuns: ReadonlySet<number> | null;
  /** Heads of chains that are shown pin by pin; null: all. */
  readonly openChains: ReadonlySet<number> | null;
}

/** One item of a node's children: the head of a run, and how many siblings it stands for, itself included. */
export interface ChildItem {
  readonly head: number;
  readonly length: number;
}

/** Everything shown. */
export const UNFOLDED: Folding = { openNodes: null, openRuns: null, openChains: null };

/** Shorter chains are drawn pin by pin. */
const LONG_CHAIN = 9;

/** Pins that follow a pin without a branch, itself included and the last left out; 1 where it is no long chain. */
export function chainLength(tree: SearchTree, head: number): number {
  let length = 0;
  let at = head;
  // Pins that were replaced are a story of their own.
  while (tree.kind.at(at) === NODE_CODE.pin && tree.status.at(at) !== STATUS_CODE.replaced) {
    const next = tree.firstChild.at(at);
    if (next === NONE || tree.nextSibling.at(next) !== NONE || tree.kind.at(next) !== NODE_CODE.pin) break;
    length += 1;
    at = next;
  }
  return length < LONG_CHAIN ? 1 : length;
}

/** Attempts in each node's subtree, the node included; by node. */
export function countAttempts(tree: SearchTree): Int32Array {
  const attempts = new Int32Array(tree.size);
  for (let node = tree.size - 1; node >= 0; node--) {
    attempts[node]! += isAttempt(tree, node) ? 1 : 0;
    const parent = tree.parent.at(node);
    if (parent !== NONE) attempts[parent]! += attempts[node]!;
  }
  return attempts;
}

/** 1 for nodes on the way to where the run ended: the last stack, or the last conflict when nothing stands. */
export function markFinalPath(tree: SearchTree): Uint8Array {
  const onPath = new Uint8Array(tree.size);
  onPath[ROOT_NODE] = 1;
  let end = tree.size - 1;
  while (end > ROOT_NODE && !isEnd(tree, end)) end -= 1;
  for (let node = end; node !== NONE; node = tree.parent.at(node)) onPath[node] = 1;
  return onPath;
}

function isEnd(tree: SearchTree, node: number): boolean {
  const kind = tree.kind.at(node);
  if (kind === NODE_CODE.pin) return tree.settledAt.at(node) === NEVER;
  return kind === NODE_CODE.conflict || kind === NODE_CODE.end;
}

/** Groups a node's children into items; runs that `folding` opens come one by one. */
export function childItems(
  tree: SearchTree,
  trace: Trace,
  node: number,
  onPath: Uint8Array,
  folding: Folding,
): ChildItem[] {
  if (folding.openRuns === null) return runsOf(tree, trace, node, onPath, 'none');
  let items = runsOf(tree, trace, node, onPath, 'reason');
  if (items.length > MOST_SIBLINGS) items = runsOf(tree, trace, node, onPath, 'package');
  if (items.length > MOST_SIBLINGS) items = runsOf(tree, trace, node, onPath, 'any');
  return items.flatMap((item) => (folding.openRuns?.has(item.head) === true ? members(tree, item) : [item]));
}

function members(tree: SearchTree, item: ChildItem): ChildItem[] {
  const single: ChildItem[] = [];
  let node = item.head;
  for (let count = 0; count < item.length; count++) {
    single.push({ head: node, length: 1 });
    node = tree.nextSibling.at(node);
  }
  return single;
}

/** Cuts a long run into shorter ones of equal length. */
function parts(tree: SearchTree, run: ChildItem): ChildItem[] {
  const size = Math.ceil(run.length / RUN_PARTS);
  const cut: ChildItem[] = [];
  let node = run.head;
  for (let done = 0; done < run.length; done += size) {
    const length = Math.min(size, run.length - done);
    cut.push({ head: node, length });
    for (let count = 0; count < length; count++) node = tree.nextSibling.at(node);
  }
  return cut;
}

type RunKind = 'none' | 'reason' | 'package' | 'any';

function runsOf(
  tree: SearchTree,
  trace: Trace,
  node: number,
  onPath: Uint8Array,
  kind: RunKind,
): ChildItem[] {
  const items: ChildItem[] = [];
  let head: number = NONE;
  let length = 0;
  let key = '';
  const endRun = (): void => {
    if (head === NONE) return;
    const run = { head, length };
    if (length < SHORTEST_RUN) items.push(...members(tree, run));
    else if (length <= LONGEST_RUN || kind === 'reason') items.push(run);
    else items.push(...parts(tree, run));
    head = NONE;
  };
  for (let child = tree.firstChild.at(node); child !== NONE; child = tree.nextSibling.at(child)) {
    const childKey = onPath[child] === 1 ? null : runKey(tree, trace, child, kind);
    if (head !== NONE && childKey === key) {
      length += 1;
      continue;
    }
    endRun();
    if (childKey === null) items.push({ head: child, length: 1 });
    else [head, length, key] = [child, 1, childKey];
  }
  endRun();
  return items;
}

/** Equal for siblings that fold together; null for what stays by itself. */
function runKey(tree: SearchTree, trace: Trace, node: number, kind: RunKind): string | null {
  if (kind === 'none') return null;
  const nodeKind = tree.kind.at(node);
  if (nodeKind === NODE_CODE.pin && tree.status.at(node) === STATUS_CODE.standing) return null;
  if (kind === 'any') return 'any';
  if (nodeKind !== NODE_CODE.skip && nodeKind !== NODE_CODE.pin) return null;
  const packageRow = trace.candidates[tree.candidate.at(node)]!.package;
  if (kind === 'package') return `${packageRow}`;
  const failure = failureNode(tree, node);
  return `${nodeKind} ${packageRow} ${failure === NONE ? 0 : reasonKey(tree, trace, failure)}`;
}

/**
 * What is open at first. A small tree is open. In a larger one the way to the end is open, and then the largest
 * subtrees are opened until about `FIRST_ROWS` rows are shown.
 */
export function firstFolding(tree: SearchTree, trace: Trace): Folding {
  if (tree.size <= SMALL_TREE) return { ...UNFOLDED, openChains: new Set() };
  const attempts = countAttempts(tree);
  const onPath = markFinalPath(tree);
  const openNodes = new Set<number>();
  const folding: Folding = { openNodes, openRuns: new Set(), openChains: new Set() };
  const waiting = [ROOT_NODE];
  let rows = 1;
  while (waiting.length > 0) {
    const node = takeLargest(waiting, attempts, onPath);
    if (rows >= FIRST_ROWS && onPath[node] === 0) break;
    openNodes.add(node);
    const items = childItems(tree, trace, node, onPath, folding);
    rows += Math.max(0, items.length - 1);
    for (const { head, length } of items) {
      if (length === 1 && tree.firstChild.at(head) !== NONE) waiting.push(head);
    }
  }
  return folding;
}

// The list stays short (it holds nodes that are shown and closed), so a heap would not pay.
function takeLargest(waiting: number[], attempts: Int32Array, onPath: Uint8Array): number {
  let best = 0;
  for (let place = 1; place < waiting.length; place++) {
    const [one, other] = [waiting[place]!, waiting[best]!];
    const byPath = onPath[one]! - onPath[other]!;
    if (byPath > 0 || (byPath === 0 && attempts[one]! > attempts[other]!)) best = place;
  }
  const [taken] = waiting.splice(best, 1);
  return taken!;
}
