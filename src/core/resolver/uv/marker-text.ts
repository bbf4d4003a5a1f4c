/**
 * Markers as uv writes them. Since 0.13: the clauses of a short cover (marker-cover.ts), with what they have in common
 * told once. Before: the paths of the diagram, with what another alternative makes needless left out.
 */
import type { Stretch } from './marker-cover.ts';
import { normalText } from './marker-normal-form.ts';
import { excludedPlaces, stretchTerms, termText, type Clause, type MarkerTerm } from './marker-terms.ts';
import { FALSE_MARKER, TRUE_MARKER, type MarkerTree } from './marker-tree.ts';

const NEGATIONS: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  in: 'not in',
  'not in': 'in',
};

/** The marker's text, `sys_platform == 'linux'`; null when it is always true. */
export function markerText(tree: MarkerTree): string | null {
  if (tree === TRUE_MARKER) return null;
  if (tree === FALSE_MARKER) return "python_version < '0'";
  if (tree.algebra?.order === 'texts-first') return normalText(tree, tree.algebra);
  const clauses: Clause[] = [];
  collectClauses(tree, [], clauses);
  const simplified = withoutNeedlessClauses(withoutNeedlessTerms(clauses));
  const texts = simplified.map((clause) => clause.map(termText).join(' and '));
  if (texts.length === 1) return texts[0]!;
  return texts.map((text, index) => (simplified[index]!.length > 1 ? `(${text})` : text)).join(' or ');
}

function collectClauses(tree: MarkerTree, path: Clause, clauses: Clause[]): void {
  if (tree === FALSE_MARKER) return;
  if (tree === TRUE_MARKER) {
    if (path.length > 0) clauses.push(path);
    return;
  }
  const stretches = new Map<MarkerTree, Stretch[]>();
  tree.children.forEach((child, index) => {
    const stretch = { lower: tree.cuts[index - 1] ?? null, upper: tree.cuts[index] ?? null };
    const known = stretches.get(child);
    if (known) known.push(stretch);
    else stretches.set(child, [stretch]);
  });
  for (const [child, pieces] of stretches) {
    for (const terms of stretchTerms(tree.variable, pieces, excludedPlaces))
      collectClauses(child, [...path, ...terms], clauses);
  }
}

function isSame(a: MarkerTerm, b: MarkerTerm): boolean {
  return a.variable === b.variable && a.operator === b.operator && a.literal === b.literal;
}

function isNegation(a: MarkerTerm, b: MarkerTerm): boolean {
  return a.variable === b.variable && a.literal === b.literal && NEGATIONS[a.operator] === b.operator;
}

/**
 * A diagram writes `A or B` as `A or (not A and B)`. A term is needless where its negation, with the rest of its
 * clause, is what another clause allows anyway.
 */
function withoutNeedlessTerms(clauses: readonly Clause[]): Clause[] {
  const result = [...clauses];
  for (let index = 0; index < result.length; index++) {
    const clause = result[index]!;
    const dropped = new Set<MarkerTerm>();
    for (const term of clause) {
      const isNeedless = result.some(
        (other, position) =>
          position !== index &&
          other.every(
            (needed) =>
              !isSame(needed, term) &&
              (isNegation(needed, term) || clause.some((held) => isSame(held, needed) && !dropped.has(held))),
          ),
      );
      if (isNeedless) dropped.add(term);
    }
    result[index] = clause.filter((term) => !dropped.has(term));
  }
  return result;
}

/** Leaves out clauses that say no more than a shorter one. */
function withoutNeedlessClauses(clauses: readonly Clause[]): Clause[] {
  const dropped = new Set<number>();
  clauses.forEach((clause, index) => {
    const isNeedless = clauses.some(
      (other, position) =>
        position !== index &&
        !dropped.has(position) &&
        other.every((needed) => clause.some((held) => isSame(held, needed))),
    );
    if (isNeedless) dropped.add(index);
  });
  return clauses.filter((_, index) => !dropped.has(index));
}
