/** One question in many engines: a row each, and where a release changed the answer. */
import { parseEngineId } from '../problem/engine-id.ts';
import type { Problem } from '../problem/problem.ts';
import { haveSameAnswer, pinsText, type Cell } from './cell.ts';
import { JobList, type Comparison } from './comparison.ts';
import type { Table } from './table.ts';

export interface SweepRow {
  readonly engine: string;
  /** Null while it is not known. */
  readonly cell: Cell | null;
  /** Columns in which this differs from the next older release of the same tool that is known. */
  readonly changed: readonly SweepColumn[];
}

export const SWEEP_COLUMNS = ['verdict', 'rounds', 'skipped', 'undone', 'files', 'pins'] as const;
export type SweepColumn = (typeof SWEEP_COLUMNS)[number];

export interface Sweep {
  /** In the order of the engines that were given: newest release first. */
  readonly rows: readonly SweepRow[];
  /** Releases that answer otherwise than the one before them, oldest change first. */
  readonly changes: readonly AnswerChange[];
}

export interface AnswerChange {
  readonly engine: string;
  /** The next older release of the same tool. */
  readonly before: string;
}

/** `engines`: names of the release table, newest first. What says impossible is held against a proof. */
export function makeSweep(problem: Problem, engines: readonly string[], budget?: number): Comparison<Sweep> {
  const jobs = new JobList();
  // The question's own engine first: that is the row that people look for.
  const own = engines.filter((engine) => engine === problem.engine);
  for (const engine of [...own, ...engines])
    jobs.add(engine, {
      kind: 'run',
      problem: { ...problem, engine },
      proves: true,
      ...(budget === undefined ? {} : { budget }),
    });
  return {
    next: () => jobs.next(),
    take: (job, answer) => jobs.take(job, answer),
    progress: () => jobs.progress(),
    result: () => sweepOf(engines.map((engine) => ({ engine, cell: jobs.answer(engine, 'run') }))),
  };
}

function sweepOf(cells: readonly { readonly engine: string; readonly cell: Cell | null }[]): Sweep {
  const rows = cells.map(({ engine, cell }, at): SweepRow => {
    const older = olderOf(cells, at);
    const changed =
      cell === null || older === null
        ? []
        : SWEEP_COLUMNS.filter((column) => columnText(cell, column) !== columnText(older.cell, column));
    return { engine, cell, changed };
  });
  const changes = cells.flatMap(({ engine, cell }, at): readonly AnswerChange[] => {
    const older = olderOf(cells, at);
    if (cell === null || older === null || haveSameAnswer(cell, older.cell)) return [];
    return [{ engine, before: older.engine }];
  });
  return { rows, changes: changes.toReversed() };
}

/** The next older known release of the same tool; releases stand newest first. */
function olderOf(
  cells: readonly { readonly engine: string; readonly cell: Cell | null }[],
  at: number,
): { readonly engine: string; readonly cell: Cell } | null {
  const family = familyOf(cells[at]!.engine);
  for (const { engine, cell } of cells.slice(at + 1))
    if (familyOf(engine) === family && cell !== null) return { engine, cell };
  return null;
}

function familyOf(engine: string): string {
  const id = parseEngineId(engine);
  return id.ok ? id.value.family : '';
}

/** What a cell says in a column. */
export function columnText(cell: Cell, column: SweepColumn): string {
  if (column === 'pins') return pinsText(cell);
  if (column === 'verdict') return cell.reason === '' ? cell.verdict : `${cell.verdict} (${cell.reason})`;
  return String(cell[column]);
}

export function sweepTable({ rows }: Sweep): Table {
  return {
    columns: ['engine', ...SWEEP_COLUMNS],
    rows: rows.flatMap(({ engine, cell }) =>
      cell === null ? [] : [[engine, ...SWEEP_COLUMNS.map((column) => columnText(cell, column))]],
    ),
  };
}
