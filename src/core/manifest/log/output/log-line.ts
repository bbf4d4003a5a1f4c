/** Lines of pasted output without what terminals, services, pages and programs put around them. */
import type { Span } from '../../../packaging/result.ts';
import { unescapeHtml, unescapeString } from './escapes.ts';
import { splitJoined } from './joined-lines.ts';
import { learnPrefix } from './learned-prefix.ts';

/** One line of output. The span is that of the whole line in the pasted text, without outer blanks. */
export interface LogLine {
  /** Without colours, time stamps and prefixes; the indentation of the message is kept. */
  readonly text: string;
  readonly span: Span;
}

const ESCAPE = String.fromCharCode(27);
/** Colours and other sequences that begin so, links (`ESC ] 8 ; … ESC \\`) included. */
const CONTROL = new RegExp(
  `${ESCAPE}(?:\\[[0-9;?]*[A-Za-z]|\\][^\\x07${ESCAPE}]*(?:\\x07|${ESCAPE}\\\\))`,
  'g',
);
/** Colours whose first character was lost or written out. */
const LOST_CONTROL =
  /(?:\\x1b|\\033|\\u001b|\\e|␛|\^\[|\ufffd)\[(?:\d{1,3}(?:;\d{1,3}){0,4})?[mK]|\[\d{1,3}(?:;\d{1,3}){0,4}[mK]/g;
/** Spaces that are no blanks, and marks without width. */
const ODD_BLANK = /[\u00a0\u2007\u202f\u3000]/g;
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g;

const DATE = String.raw`\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?`;

/** What services and tools write before each line of a program's output; several may stand before one line. */
const PREFIXES: readonly string[] = [
  // Time stamps: GitHub Actions, pip's own log files, Jenkins, and programs that log by the clock.
  String.raw`${DATE}(?:[ \t,]|$)`,
  String.raw`\[(?:${DATE}|\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)\](?: |$)?`,
  String.raw`\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: (?:AM|PM))?:?(?: |$)`,
  // GitHub's own tool prints job, step and time, between tabs.
  String.raw`[^\t\n]{1,80}\t[^\t\n]{1,80}\t(?=\ufeff?${DATE}(?: |$))`,
  String.raw`##\[[a-z]{1,12}\]`,
  String.raw`::(?:error|warning|notice)(?: [^:\n]{0,200})?::`,
  // CodeBuild.
  String.raw`\[Container\] (?:${DATE})?(?: |$)`,
  // GitLab: number and kind of the stream, after the time.
  String.raw`\d\d[OE](?:[+ ]|$)`,
  // Cloud Build, and other builders: the step, and perhaps its name in quotes.
  String.raw`Step #\d{1,4}(?: - "[^"\n]{0,100}")?:(?: |$)`,
  // BuildKit: step and seconds; at the end of a failed build the seconds alone.
  String.raw`#\d{1,4}(?: \d{1,5}\.\d{1,3})?(?: |$)`,
  String.raw`\d{1,5}\.\d{3}(?: |$)`,
  String.raw`\[(?:[\w.-]{1,40} +)?\d{1,3}/\d{1,3}\] `,
  // Compose and its like: the name of the container. Heroku and other git hosts. tox. The system's journal.
  String.raw`[A-Za-z][\w.-]{0,60} +\|(?: |$)`,
  String.raw`remote:(?: {1,8}|$)`,
  String.raw`[\w.-]{1,40}: \d{1,7} [A-Z](?: |$)`,
  String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?: (?:AM|PM))?:?(?: [\w.-]{1,80} [\w./-]{1,60}(?:\[\d{1,9}\])?:)?(?: |$)`,
  // Programs that pass on what a program printed; Python's own logging; quotations in mails and issues.
  String.raw`(?:stderr|stdout|STDERR|STDOUT|STEP)(?:: |\| ?)`,
  String.raw`(?:ERROR|INFO|WARNING|DEBUG|CRITICAL):[\w.]{1,80}:(?=\S|[ \t]|$)`,
  String.raw`==> [\w.-]{1,40}:(?: |$)`,
  String.raw`[>|│┃](?: |$)`,
];

/** All of a line's prefixes. Each is bounded, and no two begin in ways that could be tried against each other for long. */
const PREFIX = new RegExp(String.raw`^[ \t]{0,20}(?:\ufeff|${PREFIXES.join('|')}){1,5}`);
const FENCE = /^[ \t]*(?:`{3,}|~{3,})[ \t]*[\w+-]{0,20}[ \t]*$/;

/** A line of output as the program printed it, indentation kept. */
export function plainLine(raw: string): string {
  let plain = raw.includes(ESCAPE) ? raw.replace(CONTROL, '') : raw;
  if (plain.includes('[')) plain = plain.replace(LOST_CONTROL, '');
  // A progress bar writes over itself; what it wrote last is what is seen.
  const seen = plain.slice(plain.lastIndexOf('\r') + 1);
  return seen.replace(PREFIX, '').replace(ODD_BLANK, ' ').replace(INVISIBLE, '').trimEnd();
}

const EMPTY_LINE: readonly string[] = [''];

/** The lines that one line of the pasted text stands for. */
function plainLines(raw: string): readonly string[] {
  if (raw === '') return EMPTY_LINE;
  const unquoted = unescapeString(unescapeHtml(raw));
  if (!unquoted.includes('\n')) return [withoutFence(plainLine(unquoted))];
  return unquoted.split('\n').map((line) => withoutFence(plainLine(line.replace(/\r$/, ''))));
}

function withoutFence(line: string): string {
  if (FENCE.test(line)) return '';
  // A line of code between backticks, or the first or last of several.
  const [, indent = '', code] = /^([ \t]*)`{0,3}([^`]+)`{0,3}$/.exec(line) ?? [];
  return code === undefined ? line : indent + code;
}

/** A text of output as the program printed it: see `logLines`. */
export function plainOutput(text: string): string {
  return [...logLines(text)].map((line) => line.text).join('\n');
}

/** The lines of a text, blank ones included. A line that holds several gives each, with the span of the whole. */
export function logLines(text: string): LogLine[] {
  const lines: LogLine[] = [];
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const raw = text.slice(start, end).replace(/\r$/, '');
    const indent = raw.length - raw.trimStart().length;
    const span = { start: start + indent, end: Math.max(start + indent, start + raw.trimEnd().length) };
    for (const line of plainLines(raw)) lines.push({ text: line, span });
    start = end + 1;
  }
  const prefix = learnPrefix(lines.map((line) => line.text));
  const split: LogLine[] = [];
  for (const line of lines) {
    const own = prefix === null ? line.text : line.text.replace(prefix, '').trimEnd();
    for (const part of splitJoined(own))
      split.push(part === line.text ? line : { text: part, span: line.span });
  }
  return split;
}
