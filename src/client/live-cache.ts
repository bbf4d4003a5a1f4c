/**
 * What was fetched from live indexes, kept in IndexedDB: metadata by the hash of what it was read from, for ever, since
 * such bytes never change; pages with the time at which they were fetched. Storage that is forbidden, full or broken
 * costs nothing but the memory: every failure reads as "not there".
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { DistributionMetadata } from '../core/package-index/package-index.ts';
import type { CachedPage, LiveCache } from './live-memory.ts';

interface Schema extends DBSchema {
  pages: { key: string; value: CachedPage };
  metadata: { key: string; value: DistributionMetadata };
}

const NAME = 'backjump-live';
const VERSION = 1;

async function orNothing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

/** The cache of this origin. Opened when first asked. */
export function makeLiveCache(name = NAME): LiveCache {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;
  const database = () =>
    (opening ??= openDB<Schema>(name, VERSION, {
      upgrade(fresh) {
        fresh.createObjectStore('pages');
        fresh.createObjectStore('metadata');
      },
    }));
  const pageKey = (indexUrl: string, project: string) => `${indexUrl} ${project}`;
  return {
    page: async (indexUrl, project) =>
      (await orNothing(async () => (await database()).get('pages', pageKey(indexUrl, project)))) ?? null,
    async keepPage(indexUrl, project, page) {
      await orNothing(async () => (await database()).put('pages', page, pageKey(indexUrl, project)));
    },
    metadata: async (sha256) =>
      (await orNothing(async () => (await database()).get('metadata', sha256))) ?? null,
    async keepMetadata(sha256, metadata) {
      await orNothing(async () => (await database()).put('metadata', metadata, sha256));
    },
    async clear() {
      await orNothing(async () => (await database()).clear('pages'));
      await orNothing(async () => (await database()).clear('metadata'));
    },
  };
}
