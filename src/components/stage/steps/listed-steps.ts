/** The steps that the table lists: those that pass the filter, without those inside folded choices. */
import type { SearchTree } from '../../../core/search-tree/search-tree.ts';

/** A list of steps that may be all of them: then no array is kept. */
export interface ListedSteps {
  readonly length: number;
  readonly stepAt: (row: number) => number;
  /** Row of a step, or of the nearest one before it; -1 when there is none. */
  readonly rowOf: (step: number) => number;
}

/** All steps of a trace, or those of an ascending list. */
export function listSteps(length: number, steps: Int32Array | null): ListedSteps {
  if (steps === null) return { length, stepAt: (row) => row, rowOf: (step) => Math.min(step, length - 1) };
  return { length: steps.length, stepAt: (row) => steps[row]!, rowOf: (step) => lastNotAbove(steps, step) };
}

/** Leaves out the steps after a folded pin's own, up to and including the one that gave it up. */
export function hideFolded(
  length: number,
  steps: Int32Array | null,
  tree: SearchTree,
  folded: ReadonlySet<number>,
): Int32Array | null {
  if (folded.size === 0) return steps;
  const hidden = new Uint8Array(length);
  for (const node of folded) hidden.fill(1, tree.bornAt.at(node) + 1, tree.settledAt.at(node) + 1);
  const shown = new Int32Array(steps?.length ?? length);
  let count = 0;
  for (let row = 0; row < shown.length; row++) {
    const step = steps === null ? row : steps[row]!;
    if (hidden[step] === 0) shown[count++] = step;
  }
  return shown.slice(0, count);
}

function lastNotAbove(steps: Int32Array, step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Folded pins, with one more or one less. */
export function withFold(folded: ReadonlySet<number>, node: number, isFolded: boolean): ReadonlySet<number> {
  const nodes = new Set(folded);
  if (isFolded) nodes.add(node);
  else nodes.delete(node);
  return nodes;
}
