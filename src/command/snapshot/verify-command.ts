/** Checks snapshots on disk: every hash, every byte decoded, every count, and that no file lies about unlisted. */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { countFacts } from '../../core/package-index/snapshot/build.ts';
import type { SnapshotDescription } from '../../core/package-index/snapshot/manifest.ts';
import { projectFacts } from '../../core/package-index/snapshot/shard-decoder.ts';
import { DamagedSnapshot } from '../../core/package-index/snapshot/byte-reader.ts';
import { showProgress } from './progress.ts';
import { openSnapshotFromDisk, readDirectory, readManifest } from './snapshot-files.ts';

/** Complaints about one snapshot; none when it is whole. */
function verifySnapshot(
  description: SnapshotDescription,
  folder: string,
  named: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const { id } = description;
  const index = openSnapshotFromDisk(id, folder);
  if (!index.ok) return [index.error];
  const { entries, shards } = index.value.directory;
  const complaints: string[] = [];
  const projects = entries.flatMap((entry, at) => {
    showProgress(`verifying ${id}`, (at + 1) / entries.length);
    const project = index.value.project(entry.name);
    if (project === null) {
      complaints.push(`${id}: shard ${entry.shard} does not hold ${entry.name}`);
      return [];
    }
    if (project.versions.length !== entry.releases)
      complaints.push(`${id}: ${entry.name} has ${project.versions.length} releases, not ${entry.releases}`);
    return [{ name: entry.name, releases: projectFacts(project) }];
  });
  const counts = countFacts(projects, shards.length);
  for (const [field, count] of Object.entries(counts)) {
    const stated = description.counts[field as keyof typeof counts];
    if (stated !== count) complaints.push(`${id}: ${count} ${field}, but the manifest says ${stated}`);
  }
  const place = description.folder ?? id;
  const known = named.get(place);
  for (const file of readdirSync(resolve(folder, place)))
    if (known?.has(file) !== true) complaints.push(`${id}: ${file} belongs to nothing`);
  const bytes = shards.reduce((sum, shard) => sum + shard.bytes, description.directory.bytes);
  if (bytes !== description.bytes)
    complaints.push(`${id}: ${bytes} bytes, but the manifest says ${description.bytes}`);
  return complaints;
}

/** By folder: every file that some snapshot names. A directory that cannot be read is complained of where it belongs. */
function namedFiles(
  snapshots: readonly SnapshotDescription[],
  folder: string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const named = new Map<string, Set<string>>();
  for (const description of snapshots) {
    const place = description.folder ?? description.id;
    const files = named.get(place) ?? new Set();
    named.set(place, files.add(description.directory.file));
    const directory = readDirectory(resolve(folder, place), description);
    if (directory.ok) for (const { file } of directory.value.shards) files.add(file);
  }
  return named;
}

/** Checks the snapshots named, or all. Complaints are sentences that name the snapshot; none when all is well. */
export function verifySnapshots(folder: string, ids: readonly string[]): readonly string[] {
  const manifest = readManifest(folder);
  if (!manifest.ok) return [manifest.error];
  if (!existsSync(folder)) return [`${folder} is missing`];
  const named = namedFiles(manifest.value.snapshots, folder);
  const unknown = ids.filter((id) => !manifest.value.snapshots.some((snapshot) => snapshot.id === id));
  const wanted = manifest.value.snapshots.filter(({ id }) => ids.length === 0 || ids.includes(id));
  return [
    ...unknown.map((id) => `there is no snapshot ${id}`),
    ...wanted.flatMap((description) => {
      try {
        return verifySnapshot(description, folder, named);
      } catch (error) {
        if (error instanceof DamagedSnapshot) return [`${description.id}: ${error.message}`];
        throw error;
      }
    }),
  ];
}
