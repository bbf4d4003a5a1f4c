/** Snapshots on disk: writes what the core built, and opens a committed snapshot, every hash verified. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { BuiltSnapshot } from '../../core/package-index/snapshot/build.ts';
import { DamagedSnapshot } from '../../core/package-index/snapshot/byte-reader.ts';
import {
  decodeDirectory,
  isExpectedHash,
  type ShardFile,
  type SnapshotDirectory,
} from '../../core/package-index/snapshot/directory.ts';
import {
  parseSnapshotManifest,
  type SnapshotDescription,
  type SnapshotManifest,
} from '../../core/package-index/snapshot/manifest.ts';
import { makeSnapshotIndex, type SnapshotIndex } from '../../core/package-index/snapshot/snapshot-index.ts';
import type { Result } from '../../core/packaging/result.ts';

/** The folder of the snapshots that are served with the page. */
export const SNAPSHOT_FOLDER = resolve(import.meta.dirname, '../../../public/snapshots');

const MANIFEST = 'manifest.json';

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Raw deflate as small as zlib makes it. */
export function deflate(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(deflateRawSync(bytes, { level: 9, memLevel: 9 }));
}

/** Reads and inflates one file of a snapshot. The error is a sentence that names the file. */
export function readSnapshotFile(folder: string, expected: ShardFile): Result<Uint8Array, string> {
  const path = resolve(folder, expected.file);
  if (!existsSync(path)) return { ok: false, error: `${path} is missing` };
  const content = readFileSync(path);
  const found = sha256(content);
  if (!isExpectedHash(expected.sha256, found))
    return { ok: false, error: `${path} has the hash ${found}, expected ${expected.sha256}` };
  return {
    ok: true,
    value: new Uint8Array(inflateRawSync(content, { maxOutputLength: expected.inflatedBytes })),
  };
}

/** The manifest of a folder; an empty one where there is none. */
export function readManifest(folder: string): Result<SnapshotManifest, string> {
  const path = resolve(folder, MANIFEST);
  if (!existsSync(path)) return { ok: true, value: { format: 1, default: 'none', snapshots: [] } };
  try {
    const parsed = parseSnapshotManifest(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.ok ? parsed : { ok: false, error: `${path}: ${parsed.error}` };
  } catch (error) {
    return { ok: false, error: `${path}: ${String(error)}` };
  }
}

export function writeManifest(folder: string, manifest: SnapshotManifest): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(resolve(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Writes the files of a snapshot into a folder of their own; what stood there before is removed. */
export function writeSnapshotFiles(folder: string, built: BuiltSnapshot): void {
  if (existsSync(folder)) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.shard')))
      rmSync(resolve(folder, file));
  }
  mkdirSync(folder, { recursive: true });
  for (const { file, content } of [built.directoryFile, ...built.shardFiles])
    writeFileSync(resolve(folder, file), content);
}

/** Reads a snapshot's directory. */
export function readDirectory(
  folder: string,
  description: SnapshotDescription,
): Result<SnapshotDirectory, string> {
  const bytes = readSnapshotFile(folder, description.directory);
  if (!bytes.ok) return bytes;
  try {
    return { ok: true, value: decodeDirectory(bytes.value) };
  } catch (error) {
    if (!(error instanceof DamagedSnapshot)) throw error;
    return { ok: false, error: `${description.id}: ${error.message}` };
  }
}

/**
 * Opens a committed snapshot with all its shards, for the headless command, tests and benchmarks. The error is a
 * sentence; it lists the ids that there are when `id` is none of them.
 */
export function openSnapshotFromDisk(id: string, folder = SNAPSHOT_FOLDER): Result<SnapshotIndex, string> {
  const manifest = readManifest(folder);
  if (!manifest.ok) return manifest;
  const description = manifest.value.snapshots.find((snapshot) => snapshot.id === id);
  if (description === undefined) {
    const ids = manifest.value.snapshots.map((snapshot) => snapshot.id).join(', ');
    return { ok: false, error: `there is no snapshot ${JSON.stringify(id)}; there are: ${ids}` };
  }
  const files = resolve(folder, description.folder ?? id);
  const directory = readDirectory(files, description);
  if (!directory.ok) return directory;
  const index = makeSnapshotIndex(directory.value);
  for (const [shard, file] of directory.value.shards.entries()) {
    const bytes = readSnapshotFile(files, file);
    if (!bytes.ok) return bytes;
    index.addShard(shard, bytes.value);
  }
  return { ok: true, value: index };
}
