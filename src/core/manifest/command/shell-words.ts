/** Splitting of command lines by the rules of a POSIX shell, as Python's `shlex` applies them. */
import type { Result, Span } from '../../packaging/result.ts';
import { failure, success } from '../../packaging/result.ts';

/** One word of a command line. `text` is what the program receives; the span covers its quotes too. */
export interface ShellWord extends Span {
  readonly text: string;
}

const BLANK = /[ \t\r\n]/;
/** A run of characters without meaning to the shell, taken at once. */
const PLAIN = /[^ \t\r\n'"\\]+/y;

/**
 * Splits as `shlex.split(text)` does: blanks separate, single quotes keep everything, double quotes keep all but
 * `\"` and `\\`, a backslash keeps the next character. Fails on an open quotation or a final backslash.
 */
export function splitShellWords(text: string): Result<ShellWord[]> {
  const words: ShellWord[] = [];
  let offset = 0;
  while (offset < text.length) {
    if (BLANK.test(text[offset]!)) {
      offset++;
      continue;
    }
    const word = readWord(text, offset);
    if (!word.ok) return word;
    words.push(word.value);
    offset = word.value.end;
  }
  return success(words);
}

function readWord(text: string, start: number): Result<ShellWord> {
  let value = '';
  let offset = start;
  while (offset < text.length) {
    PLAIN.lastIndex = offset;
    const plain = PLAIN.exec(text)?.[0];
    if (plain !== undefined) {
      value += plain;
      offset += plain.length;
      continue;
    }
    const character = text[offset]!;
    if (BLANK.test(character)) break;
    if (character === "'" || character === '"') {
      const quoted = readQuotation(text, offset);
      if (!quoted.ok) return quoted;
      value += quoted.value.text;
      offset = quoted.value.end;
    } else {
      if (offset + 1 >= text.length) return failure('No character after the backslash', offset, offset + 1);
      value += text[offset + 1]!;
      offset += 2;
    }
  }
  return success({ text: value, start, end: offset });
}

function readQuotation(text: string, start: number): Result<ShellWord> {
  const quote = text[start]!;
  let value = '';
  let offset = start + 1;
  while (offset < text.length) {
    const character = text[offset]!;
    if (character === quote) return success({ text: value, start, end: offset + 1 });
    const next = text[offset + 1];
    if (quote === '"' && character === '\\' && (next === '"' || next === '\\')) {
      value += next;
      offset += 2;
    } else {
      value += character;
      offset++;
    }
  }
  return failure('No closing quotation', start, text.length);
}
