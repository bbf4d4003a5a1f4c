/** Grid to pixels. Depends on the labels and on what is folded, never on the step. */
import type { PlacedTree } from '../core/search-tree/placed-tree.ts';

/** Pixels from one row to the next, at scale 1; also the height of what can be hit. */
export const ROW_HEIGHT = 26;
/** Advance of one character of the labels: a monospaced face at 12 pixels. */
export const CHARACTER_WIDTH = 7.25;
/** The same for notes: a proportional face at 11.5 pixels, on average. */
export const NOTE_CHARACTER_WIDTH = 5.9;
/** From a mark's centre to its label. */
export const LABEL_OFFSET = 12;
/** From a column's marks back to the trunk that its rows branch from. */
export const TRUNK_OFFSET = 15;
/** Margin around the whole drawing. */
export const MARGIN = 20;

const SHORTEST_LABEL = 5;
const LONGEST_LABEL = 28;
const AFTER_LABEL = 34;
/** Characters of a note that a picture opens with, if it must choose. */
const SHORT_NOTE = 26;
/** Nodes whose labels are measured at most; a column's width may be a little short in larger trees. */
const MOST_MEASURED = 20_000;

/** Pixel places of columns and the drawing's size, at scale 1. */
export interface Measures {
  /** By column: x of its marks. */
  readonly columnX: Float64Array;
  readonly width: number;
  /** Width without the ends of long notes. */
  readonly coreWidth: number;
  readonly height: number;
}

/** Texts that a node carries, in characters. */
export interface TextLengths {
  readonly label: number;
  readonly note: number;
}

/** Measures a placed tree; `textOf` answers how long a node's texts are, whatever the step. */
export function measureTree(placed: PlacedTree, textOf: (node: number) => TextLengths): Measures {
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
      widest[column] = Math.max(widest[column]!, Math.min(LONGEST_LABEL, textOf(node).label));
    }
  }
  const columnX = new Float64Array(placed.columns);
  columnX[0] = MARGIN;
  for (let column = 1; column < placed.columns; column++) {
    const label = widest[column - 1]! * CHARACTER_WIDTH;
    columnX[column] = columnX[column - 1]! + LABEL_OFFSET + label + AFTER_LABEL;
  }
  let width = columnX[placed.columns - 1]! + 60;
  let coreWidth = width;
  for (const node of lastOfRows) {
    const { label, note } = textOf(node);
    const end = columnX[placed.column[node]!]! + LABEL_OFFSET + label * CHARACTER_WIDTH;
    width = Math.max(width, end + note * NOTE_CHARACTER_WIDTH + 2 * MARGIN);
    const shownNote = Math.min(note, SHORT_NOTE) * NOTE_CHARACTER_WIDTH;
    coreWidth = Math.max(coreWidth, end + shownNote + 2 * MARGIN);
  }
  return { columnX, width, coreWidth, height: placed.rows * ROW_HEIGHT + 2 * MARGIN };
}

/** Middle of a row. */
export function rowY(row: number): number {
  return MARGIN + (row + 0.5) * ROW_HEIGHT;
}

/** Longest label that fits between a mark and the next one in its row, in characters. */
export const labelLimit = LONGEST_LABEL;

/** Characters of a note that are worth reading; with room for fewer it is left out. */
const LEAST_NOTE = 6;
/** Longest note that is drawn, in characters. */
const LONGEST_NOTE = 90;

/** Advance of a note's characters where it meets the edge: rather too little, as what is too long only fades. */
const TIGHT_NOTE_CHARACTER = 5.3;

/** Ends a note where the room for it ends, in pixels at scale 1: `it needs urllib3>=1.25.4, but…`. */
export function endNote(note: string, room: number): string {
  const limit = Math.min(LONGEST_NOTE, Math.floor(room / TIGHT_NOTE_CHARACTER));
  if (note.length <= limit) return note;
  return limit < LEAST_NOTE ? '' : `${note.slice(0, limit - 1).trimEnd()}…`;
}

/** Shortens in the middle, where names differ least: `very-long…-name`. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = Math.ceil((limit - 1) * 0.6);
  return `${text.slice(0, head)}…${text.slice(text.length - (limit - 1 - head))}`;
}
