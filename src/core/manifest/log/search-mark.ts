/** A search in a few characters: how many choices it made and undid, and a hash of them, to know it again. */

export interface SearchMark {
  /** Pins, rejections and pins taken back. */
  readonly choices: number;
  readonly hash: string;
}

export class SearchMarker {
  #choices = 0;
  #hash = 0x811c9dc5;

  /** `pin`, `a==1.0`. What stands for the interpreter is no choice: logs do not print it. */
  choose(kind: 'pin' | 'reject' | 'backtrack', candidate: string): void {
    if (candidate.startsWith('<')) return;
    this.#choices++;
    for (const word of [kind, candidate, '\n'])
      for (let at = 0; at < word.length; at++)
        this.#hash = Math.imul(this.#hash ^ word.charCodeAt(at), 0x01000193);
  }

  mark(): SearchMark {
    return { choices: this.#choices, hash: (this.#hash >>> 0).toString(16).padStart(8, '0') };
  }
}
