/**
 * Which wishes of a project cannot be met together, by leaving out: halves first, then one by one, each time with a run
 * of the tool itself. Work is counted in runs.
 */
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
  const search = new Search(question, maxRuns);
  const all = question.wishes.map((_wish, at) => at);
  let open: readonly number[] = all;
  if (likely.length > 0 && likely.length < all.length && search.failsWith(likely)) open = likely;
  for (let size = open.length >> 1; size >= 1; size = size === 1 ? 0 : Math.max(1, size >> 1)) {
    for (let from = 0; from < open.length;) {
      if (open.length === 1) return search.end(open);
      const rest = [...open.slice(0, from), ...open.slice(from + size)];
      if (rest.length > 0 && search.failsWith(rest)) open = rest;
      else from += size;
    }
  }
  return search.end(open);
}

class Search {
  readonly #question: ProjectQuestion;
  readonly #maxRuns: number;
  #runs = 0;
  #isCertain = true;

  constructor(question: ProjectQuestion, maxRuns: number) {
    this.#question = question;
    this.#maxRuns = maxRuns;
  }

  /** Whether these alone cannot be met. */
  failsWith(kept: readonly number[]): boolean {
    if (this.#runs >= this.#maxRuns) {
      this.#isCertain = false;
      return false;
    }
    this.#runs += 1;
    const stays = new Set(kept);
    const gone = this.#question.wishes.flatMap((_wish, at) => (stays.has(at) ? [] : [[at, null] as const]));
    const verdict = verdictOf(this.#question, { wishes: new Map(gone) });
    if (verdict === 'unknown') this.#isCertain = false;
    return verdict === 'impossible';
  }

  end(wishes: readonly number[]): GuiltyWishes {
    const status = this.#isCertain ? 'minimal' : 'not-minimal';
    return { wishes, minimality: { status, solves: this.#runs } };
  }
}

export function verdictOf(
  question: ProjectQuestion,
  change: Parameters<ProjectQuestion['change']>[0],
): Verdict {
  const { kind } = question.change(change)?.run(TRIAL_ROUNDS) ?? { kind: 'invalid' };
  return kind === 'solved' ? 'possible' : kind === 'unsolvable' ? 'impossible' : 'unknown';
}
