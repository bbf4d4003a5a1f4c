/** `inspect`: what a snapshot, a project of it, or a release says, for people in a terminal. */
import { isMissing } from '../../core/package-index/package-index.ts';
import { namesByPopularity, shardsFor } from '../../core/package-index/snapshot/directory.ts';
import { readManifest, openSnapshotFromDisk } from './snapshot-files.ts';
import type { SnapshotDescription } from '../../core/package-index/snapshot/manifest.ts';
import type { SnapshotIndex } from '../../core/package-index/snapshot/snapshot-index.ts';
import type { Result } from '../../core/packaging/result.ts';

type Lines = Result<readonly string[], string>;

function listSnapshots(folder: string): Lines {
  const manifest = readManifest(folder);
  if (!manifest.ok) return manifest;
  const lines = manifest.value.snapshots.map(({ id, date, counts, bytes }) => {
    const isDefault = id === manifest.value.default ? ' (default)' : '';
    return `${id}${isDefault}: ${date}, ${counts.projects} projects, ${counts.releases} releases, ${bytes} bytes`;
  });
  return { ok: true, value: lines };
}

function describeSource(about: SnapshotDescription): readonly string[] {
  const { title, date, description, source, license, counts } = about;
  const { releases, dependencies, files, unknown, modelled } = counts;
  return [
    `${title} (${date})`,
    ...(description === '' ? [] : [description]),
    `source: ${source}; ${license}`,
    `${releases} releases with ${dependencies} dependencies and ${files} files; the dependencies of ${unknown} are not known, and the files of ${modelled} are modelled`,
  ];
}

function describeSnapshot(index: SnapshotIndex, folder: string): readonly string[] {
  const { id, isClosed, entries, shards } = index.directory;
  const manifest = readManifest(folder);
  const about = manifest.ok ? manifest.value.snapshots.find((snapshot) => snapshot.id === id) : undefined;
  const bytes = shards.map((shard) => shard.bytes);
  return [
    ...(about === undefined ? [] : describeSource(about)),
    `${id}: ${entries.length} projects in ${shards.length} shards, ${isClosed ? 'closed' : 'open'} world`,
    `shards of ${Math.min(...bytes)} to ${Math.max(...bytes)} bytes, ${bytes.reduce((sum, each) => sum + each, 0)} in all`,
    `most depended on: ${namesByPopularity(index.directory).slice(0, 12).join(', ')}`,
  ];
}

function describeProject(index: SnapshotIndex, name: string): Lines {
  const project = index.project(name);
  if (project === null) return { ok: false, error: `${index.directory.id} does not hold ${name}` };
  const shards = shardsFor(index.directory, [name]);
  const bytes = shards.reduce((sum, shard) => sum + (index.directory.shards[shard]?.bytes ?? 0), 0);
  return {
    ok: true,
    value: [
      `${name}: ${project.versions.length} releases; its closure is in ${shards.length} shards of ${bytes} bytes`,
      project.versions.join(' '),
    ],
  };
}

function describeRelease(index: SnapshotIndex, name: string, version: string): Lines {
  const page = index.page(name);
  const files = isMissing(page) ? [] : page.distributions.filter((file) => file.version === version);
  const [first] = files;
  if (first === undefined)
    return { ok: false, error: `${index.directory.id} does not hold ${name} ${version}` };
  const metadata = index.metadata(first);
  const dependencies = isMissing(metadata)
    ? ['dependencies: unknown']
    : [
        `extras: ${metadata.providesExtra.join(', ') || 'none'}`,
        ...(metadata.requiresDist.length === 0 ? ['requires nothing'] : []),
        ...metadata.requiresDist.map((text) => `requires ${text}`),
      ];
  return {
    ok: true,
    value: [
      ...files.map(({ filename, size, sha256, uploadTime, yanked, provenance }) =>
        [
          filename,
          ...(size === null ? [] : [`${size} bytes`]),
          ...(sha256 === null ? [] : [`sha256 ${sha256}`]),
          ...(uploadTime === null ? [] : [`uploaded ${uploadTime}`]),
          ...(yanked === false ? [] : [`yanked ${yanked}`]),
          ...(provenance.note === undefined ? [] : [provenance.note]),
        ].join('  '),
      ),
      `requires-python: ${first.requiresPython ?? 'not given'}`,
      ...dependencies,
    ],
  };
}

/** Lines about everything, a snapshot, one of its projects, or a release of that. */
export function inspect(folder: string, words: readonly string[]): Lines {
  const [id, name, version] = words;
  if (id === undefined) return listSnapshots(folder);
  const index = openSnapshotFromDisk(id, folder);
  if (!index.ok) return index;
  if (name === undefined) return { ok: true, value: describeSnapshot(index.value, folder) };
  if (version === undefined) return describeProject(index.value, name);
  return describeRelease(index.value, name, version);
}
