/** Recordings of real uv against our engine: outcome, pins, report with its hints, order of choices, printed lines. */
import { resolveUv } from '../../src/core/explain/uv/uv-engine.ts';
import { runProblem, type Run } from '../../src/core/headless/run.ts';
import type { Pin } from '../../src/core/resolver/outcome.ts';
import { recordedEvents } from '../../src/core/resolver/recorded-form.ts';
import type { ConformanceRow, ConformanceTable } from './table.ts';
import {
  problemOf,
  readUvRecordings,
  UV_RECORDING_FILES,
  uvIndex,
  type UvRecording,
} from './uv-recording.ts';

interface Verdict {
  readonly recording: UvRecording;
  readonly outcome: boolean;
  readonly pins: boolean;
  readonly text: boolean;
  readonly events: boolean;
  /** What differs, in words; '' when nothing does. */
  readonly difference: string;
}

function outcomeName({ outcome }: Run): string {
  return outcome.kind === 'unsolvable' ? 'failed' : outcome.kind;
}

function printedLine({ name, version, marker }: Pin): string {
  return `${name}==${version}${marker === undefined ? '' : ` ; ${marker}`}`;
}

function linesOf({ outcome }: Run): readonly string[] {
  return outcome.kind === 'solved' ? outcome.pins.map(printedLine) : [];
}

/** Recorded without the blanks at its ends. */
function reportOf(run: Run): string {
  return run.outcome.kind === 'unsolvable' ? (run.printed ?? run.message).trim() : '';
}

/**
 * uv tells of metadata that cannot be read as often as it reads it, which depends on what it fetches ahead: these lines
 * before the warnings are left out.
 */
function withoutReadings(report: string): string {
  return report.replace(/^(?:[^\n]+\n *\^+\n)+/u, '');
}

function withoutExtras(line: string): string {
  return line.replace(/\[[^\]]*\]/u, '');
}

function judge(recording: UvRecording): Verdict {
  const run = runProblem(problemOf(recording), resolveUv, uvIndex(recording));
  const differences: string[] = [];
  const compare = (what: string, ours: readonly string[], theirs: readonly string[]): boolean => {
    const place = ours.findIndex((line, index) => line !== theirs[index]);
    if (place < 0 && ours.length === theirs.length) return true;
    const at = place < 0 ? ours.length : place;
    differences.push(`${what} ${at}: ours ${ours[at] ?? 'none'}, uv's ${theirs[at] ?? 'none'}`);
    return false;
  };
  const outcome = compare('outcome', [outcomeName(run)], [recording.outcome]);
  const pins =
    outcome &&
    compare(
      'line',
      linesOf(run),
      (recording.pins ?? []).map((line) => withoutExtras(line)),
    );
  const text =
    outcome &&
    compare('report, line', reportOf(run).split('\n'), withoutReadings(recording.report).trim().split('\n'));
  const selects = recordedEvents(run.trace).flatMap((event) => (event[0] === 'select' ? [event[1]] : []));
  const events = outcome && compare('choice', selects, recording.select ?? []);
  return { recording, outcome, pins, text, events, difference: differences.join('; ') };
}

function rowOf(family: string, engine: string, verdicts: readonly Verdict[]): ConformanceRow {
  const count = (aspect: 'outcome' | 'pins' | 'text' | 'events'): number =>
    verdicts.filter((verdict) => verdict[aspect]).length;
  return {
    family,
    engine,
    total: verdicts.length,
    outcome: count('outcome'),
    pins: count('pins'),
    events: count('events'),
    text: count('text'),
  };
}

/** Runs every recording of uv in the data folder. */
export function uvRecordings(): ConformanceTable {
  const rows: ConformanceRow[] = [];
  const differences: string[] = [];
  for (const { file, family } of UV_RECORDING_FILES) {
    const verdicts = readUvRecordings(file).map(judge);
    rows.push(rowOf(family, `uv@${verdicts[0]!.recording.uv}`, verdicts));
    for (const { recording, difference } of verdicts)
      if (difference !== '') differences.push(`uv ${recording.uv} ${recording.name}: ${difference}`);
  }
  return {
    title: 'uv, recorded (events: the order of choices; text: the report with its hints)',
    rows,
    differences,
  };
}
