/** Facts → the files of a snapshot. Pure: deflating and hashing are given by the caller. */
import { normalizeName } from '../../packaging/name.ts';
import { partialSense, type Facts } from '../facts/facts.ts';
import { isModelled, releaseFiles } from '../facts/release-files.ts';
import { encodeDirectory, shardFilename, type ShardFile, type SnapshotDirectory } from './directory.ts';
import type { SnapshotCounts } from './manifest.ts';
import { encodeShard, type NamedProject } from './shard-encoder.ts';
import { closureOf, planShards, type ShardPlan } from './shard-plan.ts';

/** What a snapshot is called, and what it costs to load a part of it. */
export interface SnapshotBuildOptions {
  readonly id: string;
  readonly isClosed: boolean;
  /** A shard is full at this many deflated bytes. */
  readonly shardBytes: number;
  /** Raw deflate. */
  readonly deflate: (bytes: Uint8Array) => Uint8Array<ArrayBuffer>;
  /** Lower-case hexadecimal. */
  readonly sha256: (bytes: Uint8Array) => string;
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

export interface BuiltFile extends ShardFile {
  readonly content: Uint8Array<ArrayBuffer>;
}

export interface BuiltSnapshot {
  readonly directory: SnapshotDirectory;
  readonly directoryFile: BuiltFile;
  readonly shardFiles: readonly BuiltFile[];
  readonly counts: SnapshotCounts;
}

/**
 * Projects under their normalised names, sorted; releases of names that normalise alike are put together. What is at an
 * address of its own, and further indexes, are no part of a snapshot: it is one index, and lists what that lists.
 */
export function namedProjects(facts: Facts): readonly NamedProject[] {
  const byName = new Map<string, NamedProject>();
  for (const [key, releases] of Object.entries(facts.projects)) {
    const name = normalizeName(key);
    const known = byName.get(name);
    const listed = Object.entries(releases).filter(([, release]) => release.url === undefined);
    byName.set(name, { name, releases: { ...known?.releases, ...Object.fromEntries(listed) } });
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function packFile(bytes: Uint8Array, options: SnapshotBuildOptions): BuiltFile {
  const content = options.deflate(bytes);
  const sha256 = options.sha256(content);
  return {
    file: shardFilename(sha256),
    sha256,
    bytes: content.length,
    inflatedBytes: bytes.length,
    content,
  };
}

function closureShards(
  plan: ShardPlan,
  shardOf: ReadonlyMap<string, number>,
  name: string,
): readonly number[] {
  const shards = closureOf(name, plan.dependencies).map((member) => shardOf.get(member)!);
  return [...new Set(shards)].sort((a, b) => a - b);
}

/** Builds a snapshot. The files depend on nothing but the facts, the id and the sizes. */
export function buildSnapshot(facts: Facts, options: SnapshotBuildOptions): BuiltSnapshot {
  const projects = namedProjects(facts);
  const byName = new Map(projects.map((project) => [project.name, project]));
  const plan = planShards(projects, {
    shardBytes: options.shardBytes,
    sizeOf: (project) => options.deflate(encodeShard([project])).length,
  });
  options.onProgress?.(0.5);
  const shardFiles = plan.shards.map((names, at) => {
    options.onProgress?.(0.5 + (0.5 * at) / plan.shards.length);
    return packFile(encodeShard(names.map((name) => byName.get(name)!)), options);
  });
  const shardOf = new Map(plan.shards.flatMap((names, shard) => names.map((name) => [name, shard] as const)));
  const directory: SnapshotDirectory = {
    id: options.id,
    isClosed: options.isClosed,
    entries: projects.map(({ name, releases }) => {
      const sense = partialSense(facts.partial, name);
      return {
        name,
        releases: Object.keys(releases).length,
        dependants: plan.dependants.get(name) ?? 0,
        shard: shardOf.get(name)!,
        ...(sense === undefined ? {} : { partial: sense }),
      };
    }),
    shards: shardFiles.map(({ file, sha256, bytes, inflatedBytes }) => ({
      file,
      sha256,
      bytes,
      inflatedBytes,
    })),
    closures: projects.map(({ name }) => closureShards(plan, shardOf, name)),
  };
  const directoryFile = packFile(encodeDirectory(directory), options);
  options.onProgress?.(1);
  return { directory, directoryFile, shardFiles, counts: countFacts(projects, shardFiles.length) };
}

/** Counts what a snapshot of these projects holds. */
export function countFacts(projects: readonly NamedProject[], shards: number): SnapshotCounts {
  let releases = 0;
  let dependencies = 0;
  let unknown = 0;
  let modelled = 0;
  let files = 0;
  for (const project of projects) {
    for (const [version, facts] of Object.entries(project.releases)) {
      releases++;
      dependencies += facts.requires.length;
      if (facts.unknown === true) unknown++;
      if (isModelled(facts)) modelled++;
      files += releaseFiles(project.name, version, facts, { layer: 'snapshot', detail: '' }).length;
    }
  }
  return { projects: projects.length, releases, dependencies, unknown, modelled, files, shards };
}
