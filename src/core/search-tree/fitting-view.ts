/** Which view answers first what a run of this shape makes one ask. */
import { NEVER, NODE_CODE, type SearchTree } from './search-tree.ts';

export const VIEW_IDS = ['search', 'timeline', 'ranges', 'graph', 'steps', 'log'] as const;
export type ViewId = (typeof VIEW_IDS)[number];

/** Attempts up to which a tree tells the story; a longer search is told by its packages. */
const STORY = 120;

/** Search for a conflict or an undo; Timeline for a long search; Graph where nothing was ever taken back. */
export function fittingView(tree: SearchTree): ViewId {
  if (tree.conflictSteps.length === 0 && !hasUndone(tree)) return 'graph';
  return tree.attempts > STORY ? 'timeline' : 'search';
}

function hasUndone(tree: SearchTree): boolean {
  for (let node = 1; node < tree.size; node++)
    if (tree.kind.at(node) === NODE_CODE.skip || tree.settledAt.at(node) !== NEVER) {
      if (tree.kind.at(node) === NODE_CODE.pin || tree.kind.at(node) === NODE_CODE.skip) return true;
    }
  return false;
}
