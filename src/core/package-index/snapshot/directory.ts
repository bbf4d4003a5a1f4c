/**
 * The directory of a snapshot: which projects there are, how popular each is, which shard holds it, and which shards a
 * resolve that begins with it will most likely read. It is loaded first and kept; shards follow when they are needed.
 */
import type { MissingFact, PartialSense } from '../package-index.ts';
import { DamagedSnapshot, makeByteReader, readTexts, type ByteReader } from './byte-reader.ts';
import { makeByteWriter, writeTexts, type ByteWriter } from './byte-writer.ts';

/** A file of the snapshot, deflated (raw deflate), named for its hash. */
export interface ShardFile {
  /** Name inside the snapshot's folder. */
  readonly file: string;
  /** Of the file as it travels, lower-case hexadecimal: whole, or as much of its beginning as a directory holds. */
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
  /** In what sense its list of releases is partial; absent where it is whole. */
  readonly partial?: PartialSense;
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

/** By code - 1 in the directory. */
const SENSES: readonly PartialSense[] = ['chosen', 'remnant'];

/** A reader refuses what it does not know. */
const DIRECTORY_FORMAT = 2;
/** As much of a hash as nobody can find a second file for. */
const HASH_BYTES = 16;
const HEXADECIMAL = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const FILE_HASH_DIGITS = 16;

/** Whether a file with this whole hash is the one that is expected. */
export function isExpectedHash(expected: string, found: string): boolean {
  return expected.length >= HASH_BYTES * 2 && found.startsWith(expected);
}

/** The name of a shard's file: the beginning of its hash. */
export function shardFilename(sha256: string): string {
  return `${sha256.slice(0, FILE_HASH_DIGITS)}.shard`;
}

/** The bytes of a directory, before deflate: columns, as in shards. */
export function encodeDirectory(directory: SnapshotDirectory): Uint8Array<ArrayBuffer> {
  const writer = makeByteWriter();
  const { entries, shards, closures } = directory;
  writer.byte(DIRECTORY_FORMAT);
  writer.text(directory.id);
  writer.byte(directory.isClosed ? 1 : 0);
  writeNames(
    writer,
    entries.map(({ name }) => name),
  );
  for (const { releases } of entries) writer.number(releases);
  for (const { dependants } of entries) writer.number(dependants);
  writer.number(shards.length);
  for (const { bytes } of shards) writer.number(bytes);
  for (const { inflatedBytes } of shards) writer.number(inflatedBytes);
  for (const { sha256 } of shards)
    for (let at = 0; at < HASH_BYTES; at++) writer.byte(parseInt(sha256.slice(at * 2, at * 2 + 2), 16));
  writeClosures(writer, closures);
  // Nearly always 0: what a project needs lies in shards before its own.
  for (const [at, { shard }] of entries.entries())
    writer.number(closures[at]!.length - 1 - closures[at]!.indexOf(shard));
  writeSenses(writer, entries);
  return writer.finish();
}

/** Sorted names: how many characters each shares with the one before, then all that is left, as texts. */
function writeNames(writer: ByteWriter, names: readonly string[]): void {
  const shared = names.map((name, at) => sharedLength(names[at - 1] ?? '', name));
  writeTexts(
    writer,
    names.map((name, at) => name.slice(shared[at])),
  );
  for (const length of shared) writer.number(length);
}

function readNames(reader: ByteReader): readonly string[] {
  const rests = readTexts(reader);
  let name = '';
  return rests.map((rest) => (name = name.slice(0, reader.number()) + rest));
}

function sharedLength(before: string, name: string): number {
  let length = 0;
  while (length < before.length && before[length] === name[length]) length++;
  return length;
}

/** Each set of shards once, where it is first used (0); after that its place + 1. */
function writeClosures(writer: ByteWriter, closures: SnapshotDirectory['closures']): void {
  const places = new Map<string, number>();
  for (const closure of closures) {
    const key = closure.join(' ');
    const place = places.get(key);
    writer.number(place === undefined ? 0 : place + 1);
    if (place === undefined) places.set(key, places.size);
  }
  const isWritten = new Set<string>();
  for (const closure of closures) {
    const key = closure.join(' ');
    if (isWritten.has(key)) continue;
    isWritten.add(key);
    writer.number(closure.length);
    for (const [at, shard] of closure.entries()) writer.number(shard - (closure[at - 1] ?? 0));
  }
}

function readClosures(reader: ByteReader, count: number): SnapshotDirectory['closures'] {
  const codes = Array.from({ length: count }, () => reader.number());
  const sets: (readonly number[])[] = [];
  for (const code of codes) {
    if (code !== 0) continue;
    const set: number[] = [];
    let shard = 0;
    for (let rest = reader.number(); rest > 0; rest--) set.push((shard += reader.number()));
    sets.push(set);
  }
  let next = 0;
  return codes.map((code) => {
    const set = code === 0 ? sets[next++] : sets[code - 1];
    if (set === undefined || set.length === 0) throw new DamagedSnapshot('a set of shards that is not there');
    return set;
  });
}

/** By project: 0 for a whole list, else the sense + 1. */
function writeSenses(writer: ByteWriter, entries: readonly DirectoryEntry[]): void {
  for (const { partial } of entries) writer.byte(partial === undefined ? 0 : SENSES.indexOf(partial) + 1);
}

function readSenses(reader: ByteReader, count: number): readonly (PartialSense | undefined)[] {
  return Array.from(reader.bytes(count), (code) => (code === 0 ? undefined : SENSES[code - 1]));
}

function readShards(reader: ByteReader): readonly ShardFile[] {
  const count = reader.number();
  const column = () => Array.from({ length: count }, () => reader.number());
  const bytes = column();
  const inflated = column();
  return bytes.map((length, at) => {
    let hash = '';
    for (const byte of reader.bytes(HASH_BYTES)) hash += HEXADECIMAL[byte]!;
    return { file: shardFilename(hash), sha256: hash, bytes: length, inflatedBytes: inflated[at]! };
  });
}

/** Reads an inflated directory. Throws `DamagedSnapshot`. */
export function decodeDirectory(bytes: Uint8Array): SnapshotDirectory {
  const reader = makeByteReader(bytes);
  const format = reader.byte();
  if (format !== DIRECTORY_FORMAT) throw new DamagedSnapshot(`a directory of format ${format}`);
  const id = reader.text();
  const isClosed = reader.byte() === 1;
  const names = readNames(reader);
  const column = () => names.map(() => reader.number());
  const releases = column();
  const dependants = column();
  const shards = readShards(reader);
  const closures = readClosures(reader, names.length);
  const places = column();
  const senses = readSenses(reader, names.length);
  const entries = names.map((name, at): DirectoryEntry => {
    const shard = closures[at]!.at(-1 - places[at]!);
    if (shard === undefined || shard >= shards.length) throw new DamagedSnapshot('a shard that is not there');
    const entry = { name, releases: releases[at]!, dependants: dependants[at]!, shard };
    const partial = senses[at];
    return partial === undefined ? entry : { ...entry, partial };
  });
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
