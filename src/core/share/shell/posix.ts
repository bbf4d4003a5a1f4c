/**
 * Commands for a POSIX shell: sh, bash, dash, zsh; what is quoted here is quoted in fish too. The result is printable
 * ASCII on lines short enough for every terminal:
 *
 * - single quotes keep everything, also `!` in bash and zsh; a quote itself stands in double quotes, and so does a
 *   backslash, which fish would read inside single ones;
 * - what is not ASCII is written as octal bytes for `printf`: a readline that is not told of UTF-8 takes such bytes
 *   for keys with Meta, and runs them;
 * - a terminal that edits no lines itself (dash) drops what goes beyond 4,095 bytes of one, closing quotes included.
 */
import type { CommandFile, EquivalentCommand } from '../../problem/equivalent-command.ts';

/** Characters of one line of the result at most. */
const LINE_LENGTH = 1_000;

const NEEDS_NO_QUOTES = /^[A-Za-z0-9_@%+=:,./-]+$/;

/**
 * Quotes a word, so that the program receives exactly it. Words that would also mean something to zsh's globbing
 * (`flask[async]`) are quoted. For words without control characters.
 */
export function quotePosixWord(word: string): string {
  if (NEEDS_NO_QUOTES.test(word) && !word.startsWith('=')) return word;
  const parts = word.match(/[^'\\]+|['\\]/g) ?? [''];
  return parts
    .map((part) => (part === "'" ? `"'"` : part === '\\' ? String.raw`"\\"` : `'${part}'`))
    .join('');
}

/** The command below lines that make its files, in the folder where it is run; null where a word cannot be quoted. */
export function posixScript(command: EquivalentCommand): string | null {
  const line = posixLine(command);
  if (line === null) return null;
  return [...command.files.map(fileText), line].join('\n');
}

/** The command alone. */
export function posixLine({ input, words }: EquivalentCommand): string | null {
  if (![...words, ...(input ?? [])].every(isShortAscii)) return null;
  const line = wrapped(words.map(quotePosixWord));
  return input === null
    ? line
    : `${wrapped(['printf', String.raw`'%s\n'`, ...input.map(quotePosixWord)])} | ${line}`;
}

/** What a command line holds without escapes; anything else goes into a file. */
function isShortAscii(word: string): boolean {
  return word.length <= LINE_LENGTH && /^[\x20-\x7e]*$/.test(word);
}

/** Words with blanks between them, on as many lines as needed. */
function wrapped(words: readonly string[]): string {
  let text = '';
  let length = 0;
  for (const word of words) {
    const isFull = length + word.length > LINE_LENGTH;
    text += text === '' ? word : isFull ? ` \\\n  ${word}` : ` ${word}`;
    length = isFull ? word.length : length + word.length + 1;
  }
  return text;
}

/**
 * `printf '…\n'\` and so on, a line of the text on a line of its own, all of it one format: a here-document would be
 * ended by the text, and bash would look for `!` in it.
 */
function fileText({ name, text }: CommandFile): string {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\t', ' ').replace(/\n$/, '').split('\n');
  const pieces = lines.flatMap((line) => formatPieces(line));
  return `printf ${pieces.map((piece) => `'${piece}'`).join('\\\n')} > ${name}`;
}

/** A line as parts of a format, none of them longer than a terminal's line; the last ends it. */
function formatPieces(line: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of line) {
    if (piece.length >= LINE_LENGTH) {
      pieces.push(piece);
      piece = '';
    }
    piece += formatOf(character, piece === '');
  }
  return [...pieces, `${piece}\\n`];
}

/** What `printf` would read, and every quote, is written as octal bytes; so is a hyphen that an option begins with. */
function formatOf(character: string, isFirst: boolean): string {
  if (character === '%') return '%%';
  const isPlain = character >= ' ' && character <= '~' && character !== '\\' && character !== "'";
  if (isPlain && !(isFirst && character === '-')) return character;
  return utf8(character)
    .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
    .join('');
}

/** RFC 3629. */
function utf8(character: string): readonly number[] {
  const code = character.codePointAt(0)!;
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 0x3f)];
  if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
  return [
    0xf0 | (code >> 18),
    0x80 | ((code >> 12) & 0x3f),
    0x80 | ((code >> 6) & 0x3f),
    0x80 | (code & 0x3f),
  ];
}
