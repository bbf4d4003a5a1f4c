/** A cursor over prose that a tool composed from few phrases: error reports of resolvers. */
export class PhraseCursor {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Takes what a sticky pattern matches here; null, and nothing is taken, when it does not. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at += match[0].length;
    return match;
  }

  /** Tries a reader; where it gives null, nothing is taken. */
  attempt<T>(reader: () => T | null): T | null {
    const start = this.#at;
    const result = reader();
    if (result === null) this.#at = start;
    return result;
  }

  /** Skips one word: what was not understood. */
  skipWord(): void {
    const blank = this.#text.indexOf(' ', this.#at);
    this.#at = blank < 0 ? this.#text.length : blank + 1;
  }
}
