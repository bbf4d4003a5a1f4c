/**
 * Files as text, decoded the way pip decodes requirements files (`pip._internal.utils.encoding.auto_decode`): a byte
 * order mark, else a PEP 263 comment in the first two lines, else UTF-8.
 */
export type TextFileFault = 'too-large' | 'binary' | 'unreadable';

export type TextFileReading =
  | { readonly kind: 'read'; readonly name: string; readonly text: string }
  | { readonly kind: TextFileFault; readonly name: string };

/** Bytes of a file at most: what a pane holds (1 MiB). */
export const MAX_FILE_BYTES = 1_048_576;

/** Reads one file; folders are unreadable. Nothing larger than the limit is read at all. */
export async function readTextFile(file: File): Promise<TextFileReading> {
  const { name } = file;
  if (file.size > MAX_FILE_BYTES) return { kind: 'too-large', name };
  try {
    const text = decodeText(new Uint8Array(await file.arrayBuffer()));
    return text === null ? { kind: 'binary', name } : { kind: 'read', name, text };
  } catch {
    return { kind: 'unreadable', name };
  }
}

/** The bytes as text; null for what is no text in any encoding that they name. */
export function decodeText(bytes: Uint8Array): string | null {
  const encoding = encodingOf(bytes);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = String.fromCharCode(...bytes.subarray(0, 400)).split('\n', 2);
  for (const line of head) {
    const named = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
    if (named !== undefined) return named;
  }
  return 'utf-8';
}
