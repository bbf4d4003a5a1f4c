/**
 * Commands for PowerShell, 5.1 and later. Its lexer knows five single quotes: U+0027, U+2018, U+2019, U+201A, U+201B
 * (`CharExtensions.IsSingleQuote`). Any of them ends a string that any of them began, and a pair of any two stands for
 * the second.
 */
import type { CommandFile, EquivalentCommand } from '../../problem/equivalent-command.ts';

const SINGLE_QUOTES = /['\u2018\u2019\u201a\u201b]/g;

/** Words that mean themselves: no number, no parameter with a dot in it, nothing that a list or a variable begins with. */
const NEEDS_NO_QUOTES = /^(?:--[a-z][a-z-]*|-[a-z]|[A-Za-z][A-Za-z0-9_+=/.-]*)$/;

/** A string in single quotes, in which nothing but those quotes means anything. */
export function quotePowerShellString(text: string): string {
  return `'${text.replaceAll(SINGLE_QUOTES, '$&$&')}'`;
}

/** The command below lines that make its files; null where a program would not receive a word as it is. */
export function powershellScript(command: EquivalentCommand): string | null {
  const line = powershellLine(command);
  return line === null ? null : [...command.files.map(fileLine), line].join('\n');
}

/** The command alone. On Windows the launcher finds an interpreter by its version. */
export function powershellLine({ input, words }: EquivalentCommand): string | null {
  const [program = '', ...rest] = words;
  const version = /^python(\d.*)$/.exec(program)?.[1];
  const quoted = rest.map(quotedArgument);
  if (quoted.some((word) => word === null)) return null;
  const line = [...(version === undefined ? [program] : ['py', `-${version}`]), ...quoted].join(' ');
  return input === null ? line : `${input.map(quotePowerShellString).join(', ')} | ${line}`;
}

/**
 * Before 7.3 double quotes and final backslashes are handed to programs unescaped, so that one word can become
 * several. In a requirement single quotes mean the same as double ones (PEP 508).
 */
function quotedArgument(word: string): string | null {
  if (NEEDS_NO_QUOTES.test(word)) return word;
  const plain = word.includes("'") ? word : word.replaceAll('"', "'");
  return plain.includes('"') || plain.includes('\\') || plain === '' ? null : quotePowerShellString(plain);
}

function fileLine({ name, text }: CommandFile): string {
  const lines = text.replaceAll('\r\n', '\n').replace(/\n$/, '');
  return `${quotePowerShellString(lines)} | Set-Content -Encoding utf8 ${name}`;
}
