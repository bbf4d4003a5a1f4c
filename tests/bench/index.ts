/** Figures of the package index: bytes on the wire, time to open and to decode, memory after a large resolve. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { inflateRawSync } from 'node:zlib';
import {
  openSnapshotFromDisk,
  readDirectory,
  readManifest,
  readSnapshotFile,
  SNAPSHOT_FOLDER,
} from '../../src/command/snapshot/snapshot-files.ts';
import { loadEngine } from '../../src/core/headless/engines.ts';
import { runProblem } from '../../src/core/headless/run.ts';
import {
  decodeDirectory,
  findEntry,
  shardsFor,
  type SnapshotDirectory,
} from '../../src/core/package-index/snapshot/directory.ts';
import { makeSnapshotIndex } from '../../src/core/package-index/snapshot/snapshot-index.ts';
import { normalizeName } from '../../src/core/packaging/name.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { readSharedJson, sharedData } from '../shared-data.ts';
import type { BenchRow } from './bench-row.ts';
import { simulateWholeIndex } from './whole-index.ts';

const ID = 'pypi-2023-09-07';
const KILOBYTE = 1_000;

function descriptionOf(id: string) {
  const manifest = readManifest(SNAPSHOT_FOLDER);
  const found = manifest.ok ? manifest.value.snapshots.find((snapshot) => snapshot.id === id) : undefined;
  if (found === undefined) throw new Error(`no snapshot ${id}`);
  return found;
}

function directoryOf(id: string): SnapshotDirectory {
  const directory = readDirectory(resolve(SNAPSHOT_FOLDER, id), descriptionOf(id));
  if (!directory.ok) throw new Error(directory.error);
  return directory.value;
}

/** Bytes that move before the projects named can be read: manifest, directory, shards. */
function bytesFor(id: string, shards: Iterable<number>): number {
  const directory = directoryOf(id);
  const manifest = readFileSync(resolve(SNAPSHOT_FOLDER, 'manifest.json')).length;
  let bytes = manifest + descriptionOf(id).directory.bytes;
  for (const shard of new Set(shards)) bytes += directory.shards[shard]!.bytes;
  return bytes;
}

function kilobytes(name: string, bytes: number, goal: number): BenchRow {
  return { name, value: Math.round(bytes / 100) / 10, unit: 'KB', goal };
}

/** Milliseconds of the quickest of several tries: what the work costs without the machine's noise. */
function quickest(tries: number, work: () => void): number {
  let best = Infinity;
  for (let left = tries; left > 0; left--) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return Math.round(best * 1000) / 1000;
}

interface Recording {
  readonly requirements: readonly string[];
  /** Absent where pip crashed before it began. */
  readonly events?: readonly (readonly unknown[])[];
}

/** Names of all projects of which a recording says anything. */
function namesIn(recording: Recording): ReadonlySet<string> {
  const texts = [...recording.requirements, ...(recording.events ?? []).map((event) => String(event[1]))];
  const names = texts.map((text) => /^[A-Za-z0-9][A-Za-z0-9._-]*/u.exec(text)?.[0] ?? '');
  return new Set(names.map(normalizeName));
}

/** The most that a recorded case of September 2023 moves: the closures of its lines and the projects it met. */
function largestCase(): number {
  const directory = directoryOf(ID);
  const recordings = readSharedJson('recordings/pip-26.2.1-random-2023.json') as readonly Recording[];
  return Math.max(
    ...recordings.map((recording) => {
      const names = [...namesIn(recording)].filter((name) => findEntry(directory, name) >= 0);
      return bytesFor(ID, shardsFor(directory, names));
    }),
  );
}

const NEWEST = 'pypi-2026-11';

/** The default snapshot: whole, for a first question, and to open. */
function newestRows(): readonly BenchRow[] {
  const description = descriptionOf(NEWEST);
  const directory = directoryOf(NEWEST);
  const packed = readFileSync(resolve(SNAPSHOT_FOLDER, NEWEST, description.directory.file));
  const popular = ['fastapi', 'pandas', 'django', 'jupyterlab', 'apache-airflow', 'mlflow', 'torch'];
  const most = Math.max(...popular.map((name) => bytesFor(NEWEST, shardsFor(directory, [name]))));
  return [
    kilobytes('November 2026 on the wire', description.bytes, 1_500),
    kilobytes(
      'November 2026: first resolve of requests moves',
      bytesFor(NEWEST, shardsFor(directory, ['requests'])),
      60,
    ),
    kilobytes('November 2026: largest of seven popular questions moves', most, 400),
    {
      name: `open ${NEWEST}: inflate and decode its directory`,
      value: quickest(20, () => decodeDirectory(inflateRawSync(packed))),
      unit: 'ms',
      goal: 30,
    },
  ];
}

function decodingTimes(): readonly BenchRow[] {
  const folder = resolve(SNAPSHOT_FOLDER, ID);
  const { directory: file } = descriptionOf(ID);
  const packed = readFileSync(resolve(folder, file.file));
  const opened = quickest(20, () => decodeDirectory(inflateRawSync(packed)));
  const directory = directoryOf(ID);
  const shards = directory.shards.map((shard) => {
    const bytes = readSnapshotFile(folder, shard);
    if (!bytes.ok) throw new Error(bytes.error);
    return bytes.value;
  });
  const fill = () => {
    const index = makeSnapshotIndex(directory);
    for (const [shard, bytes] of shards.entries()) index.addShard(shard, bytes);
    return index;
  };
  const tables = quickest(5, fill);
  /** Each project's quickest, since a busy machine interrupts longer work; a worker opens a shard once. */
  const decode = (tries: number, wanted: readonly string[]) => {
    const best = wanted.map(() => Infinity);
    for (let left = tries; left > 0; left--) {
      const index = fill();
      for (const [at, name] of wanted.entries())
        best[at] = Math.min(
          best[at]!,
          quickest(1, () => index.page(name)),
        );
    }
    return best.reduce((sum, time) => sum + time, 0) / wanted.length;
  };
  const names = directory.entries.map(({ name }) => name);
  return [
    { name: `open ${ID}: inflate and decode its directory`, value: opened, unit: 'ms', goal: 30 },
    { name: 'open all its shards', value: tables, unit: 'ms', goal: 100 },
    {
      name: 'decode a project, mean of all',
      value: decode(5, names),
      unit: 'ms',
      goal: 0.5,
    },
    { name: 'decode boto3 (1,382 releases)', value: decode(10, ['boto3']), unit: 'ms', goal: 5 },
  ];
}

/** A long search: choices taken back by the thousand. */
const LARGE_RESOLVE = ['boto3', 'urllib3>=2', 'awscli', 's3fs', 'jupyter'];

/** Heap that index, trace and answer hold after a large resolve. Shards' own bytes lie outside of it. */
async function heapAfterResolving(): Promise<BenchRow> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const problem = makeProblem({
    engine: 'pip@26.2',
    requirements: LARGE_RESOLVE.join('\n'),
    options: { maxRounds: 5_000, unknownMetadata: 'leave-out' },
  });
  const engine = await loadEngine({ family: 'pip', version: '26.2' });
  collect();
  const before = process.memoryUsage().heapUsed;
  const index = openSnapshotFromDisk(ID);
  if (!index.ok) throw new Error(index.error);
  const run = runProblem(problem, engine, index.value);
  collect();
  const used = (process.memoryUsage().heapUsed - before) / KILOBYTE / KILOBYTE;
  const { pages, metadata, rounds } = run.metrics;
  // The run and the index are named here, so that they outlive the measurement.
  if (!index.value.hasShard(0)) throw new Error('a shard was not loaded');
  return {
    name: `heap after a resolve of ${pages} projects, ${metadata} files, ${rounds} rounds`,
    value: Math.round(used * 10) / 10,
    unit: 'MB',
    goal: 30,
  };
}

/** Every figure; those that need recordings only where they are. */
export async function benchIndex(): Promise<BenchRow[]> {
  const requests = shardsFor(directoryOf(ID), ['requests']);
  const rows: BenchRow[] = [
    kilobytes('September 2023 on the wire', descriptionOf(ID).bytes, 650),
    kilobytes('November 2020 on the wire', descriptionOf('pypi-2020-11-17').bytes, 130),
    kilobytes('first resolve of requests moves', bytesFor(ID, requests), 60),
    ...newestRows(),
    ...(sharedData === null ? [] : [kilobytes('largest recorded case moves', largestCase(), 250)]),
    ...decodingTimes(),
    await heapAfterResolving(),
    ...simulateWholeIndex(),
  ];
  return rows;
}
