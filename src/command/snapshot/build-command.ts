/** Facts → a snapshot in a folder, and its entry in the manifest. */
import { resolve } from 'node:path';
import { buildSnapshot, type BuiltSnapshot } from '../../core/package-index/snapshot/build.ts';
import type { Facts } from '../../core/package-index/facts/facts.ts';
import type { SnapshotDescription } from '../../core/package-index/snapshot/manifest.ts';
import { deflate, readManifest, sha256, writeManifest, writeSnapshotFiles } from './snapshot-files.ts';
import { showProgress } from './progress.ts';

/** A shard is full at this many deflated bytes: half of a first resolve's cost is then the directory. */
export const SHARD_BYTES = 8_000;

/** What a person says of a snapshot; the rest of its description is counted. */
export type SnapshotTitle = Pick<
  SnapshotDescription,
  'id' | 'title' | 'date' | 'source' | 'license' | 'description' | 'world'
>;

/** Builds the files of a snapshot, showing progress on standard error. */
export function buildFiles(facts: Facts, title: Pick<SnapshotTitle, 'id' | 'world'>): BuiltSnapshot {
  return buildSnapshot(facts, {
    id: title.id,
    isClosed: title.world === 'closed',
    shardBytes: SHARD_BYTES,
    deflate,
    sha256,
    onProgress: (share) => showProgress(`building ${title.id}`, share),
  });
}

function describe(built: BuiltSnapshot, title: SnapshotTitle): SnapshotDescription {
  const { file, sha256: hash, bytes, inflatedBytes } = built.directoryFile;
  const all = [built.directoryFile, ...built.shardFiles];
  return {
    id: title.id,
    title: title.title,
    date: title.date,
    source: title.source,
    license: title.license,
    description: title.description,
    world: title.world,
    counts: built.counts,
    bytes: all.reduce((sum, each) => sum + each.bytes, 0),
    directory: { file, sha256: hash, bytes, inflatedBytes },
  };
}

/**
 * Builds a snapshot into `folder/id` and lists it in the manifest, in place of one with the same id. `isDefault` makes
 * it the one that is used when none is named.
 */
export function buildIntoFolder(
  facts: Facts,
  title: SnapshotTitle,
  folder: string,
  isDefault = false,
): SnapshotDescription {
  const manifest = readManifest(folder);
  if (!manifest.ok) throw new Error(manifest.error);
  const built = buildFiles(facts, title);
  const description = describe(built, title);
  writeSnapshotFiles(resolve(folder, title.id), built);
  const others = manifest.value.snapshots.filter(({ id }) => id !== title.id);
  const at = manifest.value.snapshots.findIndex(({ id }) => id === title.id);
  const snapshots = at < 0 ? [...others, description] : others.toSpliced(at, 0, description);
  const isFirst = manifest.value.snapshots.length === 0;
  writeManifest(folder, {
    format: 1,
    default: isDefault || isFirst ? title.id : manifest.value.default,
    snapshots,
  });
  return description;
}
