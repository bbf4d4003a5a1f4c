/**
 * localStorage that may be forbidden or full. Nothing here throws; a write says whether it lasted, so that the page
 * can tell the reader once, quietly, that this browser will forget.
 */
export type Lasting = 'kept' | 'full' | 'forbidden';

/** The text under a key; null when there is none or storage is forbidden. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a text, or forgets the key when it is null. */
export function writeStored(key: string, text: string | null): Lasting {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    return 'kept';
  } catch (error) {
    return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'forbidden';
  }
}

/** A stored JSON value; null when there is none or it is not JSON. What it holds is the caller's to check. */
export function readStoredJson(key: string): unknown {
  const text = readStored(key);
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
