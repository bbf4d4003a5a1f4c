/**
 * Trace → search tree, in one pass over the events, extendable as chunks arrive. One stack of nodes is the whole
 * state of the pass:
 *
 *   pin, decide      push a node            reject, conflict, clash   a leaf on the top of the stack
 *   unpin            remove its node        restore                   the node that it was comes back to the stack
 *   learn, rollback  a leaf on the conflict that led to it
 *
 * What became of a pin (undone, jumped over, replaced, returned) is known only when the failure that took it away is
 * over (`failure.ts`).
 */
import { assert } from '../packaging/assert.ts';
import { EVENT_CODE } from '../resolver/events.ts';
import { OUTCOME_KINDS } from '../resolver/outcome.ts';
import type { Trace } from '../resolver/trace.ts';
import { Failure } from './failure.ts';
import {
  BROKEN_END,
  insertByBirth,
  KEYFRAME_EVENTS,
  NEVER,
  NODE_CODE,
  NONE,
  ROOT_NODE,
  SearchTree,
  STATUS_CODE,
} from './search-tree.ts';
import { Trials } from './trials.ts';

/** Builds the tree of a trace as it is now. */
export function buildSearchTree(trace: Trace): SearchTree {
  const builder = new SearchTreeBuilder(trace);
  builder.extend();
  return builder.tree;
}

/** Keeps a tree in step with a trace that grows: call `extend` after each chunk. */
export class SearchTreeBuilder {
  readonly tree = new SearchTree();
  readonly #trace: Trace;
  readonly #stack: number[] = [];
  /** By candidate: the node that stands for it, and the node that stood for it before a nested build's. */
  readonly #openNode: number[] = [];
  readonly #outerNode = new Map<number, number>();
  readonly #trials = new Trials();
  #failure: Failure | null = null;
  /** Nodes of the `unpin`s directly before the event that is read. */
  readonly #justUnpinned: number[] = [];
  readonly #counts = [0, 0, 0, 0, 0];

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#addNode(NODE_CODE.root, NONE, NONE, NONE, -1);
  }

  /** Reads the events that the trace has gained. Cost is linear in them. */
  extend(): void {
    const { tree } = this;
    const { kinds, first, second, length } = this.#trace;
    for (let step = tree.events; step < length; step++) {
      if (step % KEYFRAME_EVENTS === 0) this.#addKeyframe();
      this.#read(kinds[step]!, step, first[step]!, second[step]!);
      if (this.#justUnpinned.length > 0 && kinds[step] !== EVENT_CODE.unpin) this.#justUnpinned.length = 0;
    }
    tree.events = length;
  }

  #read(kind: number, step: number, first: number, second: number): void {
    switch (kind) {
      case EVENT_CODE.require:
        this.#endFailure();
        if (second >= 0) this.#trials.note(second, step);
        break;
      case EVENT_CODE.metadata:
        this.#trials.note(first, step);
        break;
      case EVENT_CODE.round:
      case EVENT_CODE.derive:
        this.#endFailure();
        this.#trials.beginRound(step);
        break;
      case EVENT_CODE.pin:
      case EVENT_CODE.decide:
        if (!this.#isRoot(first)) this.#pin(first, step);
        break;
      case EVENT_CODE.reject:
        this.#endFailure();
        this.#counts[1]! += 1;
        this.#addNode(NODE_CODE.skip, this.#top(), first, second, step);
        break;
      case EVENT_CODE.unpin:
        if (!this.#isRoot(first)) this.#unpin(first, step);
        break;
      case EVENT_CODE.restore:
        this.#restore(first, step);
        break;
      default:
        this.#readMark(kind, step, first, second);
    }
  }

  #readMark(kind: number, step: number, first: number, second: number): void {
    switch (kind) {
      case EVENT_CODE.conflict:
      case EVENT_CODE.clash:
        this.#conflict(first, step, kind === EVENT_CODE.clash);
        break;
      case EVENT_CODE.learn:
        this.#learn(first, step);
        break;
      case EVENT_CODE.backjump:
        this.#jump(step, first - second);
        break;
      case EVENT_CODE.rollback:
        this.#rollback(step, first - second);
        break;
      case EVENT_CODE.fork:
        this.#fork(first - second);
        break;
      case EVENT_CODE['build-begin']:
        this.#endFailure();
        this.#push(this.#addNode(NODE_CODE.build, this.#top(), first, NONE, step));
        break;
      case EVENT_CODE['build-end']:
        this.#endBuild(step);
        break;
      case EVENT_CODE.done:
        this.#end(second > 0 ? BROKEN_END : first, step);
        break;
      default: // page, backtrack, incompatibility, reprioritize: nothing that the tree draws
    }
  }

  /** PubGrub decides the user's lines first, as a package: that is the tree's root already. */
  #isRoot(candidate: number): boolean {
    return this.#trace.candidates[candidate]!.origin === 'root';
  }

  #top(): number {
    return this.#stack.at(-1) ?? ROOT_NODE;
  }

  #push(node: number): void {
    this.#stack.push(node);
    this.tree.depth.values[node] = this.#stack.length;
  }

  #addNode(kind: number, parent: number, candidate: number, reason: number, step: number): number {
    const triedAt = this.#trials.take(candidate, step);
    return this.tree.addNode({
      kind,
      parent,
      candidate,
      reason,
      triedAt,
      bornAt: step,
      depth: this.#stack.length,
    });
  }

  #pin(candidate: number, step: number): void {
    this.#endFailure();
    this.#counts[0]! += 1;
    const node = this.#addNode(NODE_CODE.pin, this.#top(), candidate, NONE, step);
    this.#push(node);
    this.#open(candidate, node);
  }

  #open(candidate: number, node: number): void {
    const before = this.#openNode[candidate];
    if (before !== undefined && before !== NONE) this.#outerNode.set(node, before);
    this.#openNode[candidate] = node;
  }

  /** Takes a pin's node off the stack; it is the top but for re-pins. */
  #close(node: number, step: number): void {
    const place = this.#stack.lastIndexOf(node);
    assert(place >= 0, `node ${node} is not on the stack at step ${step}`);
    this.#stack.splice(place, 1);
    this.tree.settledAt.values[node] = step;
    this.#openNode[this.tree.candidate.at(node)] = this.#outerNode.get(node) ?? NONE;
    this.#outerNode.delete(node);
  }

  /** What was unpinned just now is not undone: it stands in the solved part. */
  #fork(setAside: number): void {
    this.#counts[2]! -= setAside;
    for (const node of this.#justUnpinned) this.tree.status.values[node] = STATUS_CODE.kept;
  }

  #unpin(candidate: number, step: number): void {
    const node = this.#openNode[candidate] ?? NONE;
    assert(node !== NONE, `candidate ${candidate} is unpinned at step ${step}, but was not pinned`);
    this.#counts[2]! += 1;
    this.#close(node, step);
    this.tree.status.values[node] = STATUS_CODE.replaced;
    this.#justUnpinned.push(node);
    this.#failure?.lose(node);
  }

  /** The earliest child of the top that was this candidate, else the candidate's latest node. */
  #restore(candidate: number, step: number): void {
    const { tree } = this;
    let node: number = tree.firstChild.at(this.#top());
    while (node !== NONE && !this.#isClosedPin(node, candidate)) node = tree.nextSibling.at(node);
    if (node === NONE) {
      node = tree.size - 1;
      while (node > ROOT_NODE && !this.#isClosedPin(node, candidate)) node -= 1;
    }
    assert(node > ROOT_NODE, `candidate ${candidate} is restored at step ${step}, but was never pinned`);
    insertByBirth(this.#stack, node);
    tree.settledAt.values[node] = NEVER;
    tree.status.values[node] = STATUS_CODE.standing;
    tree.restored.set(step, node);
    this.#open(candidate, node);
  }

  #isClosedPin(node: number, candidate: number): boolean {
    const { tree } = this;
    const isPin = tree.kind.at(node) === NODE_CODE.pin && tree.candidate.at(node) === candidate;
    return isPin && tree.settledAt.at(node) !== NEVER;
  }

  #conflict(reason: number, step: number, isRule: boolean): void {
    this.#endFailure();
    this.#counts[3]! += 1;
    if (isRule) this.tree.reasonIsRule = true;
    this.tree.conflictSteps.push(step);
    const mark = this.#addNode(NODE_CODE.conflict, this.#top(), NONE, reason, step);
    this.#failure = new Failure(mark);
  }

  /** One node a conflict: the rules on the way to the last one are steps of its proof. */
  #learn(reason: number, step: number): void {
    const failure = (this.#failure ??= new Failure(NONE));
    if (failure.rule !== NONE) {
      this.tree.reason.values[failure.rule] = reason;
      return;
    }
    failure.rule = this.#addNode(NODE_CODE.learn, this.#markOf(failure), NONE, reason, step);
  }

  #markOf(failure: Failure): number {
    if (failure.rule !== NONE) return failure.rule;
    return failure.mark === NONE ? this.#top() : failure.mark;
  }

  #jump(step: number, passed: number): void {
    const failure = (this.#failure ??= new Failure(NONE));
    this.#counts[4]! += 1;
    failure.hasJumped = true;
    failure.addJump(this.tree, step, this.#markOf(failure), this.#top(), passed);
  }

  #rollback(step: number, passed: number): void {
    const failure = (this.#failure ??= new Failure(NONE));
    failure.rollBack(this.tree, this.#top());
    const node = this.#addNode(NODE_CODE.rollback, this.#markOf(failure), NONE, NONE, step);
    failure.addJump(this.tree, step, node, this.#top(), passed);
  }

  #endFailure(): void {
    this.#failure?.settle(this.tree, this.#top());
    this.#failure = null;
  }

  /** A nested resolution's pins end with it. */
  #endBuild(step: number): void {
    this.#endFailure();
    let node = this.#top();
    while (node !== ROOT_NODE && this.tree.kind.at(node) !== NODE_CODE.build) {
      this.#close(node, step);
      node = this.#top();
    }
    assert(node !== ROOT_NODE, `a nested build ends at step ${step}, but none began`);
    this.#stack.pop();
    this.tree.settledAt.values[node] = step;
  }

  #end(outcome: number, step: number): void {
    this.#endFailure();
    const kind = OUTCOME_KINDS[outcome];
    if (kind === 'unsolvable' || kind === 'invalid') return;
    this.#addNode(NODE_CODE.end, this.#top(), NONE, outcome, step);
  }

  #addKeyframe(): void {
    const { keyStart, keyStack, keyCounts } = this.tree;
    keyStart.push(keyStack.length);
    for (const node of this.#stack) keyStack.push(node);
    for (const count of this.#counts) keyCounts.push(count);
  }
}
