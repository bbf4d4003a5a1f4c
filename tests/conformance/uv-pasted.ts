/** Recorded reports of uv, pasted: whether our own report on the rebuilt question is the pasted one. */
import { resolveUv } from '../../src/core/explain/uv/uv-engine.ts';
import { settlePaste } from '../../src/core/headless/paste/read-paste.ts';
import { runProblem } from '../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import type { ConformanceRow, ConformanceTable } from './table.ts';
import { UV_LOCK_RECORDINGS } from './uv-locks.ts';
import { readUvRecordings, UV_RECORDING_FILES, type UvRecording } from './uv-recording.ts';

const NOTHING = makeFactsIndex({ projects: {} });
/** What stands on the page before the paste. */
const BASE = makeProblem({ requirements: '', environment: { python: '3.11', platform: 'linux-x86_64' } });

export interface PastedVerdict {
  readonly recording: UvRecording;
  readonly outcome: string;
  /** Whether the proof is the pasted one, hints left out. */
  readonly isSame: boolean;
  /** With the hints. */
  readonly isWhole: boolean;
  readonly ours: string;
}

/** The proof alone, without frame, hints and line breaks. */
function proofOf(report: string): string {
  const text = report.replace(/\s+/gu, ' ');
  const start = text.search(/(?:╰─▶|cause:) /u);
  const end = text.search(/ (?:hint|help): /u);
  return text.slice(Math.max(0, start), end < 0 ? text.length : end).trim();
}

const flat = (report: string): string =>
  report
    .slice(Math.max(0, report.search(/(?:error:|×) No solution/u)))
    .replace(/\s+/gu, ' ')
    .trim();

export async function judgePasted(recording: UvRecording): Promise<PastedVerdict> {
  const { problem } = await settlePaste([{ name: 'report', text: recording.report }], BASE);
  if (problem === null) return { recording, outcome: 'unreadable', isSame: false, isWhole: false, ours: '' };
  const run = runProblem(problem, resolveUv, NOTHING);
  const ours = run.printed ?? run.message;
  return {
    recording,
    outcome: run.outcome.kind,
    isSame: proofOf(ours) === proofOf(recording.report),
    isWhole: flat(ours) === flat(recording.report),
    ours,
  };
}

/** Every recorded failure, pasted. */
export async function uvPasted(): Promise<ConformanceTable> {
  const rows: ConformanceRow[] = [];
  const differences: string[] = [];
  for (const file of [...UV_RECORDING_FILES.map((each) => each.file), UV_LOCK_RECORDINGS]) {
    const verdicts: PastedVerdict[] = [];
    for (const recording of readUvRecordings(file))
      if (recording.outcome === 'failed' && /No solution found/u.test(recording.report))
        verdicts.push(await judgePasted(recording));
    rows.push({
      family: file.replace(/^recordings\//u, ''),
      engine: `uv@${verdicts[0]!.recording.uv}`,
      total: verdicts.length,
      outcome: verdicts.filter(({ outcome }) => outcome === 'unsolvable').length,
      pins: verdicts.filter(({ isSame }) => isSame).length,
      events: null,
      text: verdicts.filter(({ isWhole }) => isWhole).length,
    });
    for (const { recording, outcome, isSame, ours } of verdicts)
      if (!isSame)
        differences.push(
          `${recording.name} (${recording.uv}), ${outcome}:\n    pasted ${proofOf(recording.report)}\n    ours   ${proofOf(ours)}`,
        );
  }
  return {
    title: 'uv, recorded reports pasted (outcome: unsolvable; pins: same proof; text: with the hints)',
    rows,
    differences,
  };
}
