/**
 * One text read from left to right. A reader returns null when it cannot go on, after telling the cursor why; the
 * first reason given is the one that stands. Shared by requirement, marker and their parts.
 */
import { type ParseError } from './result.ts';

export class Cursor {
  readonly text: string;
  /** UTF-16 index of the next unread character. */
  position = 0;
  /** Why reading failed; null as long as it has not. */
  error: ParseError | null = null;

  /** Whether a line feed may follow the end. */
  readonly #forgivesLineFeed: boolean;

  constructor(text: string, { forgivesLineFeed = true }: { readonly forgivesLineFeed?: boolean } = {}) {
    this.text = text;
    this.#forgivesLineFeed = forgivesLineFeed;
  }

  /** Reads what a sticky pattern matches here, or leaves the cursor where it is and returns null. */
  take(pattern: RegExp): string | null {
    const start = this.position;
    pattern.lastIndex = start;
    if (!pattern.test(this.text)) return null;
    this.position = pattern.lastIndex;
    return this.text.slice(start, this.position);
  }

  /** Whether a sticky pattern matches here; nothing is read. */
  sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.position;
    return pattern.test(this.text);
  }

  /** Whether one of the characters in `set` comes next; nothing is read. */
  seesOneOf(set: string): boolean {
    return this.position < this.text.length && set.includes(this.text.charAt(this.position));
  }

  /** Reads one given character, or returns false. */
  takeCharacter(character: string): boolean {
    if (this.text.charAt(this.position) !== character) return false;
    this.position++;
    return true;
  }

  /** Reads blanks and tabs: the only white space between the tokens of PEP 508. */
  skipBlanks(): void {
    while (this.seesOneOf(' \t')) this.position++;
  }

  /** At the end of the text, or before a line feed that ends it (as Python's `$`, until `packaging` 26.3). */
  isAtEnd(): boolean {
    const left = this.text.length - this.position;
    return left === 0 || (this.#forgivesLineFeed && left === 1 && this.text.endsWith('\n'));
  }

  /** Notes why reading failed. The span defaults to the empty one here, and its end to here. */
  fail(message: string, start = this.position, end = this.position): null {
    this.error ??= { message, span: { start, end } };
    return null;
  }
}
