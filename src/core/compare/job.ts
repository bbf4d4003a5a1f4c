/**
 * What a comparison asks, one piece at a time, and what is answered. A comparison makes no runs itself: it names jobs,
 * and whoever has the facts does them, here (`do-job.ts`) or in a pool of workers, in any order.
 */
import type { Problem } from '../problem/problem.ts';
import type { PreferencePart } from '../resolver/pip/preference-parts.ts';
import type { Cell } from './cell.ts';
import type { Pair } from './pair.ts';

export type Job =
  /** One run. `proves`: where the tool says impossible, look for a solution that it missed. */
  | {
      readonly kind: 'run';
      readonly problem: Problem;
      readonly proves?: boolean;
      /** Rounds at most, so that one hopeless run does not hold up the table. */
      readonly budget?: number;
      /** Another order of pip's preferences: see preference-parts.ts. */
      readonly preference?: readonly PreferencePart[];
    }
  /** Why a run does not end in an answer, in one sentence. */
  | { readonly kind: 'reason'; readonly problem: Problem }
  /** Both engines on the same question, and where they part. */
  | {
      readonly kind: 'pair';
      readonly problem: Problem;
      readonly engines: readonly [string, string];
      /** The question as the second engine is asked it, where that is another. */
      readonly rival?: Problem;
    }
  /** When the files were uploaded that a run saw, and that came no earlier than `from` and before `to`. */
  | {
      readonly kind: 'uploads';
      readonly problem: Problem;
      /** Milliseconds since 1970. */
      readonly from: number;
      readonly to: number;
    }
  /** What a release asks for, beside the one before it. */
  | {
      readonly kind: 'release';
      readonly problem: Problem;
      readonly project: string;
      readonly version: string;
    }
  /** Whether the newest release of a project installs alone, on each of these Pythons. */
  | {
      readonly kind: 'check';
      readonly problem: Problem;
      readonly project: string;
      readonly pythons: readonly string[];
    };

export interface Reason {
  /** `conflict`, `no-such-package`, `no-version-in-range`, `not-for-you`, `wrong-answer` … */
  readonly kind: string;
  readonly sentence: string;
  /** Lines of the requirements that cannot hold together. */
  readonly lines: readonly number[];
  /** Package in which the lines meet; '' where there is none. */
  readonly meetsAt: string;
}

export interface Upload {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly project: string;
  readonly version: string;
}

export interface ReleaseChange {
  readonly project: string;
  readonly version: string;
  /** The release before it, by version; null for the first. */
  readonly before: string | null;
  /** Requirements that only the new one has, and only the old one had. */
  readonly added: readonly string[];
  readonly dropped: readonly string[];
}

/** One Python of a project that was checked. */
export interface CheckedPython {
  readonly python: string;
  readonly verdict: Cell['verdict'];
  /** What the failures are grouped by; null where it installs. */
  readonly cause: FailureCause | null;
}

/** Why something does not install: a kind of explanation, `unknown` or `stopped`, and the package it is about. */
export interface FailureCause {
  readonly kind: string;
  readonly package: string;
}

export interface CheckedProject {
  readonly project: string;
  /** The newest release that is not withdrawn, final ones before pre-releases; '' where there is none. */
  readonly version: string;
  readonly pythons: readonly CheckedPython[];
}

export interface Answers {
  readonly run: Cell;
  readonly reason: Reason;
  readonly pair: Pair;
  readonly uploads: readonly Upload[];
  readonly release: ReleaseChange;
  readonly check: CheckedProject;
}

export type Answer = {
  readonly [Kind in Job['kind']]: { readonly kind: Kind; readonly value: Answers[Kind] };
}[Job['kind']];
