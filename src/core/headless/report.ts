/** Run → the one JSON object that the headless command prints (architecture, section 3). */
import type { Explanation } from '../explain/explanation.ts';
import type { QueryAnswer } from '../explain/query.ts';
import type { Diagnostic } from '../manifest/syntax/diagnostic.ts';
import type { MissingFact } from '../package-index/package-index.ts';
import { recordedEvents } from '../resolver/recorded-form.ts';
import type {
  BrokenRequirement,
  LockedResult,
  Metrics,
  Notice,
  Outcome,
  PartialAnswer,
  Pin,
} from '../resolver/outcome.ts';
import type { Run } from './run.ts';

export interface RunReport extends LockedResult {
  readonly outcome: Outcome['kind'];
  /** Why it stopped: `limit`, `budget`, `livelock`, `crash`, `cancelled`. */
  readonly reason?: string;
  /** Normalised names; null unless solved. */
  readonly pins: Readonly<Record<string, string>> | null;
  /** The tool's own error text. */
  readonly message: string;
  readonly notices: readonly Notice[];
  /** All that the tool prints, as it prints it, where that is more than notices and message. */
  readonly printed?: string;
  /** What is to be known of the run besides, in our words. */
  readonly caveats?: readonly string[];
  readonly metrics: Metrics;
  /** What the tool's lock file says of each package, in its order. */
  readonly packages?: Run['packages'];
  /** What the tool prints of its search, line by line. */
  readonly log?: readonly string[];
  /** By line of `log`: the step of the trace that it comes with, where that is known. */
  readonly log_steps?: readonly number[];
  /** What the independent checker found wrong with the pins. */
  readonly broken: readonly BrokenRequirement[];
  readonly diagnostics: readonly Diagnostic[];
  readonly missing: readonly MissingFact[];
  /** How an incomplete run ends without what is missing, or what a stopped one knows; `pins` is null unless solved. */
  readonly partial?: { readonly outcome: PartialAnswer['kind']; readonly pins: RunReport['pins'] };
  /** In the recorded form: lists that start with the event's name. */
  readonly events?: readonly (readonly unknown[])[];
  /** Why it cannot be solved: the sentence, the lines, the chains, the proof. Null for runs that are solved. */
  readonly conflict?: Explanation | null;
  /** What is to be known of a solution: surprises, what caps each pin, what was left out. Null for all other runs. */
  readonly solution?: Explanation | null;
  /** What `pip check` would print afterwards; null where nothing would be installed, and for uv. */
  readonly check?: Explanation['check'];
  /** Answers to questions about packages, in the order of the questions. */
  readonly answers?: readonly QueryAnswer[];
  /** Changes that were tried and work. */
  readonly fixes?: Explanation['fixes'];
}

export interface ReportOptions {
  readonly events: boolean;
  readonly log?: boolean;
  /** What `explainProblemRun` said, when it was asked. */
  readonly explanation?: Explanation;
  /** What `answerQueries` said, when it was asked. */
  readonly answers?: readonly QueryAnswer[];
}

/** `invalid` stands for texts that the tool would refuse, even where the remaining lines could be resolved. */
export function reportRun(run: Run, options: ReportOptions): RunReport {
  const { outcome } = run;
  return {
    outcome: run.isRefused ? 'invalid' : outcome.kind,
    ...(outcome.kind === 'stopped' ? { reason: outcome.reason } : {}),
    // What is refused installs nothing, though the remaining lines could be resolved.
    pins: outcome.kind === 'solved' && !run.isRefused ? versionsByName(outcome.pins) : null,
    message: run.refusedMessage ?? run.message,
    notices: run.notices,
    ...(run.printed === undefined ? {} : { printed: run.printed }),
    ...(run.caveats === undefined ? {} : { caveats: run.caveats }),
    ...run.locked,
    metrics: run.metrics,
    ...(run.packages === undefined ? {} : { packages: run.packages }),
    ...(options.log === true ? logParts(run) : {}),
    broken: outcome.kind === 'solved' ? outcome.broken : [],
    diagnostics: run.diagnostics,
    missing: outcome.kind === 'incomplete' ? outcome.missing : [],
    ...((outcome.kind === 'incomplete' || outcome.kind === 'stopped') && outcome.partial !== undefined
      ? { partial: reportPartial(outcome.partial) }
      : {}),
    ...(options.events ? { events: recordedEvents(run.trace) } : {}),
    ...(options.explanation ? explanationParts(options.explanation) : {}),
    ...(options.answers ? { answers: options.answers } : {}),
  };
}

function logParts({ log, logSteps }: Run): Pick<RunReport, 'log' | 'log_steps'> {
  const lines = logSteps?.();
  if (lines !== undefined)
    return { log: lines.map(({ text }) => text), log_steps: lines.map(({ step }) => step) };
  return log === undefined ? {} : { log: log() };
}

function versionsByName(pins: readonly Pin[]): Readonly<Record<string, string>> {
  return Object.fromEntries(pins.map((pin) => [pin.name, pin.version] as const));
}

function reportPartial({ kind, pins }: PartialAnswer): RunReport['partial'] & object {
  return { outcome: kind, pins: kind === 'solved' ? versionsByName(pins) : null };
}

function explanationParts(
  explanation: Explanation,
): Pick<RunReport, 'conflict' | 'solution' | 'check' | 'fixes'> {
  const { kind, check, fixes } = explanation;
  const isSolved = kind === 'solved';
  return { conflict: isSolved ? null : explanation, solution: isSolved ? explanation : null, check, fixes };
}

/** Exit status of the headless command: 0 solved, 1 unsolvable, 2 not a Problem, 3 stopped or incomplete. */
export function exitStatus(outcome: Outcome['kind']): number {
  return { solved: 0, unsolvable: 1, invalid: 2, stopped: 3, incomplete: 3 }[outcome];
}
