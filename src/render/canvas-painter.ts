/**
 * Paints the tree on canvas: for windows of more nodes than SVG carries. Detail falls with the height of a row on the
 * screen: labels, then marks and links, then one stroke a row. Hundreds of thousands of nodes take some milliseconds.
 */
import { NODE_CODE, NONE } from '../core/search-tree/search-tree.ts';
import { clipOf, linkPath, type Clip } from './curves.ts';
import { MARKS, type MarkName } from './marks.ts';
import { endNote, LABEL_OFFSET, ROW_HEIGHT, rowY } from './measures.ts';
import { markOf, type RowWindow, type SceneInput } from './scene.ts';

/** Height of a row on the screen, in pixels, from which labels and marks are drawn. */
const LABEL_ROW = 12;
export const MARK_ROW = 5;

/** Rows that are painted over each other on one line of pixels, paler the more there are. */
const MOST_STROKES = 8;

/**
 * Where the drawing lies on the screen: drawing × scale + offset. The scale across is larger than the one down where a
 * tall tree is seen from afar, so that its depth can still be told.
 */
export interface CanvasView {
  readonly kx: number;
  readonly x: number;
  readonly y: number;
  readonly k: number;
  readonly width: number;
  readonly height: number;
}

/** Reads a custom property's colour; answers are kept until `forgetColours`. */
export class CanvasPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #colours = new Map<string, string>();
  readonly #shapes = new Map<string, Path2D>();

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** To be called when the theme changes. */
  forgetColours(): void {
    this.#colours.clear();
  }

  clear(): void {
    this.#canvas
      .getContext('2d', { willReadFrequently: true })
      ?.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  paint(input: SceneInput, window: RowWindow, view: CanvasView): void {
    const context = this.#begin(view);
    if (context === null) return;
    const rowPixels = ROW_HEIGHT * view.k;
    if (rowPixels < MARK_ROW) this.#paintStrokes(context, input, window, view);
    else this.#paintMarks(context, input, window, view, rowPixels >= LABEL_ROW);
    this.#paintCurrent(context, input, view);
  }

  #context(): CanvasRenderingContext2D | null {
    return this.#canvas.getContext('2d');
  }

  #begin({ width, height }: CanvasView): CanvasRenderingContext2D | null {
    const ratio = globalThis.devicePixelRatio;
    const canvas = this.#canvas;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const context = this.#context();
    if (context === null) return null;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return context;
  }

  /** Each row as one horizontal stroke from its first column to its last, coloured by how it ends. */
  #paintStrokes(
    context: CanvasRenderingContext2D,
    input: SceneInput,
    window: RowWindow,
    view: CanvasView,
  ): void {
    const { placed, measures, frame } = input;
    const thickness = Math.max(1, ROW_HEIGHT * view.k * 0.6);
    const crowd = Math.max(1, 1 / (ROW_HEIGHT * view.k));
    const stride = Math.max(1, Math.floor(crowd / MOST_STROKES));
    context.globalAlpha = 1 / Math.sqrt(Math.min(crowd, MOST_STROKES));
    for (let row = window.first; row < window.end; row += stride) {
      const end = bornEnd(input, row);
      const start = placed.rowStart[row]!;
      if (end <= start) continue;
      const last = placed.order[end - 1]!;
      const isLive = frame.standing.has(last);
      const y = rowY(row) * view.k + view.y;
      const x = measures.columnX[placed.column[placed.order[start]!]!]! * view.kx + view.x;
      const endX = (measures.columnX[placed.column[last]!]! + 40) * view.kx + view.x;
      context.fillStyle = this.#colour(isLive ? '--state-pin' : strokeColour(input, last));
      context.fillRect(x, y - thickness / 2, Math.max(2, endX - x), thickness);
    }
    context.globalAlpha = 1;
  }

  #paintMarks(
    context: CanvasRenderingContext2D,
    input: SceneInput,
    window: RowWindow,
    view: CanvasView,
    withLabels: boolean,
  ): void {
    const { placed, frame } = input;
    context.save();
    context.translate(view.x, view.y);
    context.scale(view.k, view.k);
    const from = placed.rowStart[window.first] ?? 0;
    const to = placed.rowStart[Math.min(window.end, placed.rows)] ?? 0;
    const clip = clipOf(window);
    for (const live of [false, true]) this.#paintLinks(context, input, { from, to, live, clip });
    for (let place = from; place < to; place++) {
      const node = placed.order[place]!;
      if (node > frame.lastBorn) continue;
      const next = placed.order[place + 1];
      const isLast = next === undefined || placed.row[next] !== placed.row[node];
      this.#paintNode(context, input, node, withLabels, isLast);
    }
    context.restore();
  }

  #paintLinks(
    context: CanvasRenderingContext2D,
    { placed, measures, frame }: SceneInput,
    { from, to, live, clip }: { from: number; to: number; live: boolean; clip: Clip },
  ): void {
    context.strokeStyle = this.#colour(live ? '--state-pin' : '--rule-strong');
    context.lineWidth = live ? 3 : 1;
    for (let place = from; place < to; place++) {
      const node = placed.order[place]!;
      const parent = placed.tree.parent.at(node);
      if (node > frame.lastBorn || parent === NONE || frame.standing.has(node) !== live) continue;
      const start = { x: measures.columnX[placed.column[parent]!]!, y: rowY(placed.row[parent]!) };
      const end = { x: measures.columnX[placed.column[node]!]!, y: rowY(placed.row[node]!) };
      context.stroke(new Path2D(linkPath(start, end, clip)));
    }
  }

  #paintNode(
    context: CanvasRenderingContext2D,
    input: SceneInput,
    node: number,
    withLabel: boolean,
    isLast: boolean,
  ): void {
    const { placed, measures, frame } = input;
    const x = measures.columnX[placed.column[node]!]!;
    const y = rowY(placed.row[node]!);
    const name = markOf(placed.tree, frame, node);
    context.translate(x, y);
    this.#paintMark(context, name);
    if (withLabel) this.#paintLabel(context, input, node, isLast);
    context.translate(-x, -y);
  }

  #paintMark(context: CanvasRenderingContext2D, name: MarkName): void {
    const mark = MARKS[name];
    const colour = this.#colour(mark.colour);
    if (mark.line !== '') {
      const path = this.#shape(mark.line);
      if (mark.isHollow) {
        context.fillStyle = this.#colour('--paper');
        context.fill(path);
      }
      context.strokeStyle = colour;
      context.lineWidth = 1.5;
      context.setLineDash(mark.dash === '' ? [] : mark.dash.split(' ').map(Number));
      context.stroke(path);
      context.setLineDash([]);
    }
    if (mark.solid === '') return;
    context.fillStyle = colour;
    context.fill(this.#shape(mark.solid));
  }

  #paintLabel(context: CanvasRenderingContext2D, input: SceneInput, node: number, isLast: boolean): void {
    const { name, version, note } = input.describe(node);
    const label = version === '' ? name : `${name} ${version}`;
    context.font = `12px ${this.#colour('--face-code')}`;
    context.textBaseline = 'middle';
    const width = context.measureText(label).width;
    context.fillStyle = this.#colour('--paper');
    context.fillRect(LABEL_OFFSET - 3, -8, width + 6, 16);
    const isFaded = !input.frame.standing.has(node);
    context.fillStyle = this.#colour(isFaded ? '--ink-faint' : '--ink');
    context.fillText(label, LABEL_OFFSET, 0);
    if (!isLast || note === '') return;
    context.font = `11.5px ${this.#colour('--face-text')}`;
    context.fillStyle = this.#colour('--ink-faint');
    const end = LABEL_OFFSET + width + 10;
    const x = input.measures.columnX[input.placed.column[node]!]!;
    context.fillText(endNote(note, (input.rightEdge ?? Infinity) - x - end), end, 0);
  }

  #paintCurrent(context: CanvasRenderingContext2D, input: SceneInput, view: CanvasView): void {
    const { placed, measures, frame } = input;
    const owner = placed.owner[frame.current]!;
    const x = measures.columnX[placed.column[owner]!]! * view.kx + view.x;
    const y = rowY(placed.row[owner]!) * view.k + view.y;
    context.strokeStyle = this.#colour('--state-current');
    if (ROW_HEIGHT * view.k < MARK_ROW) {
      context.fillStyle = this.#colour('--state-current');
      context.fillRect(0, y - 0.5, view.width, 1);
    }
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, Math.max(6, 10 * view.k), 0, 2 * Math.PI);
    context.stroke();
  }

  #shape(path: string): Path2D {
    const known = this.#shapes.get(path);
    if (known !== undefined) return known;
    const shape = new Path2D(path);
    this.#shapes.set(path, shape);
    return shape;
  }

  /** Canvas knows no custom properties: their values are read from the page. */
  #colour(property: string): string {
    const known = this.#colours.get(property);
    if (known !== undefined) return known;
    const value = getComputedStyle(this.#canvas).getPropertyValue(property).trim() || '#000000';
    this.#colours.set(property, value);
    return value;
  }
}

/** Place after the last node of a row that is born: a row's nodes are born in the order of their columns. */
function bornEnd({ placed, frame }: SceneInput, row: number): number {
  let end = placed.rowStart[row + 1]!;
  const start = placed.rowStart[row]!;
  while (end > start && placed.order[end - 1]! > frame.lastBorn) end -= 1;
  return end;
}

function strokeColour({ placed, frame }: SceneInput, node: number): string {
  const kind = placed.tree.kind.at(node);
  if (kind === NODE_CODE.skip) return '--rule-strong';
  return MARKS[markOf(placed.tree, frame, node)].colour;
}
