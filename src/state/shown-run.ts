/** What is on screen of a run: finished, under way, or growing. */
import type { RunSummary } from '../core/headless/resolver-service.ts';
import type { Trace } from '../core/resolver/trace.ts';

/** A run that is on screen: what it was asked, how it ended, what it did. */
export interface ShownRun {
  readonly summary: RunSummary;
  readonly trace: Trace;
  /** The step that a link or the example opens at; null: the run's own choice. */
  readonly openAt: number | null;
  /** Whether the explanation is still being checked by further runs. */
  readonly isChecking: boolean;
  /** Whether ten times the usual work was asked for. */
  readonly hasLookedFurther?: boolean;
}

/** A run under way. Counters move at most once a second (WCAG 2.2.2). */
export interface WorkingRun {
  readonly events: number;
  readonly seconds: number;
}

/** The trace of a run under way, as far as it is; a new value each time that it is worth drawing again. */
export interface GrowingRun {
  readonly trace: Trace;
}
