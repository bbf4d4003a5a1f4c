/**
 * The embedded snapshots, as the page gets them: same-origin files, each checked against its hash before anything reads
 * it, loaded when first needed and kept.
 *
 *   manifest.json ─▶ directory (once a snapshot) ─▶ shards that the missing facts need, and what follows from them
 *
 * Besides live-index.ts this is the only file that fetches, and it fetches nothing but relative addresses.
 */
import type { FactBundle } from '../../core/headless/resolver-service.ts';
import type { MissingFact } from '../../core/package-index/package-index.ts';
import { DamagedSnapshot } from '../../core/package-index/snapshot/byte-reader.ts';
import {
  decodeDirectory,
  isExpectedHash,
  shardsForMissing,
  type ShardFile,
  type SnapshotDirectory,
} from '../../core/package-index/snapshot/directory.ts';
import {
  parseSnapshotManifest,
  type SnapshotDescription,
  type SnapshotManifest,
} from '../../core/package-index/snapshot/manifest.ts';
import type { SnapshotIndex } from '../../core/package-index/snapshot/snapshot-index.ts';
import type { Result } from '../../core/packaging/result.ts';
import { inflate } from '../codec/deflate.ts';
import { sha256 } from '../codec/sha256.ts';

/** Why a file of a snapshot could not be had. `file` is its relative address. */
export type SnapshotError =
  | { readonly kind: 'unknown-snapshot'; readonly id: string; readonly known: readonly string[] }
  /** The request failed as such: offline, or blocked. */
  | { readonly kind: 'unreachable'; readonly file: string }
  | { readonly kind: 'http-status'; readonly file: string; readonly status: number }
  /** The bytes are not those that the manifest promises. */
  | { readonly kind: 'wrong-hash'; readonly file: string; readonly expected: string; readonly found: string }
  | { readonly kind: 'damaged'; readonly file: string; readonly detail: string };

/** What was moved so far. */
export interface SnapshotTraffic {
  readonly requests: number;
  /** As they travelled. */
  readonly bytes: number;
}

export interface SnapshotStore {
  manifest(): Promise<Result<SnapshotManifest, SnapshotError>>;
  /** Loads the directory; at once when it is there. */
  openSnapshot(id: string): Promise<Result<SnapshotDirectory, SnapshotError>>;
  /** Loads shards that are not there yet, all at once; the first failure is the error, the others are kept. */
  loadShards(id: string, shards: readonly number[]): Promise<Result<readonly FactBundle[], SnapshotError>>;
  /** Loads what answers these facts: the directory, their shards, and those that most likely follow. */
  loadMissing(
    id: string,
    missing: readonly MissingFact[],
  ): Promise<Result<readonly FactBundle[], SnapshotError>>;
  /** Directory and shards that are there, in the order of their numbers, for a fresh worker. */
  loaded(id: string): readonly FactBundle[];
  /** The page's own view of what is there, for completion and hover; null before the directory is. Loads its decoder. */
  index(id: string): Promise<SnapshotIndex | null>;
  traffic(): SnapshotTraffic;
}

type ShardBundle = Extract<FactBundle, { kind: 'shard' }>;

interface OpenSnapshot {
  readonly folder: string;
  readonly directory: SnapshotDirectory;
  readonly directoryBundle: FactBundle;
  /** Made when it is first asked for. */
  index: SnapshotIndex | null;
  readonly shards: Map<number, ShardBundle>;
}

type Fetch = (address: URL) => Promise<Response>;

/** Remembers a promise by key; one that ends in an error is forgotten, so that it can be tried again. */
function keepUnlessFailed<T>(
  promises: Map<string, Promise<Result<T, SnapshotError>>>,
  key: string,
  start: () => Promise<Result<T, SnapshotError>>,
): Promise<Result<T, SnapshotError>> {
  const known = promises.get(key);
  if (known !== undefined) return known;
  const fresh = start().then((result) => {
    if (!result.ok) promises.delete(key);
    return result;
  });
  promises.set(key, fresh);
  return fresh;
}

/** Turns the decoder's complaint into a value. */
function decoded<T>(file: string, decode: () => T): Result<T, SnapshotError> {
  try {
    return { ok: true, value: decode() };
  } catch (error) {
    if (!(error instanceof DamagedSnapshot)) throw error;
    return { ok: false, error: { kind: 'damaged', file, detail: error.message } };
  }
}

/** A store of the snapshots under `base`, the address of the folder that holds manifest.json. */
export function makeSnapshotStore(base: URL, fetchFile: Fetch = (address) => fetch(address)): SnapshotStore {
  const manifests = new Map<string, Promise<Result<SnapshotManifest, SnapshotError>>>();
  const openings = new Map<string, Promise<Result<OpenSnapshot, SnapshotError>>>();
  const loadings = new Map<string, Promise<Result<ShardBundle, SnapshotError>>>();
  const open = new Map<string, OpenSnapshot>();
  let requests = 0;
  let moved = 0;

  async function get(file: string): Promise<Result<Uint8Array<ArrayBuffer>, SnapshotError>> {
    requests++;
    try {
      const response = await fetchFile(new URL(file, base));
      if (!response.ok) return { ok: false, error: { kind: 'http-status', file, status: response.status } };
      const bytes = new Uint8Array(await response.arrayBuffer());
      moved += bytes.length;
      return { ok: true, value: bytes };
    } catch {
      return { ok: false, error: { kind: 'unreachable', file } };
    }
  }

  /** One file of a snapshot, verified and inflated; `folder` is where its files lie. */
  async function getChecked(folder: string, expected: ShardFile): Promise<Result<Uint8Array, SnapshotError>> {
    const file = `${folder}/${expected.file}`;
    const content = await get(file);
    if (!content.ok) return content;
    const found = await sha256(content.value);
    if (!isExpectedHash(expected.sha256, found))
      return { ok: false, error: { kind: 'wrong-hash', file, expected: expected.sha256, found } };
    const inflated = await inflate(content.value, expected.inflatedBytes);
    if (inflated.kind === 'bytes') return { ok: true, value: inflated.bytes };
    return { ok: false, error: { kind: 'damaged', file, detail: inflated.kind } };
  }

  async function readManifest(): Promise<Result<SnapshotManifest, SnapshotError>> {
    const file = 'manifest.json';
    const content = await get(file);
    if (!content.ok) return content;
    try {
      const parsed = parseSnapshotManifest(JSON.parse(new TextDecoder().decode(content.value)));
      if (parsed.ok) return parsed;
      return { ok: false, error: { kind: 'damaged', file, detail: parsed.error } };
    } catch {
      return { ok: false, error: { kind: 'damaged', file, detail: 'it is not JSON' } };
    }
  }

  const manifest = () => keepUnlessFailed(manifests, '', readManifest);

  async function readDirectory(
    description: SnapshotDescription,
  ): Promise<Result<OpenSnapshot, SnapshotError>> {
    const { id, folder = id } = description;
    const bytes = await getChecked(folder, description.directory);
    if (!bytes.ok) return bytes;
    const directory = decoded(`${folder}/${description.directory.file}`, () => decodeDirectory(bytes.value));
    if (!directory.ok) return directory;
    const opened: OpenSnapshot = {
      folder,
      directory: directory.value,
      directoryBundle: { kind: 'directory', snapshot: id, bytes: bytes.value },
      index: null,
      shards: new Map(),
    };
    open.set(id, opened);
    return { ok: true, value: opened };
  }

  async function openById(id: string): Promise<Result<OpenSnapshot, SnapshotError>> {
    const known = await manifest();
    if (!known.ok) return known;
    const description = known.value.snapshots.find((snapshot) => snapshot.id === id);
    if (description !== undefined) return keepUnlessFailed(openings, id, () => readDirectory(description));
    const ids = known.value.snapshots.map((snapshot) => snapshot.id);
    return { ok: false, error: { kind: 'unknown-snapshot', id, known: ids } };
  }

  async function loadShard(
    snapshot: OpenSnapshot,
    shard: number,
  ): Promise<Result<ShardBundle, SnapshotError>> {
    const { id } = snapshot.directory;
    const expected = snapshot.directory.shards[shard];
    if (expected === undefined)
      return { ok: false, error: { kind: 'damaged', file: id, detail: `it has no shard ${shard}` } };
    const bytes = await getChecked(snapshot.folder, expected);
    if (!bytes.ok) return bytes;
    const bundle = { kind: 'shard', snapshot: id, shard, bytes: bytes.value } as const;
    snapshot.shards.set(shard, bundle);
    return { ok: true, value: bundle };
  }

  async function loadAll(
    snapshot: OpenSnapshot,
    shards: readonly number[],
  ): Promise<Result<readonly ShardBundle[], SnapshotError>> {
    const { id } = snapshot.directory;
    const results = await Promise.all(
      shards.map((shard) => keepUnlessFailed(loadings, `${id}/${shard}`, () => loadShard(snapshot, shard))),
    );
    const bundles: ShardBundle[] = [];
    for (const result of results) {
      if (!result.ok) return result;
      bundles.push(result.value);
    }
    return { ok: true, value: bundles };
  }

  return {
    manifest,
    async openSnapshot(id) {
      const opened = await openById(id);
      return opened.ok ? { ok: true, value: opened.value.directory } : opened;
    },
    async loadShards(id, shards) {
      const opened = await openById(id);
      return opened.ok ? loadAll(opened.value, shards) : opened;
    },
    async loadMissing(id, missing) {
      const opened = await openById(id);
      if (!opened.ok) return opened;
      const { directory, directoryBundle } = opened.value;
      const shards = await loadAll(opened.value, shardsForMissing(directory, missing));
      return shards.ok ? { ok: true, value: [directoryBundle, ...inOrder(shards.value)] } : shards;
    },
    loaded(id) {
      const snapshot = open.get(id);
      return snapshot === undefined
        ? []
        : [snapshot.directoryBundle, ...inOrder([...snapshot.shards.values()])];
    },
    async index(id) {
      const snapshot = open.get(id);
      if (snapshot === undefined) return null;
      const { makeSnapshotIndex } = await import('../../core/package-index/snapshot/snapshot-index.ts');
      const index = (snapshot.index ??= makeSnapshotIndex(snapshot.directory));
      for (const [shard, bundle] of snapshot.shards) index.addShard(shard, bundle.bytes);
      return index;
    },
    traffic: () => ({ requests, bytes: moved }),
  };
}

/** By their numbers: which of them came first depends on the network. */
function inOrder(shards: readonly ShardBundle[]): readonly ShardBundle[] {
  return shards.toSorted((left, right) => left.shard - right.shard);
}

/** The error as a sentence for the reader. */
export function snapshotErrorText(error: SnapshotError): string {
  switch (error.kind) {
    case 'unknown-snapshot':
      return `There is no snapshot “${error.id}” here. There are: ${error.known.join(', ')}.`;
    case 'unreachable':
      return `The snapshot file ${error.file} could not be fetched. The connection may be down.`;
    case 'http-status':
      return `The snapshot file ${error.file} could not be fetched: the server answered ${error.status}.`;
    case 'wrong-hash':
      return `The snapshot file ${error.file} is not the one that was published (its SHA-256 differs), so it is not used.`;
    case 'damaged':
      return `The snapshot file ${error.file} cannot be read: ${error.detail}.`;
  }
}
