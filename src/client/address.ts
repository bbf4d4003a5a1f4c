/** The fragment of the page's address: read, replaced without a new entry in the history, listened to. */

export function readFragment(): string {
  return location.hash;
}

/** `''` leaves an address without a fragment. Never reloads, never scrolls, never fires `hashchange`. */
export function replaceFragment(fragment: string): void {
  try {
    history.replaceState(history.state, '', `${location.pathname}${location.search}${fragment}`);
  } catch {
    // Browsers limit how often, and refuse addresses that are too long: the address bar is then behind, no more.
  }
}

/** The page's address with another fragment. */
export function addressWith(fragment: string): string {
  return `${location.origin === 'null' ? '' : location.origin}${location.pathname}${location.search}${fragment}`;
}

/** Calls back when the reader, or a link on the page, changes the fragment; returns how to stop. */
export function watchFragment(listener: (fragment: string) => void): () => void {
  const onChange = (): void => listener(location.hash);
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}
