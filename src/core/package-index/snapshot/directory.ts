/**
 * The directory of a snapshot: which projects there are, how popular each is, which shard holds it, and which shards a
 * resolve that begins with it will most likely read. It is loaded first and kept; shards follow when they are needed.
 */
import type { MissingFact } from '../package-index.ts';
import { DamagedSnapshot, makeByteReader, readTexts, type ByteReader } from './byte-reader.ts';
import { makeByteWriter, writeTexts } from './byte-writer.ts';
import { SNAPSHOT_FORMAT } from './shard-layout.ts';

/** A file of the snapshot, deflated (raw deflate), named for its hash. */
export interface ShardFile {
  /** Name inside the snapshot's folder. */
  readonly file: string;
  /** Of the file as it travels, lower-case hexadecimal. */
  readonly sha256: string;
  /** Length as it travels. */
  readonly bytes: number;
  /** Length after inflating; an inflater stops there. */
  readonly inflatedBytes: number;
}

/** One project of the snapshot. */
export interface DirectoryEntry {
  readonly name: string;
  readonly releases: number;
  /** How many projects of the snapshot depend on it, in any release. Orders completions. */
  readonly dependants: number;
  readonly shard: number;
}

export interface SnapshotDirectory {
  /** `pypi-2023-09-07`. */
  readonly id: string;
  /**
   * Whether a project that is not here is absent. In an open snapshot it is unknown: the source covers only a part of
   * the index.
   */
  readonly isClosed: boolean;
  /** Sorted by name. */
  readonly entries: readonly DirectoryEntry[];
  readonly shards: readonly ShardFile[];
  /**
   * For each entry, the shards that hold its dependencies and theirs (without extras, of recent releases), its own
   * among them. Entries with the same set share the array.
   */
  readonly closures: readonly (readonly number[])[];
}

const HASH_BYTES = 32;
const FILE_HASH_DIGITS = 16;

/** The name of a shard's file: the beginning of its hash. */
export function shardFilename(sha256: string): string {
  return `${sha256.slice(0, FILE_HASH_DIGITS)}.shard`;
}

/** The bytes of a directory, before deflate: columns, as in shards. */
export function encodeDirectory(directory: SnapshotDirectory): Uint8Array<ArrayBuffer> {
  const writer = makeByteWriter();
  writer.byte(SNAPSHOT_FORMAT);
  writer.text(directory.id);
  writer.byte(directory.isClosed ? 1 : 0);
  writeTexts(
    writer,
    directory.entries.map(({ name }) => name),
  );
  for (const { releases } of directory.entries) writer.number(releases);
  for (const { dependants } of directory.entries) writer.number(dependants);
  for (const { shard } of directory.entries) writer.number(shard);
  writer.number(directory.shards.length);
  for (const { bytes } of directory.shards) writer.number(bytes);
  for (const { inflatedBytes } of directory.shards) writer.number(inflatedBytes);
  for (const { sha256 } of directory.shards)
    for (let at = 0; at < HASH_BYTES; at++) writer.byte(parseInt(sha256.slice(at * 2, at * 2 + 2), 16));
  const sets = [...new Set(directory.closures.map((closure) => closure.join(' ')))];
  writeTexts(writer, sets);
  for (const closure of directory.closures) writer.number(sets.indexOf(closure.join(' ')));
  return writer.finish();
}

function readShards(reader: ByteReader): readonly ShardFile[] {
  const count = reader.number();
  const column = () => Array.from({ length: count }, () => reader.number());
  const bytes = column();
  const inflated = column();
  return bytes.map((length, at) => {
    const hash = Array.from(reader.bytes(HASH_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { file: shardFilename(hash), sha256: hash, bytes: length, inflatedBytes: inflated[at]! };
  });
}

/** Reads an inflated directory. Throws `DamagedSnapshot`. */
export function decodeDirectory(bytes: Uint8Array): SnapshotDirectory {
  const reader = makeByteReader(bytes);
  const format = reader.byte();
  if (format !== SNAPSHOT_FORMAT) throw new DamagedSnapshot(`a directory of format ${format}`);
  const id = reader.text();
  const isClosed = reader.byte() === 1;
  const names = readTexts(reader);
  const column = () => names.map(() => reader.number());
  const releases = column();
  const dependants = column();
  const shardNumbers = column();
  const shards = readShards(reader);
  const sets = readTexts(reader).map((text) => text.split(' ').map(Number));
  const closures = column().map((set) => sets[set] ?? []);
  const entries = names.map((name, at) => ({
    name,
    releases: releases[at]!,
    dependants: dependants[at]!,
    shard: shardNumbers[at]!,
  }));
  if (entries.some(({ shard }) => shard >= shards.length))
    throw new DamagedSnapshot('a shard that is not there');
  return { id, isClosed, entries, shards, closures };
}

/** Position of a project among the entries, or -1. `name` is normalised. */
export function findEntry(directory: SnapshotDirectory, name: string): number {
  let low = 0;
  let high = directory.entries.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = directory.entries[middle]!.name;
    if (found === name) return middle;
    if (found < name) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The shards that a resolve of these projects will most likely read, ascending, each once. */
export function shardsFor(directory: SnapshotDirectory, names: Iterable<string>): readonly number[] {
  const shards = new Set<number>();
  for (const name of names) {
    const entry = findEntry(directory, name);
    for (const shard of directory.closures[entry] ?? []) shards.add(shard);
  }
  return [...shards].sort((a, b) => a - b);
}

/** The shards to load for facts that an engine missed: those that hold them, and what follows from them. */
export function shardsForMissing(
  directory: SnapshotDirectory,
  missing: readonly MissingFact[],
): readonly number[] {
  const names = missing.filter(({ loadable }) => loadable).map(({ project }) => project);
  return shardsFor(directory, names);
}

/** Project names for completion: the most depended on first, equal ones by name. */
export function namesByPopularity(directory: SnapshotDirectory): readonly string[] {
  return [...directory.entries]
    .sort((a, b) => b.dependants - a.dependants || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}
