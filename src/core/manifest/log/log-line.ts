/** Lines of pasted output without what terminals and build services put around them. */
import type { Span } from '../../packaging/result.ts';

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

const DATE = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?`;

/** What services and tools write before each line of a program's output; several may stand before one line. */
const PREFIXES: readonly string[] = [
  // Time stamps: GitHub Actions, pip's own log files, Jenkins, and programs that log by the clock.
  String.raw`${DATE}[ \t,]`,
  String.raw`\[(?:${DATE}|\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)\] ?`,
  String.raw`\d\d:\d\d:\d\d(?:[.,]\d{1,9})? `,
  // GitHub's own tool prints job, step and time, between tabs.
  String.raw`[^\t\n]{1,80}\t[^\t\n]{1,80}\t(?=\ufeff?${DATE} )`,
  String.raw`##\[[a-z]{1,12}\]`,
  String.raw`::(?:error|warning|notice)(?: [^:\n]{0,200})?::`,
  // GitLab: number and kind of the stream, after the time.
  String.raw`\d\d[OE][+ ]`,
  // BuildKit: step and seconds; at the end of a failed build the seconds alone.
  String.raw`#\d{1,4} (?:\d{1,5}\.\d{1,3} )?`,
  String.raw`\d{1,5}\.\d{3} `,
  String.raw`\[(?:[\w.-]{1,40} +)?\d{1,3}/\d{1,3}\] `,
  // Compose and its like: the name of the container. Heroku and other git hosts. tox. The system's journal.
  String.raw`[A-Za-z][\w.-]{0,60} +\| ?`,
  String.raw`remote: {1,8}`,
  String.raw`[\w.-]{1,40}: \d{1,7} [A-Z] `,
  String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,80} [\w./-]{1,60}(?:\[\d{1,9}\])?: `,
  // Programs that pass on what a program printed; quotations in mails and issues.
  String.raw`(?:stderr|stdout|STDERR|STDOUT|STEP)(?:: |\| ?)`,
  String.raw`[>|│┃](?: |$)`,
];

/** All of a line's prefixes. Each is bounded, and no two begin in ways that could be tried against each other for long. */
const PREFIX = new RegExp(String.raw`^[ \t]{0,20}(?:\ufeff|${PREFIXES.join('|')}){1,5}`);

/** A line of output as the program printed it, indentation kept. */
export function plainLine(raw: string): string {
  const plain = raw.includes(ESCAPE) ? raw.replace(CONTROL, '') : raw;
  // A progress bar writes over itself; what it wrote last is what is seen.
  const seen = plain.slice(plain.lastIndexOf('\r') + 1);
  return seen.replace(PREFIX, '').trimEnd();
}

/** A text of output as the program printed it: see `plainLine`. */
export function plainOutput(text: string): string {
  return text
    .split('\n')
    .map((line) => plainLine(line.replace(/\r$/, '')))
    .join('\n');
}

/** The lines of a text, blank ones included. */
export function* logLines(text: string): Generator<LogLine> {
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const raw = text.slice(start, end).replace(/\r$/, '');
    const indent = raw.length - raw.trimStart().length;
    yield {
      text: plainLine(raw),
      span: { start: start + indent, end: Math.max(start + indent, start + raw.trimEnd().length) },
    };
    start = end + 1;
  }
}
