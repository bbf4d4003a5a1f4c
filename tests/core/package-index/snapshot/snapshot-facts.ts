/** Helpers of the snapshot tests: builds in memory, and compares an index with another fact by fact. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Facts } from '../../../../src/core/package-index/facts/facts.ts';
import { isMissing, type PackageIndex } from '../../../../src/core/package-index/package-index.ts';
import { buildSnapshot, type BuiltSnapshot } from '../../../../src/core/package-index/snapshot/build.ts';
import { decodeDirectory } from '../../../../src/core/package-index/snapshot/directory.ts';
import {
  makeSnapshotIndex,
  type SnapshotIndex,
} from '../../../../src/core/package-index/snapshot/snapshot-index.ts';

export function build(facts: Facts, isClosed = true, shardBytes = 300): BuiltSnapshot {
  return buildSnapshot(facts, {
    id: 'test',
    isClosed,
    shardBytes,
    deflate: (bytes) => new Uint8Array(deflateRawSync(bytes)),
    sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  });
}

/** The snapshot as a reader gets it: from the files alone. `shards`: which to load, all by default. */
export function open(built: BuiltSnapshot, shards?: readonly number[]): SnapshotIndex {
  const index = makeSnapshotIndex(decodeDirectory(inflateRawSync(built.directoryFile.content)));
  for (const [shard, { content }] of built.shardFiles.entries())
    if (shards === undefined || shards.includes(shard)) index.addShard(shard, inflateRawSync(content));
  return index;
}

/** Everything that an index says of a project, without where the facts come from. */
export function factsOfProject(index: PackageIndex, name: string): unknown {
  const page = index.page(name);
  if (isMissing(page)) return page;
  const files = page.distributions.map((file) => {
    return [
      { ...file, provenance: null },
      { ...index.metadata(file), provenance: null },
    ];
  });
  return { ...page, provenance: null, distributions: files };
}

/** Claims that both indexes say the same of each project. */
export function expectSameFacts(found: PackageIndex, expected: PackageIndex, names: readonly string[]): void {
  for (const name of names) {
    const [facts, told] = [factsOfProject(found, name), factsOfProject(expected, name)];
    // The comparison that explains itself takes long, and there are hundreds of thousands of files.
    if (!isDeepStrictEqual(facts, told)) expect(facts).toEqual(told);
  }
}
