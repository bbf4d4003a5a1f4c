/** One entry of the partial solution: a decision or a derivation. See README.md#partial-solution. */
import type { Incompatibility } from './incompatibility.ts';
import type { Term } from './term.ts';

/** A term that was forced by propagation. */
export interface Derivation<Versions, Reason> {
  /** Position in the trail: later assignments have higher ones. */
  readonly index: number;
  readonly level: number;
  readonly cause: Incompatibility<Versions, Reason>;
  /** Derived: all that was known of the package from here on, this derivation included. */
  readonly accumulated: Term<Versions>;
}

/** The choice of one version; it opens its decision level. */
export interface Decision<Versions> {
  readonly index: number;
  readonly level: number;
  /** The version, as a positive term. */
  readonly term: Term<Versions>;
  /** Derived: all that is known of the package from here on. */
  readonly accumulated: Term<Versions>;
}

/** Everything assigned to one package, in order: derivations, the decision if there is one, and what came after it. */
export interface PackageAssignments<Versions, Reason> {
  readonly derivations: Derivation<Versions, Reason>[];
  decision: Decision<Versions> | null;
  /** Derivations of a package that was decided already; only some readings have any. */
  readonly later: Derivation<Versions, Reason>[];
  /** Derived: what is known now, the last accumulated term. */
  term: Term<Versions>;
  /** The caller's last answer to `prioritize`; out of date unless `isPrioritized`. */
  priority: number;
  /** Whether nothing has changed for the package since `prioritize` was asked. */
  isPrioritized: boolean;
}
