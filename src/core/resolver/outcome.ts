/** How a run ended, and what it cost. Expected failures are values. */
import type { LockedEntry } from './poetry/result/lock.ts';
import type { MissingFact } from '../package-index/package-index.ts';

export interface Pin {
  /** Normalised project name. */
  readonly name: string;
  readonly version: string;
  /** Extras that were asked of it, sorted. */
  readonly extras: readonly string[];
  /** File that would be installed; null for what is installed already or has no file. */
  readonly filename: string | null;
  readonly origin: 'index' | 'installed' | 'url';
  /** Address that was asked for by itself (`origin` 'url'). */
  readonly url?: string;
  /** The yank's reason ('' when none was given); false when it was not yanked. */
  readonly yanked: false | string;
  /** uv's universal mode: the marker under which this pin holds. */
  readonly marker?: string;
}

/** The independent checker's complaint: these pins do not satisfy this requirement, although the engine ended. */
export interface BrokenRequirement {
  readonly requirement: string;
  /** `name version` of the pin that asks for it; null for the user's own. */
  readonly requiredBy: string | null;
  /** What was pinned instead; null when nothing was. */
  readonly found: string | null;
}

/**
 * What can be said although facts are missing: requirements on what is not known were passed over, and releases whose
 * needs are not known were taken to need nothing.
 */
export interface PartialAnswer {
  readonly kind: 'solved' | 'unsolvable' | 'stopped';
  /** None unless solved. */
  readonly pins: readonly Pin[];
}

export type Outcome =
  | { readonly kind: 'solved'; readonly pins: readonly Pin[]; readonly broken: readonly BrokenRequirement[] }
  /** `causes`: row of the trace's causeLists (backtracking); `incompatibility`: the root cause (PubGrub). */
  | { readonly kind: 'unsolvable'; readonly causes?: number; readonly incompatibility?: number }
  /**
   * `limit`: the engine's own round limit; `budget`: ours or the user's; `livelock`: the state repeats, the tool would
   * run into its limit; `crash`: the tool itself crashes here (`detail` names its exception); `cancelled`.
   */
  | {
      readonly kind: 'stopped';
      readonly reason: 'limit' | 'budget' | 'livelock' | 'crash' | 'cancelled';
      readonly detail: string;
      /** Pins that stood when it stopped. */
      readonly pins: readonly Pin[];
      /** What is known to hold all the same. */
      readonly partial?: PartialAnswer;
    }
  /** `partial`: how it ends without what is missing, where that was tried. */
  | {
      readonly kind: 'incomplete';
      readonly missing: readonly MissingFact[];
      readonly partial?: PartialAnswer;
    }
  /** The tool refuses its input before it searches (`Constraints cannot have extras`); the text is the run's message. */
  | { readonly kind: 'invalid' };

export const OUTCOME_KINDS = [
  'solved',
  'unsolvable',
  'stopped',
  'incomplete',
  'invalid',
] as const satisfies readonly Outcome['kind'][];

/** Counted as the maintainers' own benchmark counts. */
export interface Metrics {
  readonly rounds: number;
  /** `pin` or `decide` events. */
  readonly pinned: number;
  /** Candidates skipped: `reject` events. */
  readonly rejected: number;
  /** Decisions undone: `unpin` events. */
  readonly undone: number;
  /** `require` events. */
  readonly requirements: number;
  /** Distinct index pages that the tool would have fetched. */
  readonly pages: number;
  /** Distinct metadata files that the tool would have fetched (wheels or sdists, in eras before PEP 658). */
  readonly metadata: number;
}

/** A line that the real tool prints besides its error. */
export interface Notice {
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** What uv writes of a solution: `uv.lock`'s own fields for a project, and lines. */
export interface LockedResult {
  /** Lines that `uv pip compile` prints, with their markers. */
  readonly lines?: readonly string[];
  readonly requires_python?: string;
  readonly resolution_markers?: readonly string[];
  /** Lines that `uv export` prints, with all extras; empty where some of them exclude each other. */
  readonly export?: readonly string[];
}

/** A line that the tool prints of its search, and the step of the trace that it comes with. */
export interface LogLine {
  readonly text: string;
  readonly step: number;
}

/** What an engine hands back; the trace itself went to the recorder. */
export interface EngineResult {
  readonly outcome: Outcome;
  /** The tool's own error text, verbatim, lines joined by newlines; '' when it prints none. */
  readonly message: string;
  /** What the tool prints besides, in its order. */
  readonly notices: readonly Notice[];
  /** All that the tool prints, as it prints it. Absent: the notices, then the message. */
  readonly printed?: string;
  /** uv, solved: what it writes and prints. */
  readonly locked?: LockedResult;
  /** What is to be known of the run besides, in our words; shown with the tool's text. Absent: nothing. */
  readonly caveats?: readonly string[];
  /** What the tool's lock file says of each package, in its order; for tools that lock. */
  readonly packages?: readonly Readonly<Record<string, unknown>>[];
  /** uv, a project, solved: what `uv export` prints with all extras, or without any where some exclude each other. */
  readonly exportable?: () => readonly string[];
  /** Poetry, solved: all that its lock file says of each package. */
  readonly lockEntries?: readonly LockedEntry[];
  /** What the tool prints of its search, line by line; made when asked for. */
  readonly log?: () => readonly string[];
  /** The same lines with their steps, where these are known; made when asked for. */
  readonly logSteps?: () => readonly LogLine[];
  readonly metrics: Metrics;
}
