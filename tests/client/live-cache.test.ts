import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { makeLiveCache } from '../../src/client/live/live-cache.ts';
import type { CachedPage } from '../../src/client/live/live-memory.ts';
import type { DistributionMetadata, ProjectPage } from '../../src/core/package-index/package-index.ts';

const INDEX = 'https://index.example/simple/';
let caches = 0;
const freshName = () => `cache-${caches++}`;

afterEach(() => vi.restoreAllMocks());

function pageOf(name: string, fetchedAt: number, serial = 7): CachedPage {
  const provenance = { layer: 'live', detail: `${name}@${serial}`, fetchedAt } as const;
  const page: ProjectPage = { name, status: 'present', distributions: [], provenance };
  return { listing: { page, serial, metadataHashes: new Map([['a.whl', 'ab']]) }, fetchedAt };
}

function metadataOf(fetchedAt: number): DistributionMetadata {
  const provenance = { layer: 'live', detail: 'a@7', fetchedAt } as const;
  return { requiresDist: ['b'], requiresPython: null, providesExtra: [], provenance };
}

type Put = (this: IDBObjectStore, ...args: Parameters<IDBObjectStore['put']>) => IDBRequest<IDBValidKey>;
type Remove = (this: IDBCursor) => IDBRequest<undefined>;

/** Lets `puts` writes through, then says that there is no room, until something was removed. */
function fillStorage(puts: number): () => void {
  let left = puts;
  const put = Reflect.get(IDBObjectStore.prototype, 'put') as Put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (left-- <= 0) throw new DOMException('no room', 'QuotaExceededError');
    return put.apply(this, args);
  });
  return () => {
    left = Infinity;
  };
}

test('pages are kept with their serial and time, metadata by hash; another visit finds both', async () => {
  const name = freshName();
  const cache = makeLiveCache(name);
  await cache.keepPage(INDEX, 'a', pageOf('a', 5));
  await cache.keepMetadata('ff', metadataOf(5));
  const later = makeLiveCache(name);
  expect(await later.page(INDEX, 'a')).toMatchObject({ fetchedAt: 5, serial: 7 });
  expect((await later.page(INDEX, 'a'))?.listing?.metadataHashes.get('a.whl')).toBe('ab');
  expect(await later.page('https://other.example/simple/', 'a')).toBeNull();
  expect(await later.metadata('ff')).toEqual(metadataOf(5));
  expect(await later.state()).toEqual({ pages: 1, metadata: 1, lasting: 'kept' });
});

test('forgetting forgets everything', async () => {
  const cache = makeLiveCache(freshName());
  await cache.keepPage(INDEX, 'a', pageOf('a', 5));
  await cache.keepMetadata('ff', metadataOf(5));
  await cache.clear();
  expect(await cache.state()).toEqual({ pages: 0, metadata: 0, lasting: 'kept' });
  expect(await cache.page(INDEX, 'a')).toBeNull();
});

test('more pages than the limit: the oldest go', async () => {
  const cache = makeLiveCache(freshName(), 8);
  for (let at = 0; at < 9; at++) await cache.keepPage(INDEX, `p${at}`, pageOf(`p${at}`, at === 0 ? 100 : at));
  const kept = await Promise.all(Array.from({ length: 9 }, (_, at) => cache.page(INDEX, `p${at}`)));
  expect(kept.map((page) => page?.fetchedAt ?? null)).toEqual([100, null, null, null, 4, 5, 6, 7, 8]);
});

test('storage that is full: the oldest pages make room, metadata last, and it says so when nothing helps', async () => {
  const cache = makeLiveCache(freshName());
  await cache.keepMetadata('ff', metadataOf(1));
  for (let at = 0; at < 4; at++) await cache.keepPage(INDEX, `p${at}`, pageOf(`p${at}`, at));
  const makeRoom = fillStorage(0);
  await cache.keepMetadata('ee', metadataOf(9));
  expect(await cache.state()).toEqual({ pages: 0, metadata: 0, lasting: 'full' });
  makeRoom();
  await cache.keepMetadata('ee', metadataOf(9));
  expect(await cache.state()).toEqual({ pages: 0, metadata: 1, lasting: 'kept' });
});

test('storage that is full once: a quarter of the pages goes, and the new fact is kept', async () => {
  const cache = makeLiveCache(freshName());
  for (let at = 0; at < 8; at++) await cache.keepPage(INDEX, `p${at}`, pageOf(`p${at}`, at));
  const remove: Remove = Reflect.get(IDBCursor.prototype, 'delete');
  const makeRoom = fillStorage(0);
  vi.spyOn(IDBCursor.prototype, 'delete').mockImplementation(function (this: IDBCursor) {
    makeRoom();
    return remove.apply(this);
  });
  await cache.keepMetadata('ff', metadataOf(9));
  expect(await cache.state()).toEqual({ pages: 6, metadata: 1, lasting: 'kept' });
  expect(await cache.page(INDEX, 'p0')).toBeNull();
  expect(await cache.page(INDEX, 'p2')).not.toBeNull();
});

test('storage that is forbidden costs nothing but the memory, and says so', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('not here', 'SecurityError');
  });
  const cache = makeLiveCache(freshName());
  await cache.keepPage(INDEX, 'a', pageOf('a', 5));
  expect(await cache.page(INDEX, 'a')).toBeNull();
  await cache.keepMetadata('ff', metadataOf(5));
  expect(await cache.metadata('ff')).toBeNull();
  expect(await cache.state()).toEqual({ pages: 0, metadata: 0, lasting: 'forbidden' });
  await cache.clear();
});
