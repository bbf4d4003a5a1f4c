/** uv's error report on a failed resolution: what it prints between its header and its hints. */
import type { UvFailure } from '../../resolver/uv/failure.ts';
import type { ErrorTree } from './error-tree.ts';
import { FactWords } from './fact-words.ts';
import { hintTexts } from './hints.ts';
import { reduceTree } from './reduce.ts';
import { reportTree } from './reporter.ts';

export interface UvReport {
  /** `No solution found when resolving dependencies`, without a colon at its end. */
  readonly heading: string;
  /** The derivation in sentences, lines joined by newlines. */
  readonly report: string;
  /** Without uv's `hint: `. */
  readonly hints: readonly string[];
  /** What the report tells. */
  readonly tree: ErrorTree;
}

export function reportFailure(failure: UvFailure): UvReport {
  const tree = reduceTree(failure);
  const words = new FactWords(failure);
  const split = failure.split === null ? '' : ` for split (${failure.split})`;
  return {
    heading: `No solution found when resolving dependencies${split}`,
    report: reportTree(tree, words),
    hints: hintTexts(tree, failure),
    tree,
  };
}
