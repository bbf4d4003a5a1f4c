/**
 * What was typed into the plain text box before the code editor arrived, so that undo still leads back through it.
 * Replacements that continue one another (letters of a word) are one step, as in any editor.
 */
import { replacementBetween, type Replacement } from './text-document.ts';

/** Older steps are dropped beyond this many; undo then ends at the oldest kept text. */
const MAXIMUM_STEPS = 500;

export class TypingHistory {
  #first: string;
  #last: string;
  readonly #steps: Replacement[] = [];

  constructor(text: string) {
    this.#first = text;
    this.#last = text;
  }

  /** The text before the first kept step. */
  get firstText(): string {
    return this.#first;
  }

  /** Oldest first; applied in order they turn `firstText` into the newest text. */
  get steps(): readonly Replacement[] {
    return this.#steps;
  }

  /** Notes that the text is now `text`. */
  record(text: string): void {
    const step = replacementBetween(this.#last, text);
    if (step === null) return;
    this.#last = text;
    const previous = this.#steps.at(-1);
    const merged = previous === undefined ? null : continueTyping(previous, step);
    if (merged !== null) this.#steps[this.#steps.length - 1] = merged;
    else this.#steps.push(step);
    if (this.#steps.length > MAXIMUM_STEPS) {
      const oldest = this.#steps.shift()!;
      this.#first = replace(this.#first, oldest);
    }
  }

  /** Forgets everything: the text was replaced as a whole, by a link or an example. */
  reset(text: string): void {
    this.#first = text;
    this.#last = text;
    this.#steps.length = 0;
  }
}

function continueTyping(previous: Replacement, step: Replacement): Replacement | null {
  const isTyping = step.removed === 0 && step.start === previous.start + previous.inserted.length;
  if (!isTyping || /\s/.test(step.inserted) || previous.removed > 0) return null;
  return { ...previous, inserted: previous.inserted + step.inserted };
}

function replace(text: string, step: Replacement): string {
  return text.slice(0, step.start) + step.inserted + text.slice(step.start + step.removed);
}
