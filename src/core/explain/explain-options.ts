/** What explaining may use: the tool's engine, ledgers, and work that is counted. */
import type { Decide } from '../diagnose/minimal-lines.ts';
import type { Resolve, WithPython } from '../diagnose/repair-trials.ts';
import type { MeasuredRun } from '../diagnose/speed-trials.ts';
import type { TriedLedger } from '../diagnose/caps.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import { prove, type ProveOptions } from '../resolver/prover/prove.ts';
import type { Explanation } from './explanation.ts';

/** How much may be spent. */
export interface ExplainBudget {
  /** Versions that one proof may try. */
  readonly decisions: number;
  /** Versions that all proofs together may try; what comes after says so. */
  readonly allDecisions: number;
  /** Proofs for the minimal set of lines. */
  readonly solves: number;
  /** Runs of the tool for fixes. */
  readonly fixes: number;
  /** Rounds of each of them. */
  readonly rounds: number;
  /** Rounds that all trials for speed advice may take together. */
  readonly speedRounds: number;
}

/** Enough for what people paste; a second or two at worst. */
export const DEFAULT_EXPLAIN_BUDGET: ExplainBudget = {
  decisions: 20_000,
  allDecisions: 120_000,
  solves: 60,
  fixes: 24,
  rounds: 400,
  speedRounds: 6_000,
};

/** Ten times that, for who asks to look further. */
export const FURTHER_EXPLAIN_BUDGET: ExplainBudget = {
  decisions: 200_000,
  allDecisions: 1_200_000,
  solves: 600,
  fixes: 240,
  rounds: 4_000,
  speedRounds: 200_000,
};

export interface ExplainOptions {
  /** Whose rules decide which versions can be used. */
  readonly rules: ProveOptions['rules'];
  /** The tool's own engine; without it no fixes are offered. */
  readonly resolve: Resolve | null;
  /** The same, with the rounds that it takes; without it no advice on speed is given. */
  readonly measure?: (request: ResolveRequest) => MeasuredRun;
  /** The same question for another Python; null where there is none. */
  readonly withPython?: WithPython;
  /** The ledgers of all projects of the run. */
  readonly ledgers: () => readonly TriedLedger[];
  readonly budget?: ExplainBudget;
  /**
   * Hears what is certain so far, each time that more is: the lines with sentence, chains and proof; further conflicts;
   * each fix as it is verified. What it hears is true, and grows.
   */
  readonly onStage?: (explanation: Explanation) => void;
  /** Hears that work which was set aside ran out. */
  readonly onRanOut?: () => void;
}

/** The options with stages that are told as parts of a larger answer. */
export function staging(options: ExplainOptions, whole: (part: Explanation) => Explanation): ExplainOptions {
  const { onStage } = options;
  return onStage === undefined ? options : { ...options, onStage: (part) => onStage(whole(part)) };
}

/** The prover, with the tool itself as witness where the prover knows no more than that it depends. */
export function decider({ rules, resolve, onRanOut }: ExplainOptions, budget: ExplainBudget): Decide {
  let left = budget.allDecisions;
  return (request) => {
    if (left <= 0) {
      onRanOut?.();
      return { kind: 'stopped', reason: 'budget', decisions: 0 };
    }
    const answer = prove(request, { rules, budget: Math.min(left, budget.decisions) });
    if (answer.kind === 'stopped' && answer.reason === 'budget') onRanOut?.();
    if (answer.kind !== 'incomplete') left -= answer.decisions;
    if (answer.kind !== 'stopped' || answer.reason !== 'undecided' || resolve === null) return answer;
    const outcome = resolve(request);
    if (outcome.kind !== 'solved' || outcome.broken.length > 0) return answer;
    const pins = new Map(outcome.pins.map(({ name, version }) => [name, version]));
    return { kind: 'possible', pins, decisions: answer.decisions };
  };
}
