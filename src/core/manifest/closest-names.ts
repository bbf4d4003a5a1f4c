/** "Did you mean": the names nearest to a misspelt one. */

/**
 * Up to `count` of `names` within two slips of the hand (a letter missing, added, changed, or two swapped; one slip
 * for names of up to four letters), nearest first, ties in the given order, which is thus the order of preference.
 */
export function closestNames(name: string, names: Iterable<string>, count: number): string[] {
  const limit = name.length <= 4 ? 1 : 2;
  const found: { readonly name: string; readonly distance: number }[] = [];
  for (const candidate of names) {
    if (candidate === name || Math.abs(candidate.length - name.length) > limit) continue;
    const distance = editDistance(name, candidate, limit);
    if (distance <= limit) found.push({ name: candidate, distance });
  }
  return found
    .sort((left, right) => left.distance - right.distance)
    .slice(0, count)
    .map((entry) => entry.name);
}

/** Restricted Damerau-Levenshtein distance; any value above `limit` means "further than that". */
export function editDistance(left: string, right: string, limit: number): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    let best = row;
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(
        previous[column]! + 1,
        current[column - 1]! + 1,
        previous[column - 1]! + (same ? 0 : 1),
      );
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (row > 1 && column > 1 && swapped) cost = Math.min(cost, beforePrevious[column - 2]! + 1);
      current.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    beforePrevious = previous;
    previous = current;
  }
  return previous[right.length]!;
}
