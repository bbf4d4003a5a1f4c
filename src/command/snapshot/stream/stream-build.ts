/**
 * A snapshot of an index of any size, with bounded memory:
 *
 *   newline JSON ─▶ rows, sorted by project on disk ─▶ one project after the other: facts to a spool on disk,
 *                                                      name, size and needs to memory
 *                                                   ─▶ plan ─▶ shard after shard out of the spool ─▶ directory
 *
 * With a base, only the projects that the input tells of are written: their shards are new, all others stand as they are
 * under the names of their hashes. What the input says of a project is then all of it.
 */
import {
  closeSync,
  readdirSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { resolve } from 'node:path';
import type { ProjectFacts } from '../../../core/package-index/facts/facts.ts';
import { countFacts } from '../../../core/package-index/snapshot/build.ts';
import {
  encodeDirectory,
  shardFilename,
  type DirectoryEntry,
  type ShardFile,
} from '../../../core/package-index/snapshot/directory.ts';
import type { SnapshotCounts, SnapshotDescription } from '../../../core/package-index/snapshot/manifest.ts';
import { openShard, projectFacts } from '../../../core/package-index/snapshot/shard-decoder.ts';
import { encodeShard, type NamedProject } from '../../../core/package-index/snapshot/shard-encoder.ts';
import { closureOf, dealShards, requiredNames } from '../../../core/package-index/snapshot/shard-plan.ts';
import type { SnapshotDirectory } from '../../../core/package-index/snapshot/directory.ts';
import { SHARD_BYTES, type SnapshotTitle } from '../build-command.ts';
import { showProgress } from '../progress.ts';
import {
  deflate,
  readDirectory,
  readManifest,
  readSnapshotFile,
  sha256,
  writeManifest,
} from '../snapshot-files.ts';
import type { DatasetRow } from './dataset-row.ts';
import { factsOfRows } from './project-rows.ts';
import { readRows } from './read-rows.ts';
import { makeSortedLines, removePieces, type SortedLines } from './sorted-lines.ts';

export interface StreamOptions {
  readonly title: SnapshotTitle;
  /** Newline JSON, `.gz` or plain. */
  readonly inputs: readonly string[];
  /** The folder of snapshots. */
  readonly out: string;
  /** The folder of files inside it: snapshots that share it share the shards that are the same. */
  readonly folder: string;
  /** What is between is kept here while it lasts; called again after a crash, the inputs that were read are not read again. */
  readonly work: string;
  /** Characters of rows in memory. */
  readonly memory: number;
  /** Id of the snapshot that is brought up to date; null to build from the input alone. */
  readonly since: string | null;
}

export interface StreamResult {
  readonly description: SnapshotDescription;
  /** Bytes of the files that were not there before. */
  readonly published: number;
  readonly lines: number;
  readonly rows: number;
  readonly skipped: readonly string[];
}

/** What is kept in memory of a project. */
interface Summary {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly size: number;
  readonly releases: number;
  readonly recent: readonly string[];
}

const COUNTED = ['projects', 'releases', 'dependencies', 'unknown', 'modelled', 'files'] as const;

/** Builds or updates a snapshot. Throws what the disk throws; a base that is not whole is an error with its sentence. */
export async function streamSnapshot(options: StreamOptions): Promise<StreamResult> {
  const { work } = options;
  mkdirSync(work, { recursive: true });
  const read = await readInputs(options);
  const spool = resolve(work, 'projects.spool');
  const { summaries, dependants, counts } = spoolProjects(read.sorted, spool);
  const base = options.since === null ? null : openBase(options, options.since);
  const built = writeShards(options, summaries, dependants, spool, base);
  const description = finish(options, built, addBase(counts, base, summaries), built.shards.length);
  removePieces(work);
  const { lines, rows, skipped } = read;
  return { description, published: built.published + description.directory.bytes, lines, rows, skipped };
}

interface State {
  /** By path, size and time of change: what was read. */
  readonly inputs: Record<
    string,
    { readonly lines: number; readonly rows: number; readonly skipped: string | null }
  >;
  readonly pieces: readonly string[];
}

async function readInputs(
  options: StreamOptions,
): Promise<{ sorted: SortedLines; lines: number; rows: number; skipped: readonly string[] }> {
  const stateFile = resolve(options.work, 'state.json');
  const state = readState(stateFile);
  const sorted = makeSortedLines(resolve(options.work, 'pieces'), options.memory, state.pieces);
  const inputs = { ...state.inputs };
  for (const path of options.inputs) {
    const { size, mtimeMs } = statSync(path);
    const key = `${resolve(path)} ${size} ${mtimeMs}`;
    if (inputs[key] !== undefined) continue;
    const { lines, rows, skipped, firstSkipped } = await readRows(path, sorted, (number) =>
      showProgress(`reading ${path}: ${number.toLocaleString('en-US')} lines`, 0),
    );
    inputs[key] = {
      lines,
      rows,
      skipped: skipped === 0 ? null : `${path}: ${skipped} lines skipped, the first: ${firstSkipped ?? ''}`,
    };
    // Pieces that were written before this line and after the last are not known to it: they are written anew.
    writeFileSync(stateFile, JSON.stringify({ inputs, pieces: sorted.flush() } satisfies State));
  }
  const all = Object.values(inputs);
  return {
    sorted,
    lines: all.reduce((sum, { lines }) => sum + lines, 0),
    rows: all.reduce((sum, { rows }) => sum + rows, 0),
    skipped: all.flatMap(({ skipped }) => skipped ?? []),
  };
}

function readState(file: string): State {
  if (!existsSync(file)) return { inputs: {}, pieces: [] };
  return JSON.parse(readFileSync(file, 'utf8')) as State;
}

function* projectsOf(sorted: SortedLines): Generator<NamedProject> {
  let name = '';
  let rows: DatasetRow[] = [];
  for (const [key, text] of sorted.sorted()) {
    if (key !== name && rows.length > 0) {
      yield { name, releases: factsOfRows(rows) };
      rows = [];
    }
    name = key;
    rows.push(JSON.parse(text) as DatasetRow);
  }
  if (rows.length > 0) yield { name, releases: factsOfRows(rows) };
}

function spoolProjects(sorted: SortedLines, spool: string) {
  const summaries: Summary[] = [];
  const dependants = new Map<string, number>();
  const counts = emptyCounts();
  const descriptor = openSync(spool, 'w');
  let offset = 0;
  for (const project of projectsOf(sorted)) {
    const bytes = Buffer.from(JSON.stringify(project.releases));
    writeSync(descriptor, bytes);
    for (const name of requiredNames(project.releases, false))
      dependants.set(name, (dependants.get(name) ?? 0) + 1);
    addCounts(counts, countFacts([project], 0), 1);
    summaries.push({
      name: project.name,
      offset,
      length: bytes.length,
      size: deflate(encodeShard([project])).length,
      releases: Object.keys(project.releases).length,
      recent: requiredNames(project.releases, true),
    });
    offset += bytes.length;
    if (summaries.length % 1_000 === 0)
      showProgress(`${summaries.length.toLocaleString('en-US')} projects`, 0);
  }
  closeSync(descriptor);
  return { summaries, dependants, counts };
}

type MutableCounts = { -readonly [Key in keyof SnapshotCounts]: SnapshotCounts[Key] };

function emptyCounts(): MutableCounts {
  return { projects: 0, releases: 0, dependencies: 0, unknown: 0, modelled: 0, files: 0, shards: 0 };
}

function addCounts(sum: MutableCounts, counts: SnapshotCounts, sign: 1 | -1): void {
  for (const field of COUNTED) sum[field] += sign * counts[field];
}

/** The snapshot that is brought up to date. */
interface Base {
  readonly directory: SnapshotDirectory;
  readonly description: SnapshotDescription;
  readonly folder: string;
}

function openBase({ out }: StreamOptions, id: string): Base {
  const manifest = readManifest(out);
  if (!manifest.ok) throw new Error(manifest.error);
  const description = manifest.value.snapshots.find((snapshot) => snapshot.id === id);
  if (description === undefined) throw new Error(`there is no snapshot ${id} in ${out}`);
  const folder = resolve(out, description.folder ?? id);
  const directory = readDirectory(folder, description);
  if (!directory.ok) throw new Error(directory.error);
  return { directory: directory.value, description, folder };
}

interface Written {
  readonly entries: readonly DirectoryEntry[];
  readonly shards: readonly ShardFile[];
  readonly closures: readonly (readonly number[])[];
  readonly published: number;
}

function writeShards(
  { out, folder }: StreamOptions,
  summaries: readonly Summary[],
  dependants: ReadonlyMap<string, number>,
  spool: string,
  base: Base | null,
): Written {
  const target = resolve(out, folder);
  mkdirSync(target, { recursive: true });
  const byName = new Map(summaries.map((summary) => [summary.name, summary]));
  const plan = dealShards(summaries, dependants, SHARD_BYTES);
  const kept = keptShards(base, byName);
  const shards: ShardFile[] = [...kept.shards];
  const shardOf = new Map<string, number>(kept.entries.map(({ name, shard }) => [name, shard]));
  const descriptor = openSync(spool, 'r');
  let published = 0;
  for (const [at, names] of plan.entries()) {
    const inflated = encodeShard(names.map((name) => readProject(descriptor, byName.get(name)!)));
    const { file, isNew } = writeShardFile(target, inflated);
    if (isNew) published += file.bytes;
    for (const name of names) shardOf.set(name, shards.length);
    shards.push(file);
    showProgress('writing shards', (at + 1) / plan.length);
  }
  closeSync(descriptor);
  const needs = new Map(
    summaries.map(({ name, recent }) => [name, recent.filter((need) => byName.has(need))] as const),
  );
  const fresh = summaries.map(({ name, releases, recent }) => {
    const entry = { name, releases, dependants: dependants.get(name) ?? 0, shard: shardOf.get(name)! };
    // What it needs of the base is foreseen as far as one step.
    const old = recent.flatMap((need) => (byName.has(need) ? [] : (shardOf.get(need) ?? [])));
    const own = closureOf(name, needs).map((member) => shardOf.get(member)!);
    return { entry, closure: [...new Set([...own, ...old])].sort((a, b) => a - b) };
  });
  const all = [...kept.entries.map((entry, at) => ({ entry, closure: kept.closures[at]! })), ...fresh].sort(
    (a, b) => (a.entry.name < b.entry.name ? -1 : 1),
  );
  return {
    entries: all.map(({ entry }) => entry),
    shards,
    closures: all.map(({ closure }) => closure),
    published,
  };
}

/** What of the base stands: its entries without those that are told anew, and the shards that these lie in. */
function keptShards(base: Base | null, changed: ReadonlyMap<string, Summary>) {
  if (base === null) return { entries: [], shards: [], closures: [] };
  const { directory } = base;
  const standing = directory.entries.flatMap((entry, at) => (changed.has(entry.name) ? [] : [{ entry, at }]));
  const used = [...new Set(standing.map(({ entry }) => entry.shard))].sort((a, b) => a - b);
  const places = new Map(used.map((shard, place) => [shard, place]));
  return {
    entries: standing.map(({ entry }) => ({ ...entry, shard: places.get(entry.shard)! })),
    shards: used.map((shard) => directory.shards[shard]!),
    closures: standing.map(({ at }) => directory.closures[at]!.flatMap((shard) => places.get(shard) ?? [])),
  };
}

function readProject(descriptor: number, { name, offset, length }: Summary): NamedProject {
  const bytes = Buffer.alloc(length);
  readSync(descriptor, bytes, 0, length, offset);
  return { name, releases: JSON.parse(bytes.toString('utf8')) as ProjectFacts };
}

function writeShardFile(
  target: string,
  inflated: Uint8Array,
): { readonly file: ShardFile; readonly isNew: boolean } {
  const content = deflate(inflated);
  const hash = sha256(content);
  const file = {
    file: shardFilename(hash),
    sha256: hash,
    bytes: content.length,
    inflatedBytes: inflated.length,
  };
  const path = resolve(target, file.file);
  const isNew = !existsSync(path);
  if (isNew) writeFileSync(path, content);
  return { file, isNew };
}

/** The base's counts, those of the projects that are told anew taken off. */
function addBase(counts: MutableCounts, base: Base | null, summaries: readonly Summary[]): SnapshotCounts {
  if (base === null) return counts;
  addCounts(counts, base.description.counts, 1);
  const changed = new Set(summaries.map(({ name }) => name));
  const gone = base.directory.entries.filter(({ name }) => changed.has(name));
  for (const shard of new Set(gone.map((entry) => entry.shard))) {
    const bytes = readSnapshotFile(base.folder, base.directory.shards[shard]!);
    if (!bytes.ok) throw new Error(bytes.error);
    const opened = openShard(bytes.value);
    for (const { name } of gone.filter((entry) => entry.shard === shard)) {
      const project = opened.project(name);
      if (project !== null) addCounts(counts, countFacts([{ name, releases: projectFacts(project) }], 0), -1);
    }
  }
  return counts;
}

function finish(
  { out, folder, title }: StreamOptions,
  { entries, shards, closures }: Written,
  counted: SnapshotCounts,
  shardCount: number,
): SnapshotDescription {
  const isClosed = title.world === 'closed';
  const directory = { id: title.id, isClosed, entries, shards, closures };
  const { file } = writeShardFile(resolve(out, folder), encodeDirectory(directory));
  const description: SnapshotDescription = {
    ...title,
    ...(folder === title.id ? {} : { folder }),
    counts: { ...counted, shards: shardCount },
    bytes: shards.reduce((sum, shard) => sum + shard.bytes, file.bytes),
    directory: file,
  };
  const manifest = readManifest(out);
  if (!manifest.ok) throw new Error(manifest.error);
  const others = manifest.value.snapshots.filter(({ id }) => id !== title.id);
  writeManifest(out, { format: 1, default: title.id, snapshots: [description, ...others] });
  return description;
}

/** Removes all but the newest `keep` snapshots of a folder, and the files that none of those that stay names. */
export function pruneFolder(
  out: string,
  folder: string,
  keep: number,
): { readonly snapshots: number; readonly files: number } {
  const manifest = readManifest(out);
  if (!manifest.ok) throw new Error(manifest.error);
  const ofFolder = manifest.value.snapshots
    .filter((snapshot) => (snapshot.folder ?? snapshot.id) === folder)
    .toSorted((a, b) => (a.date < b.date ? 1 : -1));
  const kept = ofFolder.slice(0, keep);
  const named = new Set<string>();
  for (const description of kept) {
    named.add(description.directory.file);
    const directory = readDirectory(resolve(out, folder), description);
    if (!directory.ok) throw new Error(directory.error);
    for (const { file } of directory.value.shards) named.add(file);
  }
  const gone = new Set(ofFolder.slice(keep).map(({ id }) => id));
  const snapshots = manifest.value.snapshots.filter(({ id }) => !gone.has(id));
  const [first] = snapshots;
  const isDefaultGone = gone.has(manifest.value.default);
  // The manifest first: what it names is there at every moment.
  writeManifest(out, {
    ...manifest.value,
    default: isDefaultGone ? (first?.id ?? 'none') : manifest.value.default,
    snapshots,
  });
  const files = readdirSync(resolve(out, folder)).filter(
    (file) => file.endsWith('.shard') && !named.has(file),
  );
  for (const file of files) rmSync(resolve(out, folder, file));
  return { snapshots: gone.size, files: files.length };
}
