/**
 * Keeps the page for visits without a network: all files of one build together, and each piece of a snapshot once it was
 * used. Pieces are named for their hashes, and whoever loads one checks it. Asks nobody but the page's own host.
 */
import { ExpirationPlugin } from 'workbox-expiration';
import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import type { WorkboxPlugin } from 'workbox-core/types.js';

declare const self: ServiceWorkerGlobalScope;
declare const __KEPT_FILES__: readonly PrecacheEntry[];

const PIECES = 'snapshot-pieces';
const MAX_PIECES = 500;
/** Pieces that the page may name at once. */
const MAX_NAMED = 300;

function isPiece(url: URL): boolean {
  return url.origin === self.location.origin && /\/snapshots\/[^/]+\/[^/]+\.shard$/u.test(url.pathname);
}

cleanupOutdatedCaches();
// Links keep the question in the fragment, and a search part changes no file.
precacheAndRoute([...__KEPT_FILES__], { ignoreURLParametersMatching: [/./u] });
// Workbox's own types do not know exactOptionalPropertyTypes.
const expiry = new ExpirationPlugin({ maxEntries: MAX_PIECES, purgeOnQuotaError: true }) as WorkboxPlugin;
registerRoute(
  ({ url }) => isPiece(url),
  new CacheFirst({
    cacheName: PIECES,
    plugins: [expiry],
  }),
);

/** What the page has loaded before this worker was there. */
async function keep(urls: readonly unknown[]): Promise<void> {
  const cache = await caches.open(PIECES);
  for (const text of urls.slice(0, MAX_NAMED)) {
    if (typeof text !== 'string' || !URL.canParse(text) || !isPiece(new URL(text))) continue;
    if ((await cache.match(text)) !== undefined) continue;
    const response = await fetch(text);
    if (response.ok) await cache.put(text, response);
  }
}

self.addEventListener('message', (event) => {
  const data = event.data as unknown;
  if (typeof data !== 'object' || data === null) return;
  if ('takeOver' in data) void self.skipWaiting();
  if ('keep' in data && Array.isArray(data.keep)) event.waitUntil(keep(data.keep).catch(() => undefined));
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
