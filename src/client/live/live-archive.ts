/**
 * Members of a wheel or source archive of a live index, moving as few bytes as the server lets us:
 *
 *   .whl .zip      the tail, by range ─▶ end record ─▶ directory ─▶ member (a second range when it lies before the tail)
 *                  else the whole file, when the server knows no ranges and the file is small
 *   .tar.gz .tgz   the whole file when it is small, else its first bytes; what a cut stream gives before the cut
 *
 * Whole files are checked against their hash; parts of a file cannot be.
 */
import { findTarMember } from '../../core/package-index/archive/tar.ts';
import {
  LOCAL_HEADER_BYTES,
  packedStart,
  readZipDirectory,
  type ZipMember,
} from '../../core/package-index/archive/zip.ts';
import type { Distribution, UnknownReason } from '../../core/package-index/package-index.ts';
import { inflate } from '../codec/deflate.ts';
import type { LiveError } from './live-error.ts';
import type { LiveResponse, LiveTransport } from './live-transport.ts';
import { sha256 } from '../codec/sha256.ts';

/** Metadata files, and members of archives, are no larger. */
export const METADATA_LIMIT = 2_000_000;
/** Holds the directory of nearly every wheel, and METADATA with it. */
const TAIL_BYTES = 65_536;
/** A file that must be read whole is no larger. */
const WHOLE_LIMIT = 8_000_000;
/** Of a larger source archive so much is read: PKG-INFO stands near the beginning of what setuptools packs. */
const HEAD_BYTES = 4_000_000;
const UNPACKED_LIMIT = 32_000_000;

/** Why something could not be read: nobody can, or this time it failed. */
export type NotRead =
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | { readonly kind: 'failed'; readonly error: LiveError };

export type MemberText = { readonly kind: 'text'; readonly text: string } | NotRead;

export interface LiveArchive {
  readonly kind: 'archive';
  /** The member whose path is wanted; `no-metadata` when there is none, `damaged` where two claim to be it. */
  readonly read: (isWanted: (path: string) => boolean) => Promise<MemberText>;
  /** Whether every member can be found: false when only the first bytes were read. */
  readonly isWhole: boolean;
}

const unknown = (reason: UnknownReason): NotRead => ({ kind: 'unknown', reason });
const failed = (error: LiveError): NotRead => ({ kind: 'failed', error });
const asText = (bytes: Uint8Array): MemberText => ({ kind: 'text', text: new TextDecoder().decode(bytes) });
const NO_MEMBER = Promise.resolve(unknown('no-metadata'));

/** Opens a file of a live index. */
export async function openArchive(
  file: Distribution,
  transport: LiveTransport,
): Promise<LiveArchive | NotRead> {
  if (file.url === null) return unknown('not-listed');
  if (/\.(?:whl|zip)$/u.test(file.filename)) return openZip(file, file.url, transport);
  if (/\.(?:tar\.gz|tgz)$/u.test(file.filename)) return openTarGz(file, file.url, transport);
  return unknown('unreadable-format');
}

/** What is known of a zip archive: bytes from `from` to its end. */
interface Tail {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly from: number;
}

/** The whole file, with its hash checked. */
async function whole(file: Distribution, { body }: LiveResponse): Promise<Tail | NotRead> {
  const found = file.sha256 === null ? null : await sha256(body);
  if (found !== file.sha256)
    return failed({
      kind: 'wrong-hash',
      url: file.url ?? '',
      expected: file.sha256 ?? '',
      found: found ?? '',
    });
  return { bytes: body, from: 0 };
}

async function getWhole(file: Distribution, url: string, transport: LiveTransport): Promise<Tail | NotRead> {
  if (file.size !== null && file.size > WHOLE_LIMIT) return unknown('too-large');
  const answer = await transport.get(url, { counts: 'metadata', limit: WHOLE_LIMIT });
  if (answer.ok) return whole(file, answer.value);
  return answer.error.kind === 'too-large' ? unknown('too-large') : failed(answer.error);
}

/** The bytes from `from` on: by range, else the whole file. */
async function getTail(
  file: Distribution,
  url: string,
  from: number,
  transport: LiveTransport,
): Promise<Tail | NotRead> {
  const { size } = file;
  if (size === null || size < LOCAL_HEADER_BYTES) return getWhole(file, url, transport);
  const range = [from, size - 1] as const;
  const answer = await transport.get(url, {
    counts: 'metadata',
    range,
    limit: size - from,
    wholeLimit: WHOLE_LIMIT,
  });
  if (answer.ok)
    return answer.value.status === 206 ? { bytes: answer.value.body, from } : whole(file, answer.value);
  switch (answer.error.kind) {
    case 'too-large':
      return unknown('too-large');
    // Refused ranges cannot be told from a missing file: PyPI's file host answers neither readably.
    case 'unreachable':
    case 'http-status':
      return getWhole(file, url, transport);
    default:
      return failed(answer.error);
  }
}

async function openZip(
  file: Distribution,
  url: string,
  transport: LiveTransport,
): Promise<LiveArchive | NotRead> {
  let from = Math.max(0, (file.size ?? 0) - TAIL_BYTES);
  for (let attempt = 0; attempt < 2; attempt++) {
    const tail = await getTail(file, url, from, transport);
    if ('kind' in tail) return tail;
    const directory = readZipDirectory(tail.bytes, tail.from);
    if (directory.kind === 'no-zip') return unknown('damaged');
    if (directory.kind === 'members') {
      const { members } = directory;
      return {
        kind: 'archive',
        isWhole: true,
        read: (isWanted) => {
          const [member, another] = members.filter(({ name }) => isWanted(name));
          // Readers differ on which of two counts: what one checks, another installs.
          if (another !== undefined) return Promise.resolve(unknown('damaged'));
          return member === undefined ? NO_MEMBER : unpack(url, tail, member, transport);
        },
      };
    }
    from = directory.from;
  }
  return unknown('damaged');
}

async function unpack(
  url: string,
  tail: Tail,
  member: ZipMember,
  transport: LiveTransport,
): Promise<MemberText> {
  if (member.unpackedBytes > METADATA_LIMIT || member.packedBytes > METADATA_LIMIT)
    return unknown('too-large');
  const bytes = await memberBytes(url, tail, member, transport);
  if ('kind' in bytes) return bytes;
  const start = packedStart(bytes);
  if (start === null) return unknown('damaged');
  const packed = bytes.slice(start, start + member.packedBytes);
  if (member.method === 'stored') return asText(packed);
  const unpacked = await inflate(packed, member.unpackedBytes);
  return unpacked.kind === 'bytes' ? asText(unpacked.bytes) : unknown('damaged');
}

/** A member from its local header on. */
async function memberBytes(
  url: string,
  tail: Tail,
  member: ZipMember,
  transport: LiveTransport,
): Promise<Uint8Array<ArrayBuffer> | NotRead> {
  if (member.headerOffset >= tail.from) return tail.bytes.subarray(member.headerOffset - tail.from);
  // The extra field of a local header may differ from the directory's: some bytes more than it should need.
  const spare = LOCAL_HEADER_BYTES + member.name.length + 1_024;
  const end = Math.min(member.headerOffset + member.packedBytes + spare, tail.from + tail.bytes.length);
  const answer = await transport.get(url, {
    counts: 'metadata',
    range: [member.headerOffset, end - 1],
    limit: end - member.headerOffset,
  });
  if (!answer.ok) return failed(answer.error);
  return answer.value.status === 206 ? answer.value.body : unknown('too-large');
}

async function openTarGz(
  file: Distribution,
  url: string,
  transport: LiveTransport,
): Promise<LiveArchive | NotRead> {
  const isLarge = file.size !== null && file.size > WHOLE_LIMIT;
  const packed = isLarge ? await getHead(url, transport) : await getWhole(file, url, transport);
  if ('kind' in packed) return packed;
  const { bytes, isCut } = await gunzip(packed.bytes);
  if (bytes.length === 0) return unknown('damaged');
  return {
    kind: 'archive',
    isWhole: !isLarge && !isCut,
    read: (isWanted) => {
      const search = findTarMember(bytes, isWanted, true);
      return search.kind === 'found' ? Promise.resolve(asText(search.content)) : NO_MEMBER;
    },
  };
}

/** The first bytes of a large file. */
async function getHead(url: string, transport: LiveTransport): Promise<Tail | NotRead> {
  const answer = await transport.get(url, {
    counts: 'metadata',
    range: [0, HEAD_BYTES - 1],
    limit: HEAD_BYTES,
  });
  if (answer.ok) return { bytes: answer.value.body, from: 0 };
  return answer.error.kind === 'too-large' ? unknown('too-large') : failed(answer.error);
}

/** As much of a gzip stream as its bytes give; a cut or damaged stream gives what came before. */
async function gunzip(
  packed: Uint8Array<ArrayBuffer>,
): Promise<{ readonly bytes: Uint8Array; readonly isCut: boolean }> {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  let isCut = false;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      parts.push(next.value);
      length += next.value.length;
      isCut = length > UNPACKED_LIMIT;
      if (isCut) break;
    }
    if (isCut) await reader.cancel();
  } catch {
    isCut = true;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, isCut };
}
