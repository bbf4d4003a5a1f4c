/**
 * Paints lanes of slices on canvas. What it costs depends on the window's pixels, not on the trace: slices that share a
 * pixel are one stroke, found by halving. Labels keep their size; a slice too narrow for its own has none.
 */
import { sliceAt, type Lanes } from '../core/search-tree/lanes.ts';
import { fitText, FACES, type TextMeter } from './text-meter.ts';

export const LANE_HEIGHT = 20;
/** Room for the names of the lanes, at the left. */
export const GUTTER = 150;
/** Above the lanes: where conflicts stand. */
export const RAIL = 14;
/** Slices narrower than this share a stroke. */
const LEAST_SLICE = 1.5;
/** A slice has its label from this width on. */
const LEAST_LABEL = 26;

/** The steps and lanes in the window. */
export interface LaneView {
  readonly from: number;
  readonly to: number;
  /** Pixels by which the lanes are scrolled up. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How one slice looks; colours are names of custom properties. */
export interface SliceLook {
  readonly label: string;
  readonly fill: string;
  readonly edge: string;
  /** Ends with a notch: given up. */
  readonly isGivenUp: boolean;
}

export interface LaneScene {
  readonly lanes: Lanes;
  readonly nameOf: (lane: number) => string;
  readonly lookOf: (node: number) => SliceLook;
  /** Steps of conflicts, ascending. */
  readonly conflicts: { readonly values: Int32Array; readonly length: number };
  readonly cursor: number;
  readonly selected: number;
}

/** Where a slice lies, and where the window ends. */
interface SlicePlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly end: number;
}

export class LanePainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #meter: TextMeter;
  readonly #colours = new Map<string, string>();

  constructor(canvas: HTMLCanvasElement, meter: TextMeter) {
    this.#canvas = canvas;
    this.#meter = meter;
  }

  /** To be called when the theme changes. */
  forgetColours(): void {
    this.#colours.clear();
  }

  paint(scene: LaneScene, view: LaneView): void {
    const context = this.#begin(view);
    if (context === null) return;
    const first = Math.max(0, Math.floor(view.top / LANE_HEIGHT));
    const end = Math.min(scene.lanes.count, Math.ceil((view.top + view.height - RAIL) / LANE_HEIGHT));
    context.save();
    context.beginPath();
    context.rect(GUTTER, RAIL, view.width - GUTTER, view.height - RAIL);
    context.clip();
    for (let lane = first; lane < end; lane++) this.#paintLane(context, scene, view, lane);
    this.#paintFuture(context, scene, view);
    context.restore();
    this.#paintRail(context, scene, view);
    this.#paintNames(context, scene, view, first, end);
    this.#paintCursor(context, scene, view);
  }

  #begin({ width, height }: LaneView): CanvasRenderingContext2D | null {
    const ratio = globalThis.devicePixelRatio;
    const canvas = this.#canvas;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const context = canvas.getContext('2d');
    if (context === null) return null;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.#colour('--paper');
    context.fillRect(0, 0, width, height);
    context.textBaseline = 'middle';
    return context;
  }

  #paintLane(context: CanvasRenderingContext2D, scene: LaneScene, view: LaneView, lane: number): void {
    const { lanes } = scene;
    const y = RAIL + lane * LANE_HEIGHT - view.top;
    const scale = (view.width - GUTTER) / (view.to - view.from);
    const last = lanes.start[lane + 1]!;
    let at = sliceAt(lanes, lane, view.from);
    while (at < last && lanes.from[at]! < view.to) {
      const x = GUTTER + (lanes.from[at]! - view.from) * scale;
      const width = (lanes.to[at]! - lanes.from[at]!) * scale;
      if (width >= LEAST_SLICE) {
        this.#paintSlice(context, scene, lanes.node[at]!, { x, y, width, end: view.width });
        at += 1;
        continue;
      }
      const pixel = Math.floor(x) + 1.5;
      context.fillStyle = this.#colour(scene.lookOf(lanes.node[at]!).edge);
      context.fillRect(Math.floor(x), y + 2, 1.5, LANE_HEIGHT - 4);
      at = Math.max(at + 1, firstFrom(lanes, lane, view.from + (pixel - GUTTER) / scale));
    }
  }

  #paintSlice(
    context: CanvasRenderingContext2D,
    scene: LaneScene,
    node: number,
    { x, y, width, end }: SlicePlace,
  ): void {
    const look = scene.lookOf(node);
    const left = Math.max(GUTTER, x);
    const shown = Math.min(x + width, end) - left - 1;
    if (shown <= 0) return;
    context.fillStyle = this.#colour(look.fill);
    context.fillRect(left, y + 2, shown, LANE_HEIGHT - 4);
    context.fillStyle = this.#colour(look.edge);
    context.fillRect(left, y + LANE_HEIGHT - 5, shown, 3);
    if (look.isGivenUp && width > 6) this.#paintNotch(context, x + width - 1, y);
    if (node === scene.selected) {
      context.strokeStyle = this.#colour('--ink');
      context.lineWidth = 1.5;
      context.strokeRect(left + 0.75, y + 2.75, shown - 1.5, LANE_HEIGHT - 5.5);
    }
    if (shown < LEAST_LABEL) return;
    const label = fitText(look.label, shown - 8, 'label', this.#meter);
    context.font = this.#font('label');
    context.fillStyle = this.#colour('--ink');
    context.fillText(label, left + 4, y + LANE_HEIGHT / 2 - 1);
  }

  /** The end of a pin that was given up: cut aslant. */
  #paintNotch(context: CanvasRenderingContext2D, x: number, y: number): void {
    context.fillStyle = this.#colour('--paper');
    context.beginPath();
    context.moveTo(x - 5, y + 2);
    context.lineTo(x + 1, y + 2);
    context.lineTo(x + 1, y + LANE_HEIGHT - 2);
    context.closePath();
    context.fill();
  }

  /** What is later than the cursor is paler: it is there, and it is not yet. */
  #paintFuture(context: CanvasRenderingContext2D, { cursor }: LaneScene, view: LaneView): void {
    const x = this.#x(cursor + 1, view);
    if (x >= view.width) return;
    context.globalAlpha = 0.45;
    context.fillStyle = this.#colour('--paper');
    context.fillRect(Math.max(GUTTER, x), RAIL, view.width, view.height);
    context.globalAlpha = 1;
  }

  /** Conflicts, one stroke a pixel. */
  #paintRail(context: CanvasRenderingContext2D, { conflicts }: LaneScene, view: LaneView): void {
    context.fillStyle = this.#colour('--state-conflict');
    let at = lowerBound(conflicts.values, 0, conflicts.length, view.from);
    while (at < conflicts.length && conflicts.values[at]! < view.to) {
      const x = Math.floor(this.#x(conflicts.values[at]!, view));
      context.fillRect(x, 2, 2, RAIL - 5);
      const scale = (view.width - GUTTER) / (view.to - view.from);
      at = lowerBound(conflicts.values, at + 1, conflicts.length, view.from + (x + 2 - GUTTER) / scale);
    }
  }

  #paintNames(
    context: CanvasRenderingContext2D,
    scene: LaneScene,
    view: LaneView,
    first: number,
    end: number,
  ): void {
    context.font = this.#font('label');
    context.fillStyle = this.#colour('--ink-soft');
    for (let lane = first; lane < end; lane++) {
      const y = RAIL + (lane + 0.5) * LANE_HEIGHT - view.top;
      if (y < RAIL) continue;
      context.fillText(fitText(scene.nameOf(lane), GUTTER - 14, 'label', this.#meter), 0, y);
    }
  }

  #paintCursor(context: CanvasRenderingContext2D, { cursor }: LaneScene, view: LaneView): void {
    const x = this.#x(cursor + 0.5, view);
    if (x < GUTTER || x > view.width) return;
    context.fillStyle = this.#colour('--state-current');
    context.fillRect(Math.round(x) - 1, 0, 2, view.height);
  }

  #x(step: number, { from, to, width }: LaneView): number {
    return GUTTER + ((step - from) * (width - GUTTER)) / (to - from);
  }

  #font(face: 'label'): string {
    const { weight, size, family } = FACES[face];
    return `${weight} ${size}px ${this.#colour(family)}`;
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

/** The first slice of a lane that begins at a step or later. */
function firstFrom({ start, from }: Lanes, lane: number, step: number): number {
  return lowerBound(from, start[lane]!, start[lane + 1]!, step);
}

function lowerBound(values: Int32Array, first: number, end: number, value: number): number {
  let low = first;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
