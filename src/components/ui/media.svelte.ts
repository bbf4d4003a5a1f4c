/** Widths of the window that a component has to know of, where a style sheet alone cannot do it. */
import { MediaQuery } from 'svelte/reactivity';

/** Whether the window has so many pixels across. */
export function wideEnough(pixels: number): { readonly current: boolean } {
  return new MediaQuery(`width >= ${pixels}px`, true);
}

/** Below this width the page is one column, in the order in which it is read. */
export const COLUMNS = 900;
