/** Grid to pixels. Depends on the labels, on the meter and on what is folded, never on the step. */
import type { PlacedTree } from '../core/search-tree/placed-tree.ts';
import type { TextMeter } from './text-meter.ts';

/** Pixels from one row to the next, at scale 1; also the height of what can be hit. */
export const ROW_HEIGHT = 26;
/** Of a row in pixels: with less no label is written, with less still a mark is a plain dot. */
export const LABEL_ROW = 14;
export const MARK_ROW = 8;
/** From a mark's centre to its label. */
export const LABEL_OFFSET = 12;
/** From a column's marks back to the trunk that its rows branch from. */
export const TRUNK_OFFSET = 15;
/** Margin around the whole drawing. */
export const MARGIN = 20;

/** Widths of labels that columns are made for, in pixels. */
const SHORTEST_LABEL = 36;
export const LONGEST_LABEL = 210;
const AFTER_LABEL = 34;
/** Pixels of a note that a picture opens with, if it must choose. */
const SHORT_NOTE = 150;
/** From a label to its fold, tag or note. */
export const NOTE_GAP = 12;
/** Nodes whose labels are measured at most; a column's width may be a little short in larger trees. */
const MOST_MEASURED = 20_000;

/** Pixel places of columns and the drawing's size, at one scale. */
export interface Measures {
  /** Down the rows: pixels of the screen for one of the drawing at scale 1. Texts and marks keep their size. */
  readonly scale: number;
  /** By column: x of its marks. */
  readonly columnX: Float64Array;
  readonly rowHeight: number;
  readonly width: number;
  /** Width without the ends of long notes. */
  readonly coreWidth: number;
  readonly height: number;
}

/** Texts that a node carries, in pixels. */
export interface TextWidths {
  readonly label: number;
  readonly note: number;
}

/** Measures a placed tree at scale 1; `widthsOf` answers how wide a node's texts are, whatever the step. */
export function measureTree(placed: PlacedTree, widthsOf: (node: number) => TextWidths): Measures {
  const widest = new Float64Array(placed.columns).fill(SHORTEST_LABEL);
  const stride = Math.max(1, Math.ceil(placed.order.length / MOST_MEASURED));
  const lastOfRows: number[] = [];
  for (let place = 0; place < placed.order.length; place += stride) {
    const node = placed.order[place]!;
    const next = placed.order[place + 1];
    const isLast = next === undefined || placed.row[next] !== placed.row[node];
    if (isLast) lastOfRows.push(node);
    else {
      const column = placed.column[node]!;
      widest[column] = Math.max(widest[column]!, Math.min(LONGEST_LABEL, widthsOf(node).label));
    }
  }
  const columnX = new Float64Array(placed.columns);
  columnX[0] = MARGIN;
  for (let column = 1; column < placed.columns; column++)
    columnX[column] = columnX[column - 1]! + LABEL_OFFSET + widest[column - 1]! + AFTER_LABEL;
  let width = columnX[placed.columns - 1]! + 60;
  let coreWidth = width;
  for (const node of lastOfRows) {
    const { label, note } = widthsOf(node);
    const end = columnX[placed.column[node]!]! + LABEL_OFFSET + label;
    width = Math.max(width, end + note + 2 * MARGIN);
    coreWidth = Math.max(coreWidth, end + Math.min(note, SHORT_NOTE) + 2 * MARGIN);
  }
  const height = placed.rows * ROW_HEIGHT + 2 * MARGIN;
  return { scale: 1, columnX, rowHeight: ROW_HEIGHT, width, coreWidth, height };
}

/** The same drawing at other scales across and down: places move, words and marks keep their size. */
export function atScale(measures: Measures, across: number, down: number): Measures {
  if (across === 1 && down === 1) return measures;
  return {
    scale: down,
    columnX: measures.columnX.map((x) => x * across),
    rowHeight: measures.rowHeight * down,
    width: measures.width * across,
    coreWidth: measures.coreWidth * across,
    height: measures.height * down,
  };
}

/** Middle of a row. */
export function rowY({ scale, rowHeight }: Measures, row: number): number {
  return MARGIN * scale + (row + 0.5) * rowHeight;
}

/** Width of a node's label: name, version, and what is folded into it. */
export function labelWidth(name: string, version: string, fold: string, meter: TextMeter): number {
  const versionWidth = version === '' ? 0 : meter.width(` ${version}`, 'strong');
  const foldWidth = fold === '' ? 0 : NOTE_GAP + meter.width(`${fold} ▸`, 'label');
  return meter.width(name, 'label') + versionWidth + foldWidth;
}
