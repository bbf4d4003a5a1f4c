/** Widths of the window that a component has to know of, where a style sheet alone cannot do it. */
import { MediaQuery } from 'svelte/reactivity';

const known = new Map<number, MediaQuery>();

/** Whether the window has so many pixels across; one listener for each width. */
export function wideEnough(pixels: number): { readonly current: boolean } {
  const made = known.get(pixels) ?? new MediaQuery(`width >= ${pixels}px`, true);
  known.set(pixels, made);
  return made;
}

/** Below this width the page is one column, in the order in which it is read. */
export const COLUMNS = 900;
