/**
 * The search tree of a run, as columns: one row for every attempt (a pin or a skipped candidate), and one for every
 * mark of its own (conflict, learned rule, rollback, nested build, end). Rows are in birth order, so `bornAt` never
 * falls, and a parent's row number is less than its children's.
 *
 *   your lines ─● tea 1.9.8 ─● spoon 2.27.0 ─┬─⊘ cup 3.22.0        row   0     1      2       3       4
 *                                            ├─⊘ cup 3.21.0        kind  root  pin    pin     skip    skip
 *                                            └─● cup 3.17.0 ─★     parent -1   0      1       2       2
 *
 * Nothing here depends on the step that is looked at; `frame.ts` and `stack.ts` answer for a step.
 */
import { IntegerColumn } from './columns.ts';

/** What a row is. Codes are positions. `end` is drawn for runs that were solved or stopped. */
export const NODE_KINDS = ['root', 'pin', 'skip', 'conflict', 'learn', 'rollback', 'build', 'end'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];
export const NODE_CODE = Object.fromEntries(NODE_KINDS.map((kind, code) => [kind, code])) as {
  readonly [Kind in NodeKind]: number;
};

/**
 * What became of a pin in the end. `undone`: given up, its alternatives come next; `jumped`: given up with others by a
 * backjump that passed over it; `replaced`: pinned again at another candidate; `returned`: given up by a rollback;
 * `kept`: stands in the solution for a part of the environments, while the search goes on for another. All other kinds of nodes keep `standing`.
 */
export const NODE_STATUSES = ['standing', 'undone', 'jumped', 'replaced', 'returned', 'kept'] as const;
export type NodeStatus = (typeof NODE_STATUSES)[number];
export const STATUS_CODE = Object.fromEntries(NODE_STATUSES.map((status, code) => [status, code])) as {
  readonly [Status in NodeStatus]: number;
};

/** No node, no candidate, no reason. */
export const NONE = -1;
/** `settledAt` of a pin that stands when the trace ends. */
export const NEVER = 0x7fffffff;
export const ROOT_NODE = 0;
/** `reason` of an `end` whose pins do not fit together; every other `end` has the code of its outcome. */
export const BROKEN_END = 0xff;

/** Events between two keyframes. A replay from a keyframe costs this many events at most. */
export const KEYFRAME_EVENTS = 4_096;

/** Several decisions given up at once, or an optimistic jump undone; drawn as an arc. One row each, in step order. */
export interface JumpColumns {
  readonly step: IntegerColumn;
  /** Node at which the search stood: the conflict, or the rollback's own node. */
  readonly from: IntegerColumn;
  /** Top of the stack afterwards. */
  readonly to: IntegerColumn;
  /** How many pins were given up. */
  readonly passed: IntegerColumn;
  /** 1 for a rollback. */
  readonly isRollback: IntegerColumn;
}

/** Running counts at a step, the event at that step included. */
export interface SearchCounts {
  readonly pinned: number;
  readonly skipped: number;
  readonly undone: number;
  readonly conflicts: number;
  readonly jumps: number;
}

/** Width of a row of `keyCounts`: the fields of `SearchCounts` in their order. */
export const COUNT_FIELDS = 5;

/** What a node is born with. */
interface NewNode {
  readonly kind: number;
  readonly parent: number;
  readonly candidate: number;
  readonly reason: number;
  readonly triedAt: number;
  readonly bornAt: number;
  readonly depth: number;
}

/** All columns; grown by `SearchTreeBuilder` only. */
export class SearchTree {
  /** Events that the tree has seen: the trace's length when it was last extended. */
  events = 0;
  readonly kind = new IntegerColumn();
  readonly parent = new IntegerColumn();
  /** Row of the trace's `candidates`; `NONE` for marks. */
  readonly candidate = new IntegerColumn();
  /** Row of `causeLists`; of `incompatibilities` where `reasonIsRule`; outcome code or `BROKEN_END` for `end`; or `NONE`. */
  readonly reason = new IntegerColumn();
  /** First step at which this candidate's metadata or requirements were looked at for this attempt; ≤ bornAt. */
  readonly triedAt = new IntegerColumn();
  readonly bornAt = new IntegerColumn();
  /** Step of the `unpin`; `NEVER` while it stands, and for what cannot stand. The last one, if it was restored. */
  readonly settledAt = new IntegerColumn();
  readonly status = new IntegerColumn();
  /** Pins that stand when the node is born, itself included. The root has 0. */
  readonly depth = new IntegerColumn();
  readonly firstChild = new IntegerColumn();
  readonly lastChild = new IntegerColumn();
  readonly nextSibling = new IntegerColumn();
  readonly jumps: JumpColumns = {
    step: new IntegerColumn(),
    from: new IntegerColumn(),
    to: new IntegerColumn(),
    passed: new IntegerColumn(),
    isRollback: new IntegerColumn(),
  };
  /** Steps of `conflict` and `clash` events. */
  readonly conflictSteps = new IntegerColumn();
  /** Which node a `restore` brings back, by step. Rare, hence a map. */
  readonly restored = new Map<number, number>();
  /** Keyframe k holds the nodes on the stack before event k × KEYFRAME_EVENTS: keyStack[keyStart[k] … keyStart[k+1]). */
  readonly keyStart = new IntegerColumn();
  readonly keyStack = new IntegerColumn();
  readonly keyCounts = new IntegerColumn();
  /** How many nodes are attempts: pins and skips. */
  attempts = 0;
  /** By candidate: its attempts, and the node of the first. Rows that no attempt reached are missing or 0. */
  readonly attemptsOf: number[] = [];
  readonly firstAttemptOf: number[] = [];
  /** Whether reasons are rows of `incompatibilities` (PubGrub) and not of `causeLists`. */
  reasonIsRule = false;

  /** Nodes, the root included. */
  get size(): number {
    return this.kind.length;
  }

  /** Appends a node as its parent's youngest child; answers its row. */
  addNode({ kind, parent, candidate, reason, triedAt, bornAt, depth }: NewNode): number {
    const node = this.kind.push(kind);
    this.parent.push(parent);
    this.candidate.push(candidate);
    this.reason.push(reason);
    this.triedAt.push(triedAt);
    this.bornAt.push(bornAt);
    this.settledAt.push(NEVER);
    this.status.push(STATUS_CODE.standing);
    this.depth.push(depth);
    this.firstChild.push(NONE);
    this.lastChild.push(NONE);
    this.nextSibling.push(NONE);
    if (kind === NODE_CODE.pin || kind === NODE_CODE.skip) this.#countAttempt(candidate, node);
    if (parent === NONE) return node;
    const elder = this.lastChild.at(parent);
    if (elder === NONE) this.firstChild.values[parent] = node;
    else this.nextSibling.values[elder] = node;
    this.lastChild.values[parent] = node;
    return node;
  }

  #countAttempt(candidate: number, node: number): void {
    this.attempts += 1;
    // Candidates are numbered as they are met: without holes, so that both stay plain lists.
    while (this.attemptsOf.length <= candidate) {
      this.attemptsOf.push(0);
      this.firstAttemptOf.push(NONE);
    }
    if (this.attemptsOf[candidate]!++ === 0) this.firstAttemptOf[candidate] = node;
  }
}

/** The kind of a node, as a word. */
export function nodeKind(tree: SearchTree, node: number): NodeKind {
  return NODE_KINDS[tree.kind.at(node)]!;
}

/** The last node born at a step or before it; the root when nothing was. */
export function lastNodeBornAt(tree: SearchTree, step: number): number {
  return Math.max(ROOT_NODE, tree.bornAt.lastNotAbove(step));
}

/** Whether a node is one of the attempts: a pin (a decision) or a skipped candidate. */
export function isAttempt(tree: SearchTree, node: number): boolean {
  const kind = tree.kind.at(node);
  return kind === NODE_CODE.pin || kind === NODE_CODE.skip;
}

/** Puts a node back on a stack that is in birth order but for re-pins, which were born after what stood then. */
export function insertByBirth(stack: number[], node: number): void {
  let place = stack.length;
  while (place > 0 && stack[place - 1]! > node) place -= 1;
  stack.splice(place, 0, node);
}
