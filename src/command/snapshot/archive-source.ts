/** Wheels and source archives on disk → what their names, bytes and own metadata say. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import { findTarMember } from '../../core/package-index/archive/tar.ts';
import {
  isPackageInfo,
  isWheelMetadata,
  packedStart,
  readZipDirectory,
  type ZipMember,
} from '../../core/package-index/archive/zip.ts';
import { isStaticMetadata, parseMetadata, type CoreMetadata } from '../../core/packaging/metadata.ts';
import { normalizeName } from '../../core/packaging/name.ts';
import type { Result } from '../../core/packaging/result.ts';
import { parseSdistFilename } from '../../core/packaging/sdist-filename.ts';
import { parseWheelFilename } from '../../core/packaging/wheel-filename.ts';
import type { FactsCollector } from './facts-collector.ts';
import { sha256 } from './snapshot-files.ts';

const UNPACKED_LIMIT = 256 * 1024 * 1024;

/** Whether a name is that of an archive that can be read here. */
export function isArchiveName(name: string): boolean {
  return /\.(?:whl|tar\.gz|tgz|zip)$/u.test(name);
}

/** Whether a name is that of an archive of packages that cannot be read here. */
export function isForeignArchiveName(name: string): boolean {
  return /\.(?:tar\.(?:bz2|xz|lz|lzma|Z)|tbz|tbz2|txz|egg|exe|rpm)$/u.test(name);
}

function unpackMember(archive: Uint8Array, member: ZipMember): string | null {
  const start = packedStart(archive.subarray(member.headerOffset));
  if (start === null) return null;
  const from = member.headerOffset + start;
  const packed = archive.subarray(from, from + member.packedBytes);
  const bytes =
    member.method === 'stored' ? packed : inflateRawSync(packed, { maxOutputLength: UNPACKED_LIMIT });
  return new TextDecoder().decode(bytes);
}

function metadataOfZip(archive: Uint8Array, isWheel: boolean): Result<CoreMetadata, string> {
  const directory = readZipDirectory(archive, 0);
  if (directory.kind !== 'members')
    return {
      ok: false,
      error: directory.kind === 'no-zip' ? `no zip archive: ${directory.reason}` : 'cut off',
    };
  const member = directory.members.find(({ name }) => (isWheel ? isWheelMetadata : isPackageInfo)(name));
  const text = member === undefined ? null : unpackMember(archive, member);
  if (text === null) return { ok: false, error: `it holds no ${isWheel ? 'METADATA' : 'PKG-INFO'}` };
  return { ok: true, value: parseMetadata(text) };
}

function metadataOfTar(archive: Uint8Array): Result<CoreMetadata, string> {
  const search = findTarMember(gunzipSync(archive, { maxOutputLength: UNPACKED_LIMIT }), isPackageInfo, true);
  if (search.kind !== 'found') return { ok: false, error: 'it holds no PKG-INFO' };
  return { ok: true, value: parseMetadata(new TextDecoder().decode(search.content)) };
}

function readArchiveMetadata(name: string, archive: Uint8Array): Result<CoreMetadata, string> {
  try {
    return /\.(?:whl|zip)$/u.test(name)
      ? metadataOfZip(archive, name.endsWith('.whl'))
      : metadataOfTar(archive);
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}

/** Adds an archive; the error says what is wrong with it. Dynamic source metadata leaves the release unknown. */
export function addArchive(path: string, collector: FactsCollector): Result<null, string> {
  const filename = basename(path);
  const isWheel = filename.endsWith('.whl');
  const named = isWheel ? parseWheelFilename(filename) : parseSdistFilename(filename);
  if (!named.ok) return { ok: false, error: named.error.message };
  const archive = readFileSync(path);
  const metadata = readArchiveMetadata(filename, archive);
  if (!metadata.ok) return metadata;
  const { name, version } = metadata.value;
  const project = named.value.name;
  if (name === null || normalizeName(name) !== project)
    return { ok: false, error: `its metadata is that of ${name ?? 'nothing'}` };
  const text = version ?? named.value.version.text;
  collector.addFile({
    project,
    version: text,
    filename,
    size: archive.length,
    sha256: sha256(archive),
    requiresPython: metadata.value.requiresPython,
  });
  if (isWheel || isStaticMetadata(metadata.value)) collector.addMetadata(project, text, metadata.value);
  return { ok: true, value: null };
}
