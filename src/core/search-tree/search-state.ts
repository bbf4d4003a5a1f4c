/** The search's state at a step: read from the nearest keyframe, with a replay of at most `KEYFRAME_EVENTS` events. */
import { assert } from '../packaging/assert.ts';
import { EVENT_CODE } from '../resolver/events.ts';
import type { Trace } from '../resolver/trace.ts';
import {
  COUNT_FIELDS,
  insertByBirth,
  KEYFRAME_EVENTS,
  lastNodeBornAt,
  NODE_CODE,
  type SearchCounts,
  type SearchTree,
} from './search-tree.ts';

/** The search's state at a step, with the event at that step done. */
export interface SearchState {
  /** Nodes on the stack, oldest first: pins, and nested builds that are going on. */
  readonly stack: readonly number[];
  readonly counts: SearchCounts;
}

/** The state at a step; before the first event, at step -1, nothing stands. */
export function stateAt(tree: SearchTree, trace: Trace, step: number): SearchState {
  assert(step < tree.events, `step ${step} is outside a tree of ${tree.events} events`);
  const key = Math.max(0, Math.min(Math.floor((step + 1) / KEYFRAME_EVENTS), tree.keyStart.length - 1));
  const replay = new Replay(tree, trace, key);
  replay.advanceTo(step);
  return { stack: replay.stack, counts: replay.counts() };
}

/** Nodes on the stack at a step, oldest first. */
export function standingNodesAt(tree: SearchTree, trace: Trace, step: number): readonly number[] {
  return stateAt(tree, trace, step).stack;
}

/** Depth of the stack at each of some ascending steps (-1: before all), in one sweep where they lie close together. */
export function depthsAt(tree: SearchTree, trace: Trace, steps: readonly number[]): number[] {
  let replay: Replay | null = null;
  return steps.map((step) => {
    if (replay === null || step - replay.step > KEYFRAME_EVENTS)
      replay = new Replay(tree, trace, Math.max(0, Math.floor(step / KEYFRAME_EVENTS)));
    replay.advanceTo(step);
    return replay.stack.length;
  });
}

/** Repeats the tree's own pass from a keyframe, on the stack alone. */
class Replay {
  readonly stack: number[] = [];
  /** The last event that is done. */
  step: number;
  readonly #tree: SearchTree;
  readonly #trace: Trace;
  readonly #counts: number[];
  #nextNode: number;

  constructor(tree: SearchTree, trace: Trace, key: number) {
    this.#tree = tree;
    this.#trace = trace;
    const { keyStart, keyStack, keyCounts } = tree;
    const end = key + 1 < keyStart.length ? keyStart.at(key + 1) : keyStack.length;
    const start = key < keyStart.length ? keyStart.at(key) : end;
    for (let place = start; place < end; place++) this.stack.push(keyStack.at(place));
    this.#counts = Array.from({ length: COUNT_FIELDS }, (_, field) =>
      key < keyStart.length ? keyCounts.at(key * COUNT_FIELDS + field) : 0,
    );
    this.step = key * KEYFRAME_EVENTS - 1;
    this.#nextNode = lastNodeBornAt(tree, this.step) + 1;
  }

  counts(): SearchCounts {
    const [pinned, skipped, undone, conflicts, jumps] = this.#counts;
    return {
      pinned: pinned!,
      skipped: skipped!,
      undone: undone!,
      conflicts: conflicts!,
      jumps: jumps!,
    };
  }

  advanceTo(step: number): void {
    for (let at = this.step + 1; at <= step; at++) this.#read(at);
    this.step = Math.max(this.step, step);
  }

  #read(step: number): void {
    const tree = this.#tree;
    while (this.#nextNode < tree.size && tree.bornAt.at(this.#nextNode) === step) {
      const kind = tree.kind.at(this.#nextNode);
      if (kind === NODE_CODE.pin || kind === NODE_CODE.build) this.stack.push(this.#nextNode);
      this.#nextNode += 1;
    }
    const kind = this.#trace.kinds[step];
    if (this.#namesRoot(kind, step)) return;
    switch (kind) {
      case EVENT_CODE.pin:
      case EVENT_CODE.decide:
        this.#counts[0]! += 1;
        break;
      case EVENT_CODE.reject:
        this.#counts[1]! += 1;
        break;
      case EVENT_CODE.unpin:
        this.#counts[2]! += 1;
        this.#remove(this.#trace.first[step]!);
        break;
      case EVENT_CODE.conflict:
      case EVENT_CODE.clash:
        this.#counts[3]! += 1;
        break;
      case EVENT_CODE.backjump:
        this.#counts[4]! += 1;
        break;
      case EVENT_CODE.fork:
        this.#counts[2]! -= this.#trace.first[step]! - this.#trace.second[step]!;
        break;
      case EVENT_CODE.restore:
        insertByBirth(this.stack, tree.restored.get(step)!);
        break;
      case EVENT_CODE['build-end']:
        while (this.stack.length > 0 && tree.kind.at(this.stack.pop()!) !== NODE_CODE.build);
        break;
      default:
    }
  }

  /** The user's lines as a package are the tree's root, which is not on the stack. */
  #namesRoot(kind: number | undefined, step: number): boolean {
    if (kind !== EVENT_CODE.decide && kind !== EVENT_CODE.unpin) return false;
    return this.#trace.candidates[this.#trace.first[step]!]!.origin === 'root';
  }

  #remove(candidate: number): void {
    const place = this.stack.findLastIndex((node) => this.#tree.candidate.at(node) === candidate);
    assert(place >= 0, `candidate ${candidate} is not on the stack`);
    this.stack.splice(place, 1);
  }
}
