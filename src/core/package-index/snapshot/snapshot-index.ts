/** A snapshot as a package index: shards are put in as they arrive, projects are decoded when they are asked for. */
import type {
  Distribution,
  DistributionMetadata,
  MissingFact,
  PackageIndex,
  ProjectPage,
  Provenance,
} from '../package-index.ts';
import { releaseMetadata } from '../facts/facts-index.ts';
import { fileKey, releaseFiles, type PageFacts } from '../facts/release-files.ts';
import { findEntry, type SnapshotDirectory } from './directory.ts';
import { openShard, type Shard, type ShardProject } from './shard-decoder.ts';

export interface SnapshotIndex extends PackageIndex {
  readonly directory: SnapshotDirectory;
  /** Puts in an inflated shard whose hash was verified. Throws `DamagedSnapshot` when it is not the directory's. */
  addShard(shard: number, bytes: Uint8Array): void;
  hasShard(shard: number): boolean;
  /** The project's releases in the snapshot's own form; null while its shard is not there, or when it has none. */
  project(name: string): ShardProject | null;
}

interface HeldProject {
  readonly project: ShardProject;
  readonly page: ProjectPage;
  /** Position of the release of each file, by file name. */
  readonly releases: ReadonlyMap<string, number>;
  readonly metadata: Map<string, DistributionMetadata | MissingFact>;
}

/**
 * An index on `directory`. A project whose shard is not loaded is missing and `loadable`; one that the snapshot does
 * not have is absent in a closed snapshot and unknown in an open one.
 */
export function makeSnapshotIndex(directory: SnapshotDirectory): SnapshotIndex {
  const shards = new Map<number, Shard>();
  const held = new Map<string, HeldProject>();
  const provenance: Provenance = { layer: 'snapshot', detail: directory.id };
  const modelled: Provenance = { ...provenance, note: 'modelled' };
  const absent = new Map<string, ProjectPage>();

  function hold(project: ShardProject): HeldProject {
    const distributions: Distribution[] = [];
    const releases = new Map<string, number>();
    for (const [at, version] of project.versions.entries()) {
      const facts = project.pages[at]!;
      for (const file of releaseFiles(project.name, version, facts, provenance, modelled)) {
        distributions.push(file);
        releases.set(fileKey(file), at);
      }
    }
    const sense = directory.entries[findEntry(directory, project.name)]?.partial;
    const partial = sense === undefined ? {} : { partial: sense };
    const page: ProjectPage = {
      name: project.name,
      status: 'present',
      ...partial,
      distributions,
      provenance,
    };
    return { project, page, releases, metadata: new Map() };
  }

  function find(name: string): HeldProject | null {
    const known = held.get(name);
    if (known !== undefined) return known;
    const entry = directory.entries[findEntry(directory, name)];
    const project = entry === undefined ? null : (shards.get(entry.shard)?.project(name) ?? null);
    if (project === null) return null;
    const fresh = hold(project);
    held.set(name, fresh);
    return fresh;
  }

  /** In an open snapshot a project of which no release is known is as unknown as one that is not held. */
  function pageOf(name: string): ProjectPage | MissingFact {
    const page = find(name)?.page;
    if (page === undefined) return pageOfNone(name);
    if (page.distributions.length > 0 || directory.isClosed) return page;
    return { missing: 'page', project: name, loadable: false };
  }

  function pageOfNone(name: string): ProjectPage | MissingFact {
    const entry = directory.entries[findEntry(directory, name)];
    const isListed = entry !== undefined && (entry.releases > 0 || directory.isClosed);
    if (isListed || !directory.isClosed) return { missing: 'page', project: name, loadable: isListed };
    let page = absent.get(name);
    if (page === undefined) {
      page = { name, status: 'absent', distributions: [], provenance };
      absent.set(name, page);
    }
    return page;
  }

  function readMetadata(file: Distribution, found: HeldProject | null): DistributionMetadata | MissingFact {
    const release = found?.releases.get(fileKey(file));
    const { project, version, filename } = file;
    if (found !== null && release !== undefined) {
      const facts = found.project.pages[release]!;
      if (facts.unknown !== true)
        return releaseMetadata(
          file,
          { ...found.project.metadata(release), ...accountOfPage(facts) },
          facts.requires_python ?? null,
        );
    }
    const loadable = found === null && findEntry(directory, project) >= 0;
    return { missing: 'metadata', project, version, filename, loadable };
  }

  return {
    directory,
    addShard(shard, bytes) {
      if (!shards.has(shard)) shards.set(shard, openShard(bytes));
    },
    hasShard: (shard) => shards.has(shard),
    project: (name) => find(name)?.project ?? null,
    page: pageOf,
    metadata(distribution) {
      const found = find(distribution.project);
      const key = fileKey(distribution);
      const known = found?.metadata.get(key);
      if (known !== undefined) return known;
      const fresh = readMetadata(distribution, found);
      found?.metadata.set(key, fresh);
      return fresh;
    },
  };
}

function accountOfPage({ from, limits, pythons }: PageFacts): Pick<PageFacts, 'from' | 'limits' | 'pythons'> {
  return {
    ...(from === undefined ? {} : { from }),
    ...(limits === undefined ? {} : { limits }),
    ...(pythons === undefined ? {} : { pythons }),
  };
}
