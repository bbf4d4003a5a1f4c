/** Pan and zoom of the picture. The wheel scrolls and Ctrl or pinch zooms, as in a trace viewer. */
import { select, type Selection } from 'd3-selection';
import 'd3-transition';
import { zoom, zoomIdentity, type ZoomBehavior, type ZoomTransform } from 'd3-zoom';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the drawing lies on the screen: drawing × scale + offset, across and down. */
export interface Placing {
  readonly x: number;
  readonly y: number;
  /** Across, a drawing is not narrowed while there is room for it. */
  readonly across: number;
  readonly down: number;
}

/** Scale limits. The least is lower where the drawing needs it to fit. */
const LEAST_SCALE = 0.05;
const MOST_SCALE = 3;
/** Fitting never stretches a small tree beyond this. */
const MOST_FIT_SCALE = 1.2;
/** A tree opens as a whole if its rows stay this far apart, and its columns. Words keep their size. */
const LEAST_OPEN_DOWN = 0.65;
const LEAST_OPEN_ACROSS = 0.86;
const FOLLOW_MARGIN = 28;
const LINE_PIXELS = 16;
/** Blank that may be scrolled in at an edge. */
const EDGE = 12;

export class Camera {
  transform: ZoomTransform = zoomIdentity;
  /** Whether the reader has moved it; until then it may be set up anew when the window changes. */
  isMoved = false;
  readonly #surface: Selection<HTMLElement, unknown, null, undefined>;
  readonly #zoom: ZoomBehavior<HTMLElement, unknown>;
  readonly #onMove: (transform: ZoomTransform) => void;
  #width = 0;
  #height = 0;
  #coreWidth = 1;
  #content: Box = { x: 0, y: 0, width: 0, height: 0 };

  constructor(surface: HTMLElement, onMove: (transform: ZoomTransform) => void) {
    this.#onMove = onMove;
    this.#surface = select(surface);
    this.#zoom = zoom<HTMLElement, unknown>()
      .filter((event: Event) => acceptsGesture(event))
      .on('zoom', (event: { transform: ZoomTransform; sourceEvent: Event | null }) => {
        if (event.sourceEvent !== null) this.isMoved = true;
        this.#moved(event.transform);
      });
    this.#surface.call(this.#zoom).on('dblclick.zoom', null);
    surface.addEventListener('wheel', this.#scroll, { passive: false });
  }

  destroy(): void {
    this.#surface.on('.zoom', null);
    this.#surface.node()?.removeEventListener('wheel', this.#scroll);
  }

  resize(width: number, height: number): void {
    this.#width = width;
    this.#height = height;
    this.#zoom.extent([
      [0, 0],
      [width, height],
    ]);
    this.#limitScale();
  }

  /** `coreWidth`: how much of the width must be in view for a tree to open as a whole. */
  setContent(content: Box, coreWidth: number): void {
    this.#content = content;
    this.#coreWidth = coreWidth;
    this.#limitScale();
  }

  /** Shows everything. */
  fit(motion: number): void {
    this.#goTo(this.#fitted(), motion);
  }

  /** Opens a tree: all of it when its words have room, else at its own scale from the root. */
  open(): void {
    this.isMoved = false;
    const fitted = this.#fitted();
    const isLegible = fitted.k >= LEAST_OPEN_DOWN && this.#width / this.#coreWidth >= LEAST_OPEN_ACROSS;
    this.#goTo(isLegible ? fitted : zoomIdentity, 0);
  }

  /** Where the drawing lies on the screen now. */
  placing(): Placing {
    const { k, x, y } = this.transform;
    const wide = this.#wide();
    return k >= wide ? { x, y, across: k, down: k } : { x: 0, y, across: wide, down: k };
  }

  zoomBy(factor: number, motion: number): void {
    this.isMoved = true;
    const centre: [number, number] = [this.#width / 2, this.#height / 2];
    if (motion === 0) this.#zoom.scaleBy(this.#surface, factor, centre);
    else this.#zoom.scaleBy(this.#surface.transition('camera').duration(motion), factor, centre);
  }

  /** Moves the window by pixels of the screen. */
  panBy(x: number, y: number, motion: number): void {
    this.isMoved = true;
    const { k, x: left, y: top } = this.transform;
    this.#goTo(this.#clamped(left - x, top - y, k), motion);
  }

  /** Moves only if a box of the screen is not in view, and then no further than needed to show it comfortably. */
  follow(box: Box, motion: number): void {
    const { k, x, y } = this.transform;
    const room = this.#width - 2 * FOLLOW_MARGIN;
    const isSeen = box.x >= FOLLOW_MARGIN / 2 && box.x + Math.min(box.width, room) <= this.#width;
    const dx =
      isSeen || k < this.#wide() ? 0 : shift(box.x, box.x + Math.min(box.width, room), this.#width, 1);
    const dy = shift(box.y, box.y + box.height, this.#height, 2 / 3);
    if (dx !== 0 || dy !== 0) this.#goTo(this.#clamped(x + dx, y + dy, k), motion);
  }

  #limitScale(): void {
    const whole = this.#height / Math.max(1, this.#content.height);
    this.#zoom.scaleExtent([Math.max(1e-6, Math.min(LEAST_SCALE, whole)), MOST_SCALE]);
  }

  /** Scale below which the drawing is no longer narrowed. */
  #wide(): number {
    return Math.min(1, this.#width / this.#coreWidth);
  }

  #fitted(): ZoomTransform {
    const { height } = this.#content;
    if (this.#width === 0) return zoomIdentity;
    const scale = Math.min(MOST_FIT_SCALE, this.#height / height, Math.max(1, this.#width / this.#coreWidth));
    return zoomIdentity.scale(Math.max(scale, 1e-6));
  }

  /** Keeps the window over the drawing, but for a margin: no blank screens to get lost in. */
  #clamped(x: number, y: number, k: number): ZoomTransform {
    const { width, height } = this.#content;
    return zoomIdentity
      .translate(clamp(x, width * Math.max(k, this.#wide()), this.#width), clamp(y, height * k, this.#height))
      .scale(k);
  }

  /** Glides to what is near; what is further than two windows away would only flicker past, so it is cut to. */
  #goTo(transform: ZoomTransform, motion: number): void {
    const { x, y } = this.transform;
    const isFar = Math.abs(transform.x - x) > 2 * this.#width || Math.abs(transform.y - y) > 2 * this.#height;
    if (motion === 0 || isFar) this.#zoom.transform(this.#surface, transform);
    else this.#zoom.transform(this.#surface.transition('camera').duration(motion), transform);
  }

  #moved(transform: ZoomTransform): void {
    this.transform = transform;
    this.#onMove(transform);
  }

  readonly #scroll = (event: WheelEvent): void => {
    if (event.ctrlKey || event.metaKey) return;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1;
    const [x, y] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY];
    const before = this.transform;
    const next = this.#clamped(before.x - x * unit, before.y - y * unit, before.k);
    // At the edge the page scrolls on.
    if (next.x === before.x && next.y === before.y) return;
    const { height } = this.#content;
    if (x === 0 && height * before.k <= this.#height) return;
    event.preventDefault();
    this.isMoved = true;
    this.#goTo(next, 0);
  };
}

function acceptsGesture(event: Event): boolean {
  if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
  // One finger scrolls the page; two move the picture.
  if ('touches' in event) return (event as TouchEvent).touches.length > 1;
  return !(event instanceof MouseEvent) || event.button === 0;
}

/** Offset of content in a window: it covers the window, or lies within it when it is smaller. */
function clamp(offset: number, content: number, window: number): number {
  const [least, most] = content > window ? [window - content - EDGE, EDGE] : [0, window - content];
  return Math.max(least, Math.min(most, offset));
}

/**
 * How far a stretch must move to lie within a window. What comes in at the far end goes on to `part` of the window, so
 * that the next step finds room.
 */
function shift(start: number, end: number, size: number, part: number): number {
  if (start >= FOLLOW_MARGIN && end <= size - FOLLOW_MARGIN) return 0;
  if (start < FOLLOW_MARGIN) {
    const place = Math.min(size * (1 - part), size - (end - start));
    return Math.max(FOLLOW_MARGIN, place) - start;
  }
  return Math.max(FOLLOW_MARGIN - start, Math.min(size - FOLLOW_MARGIN, size * part) - end);
}
