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

/**
 * The lines, when they are few and each is nothing but a requirement that a command line can hold; else null. What is
 * no requirement (a log that was pasted) makes no sense as an argument. In a file pip puts environment variables into
 * lines, on the command line it does not.
 */
export function plainLines(text: string): readonly string[] | null {
  if (text.length > 10_000) return null;
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
  const arePlain = lines.every(
    (line) =>
      /^[A-Za-z0-9]/.test(line) &&
      !line.includes(' -') &&
      !line.endsWith('\\') &&
      !line.includes('${') &&
      (line.includes('://') || parseRequirement(line).ok),
  );
  return arePlain && lines.length > 0 && lines.length <= MAXIMUM_ARGUMENTS ? lines : null;
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

  /** A file that is named by a flag (or by itself), when there is anything in it. */
  file(flag: string | null, name: string, text: string | undefined): void {
    if (text === undefined || text.trim() === '') return;
    this.words.push(...(flag === null ? [] : [flag]), name);
    this.files.push({ name, text });
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
