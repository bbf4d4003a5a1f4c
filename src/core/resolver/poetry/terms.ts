/**
 * Poetry's reading of PubGrub (poetry 2.5, `mixology/term.py`, `incompatibility.py`, `partial_solution.py`). A term holds
 * a dependency; whether one is covered by another depends on its marker, too, so that a package is derived again when
 * another dependent brings another marker.
 */
import type { Agenda } from '../pubgrub/agenda.ts';
import type { Incompatibility } from '../pubgrub/incompatibility.ts';
import type { Pivot, Reading } from '../pubgrub/reading.ts';
import { negate, type Term, type TermRelation } from '../pubgrub/term.ts';
import type { SetRelation, VersionSets } from '../pubgrub/version-sets.ts';
import { EMPTY, sameConstraint } from './constraint/constraint.ts';
import { allowsAll, allowsAny, intersect, subtract, unite } from './constraint/operations.ts';
import { sameDependency, type PoetryDependency } from './dependency.ts';
import type { MarkerAlgebra } from './marker/marker-algebra.ts';
import { PythonSet, StringHashes } from './python-set.ts';
import { PoetryDependency as Dependency } from './dependency.ts';

/** A package does not support all Pythons that it would be needed for. */
export interface PythonReason {
  readonly kind: 'python';
  /** As the package's metadata spells it. */
  readonly required: string;
  /** Poetry's spelling of the Pythons of the run. */
  readonly project: string;
}

export type PoetryTerm = Term<PoetryDependency>;
export type PoetryIncompatibility = Incompatibility<PoetryDependency, PythonReason>;

/** Poetry ends with an exception of its own. */
export class PoetryCrash extends Error {}

/** Numbers of packages, by complete name. */
export class PackageNumbers {
  readonly #numbers = new Map<string, number>();
  readonly names: string[] = [];
  /** Their hashes, as CPython has them. */
  readonly hashes: StringHashes;

  constructor(hashSeed = 0) {
    this.hashes = new StringHashes((number) => this.names[number]!, hashSeed);
  }

  of(completeName: string): number {
    let number = this.#numbers.get(completeName);
    if (number === undefined) {
      number = this.names.push(completeName) - 1;
      this.#numbers.set(completeName, number);
    }
    return number;
  }
}

/** A constraint against another; markers have no say. */
export const DEPENDENCY_SETS = (algebra: MarkerAlgebra): VersionSets<PoetryDependency> => {
  const empty = new Dependency({ name: '', constraint: EMPTY, marker: algebra.any });
  return {
    empty,
    isEmpty: ({ constraint }) => constraint.kind === 'empty',
    equals: (a, b) => sameConstraint(a.constraint, b.constraint),
    intersection: (a, b) => a.withConstraint(intersect(a.constraint, b.constraint)),
    union: (a, b) => a.withConstraint(unite(a.constraint, b.constraint)),
    difference: (a, b) => a.withConstraint(subtract(a.constraint, b.constraint)),
    relation: (a, b): SetRelation => {
      if (allowsAll(b.constraint, a.constraint)) return 'subset';
      return allowsAny(b.constraint, a.constraint) ? 'overlapping' : 'disjoint';
    },
  };
};

export class PoetryReading implements Reading<PoetryDependency, PythonReason> {
  readonly mergesDependents = false;
  readonly looksAhead = 'always';
  readonly derivesDecided = true;
  readonly requeues = true;
  readonly rest = 'each';
  readonly #algebra: MarkerAlgebra;
  readonly #hashes: StringHashes;
  /** Answers once given stay, whatever is written into the dependencies later. */
  readonly #relations = new WeakMap<PoetryTerm, WeakMap<PoetryTerm, TermRelation>>();
  readonly #intersections = new WeakMap<
    PoetryTerm,
    WeakMap<PoetryTerm, PoetryTerm | { readonly none: true }>
  >();

  constructor(algebra: MarkerAlgebra, numbers: PackageNumbers) {
    this.#algebra = algebra;
    this.#hashes = numbers.hashes;
  }

  agenda(): Agenda {
    return new PythonSet(this.#hashes);
  }

  relate(known: PoetryTerm, term: PoetryTerm): TermRelation {
    let related = this.#relations.get(known);
    if (related === undefined) this.#relations.set(known, (related = new WeakMap()));
    let relation = related.get(term);
    if (relation === undefined) related.set(term, (relation = relateTerms(known, term)));
    return relation;
  }

  accumulate(known: PoetryTerm, more: PoetryTerm): PoetryTerm {
    const both = known.isPositive ? this.intersect(known, more) : this.intersect(more, known);
    return both ?? { isPositive: true, versions: more.versions.withConstraint(EMPTY) };
  }

  decided(known: PoetryTerm, decision: PoetryTerm): PoetryTerm {
    return this.accumulate(known, decision);
  }

  difference(satisfier: PoetryTerm, term: PoetryTerm): PoetryTerm | null {
    return this.intersect(satisfier, negate(term));
  }

  /** Both, as a term on the first one's dependency; null when they exclude one another. */
  intersect(a: PoetryTerm, b: PoetryTerm): PoetryTerm | null {
    let known = this.#intersections.get(a);
    if (known === undefined) this.#intersections.set(a, (known = new WeakMap()));
    let both = known.get(b);
    if (both === undefined) known.set(b, (both = this.#intersect(a, b) ?? { none: true }));
    return 'none' in both ? null : both;
  }

  #intersect(a: PoetryTerm, b: PoetryTerm): PoetryTerm | null {
    const isPositive = a.isPositive || b.isPositive;
    const constraint = bothConstraints(a, b);
    if (constraint.kind === 'empty') return null;
    const versions = a.versions.withConstraint(constraint);
    if (a.isPositive && b.isPositive)
      versions.transitiveMarker = this.#algebra.or(a.versions.transitiveMarker, b.versions.transitiveMarker);
    return { isPositive, versions };
  }

  learn(
    id: number,
    { term, satisfier, difference }: Pivot<PoetryDependency>,
    conflict: PoetryIncompatibility,
    cause: PoetryIncompatibility,
  ): PoetryIncompatibility {
    const packages: number[] = [];
    const terms: PoetryTerm[] = [];
    const add = (packageId: number, added: PoetryTerm): void => {
      packages.push(packageId);
      terms.push(added);
    };
    let pivotPackage = -1;
    conflict.terms.forEach((each, index) => {
      if (each === term) pivotPackage = conflict.packages[index]!;
      else add(conflict.packages[index]!, each);
    });
    cause.terms.forEach((each, index) => {
      if (!sameDependency(each.versions, satisfier.versions)) add(cause.packages[index]!, each);
    });
    if (difference !== null && !sameDependency(difference.versions, satisfier.versions))
      add(pivotPackage, negate(difference));
    return this.#normal(id, packages, terms, { kind: 'derived', first: conflict, second: cause });
  }

  /** What is learned does not speak of the root, which is there, and speaks of each package once. */
  #normal(
    id: number,
    packages: readonly number[],
    terms: readonly PoetryTerm[],
    cause: PoetryIncompatibility['cause'],
  ): PoetryIncompatibility {
    const pairs = terms.map((term, index) => ({ term, packageId: packages[index]! }));
    const isRoot = ({ term }: (typeof pairs)[number]): boolean => term.isPositive && term.versions.isRoot;
    const kept = pairs.length === 1 ? pairs : pairs.filter((pair) => !isRoot(pair));
    const byPackage = new Map<number, PoetryTerm>();
    for (const { packageId, term } of kept) {
      const known = byPackage.get(packageId);
      const both = known === undefined ? term : this.intersect(known, term);
      if (both === null)
        throw new PoetryCrash(
          `AssertionError: Package '${term.versions.completeName}' is listed as a dependency of itself.`,
        );
      byPackage.set(packageId, both);
    }
    return { id, packages: [...byPackage.keys()], terms: [...byPackage.values()], cause };
  }
}

function bothConstraints(a: PoetryTerm, b: PoetryTerm): PoetryDependency['constraint'] {
  const [ours, theirs] = [a.versions.constraint, b.versions.constraint];
  if (a.isPositive && b.isPositive) return intersect(ours, theirs);
  if (!a.isPositive && !b.isPositive) return unite(ours, theirs);
  return a.isPositive ? subtract(ours, theirs) : subtract(theirs, ours);
}

function relateTerms(known: PoetryTerm, term: PoetryTerm): TermRelation {
  const [ours, theirs] = [known.versions.constraint, term.versions.constraint];
  if (known.isPositive && term.isPositive) {
    if (allowsAll(theirs, ours)) return 'satisfied';
    return allowsAny(ours, theirs) ? 'inconclusive' : 'contradicted';
  }
  if (known.isPositive) {
    if (!allowsAny(theirs, ours)) return 'satisfied';
    const isCovered = allowsAll(theirs, ours);
    return isCovered && known.versions.transitiveMarker === term.versions.transitiveMarker
      ? 'contradicted'
      : 'inconclusive';
  }
  if (!allowsAll(ours, theirs)) return 'inconclusive';
  return term.isPositive ? 'contradicted' : 'satisfied';
}
