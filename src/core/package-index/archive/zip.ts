/**
 * Finds a member of a zip archive from its tail, so that a wheel's METADATA costs two range reads and not the wheel.
 *
 *   … │ member, member, … │ central directory │ end record │       the tail holds at least the last one
 *
 * No zip64 and no encryption: a wheel needs neither. Inflating is the caller's (PKWARE APPNOTE 6.3.10, 4.3).
 */

/** Where a member lies in the archive, and how it is packed. */
export interface ZipMember {
  readonly name: string;
  readonly method: 'stored' | 'deflate';
  /** Offset of its local header in the archive. */
  readonly headerOffset: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
}

/** The members, or what else must be read first; an archive that is none says so. */
export type ZipDirectory =
  | { readonly kind: 'members'; readonly members: readonly ZipMember[] }
  /** The tail does not reach back to the directory, which begins at `from`. */
  | { readonly kind: 'needs-more'; readonly from: number }
  | { readonly kind: 'no-zip'; readonly reason: string };

const END_RECORD = 0x06054b50;
const END_RECORD_BYTES = 22;
const MEMBER = 0x02014b50;
const MEMBER_BYTES = 46;
const LOCAL_HEADER = 0x04034b50;
/** Fixed part of a local header; the name and an extra field follow it, and then the packed bytes. */
export const LOCAL_HEADER_BYTES = 30;
const MEMBER_LIMIT = 100_000;

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function asciiText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function findEndRecord(view: DataView): number {
  for (let at = view.byteLength - END_RECORD_BYTES; at >= 0; at--)
    if (view.getUint32(at, true) === END_RECORD) return at;
  return -1;
}

function readMember(
  view: DataView,
  bytes: Uint8Array,
  at: number,
): { member: ZipMember; next: number } | null {
  if (at + MEMBER_BYTES > view.byteLength || view.getUint32(at, true) !== MEMBER) return null;
  const method = view.getUint16(at + 10, true);
  const nameBytes = view.getUint16(at + 28, true);
  const skipped = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const end = at + MEMBER_BYTES + nameBytes;
  if (end > view.byteLength) return null;
  const member: ZipMember = {
    name: asciiText(bytes.subarray(at + MEMBER_BYTES, end)),
    method: method === 0 ? 'stored' : 'deflate',
    headerOffset: view.getUint32(at + 42, true),
    packedBytes: view.getUint32(at + 20, true),
    unpackedBytes: view.getUint32(at + 24, true),
  };
  return { member, next: end + skipped };
}

/** Reads the directory from the last bytes of an archive; `tailOffset` is where they begin in it. */
export function readZipDirectory(tail: Uint8Array, tailOffset: number): ZipDirectory {
  const view = viewOf(tail);
  const end = findEndRecord(view);
  if (end < 0) return { kind: 'no-zip', reason: 'it has no end record' };
  const count = view.getUint16(end + 10, true);
  const from = view.getUint32(end + 16, true);
  if (from < tailOffset) return { kind: 'needs-more', from };
  const members: ZipMember[] = [];
  let at = from - tailOffset;
  for (let left = Math.min(count, MEMBER_LIMIT); left > 0; left--) {
    const read = readMember(view, tail, at);
    if (read === null) return { kind: 'no-zip', reason: 'its directory is damaged' };
    members.push(read.member);
    at = read.next;
  }
  return { kind: 'members', members };
}

/** Where the packed bytes begin, counted from the local header, whose first bytes are given; null if it is none. */
export function packedStart(header: Uint8Array): number | null {
  const view = viewOf(header);
  if (view.byteLength < LOCAL_HEADER_BYTES || view.getUint32(0, true) !== LOCAL_HEADER) return null;
  return LOCAL_HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
}

/** Whether a path is that of a wheel's metadata: METADATA of the `.dist-info` folder at its top. */
export function isWheelMetadata(path: string): boolean {
  return /^[^/]+\.dist-info\/METADATA$/u.test(path);
}

/** Whether a path is that of a source archive's own metadata: `name-version/PKG-INFO`. */
export function isPackageInfo(path: string): boolean {
  return /^(?:\.\/)?[^/]+\/PKG-INFO$/u.test(path);
}

/** Whether a path is that of a source archive's `pyproject.toml`. */
export function isProjectFile(path: string): boolean {
  return /^(?:\.\/)?[^/]+\/pyproject\.toml$/u.test(path);
}
