/**
 * The lines of a question in other orders: does the answer stay, how does the cost spread, and which two lines matter?
 *
 * Orders: as written, turned round, each line first, then drawn from a fixed sequence of numbers, so that the same
 * question is always asked in the same orders. Where two orders give different answers, neighbours are swapped one by one
 * on the way from one to the other, and the swap that changes the answer is found by halving the way.
 */
import { lineBlocks } from '../manifest/syntax/logical-line.ts';
import type { Problem } from '../problem/problem.ts';
import { haveSameAnswer, pinsText, workOf, type Cell } from './cell.ts';
import { JobList, type Comparison } from './comparison.ts';
import type { Table } from './table.ts';

/** Requirement lines by their place in the text as written. */
export type LineOrder = readonly number[];

export interface FuzzRow {
  readonly order: LineOrder;
  readonly cell: Cell;
}

export interface OrderFuzz {
  /** The lines that are permuted, as written. */
  readonly lines: readonly string[];
  /** Orders that were run, as asked; the first is the text's own. */
  readonly rows: readonly FuzzRow[];
  /** Whether all orders run so far gave one answer; null before two are known. */
  readonly isSame: boolean | null;
  /** Least and greatest cost: choices, skips and undoings together. */
  readonly cost: { readonly least: FuzzRow; readonly greatest: FuzzRow } | null;
  /** Two lines that stand next to each other: with `first` before `second` the one answer, otherwise the other. */
  readonly pair: {
    readonly first: number;
    readonly second: number;
    readonly as: FuzzRow;
    readonly swapped: FuzzRow;
  } | null;
}

export const MAX_ORDERS = 24;
/** Longer texts are permuted in their first lines only. */
const MAX_LINES = 200;

interface Pieces {
  /** What stays where it is: options, comments and empty lines go first. */
  readonly head: string;
  readonly lines: readonly string[];
}

function piecesOf(text: string): Pieces {
  const head: string[] = [];
  const lines: string[] = [];
  for (const { raw } of lineBlocks(text)) {
    const trimmed = raw.trim();
    const isRequirement = trimmed !== '' && !trimmed.startsWith('#') && !trimmed.startsWith('-');
    (isRequirement && lines.length < MAX_LINES ? lines : head).push(raw.replace(/\r?\n$/u, ''));
  }
  return { head: head.filter((line) => line.trim() !== '').join('\n'), lines };
}

/** The text with its requirement lines in another order. */
export function reordered(text: string, order: LineOrder): string {
  const { head, lines } = piecesOf(text);
  return [...(head === '' ? [] : [head]), ...order.map((line) => lines[line] ?? ''), ''].join('\n');
}

/** A linear congruential generator (Numerical Recipes, 7.1): the same orders on every machine. */
function makeDraw(): (below: number) => number {
  let state = 20_201_130;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function shuffled(count: number, draw: (below: number) => number): LineOrder {
  const order = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = draw(at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}

/** At most `limit` different orders, the text's own first. */
export function ordersOf(count: number, limit = MAX_ORDERS): readonly LineOrder[] {
  const written = Array.from({ length: count }, (_, at) => at);
  const orders = new Map<string, LineOrder>();
  const add = (order: LineOrder): void => {
    if (orders.size < limit) orders.set(order.join(' '), order);
  };
  add(written);
  add(written.toReversed());
  for (const line of written) add([line, ...written.filter((other) => other !== line)]);
  const draw = makeDraw();
  // Few lines have few orders; draws that repeat come to an end.
  for (let tries = 0; tries < limit * 8 && orders.size < limit; tries++) add(shuffled(count, draw));
  return [...orders.values()];
}

/** From one order to another by swaps of neighbours; every order on the way, both ends included. */
export function swapsBetween(from: LineOrder, to: LineOrder): readonly LineOrder[] {
  const place = new Map(to.map((line, at) => [line, at]));
  const way: LineOrder[] = [from];
  const order = [...from];
  for (let end = order.length - 1; end > 0; end--) {
    for (let at = 0; at < end; at++) {
      if (place.get(order[at]!)! <= place.get(order[at + 1]!)!) continue;
      [order[at], order[at + 1]] = [order[at + 1]!, order[at]!];
      way.push([...order]);
    }
  }
  return way;
}

export function makeOrderFuzz(problem: Problem, limit = MAX_ORDERS): Comparison<OrderFuzz> {
  const jobs = new JobList();
  const { lines } = piecesOf(problem.requirements);
  const orders = ordersOf(lines.length, limit);
  const ask = (order: LineOrder): void =>
    jobs.add(order.join(' '), {
      kind: 'run',
      problem: { ...problem, requirements: reordered(problem.requirements, order) },
    });
  orders.forEach(ask);
  const rowOf = (order: LineOrder): FuzzRow | null => {
    const cell = jobs.answer(order.join(' '), 'run');
    return cell === null ? null : { order, cell };
  };
  /** The way from an order to one with another answer, and the stretch of it in which the change lies. */
  let way: readonly LineOrder[] = [];
  let low = 0;
  let high = 0;

  function narrow(): void {
    if (way.length === 0) {
      const [first, ...others] = orders.map(rowOf);
      if (first === undefined || first === null || others.includes(null)) return;
      const other = others.find((row) => row !== null && !haveSameAnswer(row.cell, first.cell));
      if (other === undefined || other === null) return;
      way = swapsBetween(first.order, other.order);
      high = way.length - 1;
    }
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      const row = rowOf(way[middle]!);
      if (row === null) {
        ask(way[middle]!);
        return;
      }
      if (haveSameAnswer(row.cell, rowOf(way[low]!)!.cell)) low = middle;
      else high = middle;
    }
  }

  function pairOf(): OrderFuzz['pair'] {
    if (way.length === 0 || high - low > 1) return null;
    const as = rowOf(way[low]!);
    const swapped = rowOf(way[high]!);
    if (as === null || swapped === null) return null;
    const at = as.order.findIndex((line, place) => line !== swapped.order[place]);
    return { first: as.order[at]!, second: as.order[at + 1]!, as, swapped };
  }

  return {
    next: () => jobs.next(),
    progress: () => jobs.progress(),
    take(job, answer) {
      jobs.take(job, answer);
      narrow();
    },
    result() {
      const rows = orders.map(rowOf).filter((row) => row !== null);
      const [first] = rows;
      const sorted = rows.toSorted((a, b) => workOf(a.cell) - workOf(b.cell));
      const least = sorted[0];
      const greatest = sorted.at(-1);
      return {
        lines,
        rows,
        isSame:
          first === undefined || rows.length < Math.min(2, orders.length)
            ? null
            : rows.every((row) => haveSameAnswer(row.cell, first.cell)),
        cost: least === undefined || greatest === undefined ? null : { least, greatest },
        pair: pairOf(),
      };
    },
  };
}

export function orderFuzzTable({ rows }: OrderFuzz): Table {
  return {
    columns: ['order', 'verdict', 'rounds', 'skipped', 'undone', 'pins'],
    rows: rows.map(({ order, cell }) => [
      order.map((line) => line + 1).join(' '),
      cell.verdict,
      String(cell.rounds),
      String(cell.skipped),
      String(cell.undone),
      pinsText(cell),
    ]),
  };
}
