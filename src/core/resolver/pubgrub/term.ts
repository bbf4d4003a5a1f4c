/**
 * A statement on one package. See README.md#term.
 *
 *     positive, set S    "a version is selected, and it is in S"
 *     negative, set S    "no version is selected, or it is outside S"
 */
import type { VersionSets } from './version-sets.ts';

export interface Term<Versions> {
  readonly isPositive: boolean;
  readonly versions: Versions;
}

/** What selecting from this set means. */
export function positive<Versions>(versions: Versions): Term<Versions> {
  return { isPositive: true, versions };
}

export function negative<Versions>(versions: Versions): Term<Versions> {
  return { isPositive: false, versions };
}

/** The statement that holds exactly when this one does not. */
export function negate<Versions>(term: Term<Versions>): Term<Versions> {
  return { isPositive: !term.isPositive, versions: term.versions };
}

/** Whether the term always holds; such terms say nothing and are dropped from incompatibilities. */
export function isAny<Versions>(sets: VersionSets<Versions>, term: Term<Versions>): boolean {
  return !term.isPositive && sets.isEmpty(term.versions);
}

/** Both statements at once. See README.md#term. */
export function intersectTerms<Versions>(
  sets: VersionSets<Versions>,
  a: Term<Versions>,
  b: Term<Versions>,
): Term<Versions> {
  if (a.isPositive) {
    return positive(
      b.isPositive ? sets.intersection(a.versions, b.versions) : sets.difference(a.versions, b.versions),
    );
  }
  return b.isPositive
    ? positive(sets.difference(b.versions, a.versions))
    : negative(sets.union(a.versions, b.versions));
}

/** At least one of the statements. The dual of `intersectTerms`. */
export function uniteTerms<Versions>(
  sets: VersionSets<Versions>,
  a: Term<Versions>,
  b: Term<Versions>,
): Term<Versions> {
  return negate(intersectTerms(sets, negate(a), negate(b)));
}

/** How what is known of a package stands to a term: it implies it, rules it out, or neither. */
export type TermRelation = 'satisfied' | 'contradicted' | 'inconclusive';

/** How `known` stands to `term`. See README.md#relations. */
export function relateTerm<Versions>(
  sets: VersionSets<Versions>,
  known: Term<Versions>,
  term: Term<Versions>,
): TermRelation {
  if (known.isPositive) {
    const relation = sets.relation(known.versions, term.versions);
    if (term.isPositive) {
      return relation === 'subset' ? 'satisfied' : relation === 'disjoint' ? 'contradicted' : 'inconclusive';
    }
    if (relation === 'disjoint' || sets.isEmpty(known.versions)) return 'satisfied';
    return relation === 'subset' ? 'contradicted' : 'inconclusive';
  }
  // "Not selected" is among the possibilities: only a term that allows it can be satisfied, and vice versa.
  if (sets.relation(term.versions, known.versions) !== 'subset') return 'inconclusive';
  return term.isPositive ? 'contradicted' : 'satisfied';
}

/** Whether no state of the package makes both terms true. */
export function areDisjoint<Versions>(
  sets: VersionSets<Versions>,
  a: Term<Versions>,
  b: Term<Versions>,
): boolean {
  if (!a.isPositive && !b.isPositive) return false;
  if (a.isPositive && b.isPositive) {
    return sets.isEmpty(a.versions) || sets.relation(a.versions, b.versions) === 'disjoint';
  }
  const [inside, outside] = a.isPositive ? [a, b] : [b, a];
  return sets.relation(inside.versions, outside.versions) === 'subset';
}
