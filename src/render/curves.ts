/** Lines of the picture: links between nodes, and arcs of jumps, as path data. Numbers have one decimal at most. */
import { rowY, TRUNK_OFFSET, type Measures } from './measures.ts';
import type { RowWindow } from './scene.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Lines that run out of the window end here: a line of a million pixels would cost as much to paint as it is long. */
export interface Clip {
  readonly top: number;
  readonly bottom: number;
  /** Pixels from one row to the next. */
  readonly rowHeight: number;
}

/** A little more than a window of rows. */
export function clipOf(window: RowWindow, measures: Measures): Clip {
  return {
    top: rowY(measures, window.first - 3),
    bottom: rowY(measures, window.end + 3),
    rowHeight: measures.rowHeight,
  };
}

const CORNER = 7;
const CLEARANCE = 9;

/**
 * From a parent's mark to a child's. In one row: a straight line. To a row below: along the parent's row to the trunk
 * that all children share, down, and to the right. To a column that is not further right (a pin that was pinned
 * again): down from the parent's mark.
 */
export function linkPath(parent: Point, child: Point, clip: Clip): string {
  if (parent.y === child.y) return `M${n(parent.x)},${n(parent.y)}H${n(child.x)}`;
  if (child.x <= parent.x) return repinPath(parent, child, clip);
  const trunk = child.x - Math.min(TRUNK_OFFSET, (child.x - parent.x) / 2);
  const corner = Math.min(CORNER, clip.rowHeight / 3);
  const isHeadCut = parent.y < clip.top;
  const isFootCut = child.y > clip.bottom;
  const head = isHeadCut ? `M${n(trunk)},${n(clip.top)}` : trunkHead(parent, trunk, corner);
  if (isFootCut) return `${head}V${n(clip.bottom)}`;
  const foot = `${head}V${n(child.y - corner)}Q${n(trunk)},${n(child.y)} `;
  return `${foot}${n(Math.min(trunk + corner, child.x))},${n(child.y)}H${n(child.x)}`;
}

/** Along the parent's row to the trunk, and round the corner. */
function trunkHead(parent: Point, trunk: number, corner: number): string {
  const lead = trunk - corner > parent.x ? `H${n(trunk - corner)}Q${n(trunk)},${n(parent.y)} ` : 'Q';
  const first = lead === 'Q' ? `Q${n(trunk)},${n(parent.y)} ` : lead;
  return `M${n(parent.x)},${n(parent.y)}${first}${n(trunk)},${n(parent.y + corner)}`;
}

function repinPath(parent: Point, child: Point, { rowHeight }: Clip): string {
  if (parent.x === child.x) return `M${n(parent.x)},${n(parent.y)}V${n(child.y)}`;
  const lane = child.y - rowHeight / 2;
  return (
    `M${n(parent.x)},${n(parent.y)}V${n(lane - CORNER)}Q${n(parent.x)},${n(lane)} ${n(parent.x - CORNER)},${n(lane)}` +
    `H${n(child.x + CORNER)}Q${n(child.x)},${n(lane)} ${n(child.x)},${n(lane + CORNER)}V${n(child.y)}`
  );
}

/**
 * Back from where the search stood to where it goes on, in the lane between two rows, over what it passes; it ends at
 * the target's mark with an arrow's head. Nothing else is drawn in the column below the target's mark.
 */
export function jumpPath(from: Point, to: Point, clip: Clip): string {
  const lane = from.y - clip.rowHeight / 2;
  const start = `M${n(from.x)},${n(from.y - CLEARANCE)}Q${n(from.x)},${n(lane)} ${n(from.x - CORNER)},${n(lane)}`;
  const turn = `H${n(to.x + CORNER)}Q${n(to.x)},${n(lane)} `;
  if (to.y >= lane) {
    const end = to.y - CLEARANCE;
    return `${start}${turn}${n(to.x)},${n(end)}${arrow(to.x, end, 1)}`;
  }
  if (to.y < clip.top) return `${start}${turn}${n(to.x)},${n(lane - CORNER)}V${n(clip.top)}`;
  const end = to.y + CLEARANCE;
  return `${start}${turn}${n(to.x)},${n(lane - CORNER)}V${n(end)}${arrow(to.x, end, -1)}`;
}

/** An arrow's head that points down (1) or up (-1) at a point. */
function arrow(x: number, y: number, direction: 1 | -1): string {
  const back = y - direction * 4.5;
  return `M${n(x - 3.5)},${n(back)}L${n(x)},${n(y)}L${n(x + 3.5)},${n(back)}`;
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
