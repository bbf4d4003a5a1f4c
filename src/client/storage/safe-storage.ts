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

/** Texts by key, in a store of the browser; in memory as far as that takes none. */
export interface TextStore {
  read(key: string): string | null;
  /** Null forgets. */
  write(key: string, text: string | null): Lasting;
  keys(): readonly string[];
}

/** `open` may throw: browsers forbid stores, too. */
export function makeTextStore(open: () => Storage): TextStore {
  const memory = new Map<string, string>();
  function attempt<T>(work: (store: Storage) => T, otherwise: T): T {
    try {
      return work(open());
    } catch {
      return otherwise;
    }
  }
  return {
    read: (key) => memory.get(key) ?? attempt((store) => store.getItem(key), null),
    write(key, text) {
      memory.delete(key);
      if (text === null) {
        attempt((store) => store.removeItem(key), undefined);
        return 'kept';
      }
      try {
        open().setItem(key, text);
        return 'kept';
      } catch (error) {
        memory.set(key, text);
        return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'forbidden';
      }
    },
    keys: () => {
      const stored = attempt(
        (store) => Array.from({ length: store.length }, (_, at) => store.key(at) ?? ''),
        [],
      );
      return [...new Set([...stored, ...memory.keys()])];
    },
  };
}
