/**
 * Which rows of a long table are on screen. Rows have one height. Browsers limit how tall an element can be, so beyond
 * `TALLEST` pixels the scroll bar stands for all rows and each of its pixels for more than one.
 */
export const ROW_PIXELS = 30;
const TALLEST = 8_000_000;
const SPARE = 6;

/** Rows `first` to `end` are to be made; row r stands at `r * ROW_PIXELS - shift` pixels from the top of the scroller. */
export interface VisibleRows {
  readonly first: number;
  readonly end: number;
  readonly shift: number;
}

/** Height of the scrolled content. */
export function contentHeight(rows: number): number {
  return Math.min(rows * ROW_PIXELS, TALLEST);
}

/** The rows in view at a scroll position. */
export function visibleRows(rows: number, scrollTop: number, height: number): VisibleRows {
  const shift = offsetAt(rows, scrollTop, height) - scrollTop;
  const top = scrollTop + shift;
  const first = Math.max(0, Math.floor(top / ROW_PIXELS) - SPARE);
  return { first, end: Math.min(rows, Math.ceil((top + height) / ROW_PIXELS) + SPARE), shift };
}

/** Rows that are made at most for a view of so many pixels. */
export function rowsInView(height: number): number {
  return Math.ceil(height / ROW_PIXELS) + 2 * SPARE + 1;
}

/** The scroll position that brings a row into view, or the one that is given when it is there already. */
export function scrollToRow(rows: number, row: number, scrollTop: number, height: number): number {
  const top = offsetAt(rows, scrollTop, height);
  const y = row * ROW_PIXELS;
  if (y >= top && y + ROW_PIXELS <= top + height) return scrollTop;
  const isNear = y > top - height && y < top + 2 * height;
  const wanted = !isNear ? y - height / 2 : y < top ? y : y + ROW_PIXELS - height;
  return scrollFor(rows, wanted, height);
}

/** Pixels of all rows above the view, were they laid out in full. */
function offsetAt(rows: number, scrollTop: number, height: number): number {
  const full = rows * ROW_PIXELS;
  if (full <= TALLEST) return scrollTop;
  return (scrollTop / (TALLEST - height)) * (full - height);
}

function scrollFor(rows: number, offset: number, height: number): number {
  const full = rows * ROW_PIXELS;
  const bounded = Math.max(0, Math.min(offset, full - height));
  return full <= TALLEST ? bounded : (bounded / (full - height)) * (TALLEST - height);
}
