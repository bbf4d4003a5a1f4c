/** What a screen reader hears as steps go by: each one that the reader asks for, and a summary now and then of play. */
import type { SearchCounts } from '../../core/search-tree/search-tree.ts';

/** Milliseconds between two summaries while playing. */
const PAUSE = 5_000;

/** Decides when to speak; keeps no queue, so a newer message replaces an older one. */
export class SpokenSteps {
  #lastStep = 0;
  #lastConflicts = 0;
  #lastTime = -Infinity;

  /** What to say of a step that was asked for. */
  asked(step: number, counts: SearchCounts, sentence: string, now: number): string {
    this.#note(step, counts, now);
    return `Step ${step + 1}: ${sentence}`;
  }

  /** What to say while playing; null for nothing. The last step of a play is `asked`. */
  played(step: number, counts: SearchCounts, depth: number, now: number): string | null {
    if (this.#lastTime === -Infinity) this.#note(step, counts, now);
    if (now - this.#lastTime < PAUSE) return null;
    const steps = step - this.#lastStep;
    const conflicts = counts.conflicts - this.#lastConflicts;
    this.#note(step, counts, now);
    return `${steps} steps, ${conflicts} ${conflicts === 1 ? 'conflict' : 'conflicts'}, ${depth} pins stand`;
  }

  #note(step: number, counts: SearchCounts, now: number): void {
    this.#lastStep = step;
    this.#lastConflicts = counts.conflicts;
    this.#lastTime = now;
  }
}
