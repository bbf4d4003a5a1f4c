/**
 * Applies a fix to the text that it belongs to. A line is what the tool reads as one: it goes on after a backslash.
 *
 *     b<2 \                       b<=2.0
 *        ; python_version > "3"   (options and comments stay behind the requirement, hashes of the old file go)
 */
import type { LineSource } from '../resolver/trace.ts';
import type { Fix, LineEdit } from './explanation.ts';

type Applicable = Pick<Fix, 'newLine' | 'adds'> & {
  readonly source: LineSource | null;
  readonly kind?: string;
  readonly also?: readonly LineEdit[];
};

/** The text of one pane with the edits of a fix that belong to it. */
export function applyFix(text: string, fix: Applicable, pane: LineSource['pane'] | null = null): string {
  if (fix.source === null) return text;
  const { source, newLine, adds } = fix;
  const first = adds === true ? { source, newLine, adds } : { source, newLine };
  const own = [first, ...(fix.also ?? [])].filter((edit) => edit.source.pane === (pane ?? source.pane));
  return applyEdits(text, own);
}

/** The text of one pane with lines of it changed, and others added at its end. */
export function applyEdits(text: string, edits: readonly LineEdit[]): string {
  // From the end, so that places of lines further up stay what they are.
  const changed = edits
    .filter(({ adds }) => adds !== true)
    .toSorted((a, b) => b.source.line - a.source.line)
    .reduce(applyEdit, text);
  return edits
    .filter(({ adds }) => adds === true)
    .reduce((before, { newLine }) => appended(before, newLine), changed);
}

/** The requirements with advice for a quicker search put in: lines changed or added, or one of them put first. */
export function applyAdvice(
  text: string,
  { edits, first }: { readonly edits: readonly LineEdit[]; readonly first: LineSource | null },
): string {
  return first === null ? applyEdits(text, edits) : withLineFirst(text, first.line);
}

/** The line moves before the first that asks for something; options, comments and empty lines stay where they are. */
function withLineFirst(text: string, line: number): string {
  const lines = text.split('\n');
  const at = line - 1;
  const target = lines.findIndex((other) => /^\s*[^\s#-]/u.test(other));
  if (target < 0 || at <= target || at >= lines.length) return text;
  const moved = lines.splice(at, lastOfLine(lines, at) - at + 1);
  lines.splice(target, 0, ...moved);
  return lines.join('\n');
}

/** The panes that a fix changes. */
export function panesOf(fix: Pick<Fix, 'source' | 'also'>): readonly LineSource['pane'][] {
  const sources = [fix.source, ...fix.also.map(({ source }) => source)];
  return [...new Set(sources.flatMap((source) => (source === null ? [] : [source.pane])))];
}

/** What a fix sets besides texts, as the parts of a question that change; nothing for most. */
export function settingsOf<Environment extends object, Options extends object>(
  { setting }: Pick<Fix, 'setting'>,
  environment: Environment,
  options: Options,
): { environment?: Environment; options?: Options } {
  if (setting?.python !== undefined) return { environment: { ...environment, python: setting.python } };
  if (setting?.pythonVersion !== undefined)
    return { options: { ...options, pythonVersion: setting.pythonVersion } };
  if (setting?.requiresPython !== undefined)
    return { options: { ...options, requiresPython: setting.requiresPython } };
  return {};
}

const COMMENT = /(?:^|\s+)#.*$/u;
const HASH = /^--hash(?:=|\s|$)/u;

function applyEdit(text: string, { source, newLine }: LineEdit): string {
  const lines = text.split('\n');
  const first = source.line - 1;
  // A project's line stands there as it will be.
  if (source.pane === 'pyproject') {
    lines.splice(first, 1, newLine);
    return lines.join('\n');
  }
  if (first >= lines.length || (first === lines.length - 1 && lines[first] === ''))
    return appended(text, newLine);
  const last = lastOfLine(lines, first);
  const old = lines.slice(first, last + 1);
  const ending = old[0]!.endsWith('\r') ? '\r' : '';
  const indent = /^\s*/u.exec(old[0]!)![0];
  const next =
    newLine === ''
      ? old.map((line) => `${indent}# ${withoutContinuation(line).trim()}${ending}`)
      : [`${indent}${newLine}${restOf(old)}${ending}`];
  lines.splice(first, old.length, ...next);
  return lines.join('\n');
}

function appended(text: string, newLine: string): string {
  const isOpen = text !== '' && !text.endsWith('\n');
  return `${text}${isOpen ? '\n' : ''}${newLine}\n`;
}

/** pip reads on after a backslash, and a comment ends the line that it stands in (`req_file.join_lines`). */
function lastOfLine(lines: readonly string[], first: number): number {
  let last = first;
  while (
    last < lines.length - 1 &&
    lines[last]!.replace(/\r$/u, '').endsWith('\\') &&
    !/^\s*#/u.test(lines[last]!)
  )
    last += 1;
  return last;
}

function withoutContinuation(line: string): string {
  return line.replace(/\r$/u, '').replace(/\\$/u, '');
}

/** What stays behind the requirement: options that are no hashes, and the comment. */
function restOf(lines: readonly string[]): string {
  const joined = lines.map(withoutContinuation).join(' ');
  const comment = COMMENT.exec(joined)?.[0] ?? '';
  const body = joined.slice(0, joined.length - comment.length).trimEnd();
  const options = optionsOf(body);
  return `${options.map((option) => ` ${option}`).join('')}${comment === '' ? '' : `  ${comment.trim()}`}`;
}

/** The options of a line, from the first word with a dash on, each with its value. */
function optionsOf(body: string): readonly string[] {
  const at = /\s-{1,2}[a-z]/iu.exec(body)?.index;
  if (at === undefined) return [];
  const options = body
    .slice(at)
    .trim()
    .split(/\s+(?=-{1,2}[a-z])/iu);
  return options.filter((option) => !HASH.test(option));
}
