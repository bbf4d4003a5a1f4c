/** Finds a member of a tar archive in its first bytes (POSIX ustar; longer names by GNU and pax headers). */

/** What the bytes so far say: the member, that more are needed, or that it is not there. */
export type TarSearch =
  | { readonly kind: 'found'; readonly name: string; readonly content: Uint8Array }
  | { readonly kind: 'needs-more' }
  | { readonly kind: 'not-there' };

const BLOCK = 512;

function fieldText(block: Uint8Array, start: number, length: number): string {
  let text = '';
  for (const byte of block.subarray(start, start + length)) {
    if (byte === 0) break;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** `path=` of a pax header's records, which read `LENGTH path=NAME`. */
function paxPath(content: Uint8Array): string | null {
  return /^\d+ path=(.*)$/mu.exec(fieldText(content, 0, content.length))?.[1] ?? null;
}

/** Looks for the first file whose path is wanted. `isWhole`: no more bytes will come. */
export function findTarMember(
  bytes: Uint8Array,
  isWanted: (path: string) => boolean,
  isWhole: boolean,
): TarSearch {
  let longName: string | null = null;
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return { kind: 'not-there' };
    const size = parseInt(fieldText(header, 124, 12).trim() || '0', 8);
    // A negative size would lead back to where the search has been.
    if (!Number.isSafeInteger(size) || size < 0) return { kind: 'not-there' };
    const start = at + BLOCK;
    const type = String.fromCharCode(header[156] ?? 0);
    const content = bytes.subarray(start, start + size);
    if (content.length < size) break;
    if (type === 'L') longName = fieldText(content, 0, size);
    else if (type === 'x') longName = paxPath(content) ?? longName;
    else {
      const prefix = fieldText(header, 257, 5) === 'ustar' ? fieldText(header, 345, 155) : '';
      const short = fieldText(header, 0, 100);
      const name = longName ?? (prefix === '' ? short : `${prefix}/${short}`);
      longName = null;
      if ((type === '0' || type === '\0') && isWanted(name)) return { kind: 'found', name, content };
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return { kind: isWhole ? 'not-there' : 'needs-more' };
}
