/**
 * What was fetched from live indexes, kept in IndexedDB: metadata by the hash that its index gives, with the index and
 * the file, for ever, since such bytes never change; pages with their serial and the time at which they were fetched. Storage that is forbidden,
 * full or broken costs nothing but the memory: every failure reads as "not there", and `state` says which it is.
 *
 * When the browser has no more room, the oldest pages go first (they can be asked for again), then the oldest metadata.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { DistributionMetadata } from '../../core/package-index/package-index.ts';
import type { CachedPage, CacheState, LiveCache } from './live-memory.ts';

interface KeptPage extends CachedPage {
  /** Grows with every change of the project; null when the index has none. */
  readonly serial: number | null;
}

interface KeptMetadata {
  readonly metadata: DistributionMetadata;
  readonly fetchedAt: number;
}

interface Schema extends DBSchema {
  pages: { key: string; value: KeptPage; indexes: { age: number } };
  metadata: { key: string; value: KeptMetadata; indexes: { age: number } };
}

type StoreName = 'pages' | 'metadata';

const NAME = 'backjump-live';
const VERSION = 3;
/** Pages kept at most; the oldest go. Metadata is small. */
const PAGE_LIMIT = 2_000;
/** Share of a store that goes at once when room is needed. */
const EVICTED_SHARE = 0.25;

function open(name: string): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, VERSION, {
    upgrade(fresh) {
      // Kept facts of an older form are not worth reading: they can be fetched again.
      for (const store of fresh.objectStoreNames) fresh.deleteObjectStore(store);
      for (const store of ['pages', 'metadata'] as const)
        fresh.createObjectStore(store).createIndex('age', 'fetchedAt');
    },
    // A newer page in another tab must not wait for this one.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

/** Removes the oldest entries; how many there were. */
async function evict(database: IDBPDatabase<Schema>, store: StoreName, count: number): Promise<number> {
  const transaction = database.transaction(store, 'readwrite');
  let removed = 0;
  for (
    let cursor = await transaction.store.index('age').openCursor();
    cursor !== null && removed < count;
    cursor = await cursor.continue()
  ) {
    await cursor.delete();
    removed++;
  }
  await transaction.done;
  return removed;
}

/** Makes room; false when there is nothing left to remove. */
async function makeRoom(database: IDBPDatabase<Schema>): Promise<boolean> {
  for (const store of ['pages', 'metadata'] as const) {
    const count = await database.count(store);
    if (count > 0) return (await evict(database, store, Math.ceil(count * EVICTED_SHARE))) > 0;
  }
  return false;
}

function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}

/** The cache of this origin. Opened when first asked. */
export function makeLiveCache(name = NAME, pageLimit = PAGE_LIMIT): LiveCache {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;
  let lasting: CacheState['lasting'] = 'kept';
  const database = () => (opening ??= open(name));
  const pageKey = (indexUrl: string, project: string) => `${indexUrl} ${project}`;

  async function read<T>(work: (from: IDBPDatabase<Schema>) => Promise<T>): Promise<T | null> {
    try {
      return await work(await database());
    } catch {
      lasting = 'forbidden';
      return null;
    }
  }

  /** Writes; when the browser has no room, removes what is oldest and tries again until nothing is left. */
  async function write(work: (into: IDBPDatabase<Schema>) => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await work(await database());
        lasting = 'kept';
        return;
      } catch (error) {
        lasting = isFull(error) ? 'full' : 'forbidden';
      }
      if (lasting === 'forbidden' || (await read(makeRoom)) !== true) return;
    }
  }

  return {
    page: async (indexUrl, project) =>
      (await read((from) => from.get('pages', pageKey(indexUrl, project)))) ?? null,
    async keepPage(indexUrl, project, page) {
      const serial = page.listing?.serial ?? null;
      await write((into) => into.put('pages', { ...page, serial }, pageKey(indexUrl, project)));
      const count = (await read((from) => from.count('pages'))) ?? 0;
      if (count > pageLimit) await read((from) => evict(from, 'pages', Math.ceil(count * EVICTED_SHARE)));
    },
    metadata: async (key) => (await read((from) => from.get('metadata', key)))?.metadata ?? null,
    keepMetadata: (key, metadata) =>
      write((into) => into.put('metadata', { metadata, fetchedAt: metadata.provenance.fetchedAt ?? 0 }, key)),
    async state() {
      const pages = (await read((from) => from.count('pages'))) ?? 0;
      const metadata = (await read((from) => from.count('metadata'))) ?? 0;
      return { pages, metadata, lasting };
    },
    async clear() {
      await write(async (into) => {
        await into.clear('pages');
        await into.clear('metadata');
      });
    },
  };
}
