/**
 * What tools read differently in PubGrub, side by side: README.md#readings. The search itself (`solver.ts`,
 * `partial-solution.ts`) is one for all.
 */
import { StackAgenda, type Agenda } from './agenda.ts';
import { priorCause, type Incompatibility } from './incompatibility.ts';
import { intersectTerms, relateTerm, type Term, type TermRelation } from './term.ts';
import type { VersionSets } from './version-sets.ts';

/** How a conflict is taken one step back. */
export interface Pivot<Versions> {
  readonly package: number;
  /** The incompatibility's term that was satisfied last. */
  readonly term: Term<Versions>;
  /** What the assignment that satisfied it says by itself. */
  readonly satisfier: Term<Versions>;
  /** What the satisfier leaves open of the term; null when it satisfies it alone, or when nobody asked. */
  readonly difference: Term<Versions> | null;
}

export interface Reading<Versions, Reason> {
  /** The order in which changed packages are looked at. */
  agenda(): Agenda;
  relate(known: Term<Versions>, term: Term<Versions>): TermRelation;
  /** What is known once something more is. */
  accumulate(known: Term<Versions>, more: Term<Versions>): Term<Versions>;
  /** What is known of a package that is decided. */
  decided(known: Term<Versions>, decision: Term<Versions>): Term<Versions>;
  /** Whether versions that need the same share one incompatibility. */
  readonly mergesDependents: boolean;
  /** When new dependencies are looked at before a version is decided. */
  readonly looksAhead: 'after-conflict' | 'always';
  /** Whether something can be derived of a package that is decided already. */
  readonly derivesDecided: boolean;
  /** Whether packages whose assignments fall go to the end of those that wait for a decision. */
  readonly requeues: boolean;
  /**
   * What counts for the level to go back to: `last`: that at which the last satisfier's rest held, whatever it left
   * open; `each`: those of every term that was the last one for a while, where its satisfier left something open.
   */
  readonly rest: 'last' | 'each';
  /** What the satisfier leaves open of a term; null for nothing. Asked only by readings that weigh `each`. */
  difference(satisfier: Term<Versions>, term: Term<Versions>): Term<Versions> | null;
  /** What follows from an incompatibility and the cause of what satisfied its last term. */
  learn(
    id: number,
    pivot: Pivot<Versions>,
    conflict: Incompatibility<Versions, Reason>,
    cause: Incompatibility<Versions, Reason>,
  ): Incompatibility<Versions, Reason>;
}

/** pub's and uv's: terms are sets and nothing else. */
export class SetReading<Versions, Reason> implements Reading<Versions, Reason> {
  readonly mergesDependents = true;
  readonly looksAhead = 'after-conflict';
  readonly derivesDecided = false;
  readonly requeues = false;
  readonly rest = 'last';
  readonly #sets: VersionSets<Versions>;

  constructor(sets: VersionSets<Versions>) {
    this.#sets = sets;
  }

  agenda(): Agenda {
    return new StackAgenda();
  }

  relate(known: Term<Versions>, term: Term<Versions>): TermRelation {
    return relateTerm(this.#sets, known, term);
  }

  accumulate(known: Term<Versions>, more: Term<Versions>): Term<Versions> {
    return intersectTerms(this.#sets, known, more);
  }

  decided(_known: Term<Versions>, decision: Term<Versions>): Term<Versions> {
    return decision;
  }

  difference(): null {
    return null;
  }

  learn(
    id: number,
    pivot: Pivot<Versions>,
    conflict: Incompatibility<Versions, Reason>,
    cause: Incompatibility<Versions, Reason>,
  ): Incompatibility<Versions, Reason> {
    return priorCause(this.#sets, id, pivot.package, conflict, cause);
  }
}
