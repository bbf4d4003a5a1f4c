/**
 * One run of a comparison, small enough to keep thousands: how it ended, what it cost, what it chose, and its picture.
 */
import type { Run } from '../headless/run.ts';
import type { MissingFact } from '../package-index/package-index.ts';
import { silhouetteOf, type Silhouette } from './silhouette.ts';

/**
 * How a run ended, in the words of a table. `broken`: it ended with pins that do not fit together. `wrong`: it said
 * impossible, and a solution was proved to exist. `refused`: the tool does not begin with such texts.
 */
export type Verdict = 'solved' | 'broken' | 'impossible' | 'wrong' | 'stopped' | 'unknown' | 'refused';

export interface Cell {
  readonly engine: string;
  readonly verdict: Verdict;
  /** Why it stopped: `limit`, `livelock`, `crash` …; '' for runs that came to an end. */
  readonly reason: string;
  readonly rounds: number;
  /** Choices made. */
  readonly pinned: number;
  /** Candidates skipped. */
  readonly skipped: number;
  /** Choices undone. */
  readonly undone: number;
  /** Index pages and metadata files that the tool would have asked for. */
  readonly pages: number;
  readonly files: number;
  /** Normalised name → version; null unless an answer came out. */
  readonly pins: Readonly<Record<string, string>> | null;
  /** The tool's own error, at most `MAX_MESSAGE` characters of it. */
  readonly message: string;
  readonly picture: Silhouette;
  /** Facts that were lacking; empty unless `verdict` is `unknown`. */
  readonly missing: readonly MissingFact[];
}

export const MAX_MESSAGE = 2_000;
/** Facts that a cell names at most; a table has no room for more. */
const MAX_MISSING = 50;

/** What is kept of a run. `isWrong`: an independent proof says that there is a solution. */
export function cellOf(run: Run, isWrong = false): Cell {
  const { outcome, metrics, problem } = run;
  return {
    engine: problem.engine,
    verdict: isWrong && outcome.kind === 'unsolvable' ? 'wrong' : verdictOf(run),
    reason: outcome.kind === 'stopped' ? outcome.reason : '',
    rounds: metrics.rounds,
    pinned: metrics.pinned,
    skipped: metrics.rejected,
    undone: metrics.undone,
    pages: metrics.pages,
    files: metrics.metadata,
    pins:
      outcome.kind === 'solved'
        ? Object.fromEntries(outcome.pins.map(({ name, version }) => [name, version] as const))
        : null,
    message: run.message.slice(0, MAX_MESSAGE),
    picture: silhouetteOf(run.trace),
    missing: outcome.kind === 'incomplete' ? outcome.missing.slice(0, MAX_MISSING) : [],
  };
}

function verdictOf({ outcome, isRefused }: Run): Verdict {
  if (isRefused) return 'refused';
  switch (outcome.kind) {
    case 'solved':
      return outcome.broken.length > 0 ? 'broken' : 'solved';
    case 'unsolvable':
      return 'impossible';
    case 'stopped':
      return 'stopped';
    case 'incomplete':
      return 'unknown';
    case 'invalid':
      return 'refused';
  }
}

/** `a 1.0, b 2.0`, sorted by name; '' where nothing was chosen. Equal texts are equal answers. */
export function pinsText({ pins }: Pick<Cell, 'pins'>): string {
  if (pins === null) return '';
  return Object.entries(pins)
    .map(([name, version]) => `${name} ${version}`)
    .sort()
    .join(', ');
}

/** Whether two runs come to the same: the same verdict, and the same pins. */
export function haveSameAnswer(left: Cell, right: Cell): boolean {
  return left.verdict === right.verdict && pinsText(left) === pinsText(right);
}

/** What a search cost, one number that every engine has: choices made, candidates skipped, choices undone. */
export function workOf({ pinned, skipped, undone }: Cell): number {
  return pinned + skipped + undone;
}
