/** Known scenarios before and after a change of pip's preference order: one table, with what changed. */
import type { Problem } from '../problem/problem.ts';
import type { PreferencePart } from '../resolver/pip/preference-parts.ts';
import { haveSameAnswer, pinsText, workOf, type Cell } from './cell.ts';
import { JobList, type Comparison } from './comparison.ts';
import type { Table } from './table.ts';

export interface Scenario {
  readonly name: string;
  readonly problem: Problem;
}

export interface BoardRow {
  readonly name: string;
  readonly before: Cell | null;
  readonly after: Cell | null;
  /** Null while one of them is not known. */
  readonly hasSameAnswer: boolean | null;
}

export interface BenchmarkBoard {
  readonly order: readonly PreferencePart[];
  readonly rows: readonly BoardRow[];
  /** Choices, skips and undoings of all scenarios that are known on both sides. */
  readonly before: number;
  readonly after: number;
}

/** Rounds of one scenario: what takes longer is stopped on both sides. */
export const BOARD_BUDGET = 20_000;

/** Each scenario is run in an engine of the newest preference form, with its own order and with `order`. */
export function makeBenchmarkBoard(
  scenarios: readonly Scenario[],
  engine: string,
  order: readonly PreferencePart[],
): Comparison<BenchmarkBoard> {
  const jobs = new JobList();
  scenarios.forEach(({ problem }, at) => {
    const asked = { ...problem, engine };
    jobs.add(`before ${at}`, { kind: 'run', problem: asked, budget: BOARD_BUDGET });
    jobs.add(`after ${at}`, { kind: 'run', problem: asked, budget: BOARD_BUDGET, preference: order });
  });
  return {
    next: () => jobs.next(),
    take: (job, answer) => jobs.take(job, answer),
    progress: () => jobs.progress(),
    result() {
      const rows = scenarios.map(({ name }, at): BoardRow => {
        const before = jobs.answer(`before ${at}`, 'run');
        const after = jobs.answer(`after ${at}`, 'run');
        const hasSameAnswer = before === null || after === null ? null : haveSameAnswer(before, after);
        return { name, before, after, hasSameAnswer };
      });
      const known = rows.filter(({ hasSameAnswer }) => hasSameAnswer !== null);
      const sum = (side: 'before' | 'after'): number =>
        known.reduce((total, row) => total + workOf(row[side]!), 0);
      return { order, rows, before: sum('before'), after: sum('after') };
    },
  };
}

export function benchmarkTable({ rows }: BenchmarkBoard): Table {
  const cost = (cell: Cell): readonly string[] => [
    cell.verdict,
    String(cell.rounds),
    String(cell.skipped),
    String(cell.undone),
    pinsText(cell),
  ];
  const columns = ['verdict', 'rounds', 'skipped', 'undone', 'pins'];
  return {
    columns: [
      'scenario',
      ...columns.map((name) => `before: ${name}`),
      ...columns.map((name) => `after: ${name}`),
      'same answer',
    ],
    rows: rows.flatMap(({ name, before, after, hasSameAnswer }) =>
      before === null || after === null
        ? []
        : [[name, ...cost(before), ...cost(after), hasSameAnswer === true ? 'yes' : 'no']],
    ),
  };
}
