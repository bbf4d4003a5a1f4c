/** uv's report as sentences: what is known, and what follows from it. */
import type { Span } from '../../../packaging/result.ts';
import { logLines, type LogLine } from '../output/log-line.ts';

export interface UvOutput {
  /** The report without its drawing and line breaks, which depend on the terminal's width. Hints are left out. */
  readonly prose: string;
  /** What `-v` prints while it solves. */
  readonly log: readonly LogLine[];
  readonly span: Span;
  /** How many reports the text holds; the last one is read. */
  readonly reports: number;
}

/** What frames draw before a line: arrows of every terminal, those whose encoding was lost, `cause:`. */
const FRAME = /^(?:[^\x20-\x7e]|[\s|+`>*~-]|x (?=No solution)|cause: |error: (?=No solution))+/;
const HEADING = /No solution found/;

/** Sorts the lines of a text. */
export function readUvOutput(text: string): UvOutput {
  let words: string[] = [];
  const log: LogLine[] = [];
  let first: Span | null = null;
  let reports = 0;
  let isOver = false;
  for (const line of logLines(text)) {
    if (/\b(?:DEBUG|TRACE) /.test(line.text)) {
      log.push(line);
      continue;
    }
    const plain = line.text.replace(FRAME, '').trim();
    if (HEADING.test(plain)) {
      words = [];
      first = line.span;
      reports++;
      isOver = false;
    }
    if (/^(?:hint|help):/.test(plain)) isOver = true;
    if (isOver) continue;
    if (first === null && /\b[Bb]ecause |you require /.test(plain)) {
      first = line.span;
      reports++;
    }
    if (first !== null && plain !== '') words.push(plain);
  }
  const span = first ?? log[0]?.span ?? { start: 0, end: Math.min(1, text.length) };
  return { prose: words.join(' '), log, span, reports };
}

/** A sentence: premises, and the conclusion, '' where there is none. */
export interface UvSentence {
  readonly premises: string;
  readonly conclusion: string;
}

/** The parts between "Because" and "we can conclude"; a report of one fact has neither. */
export function sentencesOf(prose: string): UvSentence[] {
  const parts = prose.split(/\b(?:[Aa]nd because|[Bb]ecause) /).slice(1);
  if (parts.length === 0) return [{ premises: prose.replace(/^.*?(?=\byou require )/, ''), conclusion: '' }];
  return parts.map((part) => {
    const [premises = '', conclusion = ''] = part.split(/,? we can conclude that |, which implies /, 2);
    return { premises, conclusion };
  });
}
