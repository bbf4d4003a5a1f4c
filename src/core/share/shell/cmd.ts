/**
 * Commands for cmd.exe, where they can be written at all. Within double quotes its parser leaves everything alone but
 * `%` (and `!` where delayed expansion is on), which cannot be escaped on a line that is typed; a quote in a word ends
 * the quotation. Programs then read the line by the rules of the C runtime, where a backslash escapes a quote.
 */
import type { EquivalentCommand } from '../../problem/equivalent-command.ts';

/** Characters of a typed line at most. */
const LINE_LENGTH = 8_191;

const NEEDS_NO_QUOTES = /^[A-Za-z0-9_:./-]+$/;
/** Printable ASCII without quotes, per cents and backslashes. */
const CAN_BE_QUOTED = /^[ !#$&(-[\]-~']+$/;

/** Null for words that cmd.exe would change. */
export function quoteCmdWord(word: string): string | null {
  if (NEEDS_NO_QUOTES.test(word)) return word;
  const plain = word.includes("'") ? word : word.replaceAll('"', "'");
  // Two exclamation marks would be a variable where delayed expansion is on; `!=` of a version is none.
  const isVariable = /![^=]/.test(`${plain} `.replaceAll('!=', '='));
  return CAN_BE_QUOTED.test(plain) && !isVariable ? `"${plain}"` : null;
}

/** The command on one line. Null where it needs a file or a pipe: both would take the text through another lexer. */
export function cmdLine({ input, files, words }: EquivalentCommand): string | null {
  if (input !== null || files.length > 0) return null;
  const [program = '', ...rest] = words;
  const version = /^python(\d.*)$/.exec(program)?.[1];
  const quoted = rest.map(quoteCmdWord);
  if (quoted.some((word) => word === null)) return null;
  const line = [...(version === undefined ? [program] : ['py', `-${version}`]), ...quoted].join(' ');
  return line.length > LINE_LENGTH ? null : line;
}
