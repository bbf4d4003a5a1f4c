/** Delta debugging (Zeller and Hildebrandt 2002, `ddmin`): a small part of a list that still shows something. */

/** Trials that may still be made; work is counted, never time. */
export interface TrialBudget {
  left: number;
}

/**
 * A part of `items`, in their order, for which `shows` holds: with nothing left to take out one by one, unless the budget
 * ran out before. `shows` must hold for `items` as they are.
 */
export function smallestThatShows<Item>(
  items: readonly Item[],
  shows: (part: readonly Item[]) => boolean,
  budget: TrialBudget,
): readonly Item[] {
  const tryOut = (part: readonly Item[]): boolean => {
    if (budget.left <= 0) return false;
    budget.left -= 1;
    return shows(part);
  };
  let kept = items;
  if (kept.length > 0 && tryOut([])) return [];
  let chunks = 2;
  while (kept.length > 1 && budget.left > 0) {
    const size = Math.ceil(kept.length / chunks);
    const smaller = withoutAChunk(kept, size, tryOut);
    if (smaller !== null) {
      kept = smaller;
      chunks = Math.max(2, chunks - 1);
    } else {
      if (size === 1) break;
      chunks = Math.min(kept.length, chunks * 2);
    }
  }
  return kept;
}

function withoutAChunk<Item>(
  items: readonly Item[],
  size: number,
  tryOut: (part: readonly Item[]) => boolean,
): readonly Item[] | null {
  for (let from = 0; from < items.length; from += size) {
    const rest = [...items.slice(0, from), ...items.slice(from + size)];
    if (rest.length > 0 && tryOut(rest)) return rest;
  }
  return null;
}
