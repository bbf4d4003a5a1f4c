/** Recordings of `uv lock` and `uv export` against our engine: outcome, report, packages of uv.lock, exported lines. */
import { resolveUv } from '../../src/core/explain/uv/uv-engine.ts';
import { runProblem } from '../../src/core/headless/run.ts';
import type { ConformanceRow, ConformanceTable } from './table.ts';
import { problemOf, readUvRecordings, uvIndex, type UvRecording } from './uv-recording.ts';

export const UV_LOCK_RECORDINGS = 'recordings/uv-0.13.9-lock.json';

export interface LockVerdict {
  readonly recording: UvRecording;
  readonly outcome: boolean;
  /** Requires-Python, resolution markers and every package. */
  readonly packages: boolean;
  readonly exported: boolean;
  readonly report: boolean;
  readonly differences: readonly string[];
}

/** Warnings of a lock come in the order of a hash map after it is made: only reports on failures are compared. */
export function judgeLock(recording: UvRecording): LockVerdict {
  const run = runProblem(problemOf(recording), resolveUv, uvIndex(recording));
  const differences: string[] = [];
  const compare = (what: string, ours: unknown, theirs: unknown): boolean => {
    const [one, other] = [JSON.stringify(ours), JSON.stringify(theirs)];
    if (one !== other) differences.push(`${what}: ours ${one}, uv's ${other}`);
    return one === other;
  };
  const kind = run.outcome.kind === 'solved' ? 'solved' : 'failed';
  const outcome = compare('outcome', kind, recording.outcome);
  const isSolved = outcome && kind === 'solved';
  const locked = run.locked ?? {};
  const top = isSolved
    ? compare('requires-python', locked.requires_python, recording.requires_python) &&
      compare('resolution-markers', locked.resolution_markers ?? [], recording.resolution_markers ?? [])
    : outcome;
  const packages = isSolved
    ? comparePackages(run.packages ?? [], recording.packages ?? [], compare)
    : outcome;
  const exported = isSolved
    ? compareLines('export', locked.export ?? [], recording.export ?? [], compare)
    : outcome;
  const report =
    outcome && !isSolved
      ? compareLines(
          'report',
          (run.printed ?? run.message).split('\n'),
          recording.report.split('\n'),
          compare,
        )
      : outcome;
  return { recording, outcome, packages: top && packages, exported, report, differences };
}

type Compare = (what: string, ours: unknown, theirs: unknown) => boolean;

function comparePackages(
  ours: readonly Readonly<Record<string, unknown>>[],
  theirs: readonly Readonly<Record<string, unknown>>[],
  compare: Compare,
): boolean {
  const length = Math.max(ours.length, theirs.length);
  for (let place = 0; place < length; place++)
    if (!compare(`package ${place}`, ours[place] ?? null, withoutSources(theirs[place] ?? null)))
      return false;
  return true;
}

/** Every recording has another address for its index, which ours does not know. */
function withoutSources(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSources);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'source');
  return Object.fromEntries(kept.map(([key, part]) => [key, withoutSources(part)]));
}

function compareLines(
  what: string,
  ours: readonly string[],
  theirs: readonly string[],
  compare: Compare,
): boolean {
  const length = Math.max(ours.length, theirs.length);
  for (let place = 0; place < length; place++)
    if (!compare(`${what}, line ${place}`, ours[place] ?? null, theirs[place] ?? null)) return false;
  return true;
}

/** Runs every recorded lock in the data folder. */
export function uvLocks(): ConformanceTable {
  const verdicts = readUvRecordings(UV_LOCK_RECORDINGS).map(judgeLock);
  const solved = verdicts.filter(({ recording }) => recording.outcome === 'solved');
  const failed = verdicts.filter(({ recording }) => recording.outcome === 'failed');
  const row = (
    family: string,
    part: readonly LockVerdict[],
    pins: keyof LockVerdict,
    text: keyof LockVerdict,
  ): ConformanceRow => ({
    family,
    engine: 'uv@0.13.9',
    total: part.length,
    outcome: part.filter(({ outcome }) => outcome).length,
    pins: part.filter((verdict) => verdict[pins] === true).length,
    events: null,
    text: part.filter((verdict) => verdict[text] === true).length,
  });
  return {
    title: 'uv lock, recorded (pins: packages of uv.lock; text: lines of uv export, or the report)',
    rows: [
      row('uv lock, solved', solved, 'packages', 'exported'),
      row('uv lock, failed', failed, 'outcome', 'report'),
    ],
    differences: verdicts.flatMap(({ recording, differences }) =>
      differences.map((difference) => `${recording.name}: ${difference}`),
    ),
  };
}
