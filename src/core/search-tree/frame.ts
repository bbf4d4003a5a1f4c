/**
 * What the picture shows at one step. A frame is a filter over the placed tree: which nodes are born, which stand,
 * which one the step is about. It is made without a replay from the beginning.
 */
import { EVENT_CODE } from '../resolver/events.ts';
import type { Trace } from '../resolver/trace.ts';
import { standingNodesAt } from './search-state.ts';
import { lastNodeBornAt, NODE_CODE, NONE, ROOT_NODE, type SearchTree } from './search-tree.ts';

/** What a node is at a step. `trying`: its candidate is looked at and neither pinned nor skipped yet. */
export type NodeState = 'unborn' | 'trying' | 'standing' | 'given-up' | 'skipped' | 'mark';

/** A step's view of a search tree. */
export interface Frame {
  readonly step: number;
  /** Nodes up to this one are born. */
  readonly lastBorn: number;
  /** The attempt that is going on: born later, looked at already; `NONE` most of the time. */
  readonly trying: number;
  /** Nodes on the stack, and the root. */
  readonly standing: ReadonlySet<number>;
  /** Oldest first, without the root. */
  readonly stack: readonly number[];
  /** The node that the step is about. */
  readonly current: number;
  /** Row of `tree.jumps` that happens at this step; `NONE` most of the time. */
  readonly jump: number;
}

/** The frame at a step. Step -1 is the state before the first event. */
export function frameAt(tree: SearchTree, trace: Trace, step: number): Frame {
  const at = Math.min(step, tree.events - 1);
  const stack = standingNodesAt(tree, trace, at);
  const lastBorn = lastNodeBornAt(tree, at);
  const trying = tryingNode(tree, at, lastBorn);
  return {
    step: at,
    lastBorn,
    trying,
    stack,
    standing: new Set([ROOT_NODE, ...stack]),
    current: currentNode(tree, trace, at, lastBorn, trying, stack),
    jump: jumpAt(tree, at),
  };
}

/** What a node is in a frame. */
export function nodeStateIn(frame: Frame, tree: SearchTree, node: number): NodeState {
  if (node > frame.lastBorn) return node === frame.trying ? 'trying' : 'unborn';
  const kind = tree.kind.at(node);
  if (kind === NODE_CODE.skip) return 'skipped';
  if (frame.standing.has(node)) return 'standing';
  return kind === NODE_CODE.pin || kind === NODE_CODE.build ? 'given-up' : 'mark';
}

// The attempt that is being made is the next to be born, if its trial has begun.
function tryingNode(tree: SearchTree, step: number, lastBorn: number): number {
  const next = lastBorn + 1;
  return next < tree.size && tree.triedAt.at(next) <= step ? next : NONE;
}

function currentNode(
  tree: SearchTree,
  trace: Trace,
  step: number,
  lastBorn: number,
  trying: number,
  stack: readonly number[],
): number {
  const top = stack.at(-1) ?? ROOT_NODE;
  if (step < 0) return ROOT_NODE;
  switch (trace.kinds[step]) {
    case EVENT_CODE.pin:
    case EVENT_CODE.decide:
    case EVENT_CODE.reject:
    case EVENT_CODE.conflict:
    case EVENT_CODE.clash:
    case EVENT_CODE['build-begin']:
    case EVENT_CODE.rollback:
      return lastBorn;
    case EVENT_CODE.learn:
      return lastBorn;
    case EVENT_CODE.done:
      return tree.bornAt.at(lastBorn) === step ? lastBorn : lastConflict(tree, lastBorn, top);
    case EVENT_CODE.unpin:
      return settledNode(tree, trace.first[step]!, step, lastBorn, top);
    case EVENT_CODE.restore:
      return tree.restored.get(step) ?? top;
    default:
      return trying === NONE ? top : trying;
  }
}

function lastConflict(tree: SearchTree, lastBorn: number, otherwise: number): number {
  const step = tree.conflictSteps.length === 0 ? NONE : tree.conflictSteps.at(tree.conflictSteps.length - 1);
  if (otherwise !== ROOT_NODE || step === NONE) return otherwise;
  return Math.min(lastBorn, lastNodeBornAt(tree, step));
}

// A node that was restored later has another `settledAt`; the latest born of that candidate is meant then.
function settledNode(
  tree: SearchTree,
  candidate: number,
  step: number,
  lastBorn: number,
  otherwise: number,
): number {
  let latest: number = NONE;
  for (let node = lastBorn; node > ROOT_NODE; node--) {
    if (tree.candidate.at(node) !== candidate || tree.kind.at(node) !== NODE_CODE.pin) continue;
    if (tree.settledAt.at(node) === step) return node;
    if (latest === NONE) latest = node;
    if (tree.restored.size === 0) break;
  }
  return latest === NONE ? otherwise : latest;
}

function jumpAt(tree: SearchTree, step: number): number {
  const row = tree.jumps.step.lastNotAbove(step);
  return row >= 0 && tree.jumps.step.at(row) === step ? row : NONE;
}
