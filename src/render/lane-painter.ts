/**
 * Paints lanes of slices on canvas. What it costs depends on the window's pixels, not on the trace: slices that share a
 * pixel are one stroke, found by halving. Labels keep their size; a slice too narrow for its own has none.
 */
import { sliceAt, type LaneJump, type Lanes } from '../core/search-tree/lanes.ts';
import { pageColour } from './page-colour.ts';
import { fitText, FACES, type TextMeter } from './text-meter.ts';

/** Lanes share the window's height, between these. */
const LEAST_LANE = 20;
const MOST_LANE = 34;
/** Room for the names of the lanes, at the left, at most. */
const MOST_GUTTER = 160;
/** Of a lane, whatever its height: what a slice is high. */
const SLICE_HEIGHT = 18;
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
  readonly laneHeight: number;
  /** Room for the names of the lanes. */
  readonly gutter: number;
}

/** Few lanes stand apart, many close together. */
export function laneHeightFor(lanes: number, height: number): number {
  return Math.max(LEAST_LANE, Math.min(MOST_LANE, Math.floor((height - RAIL) / Math.max(1, lanes))));
}

/** Room for the longest of the names, as far as there is. */
export function gutterFor(names: readonly string[], meter: TextMeter): number {
  return names.reduce((room, name) => {
    return Math.min(MOST_GUTTER, Math.max(room, Math.ceil(meter.width(name, 'label')) + 16));
  }, 40);
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
  /** Jumps back over several pins, by step: from the lane of the last pin to that of the first. */
  readonly jumps?: readonly LaneJump[];
}

/** Where a slice lies, and where the window ends. */
interface SlicePlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly start: number;
  readonly end: number;
}

/** Arcs nearer to each other than this, in pixels, would be a thicket. */
const LEAST_ARC_GAP = 7;

export class LanePainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #meter: TextMeter;
  readonly #tokens = new Map<string, string>();

  constructor(canvas: HTMLCanvasElement, meter: TextMeter) {
    this.#canvas = canvas;
    this.#meter = meter;
  }

  /** To be called when the theme changes. */
  forgetColours(): void {
    this.#tokens.clear();
  }

  paint(scene: LaneScene, view: LaneView): void {
    const context = this.#begin(view);
    if (context === null) return;
    const first = Math.max(0, Math.floor(view.top / view.laneHeight));
    const end = Math.min(scene.lanes.count, Math.ceil((view.top + view.height - RAIL) / view.laneHeight));
    context.save();
    context.beginPath();
    context.rect(view.gutter, RAIL, view.width - view.gutter, view.height - RAIL);
    context.clip();
    for (let lane = first; lane < end; lane++) this.#paintLane(context, scene, view, lane);
    this.#paintJumps(context, scene, view);
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
    const y = RAIL + (lane + 0.5) * view.laneHeight - SLICE_HEIGHT / 2 - view.top;
    const scale = (view.width - view.gutter) / (view.to - view.from);
    const last = lanes.start[lane + 1]!;
    let at = sliceAt(lanes, lane, view.from);
    while (at < last && lanes.from[at]! < view.to) {
      const x = view.gutter + (lanes.from[at]! - view.from) * scale;
      const width = (lanes.to[at]! - lanes.from[at]!) * scale;
      if (width >= LEAST_SLICE) {
        this.#paintSlice(context, scene, lanes.node[at]!, {
          x,
          y,
          width,
          start: view.gutter,
          end: view.width,
        });
        at += 1;
        continue;
      }
      const pixel = Math.floor(x) + 1.5;
      context.fillStyle = this.#colour(scene.lookOf(lanes.node[at]!).edge);
      context.fillRect(Math.floor(x), y + 1, 1.5, SLICE_HEIGHT - 2);
      at = Math.max(at + 1, firstFrom(lanes, lane, view.from + (pixel - view.gutter) / scale));
    }
  }

  #paintSlice(
    context: CanvasRenderingContext2D,
    scene: LaneScene,
    node: number,
    { x, y, width, start, end }: SlicePlace,
  ): void {
    const look = scene.lookOf(node);
    const left = Math.max(start, x);
    const shown = Math.min(x + width, end) - left - 1;
    if (shown <= 0) return;
    context.fillStyle = this.#colour(look.fill);
    context.fillRect(left, y + 1, shown, SLICE_HEIGHT - 2);
    context.fillStyle = this.#colour(look.edge);
    context.fillRect(left, y + SLICE_HEIGHT - 4, shown, 3);
    if (look.isGivenUp && width > 6) this.#paintNotch(context, x + width - 1, y);
    if (node === scene.selected) {
      context.strokeStyle = this.#colour('--ink');
      context.lineWidth = 1.5;
      context.strokeRect(left + 0.75, y + 1.75, shown - 1.5, SLICE_HEIGHT - 3.5);
    }
    if (shown < LEAST_LABEL) return;
    const label = fitText(look.label, shown - 8, 'label', this.#meter);
    context.font = this.#font('label');
    context.fillStyle = this.#colour('--ink');
    context.fillText(label, left + 4, y + SLICE_HEIGHT / 2 - 1);
  }

  /** The end of a pin that was given up: cut aslant. */
  #paintNotch(context: CanvasRenderingContext2D, x: number, y: number): void {
    context.fillStyle = this.#colour('--paper');
    context.beginPath();
    context.moveTo(x - 5, y + 1);
    context.lineTo(x + 1, y + 1);
    context.lineTo(x + 1, y + SLICE_HEIGHT - 1);
    context.closePath();
    context.fill();
  }

  /** Jumps, as arcs from the last pin that they took to the first. */
  #paintJumps(context: CanvasRenderingContext2D, { jumps = [] }: LaneScene, view: LaneView): void {
    context.strokeStyle = this.#colour('--state-jump');
    context.lineWidth = 1.25;
    context.setLineDash([4, 3]);
    const middle = (lane: number): number => RAIL + (lane + 0.5) * view.laneHeight - view.top;
    let drawn = -Infinity;
    for (let at = firstJump(jumps, view.from); at < jumps.length && jumps[at]!.step < view.to; at++) {
      const { step, fromLane, toLane } = jumps[at]!;
      const x = this.#x(step, view);
      if (x - drawn < LEAST_ARC_GAP) continue;
      drawn = x;
      const [from, to] = [middle(fromLane), middle(toLane)];
      const bend = Math.min(26, 8 + Math.abs(from - to) / 8);
      context.beginPath();
      context.moveTo(x, from);
      context.bezierCurveTo(x + bend, from, x + bend, to, x, to);
      context.stroke();
    }
    context.setLineDash([]);
  }

  /** What is later than the cursor is paler: it is there, and it is not yet. */
  #paintFuture(context: CanvasRenderingContext2D, { cursor }: LaneScene, view: LaneView): void {
    const x = this.#x(cursor + 1, view);
    if (x >= view.width) return;
    context.globalAlpha = 0.45;
    context.fillStyle = this.#colour('--paper');
    context.fillRect(Math.max(view.gutter, x), RAIL, view.width, view.height);
    context.globalAlpha = 1;
  }

  /** Conflicts, one stroke a pixel. */
  #paintRail(context: CanvasRenderingContext2D, { conflicts }: LaneScene, view: LaneView): void {
    context.fillStyle = this.#colour('--state-conflict');
    let at = lowerBound(conflicts.values, 0, conflicts.length, view.from);
    while (at < conflicts.length && conflicts.values[at]! < view.to) {
      const x = Math.floor(this.#x(conflicts.values[at]!, view));
      context.fillRect(x, 2, 2, RAIL - 5);
      const scale = (view.width - view.gutter) / (view.to - view.from);
      at = lowerBound(conflicts.values, at + 1, conflicts.length, view.from + (x + 2 - view.gutter) / scale);
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
      const y = RAIL + (lane + 0.5) * view.laneHeight - view.top;
      if (y < RAIL) continue;
      context.fillText(fitText(scene.nameOf(lane), view.gutter - 14, 'label', this.#meter), 0, y);
    }
  }

  #paintCursor(context: CanvasRenderingContext2D, { cursor }: LaneScene, view: LaneView): void {
    const x = this.#x(cursor + 0.5, view);
    if (x < view.gutter || x > view.width) return;
    context.fillStyle = this.#colour('--state-current');
    context.fillRect(Math.round(x) - 1, 0, 2, view.height);
  }

  #x(step: number, { from, to, width, gutter }: LaneView): number {
    return gutter + ((step - from) * (width - gutter)) / (to - from);
  }

  #font(face: 'label'): string {
    const { weight, size, family } = FACES[face];
    const families = this.#token(family, () =>
      getComputedStyle(this.#canvas).getPropertyValue(family).trim(),
    );
    return `${weight} ${size}px ${families}`;
  }

  /** Canvas knows no custom properties: their values are read from the page. */
  #colour(property: string): string {
    return this.#token(property, () => pageColour(this.#canvas, property));
  }

  #token(property: string, read: () => string): string {
    const known = this.#tokens.get(property);
    if (known !== undefined) return known;
    const value = read();
    this.#tokens.set(property, value);
    return value;
  }
}

function firstJump(jumps: readonly LaneJump[], step: number): number {
  return firstNotBelow(0, jumps.length, step, (at) => jumps[at]!.step);
}

/** The first slice of a lane that begins at a step or later. */
function firstFrom({ start, from }: Lanes, lane: number, step: number): number {
  return lowerBound(from, start[lane]!, start[lane + 1]!, step);
}

function lowerBound(values: Int32Array, first: number, end: number, value: number): number {
  return firstNotBelow(first, end, value, (at) => values[at]!);
}

/** The first place, from `first` up to `end`, whose value is not below the given one; values rise. */
function firstNotBelow(first: number, end: number, value: number, valueAt: (at: number) => number): number {
  let low = first;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
