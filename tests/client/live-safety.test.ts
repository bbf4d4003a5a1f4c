/** What a hostile or broken network can say to the live client, and what is not believed. */
import { expect, test } from 'vitest';
import { loadLivePage } from '../../src/client/live/live-page.ts';
import { LIVE_BOUNDS, makeLiveTransport, type LivePlatform } from '../../src/client/live/live-transport.ts';
import type { LiveCache } from '../../src/client/live/live-memory.ts';
import type { Result } from '../../src/core/packaging/result.ts';
import type { LiveError } from '../../src/client/live/live-error.ts';

const INDEX = 'https://index.example/simple/';
const NOW = 1_700_000_000_000;

function transportOf(answers: readonly Response[], waits: number[] = []) {
  const left = [...answers];
  const platform: LivePlatform = {
    fetch: () => Promise.resolve(left.shift() ?? new Response('', { status: 500 })),
    isOnline: () => true,
    now: () => NOW,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    random: () => 0.5,
  };
  const transport = makeLiveTransport({
    bounds: LIVE_BOUNDS,
    platform,
    signal: new AbortController().signal,
    refuse: (url) => (url.startsWith('https://index.example/') ? null : { kind: 'forbidden-address', url }),
    onProgress: () => undefined,
  });
  return { transport, left };
}

const REQUEST = { indexUrl: INDEX, name: 'a', limit: 1_000_000, namesIndex: false };
const PAGE = JSON.stringify({ meta: { 'api-version': '1.1' }, name: 'a', files: [] });

const page = (): Response =>
  new Response(PAGE, { headers: { 'content-type': 'application/vnd.pypi.simple.v1+json' } });

function redirected(response: Response, url: string): Response {
  Object.defineProperties(response, { redirected: { value: true }, url: { value: url } });
  return response;
}

const EMPTY: LiveCache = {
  page: () => Promise.resolve(null),
  keepPage: () => Promise.resolve(),
  metadata: () => Promise.resolve(null),
  keepMetadata: () => Promise.resolve(),
  state: () => Promise.resolve({ pages: 0, metadata: 0, lasting: 'kept' }),
  clear: () => Promise.resolve(),
};

const kindOf = <T>(result: Result<T, LiveError>): string => (result.ok ? 'ok' : result.error.kind);

test('a 404 of a login page elsewhere is no "no such project"', async () => {
  const { transport } = transportOf([redirected(new Response('', { status: 404 }), 'http://login.example/')]);
  expect(kindOf(await loadLivePage(REQUEST, transport, EMPTY, () => NOW))).toBe('forbidden-address');
});

test('a 404 of the index itself is', async () => {
  const { transport } = transportOf([redirected(new Response('', { status: 404 }), `${INDEX}A/`)]);
  const result = await loadLivePage(REQUEST, transport, EMPTY, () => NOW);
  expect(result.ok && result.value.listing.page.status).toBe('absent');
});

test('an absence that was kept in the future is asked again', async () => {
  const { transport, left } = transportOf([page()]);
  const cache = { ...EMPTY, page: () => Promise.resolve({ listing: null, fetchedAt: NOW + 86_400_000 }) };
  const result = await loadLivePage(REQUEST, transport, cache, () => NOW);
  expect(left).toEqual([]);
  expect(result.ok && result.value.listing.page.status).toBe('present');
});

test.each([
  ['2', 2_000],
  [new Date(NOW + 5_000).toUTCString(), 5_000],
])('a server that asks to be left alone for %s is', async (after, milliseconds) => {
  const waits: number[] = [];
  const busy = new Response('', { status: 429, headers: { 'retry-after': after } });
  const { transport } = transportOf([busy, page()], waits);
  expect(kindOf(await transport.get(`${INDEX}a/`, { counts: 'page', limit: 1_000 }))).toBe('ok');
  expect(waits).toEqual([milliseconds]);
});

test('one that asks for an hour is asked again by nobody but the reader', async () => {
  const waits: number[] = [];
  const busy = new Response('', { status: 503, headers: { 'retry-after': '3600' } });
  const { transport, left } = transportOf([busy, page()], waits);
  expect(kindOf(await transport.get(`${INDEX}a/`, { counts: 'page', limit: 1_000 }))).toBe('http-status');
  expect([waits, left.length]).toEqual([[], 1]);
});
