/**
 * From a day on which a question solved to one on which it does not: the upload that broke it, and what it asks for that
 * the release before it did not. Moments are halved between the uploads of the projects that the two runs saw, never
 * between days, so that the end of the search is one upload.
 *
 *   good ───┬──┬────┬─────────┬──┬── bad       uploads seen by either run
 *               ▲ the first moment after which it does not solve
 */
import type { Problem } from '../problem/problem.ts';
import type { Cell } from './cell.ts';
import { JobList, type Comparison } from './comparison.ts';
import type { ReleaseChange, Upload } from './job.ts';
import type { Table } from './table.ts';

/** Runs at most, those of both ends included. */
export const MAX_SOLVES = 20;

export interface BisectStep {
  /** What was uploaded before this moment took part. Milliseconds since 1970. */
  readonly before: number;
  readonly cell: Cell;
}

export interface DateBisect {
  /** In the order of their moments. */
  readonly steps: readonly BisectStep[];
  readonly solves: number;
  /**
   * `running`; `found`; `same`: both ends come to the same verdict; `no-dates`: nothing between them has a date;
   * `unfinished`: the runs allowed did not suffice.
   */
  readonly status: 'running' | 'found' | 'same' | 'no-dates' | 'unfinished';
  /** The uploads of the moment that broke it: one, or several of the very same time. */
  readonly culprits: readonly ReleaseChange[];
  /** Milliseconds since 1970; null until found. */
  readonly brokeAt: number | null;
}

/** `good` and `bad` are moments in milliseconds since 1970: what came before them takes part. */
export function makeDateBisect(problem: Problem, good: number, bad: number): Comparison<DateBisect> {
  const jobs = new JobList();
  const asOf = (before: number): Problem => ({
    ...problem,
    options: { ...problem.options, uploadedPriorTo: new Date(before).toISOString() },
  });
  const keyOf = (before: number): string => `run ${before}`;
  const moments: number[] = [];
  const ask = (before: number): void => {
    moments.push(before);
    jobs.add(keyOf(before), { kind: 'run', problem: asOf(before) });
  };
  const solvesAt = (before: number): boolean | null => {
    const cell = jobs.answer(keyOf(before), 'run');
    return cell === null ? null : cell.verdict === 'solved';
  };
  ask(good);
  ask(bad);
  for (const [name, before] of [
    ['good', good],
    ['bad', bad],
  ] as const)
    jobs.add(`uploads ${name}`, { kind: 'uploads', problem: asOf(before), from: good, to: bad });

  /** Cut-offs just after each upload; `low` solves, `high` does not. */
  let uploads: readonly Upload[] | null = null;
  let cuts: readonly number[] = [];
  let low = -1;
  let high = -1;
  let status: DateBisect['status'] = 'running';

  function begin(): void {
    const ofGood = jobs.answer('uploads good', 'uploads');
    const ofBad = jobs.answer('uploads bad', 'uploads');
    const [goodSolves, badSolves] = [solvesAt(good), solvesAt(bad)];
    if (ofGood === null || ofBad === null || goodSolves === null || badSolves === null) return;
    uploads = [...ofGood, ...ofBad];
    if (goodSolves === badSolves || !goodSolves) {
      status = 'same';
      return;
    }
    cuts = [...new Set([good, ...uploads.map(({ time }) => time + 1), bad])].sort((a, b) => a - b);
    if (uploads.length === 0) status = 'no-dates';
    low = 0;
    high = cuts.length - 1;
  }

  function narrow(): void {
    if (uploads === null) begin();
    while (status === 'running' && high - low > 1) {
      const middle = (low + high) >> 1;
      const solves = solvesAt(cuts[middle]!);
      if (solves === null) {
        if (moments.length >= MAX_SOLVES) status = 'unfinished';
        else if (!moments.includes(cuts[middle]!)) ask(cuts[middle]!);
        return;
      }
      if (solves) low = middle;
      else high = middle;
    }
    if (status !== 'running' || high < 0) return;
    status = 'found';
    for (const { project, version } of culprits())
      jobs.add(`release ${project} ${version}`, { kind: 'release', problem, project, version });
  }

  /** What came between the last moment that solves and the first that does not. */
  function culprits(): readonly Upload[] {
    const found = new Map<string, Upload>();
    for (const upload of uploads ?? [])
      if (upload.time >= cuts[low]! && upload.time < cuts[high]!)
        found.set(`${upload.project} ${upload.version}`, upload);
    return [...found.values()];
  }

  return {
    next: () => jobs.next(),
    progress: () => jobs.progress(),
    take(job, answer) {
      jobs.take(job, answer);
      narrow();
    },
    result: () => ({
      steps: moments
        .flatMap((before): readonly BisectStep[] => {
          const cell = jobs.answer(keyOf(before), 'run');
          return cell === null ? [] : [{ before, cell }];
        })
        .sort((a, b) => a.before - b.before),
      solves: moments.length,
      status,
      culprits:
        status === 'found'
          ? culprits().map(
              ({ project, version }) =>
                jobs.answer(`release ${project} ${version}`, 'release') ?? {
                  project,
                  version,
                  before: null,
                  added: [],
                  dropped: [],
                },
            )
          : [],
      brokeAt: status === 'found' ? (culprits()[0]?.time ?? null) : null,
    }),
  };
}

export function dateBisectTable({ steps }: DateBisect): Table {
  return {
    columns: ['uploaded before', 'verdict', 'pins'],
    rows: steps.map(({ before, cell }) => [
      new Date(before).toISOString(),
      cell.verdict,
      Object.entries(cell.pins ?? {})
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ]),
  };
}
