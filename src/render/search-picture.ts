/** The search tree on a page: one SVG under one camera. The whole tree is there at every step; the cursor moves. */
import { select } from 'd3-selection';
import type { Frame } from '../core/search-tree/frame.ts';
import type { PlacedTree } from '../core/search-tree/placed-tree.ts';
import { pageMeter } from './browser-text-meter.ts';
import { Camera, type Box } from './camera.ts';
import {
  atScale,
  LABEL_OFFSET,
  labelWidth,
  MARGIN,
  measureTree,
  NOTE_GAP,
  ROW_HEIGHT,
  rowY,
  type Measures,
} from './measures.ts';
import { foldText, makeScene, type NodeWords, type RowWindow, type SceneInput } from './scene.ts';
import { SvgPainter } from './svg-painter.ts';

/** Trees of so many shown nodes are drawn whole; of larger ones the rows in the window and a few around it. */
const MOST_WHOLE = 220;
const SPARE_ROWS = 8;

/** How much of the drawing lies beyond the window. */
export interface HiddenRows {
  readonly above: number;
  readonly below: number;
}

/** What the picture asks of the page that it stands on. */
export interface SearchPictureOptions {
  readonly describe: (node: number) => NodeWords;
  /** Row of `packages`, or `NONE`. */
  readonly packageOf: (node: number) => number;
  /** Milliseconds of a step's motion now; 0 when motion is not wanted. */
  readonly motion: () => number;
  readonly onSelect: (node: number) => void;
  readonly onSeek: (node: number) => void;
  readonly onToggle: (node: number) => void;
  /** The pointer rests on a node, which lies there in the window; null when it has left. */
  readonly onHover: (node: number | null, place: Box | null) => void;
  readonly onHidden: (hidden: HiddenRows) => void;
}

export class SearchPicture {
  readonly #host: HTMLElement;
  readonly #options: SearchPictureOptions;
  readonly #camera: Camera;
  readonly #svg: SVGSVGElement;
  readonly #content: SVGGElement;
  readonly #painter: SvgPainter;
  readonly #observer: ResizeObserver;
  readonly #meter = pageMeter();
  readonly #stopMeter: () => void;
  #resizing: number | null = null;
  #width = 0;
  #height = 0;
  #placed: PlacedTree | null = null;
  #base: Measures | null = null;
  #measures: Measures | null = null;
  #frame: Frame | null = null;
  #followed = -1;
  #selected = -1;
  #found: ReadonlySet<number> = new Set();
  #painted: RowWindow | null = null;
  #paintedEdge = 0;
  #isOpened = false;

  constructor(host: HTMLElement, options: SearchPictureOptions) {
    this.#host = host;
    this.#options = options;
    const svg = select(host).append('svg').attr('aria-hidden', 'true').attr('focusable', 'false');
    this.#svg = svg.node()!;
    this.#content = svg.append('g').node()!;
    this.#painter = new SvgPainter(this.#content);
    this.#camera = new Camera(host, () => this.#moved());
    // Drawn with the next frame: what changed the size, an answer as a rule, is not to wait for the picture.
    this.#observer = new ResizeObserver(() => {
      if (this.#width === 0) this.#resized();
      else this.#resizing ??= requestAnimationFrame(() => this.#resized());
    });
    this.#observer.observe(host);
    this.#stopMeter = this.#meter.onForget(() => this.#measureAgain());
    host.addEventListener('click', this.#clicked);
    host.addEventListener('dblclick', this.#doubleClicked);
    host.addEventListener('pointerover', this.#hovered);
    host.addEventListener('pointerleave', this.#left);
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#stopMeter();
    if (this.#resizing !== null) cancelAnimationFrame(this.#resizing);
    this.#camera.destroy();
    this.#host.removeEventListener('click', this.#clicked);
    this.#host.removeEventListener('dblclick', this.#doubleClicked);
    this.#host.removeEventListener('pointerover', this.#hovered);
    this.#host.removeEventListener('pointerleave', this.#left);
    this.#svg.remove();
  }

  /** Another tree, or another folding of it. `keepsPlace`: the reader opened or closed a fold, or the tree has grown. */
  setTree(placed: PlacedTree, frame: Frame, keepsPlace: boolean): void {
    this.#placed = placed;
    this.#frame = frame;
    this.#measure();
    if (!keepsPlace) this.#isOpened = false;
    this.#open();
    this.#paint(false);
    if (keepsPlace) this.showNode(frame.current);
  }

  /** Another step of the same tree. The camera moves only if the step's node is out of view. */
  setFrame(frame: Frame): void {
    this.#frame = frame;
    this.#paint(true);
    this.showNode(frame.current);
  }

  /** Row of `packages` whose nodes are to stand out, and the node that was chosen; -1 for none. */
  setChosen(packageRow: number, node: number): void {
    this.#followed = packageRow;
    this.#selected = node;
    this.#paint(false);
  }

  /** Nodes that the reader searches for. */
  setFound(nodes: ReadonlySet<number>): void {
    this.#found = nodes;
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

  /** Brings a node, or the fold that it lies in, into view. */
  showNode(node: number): void {
    if (this.#placed !== null && this.#width > 0)
      this.#camera.follow(this.#box(node), this.#options.motion());
  }

  /** Where a node is drawn, in the window's pixels. */
  placeOf(node: number): Box | null {
    return this.#placed === null || this.#measures === null ? null : this.#box(node);
  }

  #measure(): void {
    const placed = this.#placed!;
    this.#base = measureTree(placed, (node) => this.#widths(placed, node));
    const { width, coreWidth, height } = this.#base;
    this.#camera.setContent({ x: 0, y: 0, width, height }, coreWidth);
    this.#rescale();
  }

  #measureAgain(): void {
    if (this.#placed === null) return;
    this.#measure();
    this.#paint(false);
  }

  #rescale(): void {
    const { across, down } = this.#camera.placing();
    if (this.#base !== null) this.#measures = atScale(this.#base, across, down);
  }

  #widths(placed: PlacedTree, node: number): { label: number; note: number } {
    const { name, version, note } = this.#options.describe(node);
    return {
      label: labelWidth(name, version, foldText(placed, node), this.#meter),
      note: note === '' ? 0 : NOTE_GAP + this.#meter.width(note, 'note'),
    };
  }

  #open(): void {
    if (this.#isOpened || this.#width === 0 || !this.#frame || !this.#placed) return;
    this.#isOpened = true;
    this.#camera.open();
    this.#rescale();
    this.#camera.follow(this.#box(this.#frame.current), 0);
  }

  #box(node: number): Box {
    const placed = this.#placed!;
    const measures = this.#measures!;
    const owner = placed.owner[node]!;
    const { x, y } = this.#camera.placing();
    const { label } = this.#widths(placed, owner);
    return {
      x: x + measures.columnX[placed.column[owner]!]! - LABEL_OFFSET,
      y: y + rowY(measures, placed.row[owner]!) - ROW_HEIGHT / 2,
      width: 2 * LABEL_OFFSET + label,
      height: ROW_HEIGHT,
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
    this.#rescale();
    this.#paint(false);
  }

  #moved(): void {
    const before = this.#measures;
    const { across, down, x, y } = this.#camera.placing();
    this.#content.setAttribute('transform', `translate(${x},${y})`);
    const isScaled =
      this.#base !== null &&
      (before?.scale !== down || Math.abs(before.width - this.#base.width * across) > 0.01);
    if (isScaled) this.#rescale();
    const window = this.#window(0);
    const painted = this.#painted;
    const isCovered =
      painted !== null && window !== null && window.first >= painted.first && window.end <= painted.end;
    if (isScaled || !isCovered || this.#rightEdge() !== this.#paintedEdge) this.#paint(false);
    else this.#showEdges();
  }

  /** Where the window ends to the right, in the pixels of the scaled drawing. */
  #rightEdge(): number {
    return this.#width - this.#camera.placing().x;
  }

  /** Tells at which edges the drawing goes on: it fades out there, and a count says how much there is. */
  #showEdges(): void {
    const [measures, placed] = [this.#measures, this.#placed];
    if (measures === null || placed === null) return;
    const { x, y } = this.#camera.placing();
    const { classList } = this.#host;
    classList.toggle('more-left', -x > MARGIN);
    classList.toggle('more-above', -y > MARGIN);
    classList.toggle('more-right', x + measures.coreWidth - 2 * MARGIN > this.#width);
    classList.toggle('more-below', y + measures.height - MARGIN > this.#height);
    const inside = this.#window(0);
    if (inside === null) return;
    const shown = placed.order.length;
    this.#options.onHidden({
      above: placed.rowStart[inside.first] ?? 0,
      below: shown - (placed.rowStart[inside.end] ?? shown),
    });
  }

  #window(spare: number): RowWindow | null {
    if (!this.#placed || !this.#measures || this.#height === 0) return null;
    const { rows } = this.#placed;
    const { rowHeight, scale } = this.#measures;
    const top = -this.#camera.placing().y - MARGIN * scale;
    const first = Math.floor(top / rowHeight + 0.5) - spare;
    const end = Math.ceil((top + this.#height) / rowHeight - 0.5) + spare;
    return { first: Math.max(0, Math.min(first, rows)), end: Math.max(0, Math.min(end, rows)) };
  }

  #paint(isStep: boolean): void {
    const input = this.#input();
    if (!input || this.#height === 0) return;
    const isWhole = input.placed.order.length <= MOST_WHOLE;
    const window = isWhole ? { first: 0, end: input.placed.rows } : this.#window(SPARE_ROWS)!;
    const scene = makeScene(input, window);
    this.#svg.classList.toggle('far', scene.isFar);
    this.#painter.paint(scene, {
      motion: this.#options.motion(),
      isStep: isStep && this.#painted !== null,
      meter: this.#meter,
      rowHeight: input.measures.rowHeight,
    });
    this.#painted = window;
    this.#paintedEdge = input.rightEdge ?? 0;
    this.#showEdges();
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
      selected: this.#selected,
      found: this.#found,
      meter: this.#meter,
      rightEdge: this.#rightEdge(),
    };
  }

  // Acts on the way up (a click), never on the way down; d3-zoom swallows the click that ends a drag.
  readonly #clicked = (event: MouseEvent): void => {
    const node = nodeOf(event);
    if (node === null) return;
    const isFold = event.target instanceof Element && event.target.closest('.fold-hit, .fold') !== null;
    if (isFold) this.#options.onToggle(node);
    else this.#options.onSelect(node);
  };

  readonly #doubleClicked = (event: MouseEvent): void => {
    const node = nodeOf(event);
    if (node !== null) this.#options.onSeek(node);
  };

  readonly #hovered = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    const node = nodeOf(event);
    this.#light(node);
    this.#options.onHover(node, node === null ? null : this.#box(node));
  };

  readonly #left = (): void => {
    this.#light(null);
    this.#options.onHover(null, null);
  };

  /** Every attempt of the package under the pointer. */
  #light(node: number | null): void {
    const packageRow = node === null ? -1 : this.#options.packageOf(node);
    for (const group of this.#content.querySelectorAll('.lit')) group.classList.remove('lit');
    if (packageRow < 0) return;
    for (const group of this.#content.querySelectorAll(`[data-package="${packageRow}"]`))
      group.classList.add('lit');
  }
}

function nodeOf(event: Event): number | null {
  const group = event.target instanceof Element ? event.target.closest('g.node') : null;
  const text = group?.getAttribute('data-node');
  return text === null || text === undefined ? null : Number(text);
}
