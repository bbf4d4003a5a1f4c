/** A command that asks a real tool the same question, before it is written for a shell. */
import { parseRequirement } from '../packaging/requirement.ts';
import type { Problem } from './problem.ts';

/** A file that must stand beside the command, because its lines do not fit on a command line. */
export interface CommandFile {
  readonly name: string;
  readonly text: string;
}

/** A command, what it needs beside it, and what it cannot say. */
export interface EquivalentCommand {
  readonly tool: 'pip' | 'uv';
  /** Lines that reach the program through its standard input; null when it reads none. */
  readonly input: readonly string[] | null;
  /** The program and its arguments, unquoted. */
  readonly words: readonly string[];
  readonly files: readonly CommandFile[];
  /** What the command leaves open, one sentence each; `code` between backticks. */
  readonly notes: readonly string[];
}

/** Up to this many plain requirements are written as arguments; more go into a file. */
const MAXIMUM_ARGUMENTS = 6;
/** Characters of a requirement that is written as an argument. */
const MAXIMUM_LENGTH = 500;
/** RFC 3986's characters but the quotes and brackets that some shell or launcher would take for its own. */
const PLAIN_ADDRESS = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[A-Za-z0-9._~:/?#@!$&()*+,;=%-]+$/;

/**
 * The lines, when they are few and each is nothing but a requirement that a command line can hold; else null. What is
 * no requirement (a log that was pasted) makes no sense as an argument. In a file pip puts environment variables into
 * lines, on the command line it does not.
 */
export function plainLines(text: string): readonly string[] | null {
  if (text.length > 10_000) return null;
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => withoutComment(line))
    .filter((line) => line !== '');
  const isFew = lines.length > 0 && lines.length <= MAXIMUM_ARGUMENTS;
  return isFew && lines.every(isPlainLine) ? lines : null;
}

/** Up to the first `#` that begins the line or follows a blank. */
function withoutComment(line: string): string {
  for (let at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1))
    if (at === 0 || /\s/.test(line[at - 1]!)) return line.slice(0, at).trim();
  return line.trim();
}

/** A requirement in printable ASCII, with quotes of one kind; or an address. Both begin with a letter or digit. */
function isPlainLine(line: string): boolean {
  if (line.length > MAXIMUM_LENGTH || !/^[A-Za-z0-9][ -~]*$/.test(line)) return false;
  if (/ -|\\|\$\{/.test(line)) return false;
  if (PLAIN_ADDRESS.test(line)) return true;
  const requirement = parseRequirement(line);
  if (!requirement.ok) return false;
  const { url } = requirement.value;
  if (url !== null) return PLAIN_ADDRESS.test(url) && !(line.includes('"') && line.includes("'"));
  return !(line.includes('"') && line.includes("'"));
}

/** The indexes that a live question names, in the order of asking; none where the tool's own default is asked. */
export function liveIndexes({ index }: Problem): readonly string[] {
  return index.live === true ? (index.urls ?? []) : [];
}

/** Collects the parts of a command. */
export class CommandWriter {
  readonly words: string[];
  readonly files: CommandFile[] = [];
  readonly notes: string[] = [];
  input: readonly string[] | null = null;

  constructor(...program: readonly string[]) {
    this.words = [...program];
  }

  /** A switch, when it is on. */
  switch(flag: string, isOn: boolean): void {
    if (isOn) this.words.push(flag);
  }

  /** A file that is named by a flag (or by itself), when there is anything in it. Its name is nobody's own file. */
  file(flag: string | null, name: string, text: string | undefined): void {
    if (text === undefined || text.trim() === '') return;
    const ours = `backjump-${name}`;
    this.words.push(...(flag === null ? [] : [flag]), ours);
    this.files.push({ name: ours, text });
  }

  /** What is said in the page and cannot be said on this command line. */
  leaveOut(tool: string, unsaid: readonly string[]): void {
    if (unsaid.length > 0)
      this.notes.push(`Not in it, since ${tool} has no such option: ${unsaid.join(', ')}.`);
  }

  /** Notes that hold for every tool: what only this page knows. */
  noteWhatIsOurs(problem: Problem): void {
    const { environment, index, options } = problem;
    if ((index.overlay ?? '').trim() !== '')
      this.notes.push('The toy index is only here; the tool asks its own index.');
    if (index.facts !== undefined) this.notes.push('The index of this question is only here.');
    const markers = Object.keys(environment.markers ?? {});
    if (markers.length > 0)
      this.notes.push(`Edited markers cannot be said: ${markers.map((name) => `\`${name}\``).join(', ')}.`);
    if (options.maxRounds !== null)
      this.notes.push(`The limit of ${options.maxRounds} rounds holds only here.`);
  }

  build(tool: 'pip' | 'uv'): EquivalentCommand {
    const { input, words, files, notes } = this;
    return { tool, input, words, files, notes };
  }
}

/** A date or a time as both tools read it without guessing: a day alone is its start, in UTC. */
export function unambiguousInstant(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
}
