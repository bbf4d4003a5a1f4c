/** Sets of terms that must not all hold, and why. See README.md#incompatibility. */
import { intersectTerms, isAny, negative, positive, uniteTerms, type Term } from './term.ts';
import type { VersionSets } from './version-sets.ts';

/** Why an incompatibility holds: four kinds of facts, and the conclusion from two others. */
export type IncompatibilityCause<Versions, Reason> =
  /** The root package must be selected. */
  | { readonly kind: 'root' }
  /** The package has no version in the set. */
  | { readonly kind: 'no-versions'; readonly package: number; readonly versions: Versions }
  /** The versions of `dependent` need `dependency` in `required`; an empty `required` can never be met. */
  | {
      readonly kind: 'dependency';
      readonly dependent: number;
      readonly versions: Versions;
      readonly dependency: number;
      readonly required: Versions;
    }
  /** These versions cannot be used, for a reason that the solver does not know. */
  | {
      readonly kind: 'unavailable';
      readonly package: number;
      readonly versions: Versions;
      readonly reason: Reason;
    }
  /** Follows from two others by the rule of resolution. Their order is part of how it reads. */
  | {
      readonly kind: 'derived';
      readonly first: Incompatibility<Versions, Reason>;
      readonly second: Incompatibility<Versions, Reason>;
    };

export interface Incompatibility<Versions, Reason> {
  /** Position in order of creation: causes have lower ones. */
  readonly id: number;
  /** Each package once. */
  readonly packages: readonly number[];
  /** The term of each package, in the same order. */
  readonly terms: readonly Term<Versions>[];
  readonly cause: IncompatibilityCause<Versions, Reason>;
}

/** The term on a package, or undefined. */
export function termOf<Versions, Reason>(
  incompatibility: Incompatibility<Versions, Reason>,
  packageId: number,
): Term<Versions> | undefined {
  const index = incompatibility.packages.indexOf(packageId);
  return index < 0 ? undefined : incompatibility.terms[index];
}

/** `{dependent: +versions, dependency: -required}`; with nothing allowed, only the dependent's term. */
export function dependencyIncompatibility<Versions, Reason>(
  sets: VersionSets<Versions>,
  id: number,
  cause: Extract<IncompatibilityCause<Versions, Reason>, { kind: 'dependency' }>,
): Incompatibility<Versions, Reason> {
  const { dependent, versions, dependency, required } = cause;
  if (dependent === dependency) {
    const term = positive(sets.difference(versions, required));
    return { id, packages: [dependent], terms: [term], cause };
  }
  if (sets.isEmpty(required)) return { id, packages: [dependent], terms: [positive(versions)], cause };
  const terms = [positive(versions), negative(required)];
  return { id, packages: [dependent, dependency], terms, cause };
}

/**
 * The prior cause of `first` and `second`: what follows from both by the rule of resolution on `pivot`. Terms on the
 * pivot are united, all others intersected. See README.md#conflict-resolution.
 */
export function priorCause<Versions, Reason>(
  sets: VersionSets<Versions>,
  id: number,
  pivot: number,
  first: Incompatibility<Versions, Reason>,
  second: Incompatibility<Versions, Reason>,
): Incompatibility<Versions, Reason> {
  const packages: number[] = [];
  const terms: Term<Versions>[] = [];
  let pivotTerm: Term<Versions> | null = null;
  for (const incompatibility of [first, second]) {
    for (let index = 0; index < incompatibility.packages.length; index++) {
      const packageId = incompatibility.packages[index]!;
      const term = incompatibility.terms[index]!;
      if (packageId === pivot) {
        pivotTerm = pivotTerm === null ? term : uniteTerms(sets, pivotTerm, term);
        continue;
      }
      const known = incompatibility === first ? -1 : packages.indexOf(packageId);
      if (known >= 0) terms[known] = intersectTerms(sets, terms[known]!, term);
      else {
        packages.push(packageId);
        terms.push(term);
      }
    }
  }
  if (pivotTerm !== null && !isAny(sets, pivotTerm)) {
    packages.push(pivot);
    terms.push(pivotTerm);
  }
  return { id, packages, terms, cause: { kind: 'derived', first, second } };
}
