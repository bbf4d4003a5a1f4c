/**
 * Files as text, decoded the way pip decodes requirements files (`pip._internal.utils.encoding.auto_decode`): a byte
 * order mark, else a PEP 263 comment in the first two lines, else UTF-8.
 */
export type TextFileFault = 'too-large' | 'binary' | 'unreadable';

export type TextFileReading =
  | { readonly kind: 'read'; readonly name: string; readonly text: string }
  | { readonly kind: TextFileFault; readonly name: string };

/** Bytes of a file at most: locks and logs, which are read and not shown, can be this long. A pane holds 1 MiB. */
export const MAX_FILE_BYTES = 16 * 1_048_576;

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
    if (named !== undefined) return labelOf(named);
  }
  return 'utf-8';
}

/** Python's names of codecs that the Web calls otherwise. */
const LABELS: Readonly<Record<string, string>> = {
  latin: 'latin1',
  latin9: 'iso-8859-15',
  l9: 'iso-8859-15',
  utf8sig: 'utf-8',
  u8: 'utf-8',
  utf: 'utf-8',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
};

/** A codec as Python names it (hyphens, underscores and case do not count) → a label of the Encoding Standard. */
function labelOf(codec: string): string {
  const plain = codec.toLowerCase().replaceAll('_', '-');
  const known = LABELS[plain.replaceAll('-', '')];
  if (known !== undefined) return known;
  const latin = /^latin-?(\d{1,2})$/.exec(plain)?.[1];
  return latin === undefined
    ? plain.replace(/^utf(\d)/, 'utf-$1').replace(/^windows-?(\d)/, 'windows-$1')
    : `latin${latin}`;
}
