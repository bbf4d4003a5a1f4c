/** Lines of pasted output without what terminals and build services put around them. */
import type { Span } from '../packaging/result.ts';

/** One line of output. The span is that of the whole line in the pasted text, without outer blanks. */
export interface LogLine {
  /** Without colours, time stamps and prefixes; the indentation of the message is kept. */
  readonly text: string;
  readonly span: Span;
}

const ESCAPE = String.fromCharCode(27);
const COLOUR = new RegExp(`${ESCAPE}\\[[0-9;]*[A-Za-z]`, 'g');
/** Time stamps of GitHub Actions and pip's own log files, step numbers of BuildKit, "stderr:" of tox and Poetry. */
const PREFIX =
  /^(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]*(?:Z|[+-]\d\d:?\d\d)?[ ,]|#\d+ \d+\.\d+ |\[\d+\/\d+\] |(?:stderr|stdout): )/;

/** The lines of a text, blank ones included. */
export function* logLines(text: string): Generator<LogLine> {
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const raw = text.slice(start, end).replace(/\r$/, '');
    const plain = raw.includes(ESCAPE) ? raw.replace(COLOUR, '') : raw;
    const kept = plain.replace(PREFIX, '').trimEnd();
    const indent = raw.length - raw.trimStart().length;
    yield {
      text: kept,
      span: { start: start + indent, end: Math.max(start + indent, start + raw.trimEnd().length) },
    };
    start = end + 1;
  }
}
