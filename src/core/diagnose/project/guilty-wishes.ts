/**
 * Which wishes of a project cannot be met together, by leaving out (delta-debugging.ts), each time with a run of the
 * tool itself. Work is counted in runs.
 */
import { smallestThatShows, type TrialBudget } from '../delta-debugging.ts';
import type { Minimality } from '../minimal-lines.ts';
import type { ProjectQuestion } from './project-question.ts';

/** Rounds of one run at most; what takes longer counts as unknown. */
export const TRIAL_ROUNDS = 200;

export interface GuiltyWishes {
  /** Positions, in the order of the project. */
  readonly wishes: readonly number[];
  readonly minimality: Minimality;
}

/** How a changed project ends: `unknown` where facts are missing or the run is too long. */
export type Verdict = 'possible' | 'impossible' | 'unknown';

/** `likely` are positions that the tool's report names: if they fail alone, nothing else is looked at. */
export function guiltyWishes(
  question: ProjectQuestion,
  likely: readonly number[],
  maxRuns: number,
): GuiltyWishes {
  const search = new Search(question);
  const all = question.wishes.map((_wish, at) => at);
  const isLikely = likely.length > 0 && likely.length < all.length && search.failsWith(likely);
  const budget: TrialBudget = { left: maxRuns - search.runs };
  const open = isLikely ? likely : all;
  const wishes =
    open.length < 2
      ? open
      : smallestThatShows(open, (part) => part.length > 0 && search.failsWith(part), budget);
  return search.end(wishes, budget.left > 0);
}

class Search {
  readonly #question: ProjectQuestion;
  /** Runs that were made. */
  runs = 0;
  #isCertain = true;

  constructor(question: ProjectQuestion) {
    this.#question = question;
  }

  /** Whether these alone cannot be met. */
  failsWith(kept: readonly number[]): boolean {
    this.runs += 1;
    const stays = new Set(kept);
    const gone = this.#question.wishes.flatMap((_wish, at) => (stays.has(at) ? [] : [[at, null] as const]));
    const verdict = verdictOf(this.#question, { wishes: new Map(gone) });
    if (verdict === 'unknown') this.#isCertain = false;
    return verdict === 'impossible';
  }

  end(wishes: readonly number[], isWhole: boolean): GuiltyWishes {
    const status = this.#isCertain && isWhole ? 'minimal' : 'not-minimal';
    return { wishes, minimality: { status, solves: this.runs } };
  }
}

export function verdictOf(
  question: ProjectQuestion,
  change: Parameters<ProjectQuestion['change']>[0],
): Verdict {
  const { kind } = question.change(change)?.run(TRIAL_ROUNDS) ?? { kind: 'invalid' };
  return kind === 'solved' ? 'possible' : kind === 'unsolvable' ? 'impossible' : 'unknown';
}
