/** Equivalent commands as text for a shell: POSIX shells (bash, zsh) or PowerShell. */
import { quoteShellWord } from '../manifest/command/shell-words.ts';
import type { CommandFile, EquivalentCommand } from './equivalent-command.ts';

export type Shell = 'posix' | 'powershell';

/** One line, ready to paste. */
export function writeCommand(command: EquivalentCommand, shell: Shell): string {
  return shell === 'posix' ? posixLine(command) : powershellLine(command);
}

/** The command's line below lines that make the files it needs, in the folder where it is run. */
export function writeScript(command: EquivalentCommand, shell: Shell): string {
  const files = command.files.map(shell === 'posix' ? posixFile : powershellFile);
  return [...files, writeCommand(command, shell)].join('\n');
}

function posixLine({ input, words }: EquivalentCommand): string {
  const line = words.map(quoteShellWord).join(' ');
  return input === null ? line : `printf '%s\\n' ${input.map(quoteShellWord).join(' ')} | ${line}`;
}

/** A here document; its end mark is one that the text does not hold. */
function posixFile({ name, text }: CommandFile): string {
  let mark = 'END';
  while (text.split(/\r\n|\r|\n/).includes(mark)) mark += '_';
  return `cat > ${name} <<'${mark}'\n${withFinalNewline(text)}${mark}`;
}

/** On Windows the launcher finds an interpreter by its version. */
function powershellLine({ input, words }: EquivalentCommand): string {
  const [program = '', ...rest] = words;
  const version = /^python(\d.*)$/.exec(program)?.[1];
  const line = [
    ...(version === undefined ? [program] : ['py', `-${version}`]),
    ...rest.map(quotePowerShellWord),
  ].join(' ');
  return input === null ? line : `${input.map(quotedString).join(', ')} | ${line}`;
}

function powershellFile({ name, text }: CommandFile): string {
  return `${quotedString(withFinalNewline(text).slice(0, -1))} | Set-Content ${name}`;
}

function withFinalNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

const NEEDS_NO_QUOTES = /^[A-Za-z0-9_+=:./-]+$/;

/**
 * Quotes a word for PowerShell. Before 7.3 it hands double quotes on unescaped to programs, so that they vanish; where
 * a requirement has only those, single ones mean the same (PEP 508).
 */
function quotePowerShellWord(word: string): string {
  if (NEEDS_NO_QUOTES.test(word)) return word;
  return quotedString(word.includes("'") ? word : word.replaceAll('"', "'"));
}

function quotedString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
