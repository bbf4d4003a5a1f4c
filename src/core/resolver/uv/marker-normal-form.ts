/** The normal form in which uv 0.13 prints markers: cover, order, factors. */
import { CoverMaker, type Cover } from './marker-cover.ts';
import { factoredText } from './marker-factors.ts';
import { printedPlace } from './marker-levels.ts';
import { excludedAlone, stretchTerms, termText, type Clause, type MarkerTerm } from './marker-terms.ts';
import type { MarkerAlgebra, MarkerTree } from './marker-tree.ts';

const makers = new WeakMap<MarkerAlgebra, CoverMaker>();
const texts = new WeakMap<MarkerTree, string>();

/** The text of a marker that is neither true nor false. */
export function normalText(tree: MarkerTree, algebra: MarkerAlgebra): string {
  let text = texts.get(tree);
  if (text === undefined) {
    let maker = makers.get(algebra);
    if (maker === undefined) makers.set(algebra, (maker = new CoverMaker(algebra)));
    text = factoredText(sortedClauses(shortest(tree, algebra, maker)).map((clause) => clause.map(termText)));
    texts.set(tree, text);
  }
  return text;
}

/** Where values of variables can exclude each other, the shortest of the covers that say the same of what exists. */
function shortest(tree: MarkerTree, algebra: MarkerAlgebra, maker: CoverMaker): readonly Clause[] {
  const plain = clausesOf(maker.cover(tree, tree));
  if (!namesImpossible(tree, new Set())) return plain;
  const { impossible } = algebra;
  const possible = algebra.not(impossible);
  const either = algebra.not(algebra.plainAnd(algebra.not(tree), possible));
  const restricted = algebra.restrict(tree, possible);
  const candidates = [
    plain,
    clausesOf(maker.cover(algebra.plainAnd(tree, possible), either)),
    clausesOf(maker.cover(restricted, restricted)),
  ].filter((clauses) => clauses.length > 0 && clauses.every((clause) => clause.length > 0));
  const size = (clauses: readonly Clause[]): number =>
    clauses.reduce((sum, clause) => sum + clause.length, 0);
  return candidates.reduce((best, clauses) => (size(clauses) < size(best) ? clauses : best));
}

/** Whether a condition is on a variable of which uv knows that some of its values exclude those of others. */
function namesImpossible(tree: MarkerTree, seen: Set<MarkerTree>): boolean {
  if (tree.children.length === 0 || seen.has(tree)) return false;
  seen.add(tree);
  const { variable } = tree;
  if (variable === 'os_name' || variable === 'platform_system') return true;
  return tree.children.some((child) => namesImpossible(child, seen));
}

function clausesOf({ branches }: Cover): readonly Clause[] {
  if (branches === null) return [[]];
  return branches.flatMap(({ guard, inner }) => {
    const rests = clausesOf(inner);
    if (guard === null) return rests;
    const alternatives = stretchTerms(guard.variable, guard.stretches, excludedAlone);
    return alternatives.flatMap((terms) => rests.map((rest) => [...terms, ...rest]));
  });
}

function placeOf({ variable, literal }: MarkerTerm): number {
  return printedPlace(variable.startsWith("'") ? literal : variable === 'extra' ? 'extra:' : variable);
}

/** Conjuncts by kind, then clauses by the kinds of their conjuncts. */
function sortedClauses(clauses: readonly Clause[]): readonly Clause[] {
  return clauses
    .map((clause) => clause.toSorted((a, b) => placeOf(a) - placeOf(b)))
    .sort((a, b) => {
      for (let index = 0; index < a.length && index < b.length; index++) {
        const order = placeOf(a[index]!) - placeOf(b[index]!);
        if (order !== 0) return order;
      }
      return a.length - b.length;
    });
}
