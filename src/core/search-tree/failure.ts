/** What a search has lost since its last conflict, until it goes on. */
import { NEVER, NONE, STATUS_CODE, type SearchTree } from './search-tree.ts';

/** Collects what one conflict costs; what became of the lost pins is known only when the search goes on. */
export class Failure {
  /** The node of the rule learned from it. */
  rule: number = NONE;
  hasJumped = false;
  hasRolledBack = false;
  /** The conflict's node; `NONE` where the search lost pins without one. */
  readonly mark: number;
  readonly #lost: number[] = [];
  /** Rows of `tree.jumps` whose target is not known yet. */
  readonly #jumps: number[] = [];

  constructor(mark: number) {
    this.mark = mark;
  }

  lose(node: number): void {
    this.#lost.push(node);
  }

  addJump(tree: SearchTree, step: number, from: number, top: number, passed: number): void {
    const { jumps } = tree;
    this.#jumps.push(jumps.step.push(step));
    jumps.from.push(from);
    jumps.to.push(top);
    jumps.passed.push(passed);
    jumps.isRollback.push(this.hasRolledBack ? 1 : 0);
  }

  /** A rollback begins with `top` on the stack: what was jumped before led there, and not to where it goes on. */
  rollBack(tree: SearchTree, top: number): void {
    this.hasRolledBack = true;
    this.#settleJumps(tree, top);
  }

  /** The search goes on with `top` on its stack: writes where the jumps led, and what became of the lost pins. */
  settle(tree: SearchTree, top: number): void {
    this.#settleJumps(tree, top);
    let shallowest: number = NONE;
    for (const node of this.#lost) {
      if (shallowest === NONE || tree.depth.at(node) < tree.depth.at(shallowest)) shallowest = node;
    }
    for (const node of this.#lost) {
      if (tree.settledAt.at(node) === NEVER) continue; // restored since
      const wasPassed = this.hasJumped && node !== shallowest;
      const status = this.hasRolledBack ? 'returned' : wasPassed ? 'jumped' : 'undone';
      tree.status.values[node] = STATUS_CODE[status];
    }
  }

  #settleJumps(tree: SearchTree, top: number): void {
    for (const jump of this.#jumps.splice(0)) tree.jumps.to.values[jump] = top;
  }
}
