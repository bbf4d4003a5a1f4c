/** When two texts say the same, and which lines a step of a proof rests on. */
import { wish } from './world.ts';

/** Lines of the requirements that a step names, or that those name which it rests on. */
export function linesBelow(
  proof: readonly { readonly text: string; readonly because: readonly number[] }[],
  at: number,
): ReadonlySet<number> {
  const lines = new Set<number>();
  const open = [at];
  const seen = new Set<number>();
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (seen.has(place)) continue;
    seen.add(place);
    const { text, because } = proof[place]!;
    for (const match of text.matchAll(/\b[lL]ine (\d+) asks for/gu)) lines.add(Number(match[1]));
    open.push(...because);
  }
  return lines;
}

/** The same requirement; tools ask for a project without the extras of a line beside it, so `b` may lack them. */
export function sameWish(a: string, b: string): boolean {
  const [x, y] = [wish(a.split(';')[0]!), wish(b.split(';')[0]!)];
  const key = (item: typeof x): string =>
    item === null
      ? '?'
      : JSON.stringify([
          item.name,
          item.extras.toSorted(),
          [...new Set(item.clauses.map((clause) => clause.join('')))].toSorted(),
        ]);
  const bare = x === null || y === null || y.extras.length > 0 ? x : { ...x, extras: [] };
  return x !== null && key(bare) === key(y);
}
