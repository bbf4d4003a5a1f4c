/** One question on many machines: Pythons × platforms, with the reason where it does not work. */
import type { Problem } from '../problem/problem.ts';
import { pinsText, type Cell } from './cell.ts';
import { JobList, type Comparison } from './comparison.ts';
import type { Job, Reason } from './job.ts';
import type { Table } from './table.ts';

export interface MatrixCell {
  readonly python: string;
  readonly platform: string;
  readonly cell: Cell | null;
  /** Why it does not work; one run of equal failures is asked once. */
  readonly reason: Reason | null;
}

/** Neighbouring Pythons of one platform that come to the same verdict, for one reason. */
export interface MatrixStretch {
  readonly platform: string;
  /** First and last, in the order given. */
  readonly from: string;
  readonly to: string;
  readonly verdict: Cell['verdict'];
  readonly reason: Reason | null;
}

export interface Matrix {
  readonly pythons: readonly string[];
  readonly platforms: readonly string[];
  /** Row by row: a platform after the other. */
  readonly cells: readonly MatrixCell[];
  readonly stretches: readonly MatrixStretch[];
}

export function makeMatrix(
  problem: Problem,
  pythons: readonly string[],
  platforms: readonly string[],
): Comparison<Matrix> {
  const jobs = new JobList();
  const asked = (python: string, platform: string): Problem => ({
    ...problem,
    environment: { ...problem.environment, python, platform },
  });
  const keyOf = (python: string, platform: string): string => `${python} ${platform}`;
  for (const platform of platforms)
    for (const python of pythons)
      jobs.add(keyOf(python, platform), { kind: 'run', problem: asked(python, platform), proves: true });

  /** The first cell with the same verdict and the same message says why for all of them. */
  const firstAlike = new Map<string, string>();
  const likeness = ({ verdict, message }: Cell): string => `${verdict} ${withoutPythons(message)}`;

  function askReason(job: Job, cell: Cell): void {
    if (job.kind !== 'run' || cell.verdict === 'solved') return;
    const { python, platform } = job.problem.environment;
    const like = likeness(cell);
    if (firstAlike.has(like)) return;
    firstAlike.set(like, keyOf(python, platform));
    jobs.add(`reason ${keyOf(python, platform)}`, { kind: 'reason', problem: job.problem });
  }

  function result(): Matrix {
    const cells = platforms.flatMap((platform) =>
      pythons.map((python): MatrixCell => {
        const cell = jobs.answer(keyOf(python, platform), 'run');
        const first = cell === null ? undefined : firstAlike.get(likeness(cell));
        const reason = first === undefined ? null : jobs.answer(`reason ${first}`, 'reason');
        return { python, platform, cell, reason };
      }),
    );
    return { pythons, platforms, cells, stretches: stretchesOf(cells) };
  }

  return {
    next: () => jobs.next(),
    progress: () => jobs.progress(),
    result,
    take(job, answer) {
      jobs.take(job, answer);
      if (answer.kind === 'run') askReason(job, answer.value);
    },
  };
}

/** Messages that differ in the interpreter alone have one reason. */
function withoutPythons(message: string): string {
  return message.replaceAll(/\b[23]\.\d+(?:\.\d+)?\b/gu, 'N');
}

function stretchesOf(cells: readonly MatrixCell[]): readonly MatrixStretch[] {
  const stretches: {
    platform: string;
    from: string;
    to: string;
    verdict: Cell['verdict'];
    reason: Reason | null;
  }[] = [];
  for (const { python, platform, cell, reason } of cells) {
    if (cell === null) continue;
    const last = stretches.at(-1);
    if (
      last?.platform === platform &&
      last.verdict === cell.verdict &&
      last.reason?.sentence === reason?.sentence
    )
      last.to = python;
    else stretches.push({ platform, from: python, to: python, verdict: cell.verdict, reason });
  }
  return stretches;
}

export function matrixTable({ cells }: Matrix): Table {
  return {
    columns: ['platform', 'python', 'verdict', 'pins', 'reason'],
    rows: cells.flatMap(({ python, platform, cell, reason }) =>
      cell === null ? [] : [[platform, python, cell.verdict, pinsText(cell), reason?.sentence ?? '']],
    ),
  };
}
