/** What the outside may hear of a solver at work. Nothing that an observer does can change the search. */
import type { Incompatibility } from './incompatibility.ts';
import type { Pivot } from './reading.ts';

export interface SolverObserver<Versions, Reason> {
  /** A fact was added (or a dependent merged into it). */
  added(incompatibility: Incompatibility<Versions, Reason>): void;
  /** The incompatibility forced the negation of its term on this package. */
  derived(packageId: number, cause: Incompatibility<Versions, Reason>, level: number): void;
  /** All terms hold: a conflict. */
  clashed(incompatibility: Incompatibility<Versions, Reason>): void;
  /** A new incompatibility was derived from two others, on this pivot. */
  learned(incompatibility: Incompatibility<Versions, Reason>, pivot: Pivot<Versions>): void;
  /** What was learned is kept for propagation: the root cause. */
  kept?(incompatibility: Incompatibility<Versions, Reason>): void;
  /** A decision no longer stands; called before `backjumped`, last decision first. */
  undone(packageId: number): void;
  backjumped(fromLevel: number, toLevel: number): void;
}
