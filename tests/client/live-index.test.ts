import { describe, expect, test } from 'vitest';
import { makeLiveCache } from '../../src/client/live/live-cache.ts';
import { liveErrorText, type LiveError } from '../../src/client/live/live-error.ts';
import type { LiveCounts, LivePlatform, LiveRequestInit } from '../../src/client/live/live-transport.ts';
import { makeLiveLayer } from '../../src/core/package-index/live/live-layer.ts';
import { isMissing, type MissingFact } from '../../src/core/package-index/package-index.ts';
import { fetchAsBrowser, startIndexServer, type Fault } from './index-server.ts';
import { metadataFrom, metadataOf, pageOf, useLiveWorld } from './live-world.ts';
import { makeWheel, metadataText } from './wheel-file.ts';

const world = useLiveWorld();

describe('failures are told apart', () => {
  async function failWith(fault: Fault, fact: MissingFact = pageOf('a')): Promise<LiveError> {
    world.server.faultOf = () => fault;
    // Only an answer that never comes is waited for.
    const bounds = fault === 'slow' ? { timeoutMilliseconds: 100 } : {};
    const { failures } = await world.makeIndex({ bounds }).load([fact]);
    expect(failures.length).toBe(1);
    expect(liveErrorText(failures[0]!.error)).toMatch(/\.$/u);
    return failures[0]!.error;
  }

  test.each<[Fault, LiveError['kind'], number]>([
    ['error-without-cors', 'unreachable', 3],
    ['truncated', 'unreachable', 3],
    ['slow', 'timeout', 3],
    ['html', 'wrong-type', 1],
    ['rate-limited', 'http-status', 1],
    ['missing', 'unreachable', 3],
  ])('%s is %s after %i tries, and never an absence', async (fault, kind, tries) => {
    expect((await failWith(fault)).kind).toBe(kind);
    expect(world.server.asked.length).toBe(tries);
    world.server.faultOf = () => null;
    expect((await world.makeIndex().load([pageOf('a')])).failures).toEqual([]);
  });

  test('metadata with a wrong hash is refused, not worked around', async () => {
    world.server.faultOf = (path) => (path.endsWith('.metadata') ? 'wrong-bytes' : null);
    const { load } = await metadataFrom(world.makeIndex(), metadataOf('a', 'a-1.0-py3-none-any.whl'));
    expect(load.failures[0]?.error).toMatchObject({ kind: 'wrong-hash' });
  });

  test('metadata that is promised and missing is read from the wheel', async () => {
    world.server.faultOf = (path) => (path.endsWith('.metadata') ? 'missing' : null);
    const { metadata } = await metadataFrom(world.makeIndex(), metadataOf('a', 'a-1.0-py3-none-any.whl'));
    expect(metadata).toMatchObject({ requiresDist: ['b>=1'] });
  });

  test('offline is known as such, and what was fetched before still answers', async () => {
    await world.makeIndex().load([pageOf('a')]);
    world.clock += 3_600_000;
    const platform = { fetch: () => Promise.reject(new TypeError('Failed to fetch')), isOnline: () => false };
    const { facts, failures } = await world.makeIndex({ platform }).load([pageOf('a'), pageOf('ranged')]);
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'page' }));
    expect(failures).toMatchObject([{ fact: { project: 'ranged' }, error: { kind: 'offline' } }]);
  });

  test('stopping stops', async () => {
    world.server.faultOf = () => 'slow';
    const stop = new AbortController();
    const load = world.makeIndex().load([pageOf('a')], { signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    expect((await load).failures[0]?.error).toEqual({ kind: 'aborted' });
  });

  test('a file outside the index and its file hosts is not fetched', async () => {
    const { load } = await metadataFrom(
      world.makeIndex({ fileHosts: [] }),
      metadataOf('a', 'a-1.0-py3-none-any.whl'),
    );
    expect(load.failures[0]?.error.kind).toBe('forbidden-address');
    expect(world.server.asked).toEqual(['page /simple/a/']);
  });
});

describe('bounds', () => {
  test('are counted over everything that one action loads, and a further action has its own', async () => {
    const index = world.makeIndex({ bounds: { pages: 2 }, follows: false });
    const action = index.begin();
    expect((await action.load([pageOf('a'), pageOf('b')])).failures).toEqual([]);
    expect((await action.load([pageOf('ranged')])).failures[0]?.error).toMatchObject({ kind: 'bound' });
    expect((await index.begin().load([pageOf('ranged')])).failures).toEqual([]);
  });

  test('who was stopped stops nobody who asked for the same', async () => {
    world.server.faultOf = () => 'slow';
    const index = world.makeIndex();
    const stop = new AbortController();
    const first = index.load([pageOf('a')], { signal: stop.signal });
    const second = index.load([pageOf('a')]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    world.server.faultOf = () => null;
    stop.abort();
    expect((await first).failures[0]?.error.kind).toBe('aborted');
    expect((await second).failures).toEqual([]);
  });

  test('a large page waits for the user', async () => {
    const index = world.makeIndex({ bounds: { pageBytes: 100 } });
    expect((await index.load([pageOf('a')])).failures[0]?.error).toMatchObject({ kind: 'too-large' });
    expect((await index.load([pageOf('a')], { allowsLargePages: true })).failures).toEqual([]);
  });

  test.each([
    [{ pages: 1 }, 'pages'],
    [{ bytes: 500 }, 'bytes'],
  ] as const)('%j ends the user action, and says which bound it was', async (bounds, bound) => {
    const { failures } = await world.makeIndex({ bounds }).load([pageOf('a'), pageOf('b'), pageOf('ranged')]);
    expect(failures.map(({ error }) => error)).toContainEqual(
      expect.objectContaining({ kind: 'bound', bound }),
    );
  });

  test('no more than six are under way, and the counts are live', async () => {
    const seen: LiveCounts[] = [];
    const facts = Array.from({ length: 20 }, (_, at) => pageOf(`p${at}`));
    await world.makeIndex().load(facts, { onProgress: (counts) => seen.push(counts) });
    expect(Math.max(...seen.map(({ underWay }) => underWay))).toBe(6);
    expect(seen.at(-1)).toMatchObject({ requests: 20, underWay: 0 });
  });
});

test('several indexes: files say which they are of, and one name with two contents is two facts', async () => {
  const other = await startIndexServer({
    b: {
      'b-1.0-py3-none-any.whl': {
        content: makeWheel('b', '1.0', ['Requires-Dist: other']),
        metadata: metadataText('b', '1.0', ['Requires-Dist: other']),
      },
    },
  });
  const index = world.makeIndex({
    indexUrls: [world.server.indexUrl, other.indexUrl],
    fileHosts: [world.server.fileHost, other.fileHost],
  });
  const layer = makeLiveLayer();
  layer.add((await index.load([pageOf('b')])).facts);
  const page = layer.page('b');
  if (isMissing(page)) throw new Error('missing');
  expect(page.distributions.map((file) => file.index)).toEqual([world.server.indexUrl, other.indexUrl]);
  for (const [at, requiresDist] of [[], ['other']].entries()) {
    const file = page.distributions[at]!;
    const missing = layer.metadata(file);
    if (isMissing(missing)) layer.add((await index.load([missing])).facts);
    expect(layer.metadata(file)).toMatchObject({ requiresDist });
  }
  await other.close();
});

test('the cache answers a second session without a request', async () => {
  const wanted = [pageOf('a'), metadataOf('a', 'a-1.0-py3-none-any.whl')];
  await world.makeIndex().load(wanted);
  const before = world.server.asked.length;
  const { facts } = await world.makeIndex().load(wanted);
  expect(world.server.asked.length).toBe(before);
  expect(facts).toContainEqual(
    expect.objectContaining({ kind: 'metadata', filename: 'a-1.0-py3-none-any.whl' }),
  );
});

test('a page is asked of the server, a file may come from the browser; nothing is sent that needs a preflight', async () => {
  const sent: [url: string, init: LiveRequestInit][] = [];
  const spy: LivePlatform['fetch'] = (url, init) => {
    sent.push([url, init]);
    return fetchAsBrowser(url, init);
  };
  const index = world.makeIndex({ platform: { fetch: spy } });
  await index.load([pageOf('a'), metadataOf('a', 'a-1.0-py3-none-any.whl')]);
  const ofPages = sent.filter(([url]) => url.startsWith(world.server.indexUrl));
  const ofFiles = sent.filter(([url]) => !url.startsWith(world.server.indexUrl));
  expect(ofPages.length * ofFiles.length).toBeGreaterThan(0);
  // "Forget them" would forget nothing if the browser's own cache answered for pages.
  expect(new Set(ofPages.map(([, init]) => init.cache))).toEqual(new Set(['no-cache']));
  expect(new Set(ofFiles.map(([, init]) => init.cache))).toEqual(new Set(['default']));
  for (const [, init] of sent) {
    expect(Object.keys(init.headers).filter((name) => name !== 'Accept')).toEqual([]);
    expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
  }
});

test('forgotten pages are asked for again', async () => {
  await world.makeIndex().load([pageOf('a')]);
  const before = world.server.asked.length;
  await world.cache.clear();
  await world.makeIndex().load([pageOf('a')]);
  expect(world.server.asked.slice(before)).toContain('page /simple/a/');
});

test('a public index answers for a private name when pages are merged, and not when the first index counts', async () => {
  const hostile = await startIndexServer({
    a: {
      'a-99.0-py3-none-any.whl': { content: makeWheel('a', '99.0'), metadata: metadataText('a', '99.0') },
    },
  });
  const versions = async (rule: 'merge' | 'first-index') => {
    const index = world.makeIndex({
      indexUrls: [world.server.indexUrl, hostile.indexUrl],
      rule,
      cache: makeLiveCache(rule),
    });
    const { facts } = await index.load([pageOf('a')]);
    const page = facts.find((fact) => fact.kind === 'page' && fact.page.name === 'a');
    return page?.kind === 'page' ? [...new Set(page.page.distributions.map(({ version }) => version))] : [];
  };
  expect(await versions('merge')).toEqual(['1.0', '99.0']);
  expect(await versions('first-index')).toEqual(['1.0']);
  await hostile.close();
});
