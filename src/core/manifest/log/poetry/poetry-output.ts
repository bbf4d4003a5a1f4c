/** Poetry's output sorted into what each line is: the report's prose, facts of `-vvv`, ranges of Python, lists. */
import type { Span } from '../../../packaging/result.ts';
import { joinHardWrapped } from '../output/hard-wrapped.ts';
import { logLines, type LogLine } from '../output/log-line.ts';

export interface PoetryOutput {
  /** The last report, in one line, up to "version solving failed". */
  readonly prose: string;
  /** What `-vvv` prints while it solves: `dl-weather depends on cloudpickle (^1.0)`, of the last attempt. */
  readonly facts: readonly string[];
  /** `selecting cffi (1.17.1)`: name and version. */
  readonly selected: readonly (readonly [string, string])[];
  /** Lines outside of sentences, trimmed. */
  readonly others: readonly string[];
  readonly span: Span;
  /** How many different reports there are. */
  readonly reports: number;
}

const SOLVER = /^\s*(\d{1,6}): (.*)$/;
const END = /version solving failed/;
/** A sentence of a report, wherever its line begins: prose has `because` too, but no such clause after it. */
const BEGIN =
  /(?:^|[\s:>"'`(])(?:Because|[Ss]o,? because|And because) (?:(?:no|every) versions? of )?[A-Za-z0-9]\S* (?:\(|depends|requires|match|@ )/;
const LEADING = /^\s*(?:\(\d+\)\s*)?/;

/** How a line of Poetry's begins: of the report, of its Pythons, of the search. */
const OWN_LINE =
  /^\s*(?:\(\d+\)\s*)?(?:Because|And because|So,|So because|Thus,|The current project|For \S+, a possible|https?:)|^ +and |^\s*(?:- |\* |\d{1,6}: |\$ )/;

interface Collected {
  words: string[];
  readonly reports: string[];
  readonly facts: string[];
  readonly selected: (readonly [string, string])[];
  readonly others: string[];
  isInReport: boolean;
  span: Span | null;
}

/** Sorts the lines of a text. */
export function readPoetryOutput(text: string): PoetryOutput {
  const found: Collected = {
    words: [],
    reports: [],
    facts: [],
    selected: [],
    others: [],
    isInReport: false,
    span: null,
  };
  for (const line of reportLines(text)) sortLine(found, line);
  if (found.words.length > 0) found.reports.push(found.words.join(' '));
  const reports = found.reports.filter((report, index) => found.reports.lastIndexOf(report) === index);
  return {
    prose: (reports.at(-1) ?? '').replace(/\s+/g, ' '),
    facts: found.facts,
    selected: found.selected,
    others: found.others,
    span: found.span ?? { start: 0, end: Math.min(1, text.length) },
    reports: reports.length,
  };
}

/** From the first line of Poetry's to the end of the report: what stands around it was not broken with it. */
function reportLines(text: string): readonly LogLine[] {
  const lines = [...logLines(text)];
  const first = lines.findIndex((line) => OWN_LINE.test(line.text));
  if (first < 0) return lines;
  const last = Math.max(
    lines.findLastIndex((line) => END.test(line.text)),
    endOfBlock(
      lines,
      lines.findLastIndex((line) => OWN_LINE.test(line.text)),
    ),
  );
  const report = joinHardWrapped(lines.slice(first, last + 1), OWN_LINE);
  return [...lines.slice(0, first), ...report, ...lines.slice(last + 1)];
}

/** The last line before an empty one. */
function endOfBlock(lines: readonly LogLine[], from: number): number {
  const after = lines.findIndex((line, at) => at > from && line.text.trim() === '');
  return (after < 0 ? lines.length : after) - 1;
}

function sortLine(found: Collected, line: LogLine): void {
  const solver = SOLVER.exec(line.text);
  if (solver !== null) {
    readSolverLine(found, solver[2]!);
    found.span ??= line.span;
    return;
  }
  const plain = line.text.replace(LEADING, '').trim();
  if (!found.isInReport && BEGIN.test(plain)) {
    found.isInReport = true;
    found.span ??= line.span;
  }
  if (!found.isInReport) {
    if (plain !== '') found.others.push(plain);
    return;
  }
  const end = END.exec(plain);
  if (plain !== '') found.words.push(end === null ? plain : plain.slice(0, end.index));
  if (end === null) return;
  found.reports.push(found.words.join(' '));
  found.words = [];
  found.isInReport = false;
}

function readSolverLine(found: Collected, message: string): void {
  const fact = /^fact: (.*)$/.exec(message)?.[1];
  if (fact !== undefined) found.facts.push(fact);
  // What the search ended with, where the facts that it stands on were cut off.
  const cause = /^! which is caused by "(.*)"$/.exec(message)?.[1];
  if (cause !== undefined) found.facts.push(cause);
  const conflict = /^conflict: (.*)$/.exec(message)?.[1];
  if (conflict !== undefined) found.facts.push(conflict);
  const selected = /^selecting (\S+) \(([^()\s]+)\)/.exec(message);
  if (selected !== null) found.selected.push([selected[1]!, selected[2]!]);
}
