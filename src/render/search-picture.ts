/** The search tree on a page: SVG, or canvas where a window holds too many nodes, under one camera. */
import { select } from 'd3-selection';
import type { Frame } from '../core/search-tree/frame.ts';
import type { PlacedTree } from '../core/search-tree/placed-tree.ts';
import { nodeStateIn } from '../core/search-tree/frame.ts';
import { Camera, type FollowedBox } from './camera.ts';
import { CanvasPainter, MARK_ROW, type CanvasView } from './canvas-painter.ts';
import {
  CHARACTER_WIDTH,
  LABEL_OFFSET,
  NOTE_CHARACTER_WIDTH,
  measureTree,
  MARGIN,
  ROW_HEIGHT,
  rowY,
  type Measures,
} from './measures.ts';
import { makeScene, type NodeWords, type RowWindow, type SceneInput } from './scene.ts';
import { SvgPainter } from './svg-painter.ts';

/** Nodes in the window beyond which canvas paints. */
const MOST_SVG_NODES = 2_000;
/** Rows around the window that are painted too, so that scrolling meets no blank. */
const SPARE_ROWS = 20;

/** What the picture asks of the page that it stands on. */
export interface SearchPictureOptions {
  readonly describe: (node: number) => NodeWords;
  /** Row of `packages`, or `NONE`. */
  readonly packageOf: (node: number) => number;
  /** Milliseconds of a step's motion now; 0 when motion is not wanted. */
  readonly motion: () => number;
  readonly onSelect: (node: number) => void;
  readonly onToggle: (node: number) => void;
  /** Told when the painter changes, for the page's words. */
  readonly onScale?: (scale: number) => void;
}

export class SearchPicture {
  readonly #host: HTMLElement;
  readonly #options: SearchPictureOptions;
  readonly #camera: Camera;
  readonly #svg: SVGSVGElement;
  readonly #content: SVGGElement;
  readonly #svgPainter: SvgPainter;
  readonly #canvasPainter: CanvasPainter;
  readonly #observer: ResizeObserver;
  #resizing: number | null = null;
  #width = 0;
  #height = 0;
  #placed: PlacedTree | null = null;
  #measures: Measures | null = null;
  #frame: Frame | null = null;
  #followed = -1;
  #painted: RowWindow | null = null;
  #paintedEdge = 0;
  #isCanvas = false;
  #isOpened = false;

  constructor(host: HTMLElement, options: SearchPictureOptions) {
    this.#host = host;
    this.#options = options;
    const canvas = select(host).append('canvas').attr('aria-hidden', 'true').node()!;
    const svg = select(host).append('svg').attr('aria-hidden', 'true').attr('focusable', 'false');
    this.#svg = svg.node()!;
    this.#content = svg.append('g').node()!;
    this.#svgPainter = new SvgPainter(this.#content);
    this.#canvasPainter = new CanvasPainter(canvas);
    this.#camera = new Camera(host, () => this.#moved());
    // Drawn with the next frame: what changed the size, an answer as a rule, is not to wait for the picture.
    this.#observer = new ResizeObserver(() => {
      if (this.#width === 0) this.#resized();
      else this.#resizing ??= requestAnimationFrame(() => this.#resized());
    });
    this.#observer.observe(host);
    host.addEventListener('click', this.#clicked);
  }

  destroy(): void {
    this.#observer.disconnect();
    if (this.#resizing !== null) cancelAnimationFrame(this.#resizing);
    this.#camera.destroy();
    this.#host.removeEventListener('click', this.#clicked);
    this.#host.replaceChildren();
  }

  /** Another tree, or another folding of it. `keepsPlace`: the reader opened or closed a fold, or the tree has grown. */
  setTree(placed: PlacedTree, frame: Frame, keepsPlace: boolean): void {
    this.#placed = placed;
    this.#frame = frame;
    this.#measures = measureTree(placed, (node) => this.#textLengths(placed, node));
    const { width, coreWidth, height } = this.#measures;
    this.#camera.setContent({ x: 0, y: 0, width, height }, coreWidth);
    if (!keepsPlace) this.#isOpened = false;
    this.#open();
    this.#paint(false);
    if (keepsPlace) this.#camera.follow(this.#box(frame.current), this.#options.motion());
  }

  /** Another step of the same tree. The camera moves only if the step's node is out of view. */
  setFrame(frame: Frame): void {
    this.#frame = frame;
    this.#paint(true);
    if (this.#placed) this.#camera.follow(this.#box(frame.current), this.#options.motion());
  }

  /** Row of `packages` whose nodes are to stand out; -1 for none. */
  setFollowed(packageRow: number): void {
    this.#followed = packageRow;
    this.#paint(false);
  }

  fit(): void {
    this.#camera.fit(this.#options.motion());
  }

  zoomBy(factor: number): void {
    this.#camera.zoomBy(factor, this.#options.motion());
  }

  /** By parts of the window: `panBy(0, 0.5)` goes half a window down. */
  panBy(x: number, y: number): void {
    this.#camera.panBy(x * this.#width, y * this.#height, this.#options.motion());
  }

  /** Brings the step's node into view. */
  showCurrent(): void {
    if (this.#frame && this.#placed)
      this.#camera.follow(this.#box(this.#frame.current), this.#options.motion());
  }

  /** To be called when theme or contrast changes: canvas keeps colours. */
  refreshColours(): void {
    this.#canvasPainter.forgetColours();
    this.#paint(false);
  }

  #textLengths(placed: PlacedTree, node: number): { label: number; note: number } {
    const { name, version, note } = this.#options.describe(node);
    const fold = placed.runLength[node]! > 1 ? 6 : placed.isClosed[node] === 1 ? 16 : 0;
    return { label: name.length + version.length + 1 + fold, note: note.length };
  }

  #open(): void {
    if (this.#isOpened || this.#width === 0 || !this.#frame || !this.#placed) return;
    this.#isOpened = true;
    this.#camera.open(this.#box(this.#frame.current));
  }

  #box(node: number): FollowedBox {
    const placed = this.#placed!;
    const owner = placed.owner[node]!;
    const x = this.#measures!.columnX[placed.column[owner]!]!;
    const y = rowY(placed.row[owner]!);
    const { label, note } = this.#textLengths(placed, owner);
    return {
      x: x - LABEL_OFFSET,
      y: y - ROW_HEIGHT / 2,
      width: 2 * LABEL_OFFSET + label * CHARACTER_WIDTH,
      height: ROW_HEIGHT,
      beside: 10 + note * NOTE_CHARACTER_WIDTH,
    };
  }

  #resized(): void {
    this.#resizing = null;
    const { clientWidth, clientHeight } = this.#host;
    this.#width = clientWidth;
    this.#height = clientHeight;
    this.#camera.resize(clientWidth, clientHeight);
    if (!this.#camera.isMoved) this.#isOpened = false;
    this.#open();
    this.#paint(false);
  }

  #moved(): void {
    const { transform } = this.#camera;
    this.#content.setAttribute('transform', transform.toString());
    this.#svg.classList.toggle('far', transform.k < 0.62);
    this.#options.onScale?.(transform.k);
    this.#showEdges();
    const window = this.#window(0);
    const painted = this.#painted;
    const isCovered =
      painted !== null && window !== null && window.first >= painted.first && window.end <= painted.end;
    if (this.#isCanvas || !isCovered || this.#rightEdge() !== this.#paintedEdge) this.#paint(false);
  }

  #rightEdge(): number {
    const { x, width } = this.#camera.view();
    return x + width;
  }

  /** Tells the style sheet at which edges the drawing goes on: it fades out there. */
  #showEdges(): void {
    if (this.#measures === null) return;
    const { x, y, width, height } = this.#camera.view();
    const { classList } = this.#host;
    classList.toggle('more-left', x > MARGIN);
    classList.toggle('more-above', y > MARGIN);
    classList.toggle('more-right', x + width < this.#measures.coreWidth - 2 * MARGIN);
    classList.toggle('more-below', y + height < this.#measures.height - MARGIN);
  }

  #window(spare: number): RowWindow | null {
    if (!this.#placed || this.#height === 0) return null;
    const view = this.#camera.view();
    const first = Math.floor((view.y - MARGIN) / ROW_HEIGHT) - spare;
    const end = Math.ceil((view.y + view.height - MARGIN) / ROW_HEIGHT) + spare;
    const { rows } = this.#placed;
    return { first: Math.max(0, Math.min(first, rows)), end: Math.max(0, Math.min(end, rows)) };
  }

  #paint(isStep: boolean): void {
    const input = this.#input();
    const window = this.#window(SPARE_ROWS);
    if (!input || !window) return;
    const { rowStart } = input.placed;
    const isCanvas = rowStart[window.end]! - rowStart[window.first]! > MOST_SVG_NODES;
    if (isCanvas !== this.#isCanvas) this.#change(isCanvas);
    if (isCanvas) {
      this.#canvasPainter.paint(input, this.#window(0)!, this.#canvasView());
    } else {
      const wasAway = this.#painted === null;
      this.#svgPainter.paint(makeScene(input, window), {
        motion: this.#options.motion(),
        isStep: isStep && !wasAway,
      });
    }
    this.#painted = window;
    this.#paintedEdge = input.rightEdge ?? 0;
    this.#showEdges();
  }

  /** From afar the whole width is used, whatever the scale down the rows. */
  #canvasView(): CanvasView {
    const { x, y, k } = this.#camera.transform;
    const size = { width: this.#width, height: this.#height };
    const wide = Math.min(1, (this.#width - 2 * MARGIN) / this.#measures!.width);
    if (k * ROW_HEIGHT >= MARK_ROW || k >= wide) return { x, y, k, kx: k, ...size };
    return { x: MARGIN, y, k, kx: wide, ...size };
  }

  #change(isCanvas: boolean): void {
    this.#isCanvas = isCanvas;
    this.#host.classList.toggle('on-canvas', isCanvas);
    this.#svgPainter.paint({ nodes: [], links: [], jumps: [] }, { motion: 0, isStep: false });
    this.#canvasPainter.clear();
  }

  #input(): SceneInput | null {
    if (!this.#placed || !this.#measures || !this.#frame) return null;
    const { describe, packageOf } = this.#options;
    return {
      placed: this.#placed,
      measures: this.#measures,
      frame: this.#frame,
      describe,
      packageOf,
      followed: this.#followed,
      rightEdge: this.#rightEdge(),
    };
  }

  // Acts on the way up (a click), never on the way down; d3-zoom swallows the click that ends a drag.
  readonly #clicked = (event: MouseEvent): void => {
    const node = this.#nodeAt(event);
    if (node === null) return;
    const isFold = event.target instanceof Element && event.target.closest('.fold') !== null;
    if (isFold) this.#options.onToggle(node);
    else this.#options.onSelect(node);
  };

  #nodeAt(event: MouseEvent): number | null {
    if (!this.#isCanvas) {
      const group = event.target instanceof Element ? event.target.closest('g.node') : null;
      const text = group?.getAttribute('data-node');
      return text === null || text === undefined ? null : Number(text);
    }
    const bounds = this.#host.getBoundingClientRect();
    const view = this.#canvasView();
    const x = (event.clientX - bounds.left - view.x) / view.kx;
    const y = (event.clientY - bounds.top - view.y) / view.k;
    return this.#nearestInRow(Math.floor((y - MARGIN) / ROW_HEIGHT), x);
  }

  #nearestInRow(row: number, x: number): number | null {
    const [placed, frame, measures] = [this.#placed, this.#frame, this.#measures];
    if (!placed || !frame || !measures || row < 0 || row >= placed.rows) return null;
    let nearest: number | null = null;
    for (let place = placed.rowStart[row]!; place < placed.rowStart[row + 1]!; place++) {
      const node = placed.order[place]!;
      if (nodeStateIn(frame, placed.tree, node) === 'unborn') break;
      if (nearest === null || measures.columnX[placed.column[node]!]! - LABEL_OFFSET <= x) nearest = node;
    }
    return nearest;
  }
}
