import 'fake-indexeddb/auto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFactStore, type LiveSource } from '../../src/client/storage/fact-store.ts';
import { makeLiveIndex } from '../../src/client/live/live-index.ts';
import { makeMemoryCache } from '../../src/client/live/live-memory.ts';
import { makeSnapshotStore } from '../../src/client/snapshot/snapshot-store.ts';
import { SNAPSHOT_FOLDER } from '../../src/command/snapshot/snapshot-files.ts';
import { ResolverService } from '../../src/core/headless/resolver-service.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { fetchAsBrowser, startIndexServer, type IndexServer } from './index-server.ts';
import { makeWheel, metadataText } from './wheel-file.ts';

let server: IndexServer;
beforeAll(async () => {
  const needs = ['Requires-Dist: idna'];
  server = await startIndexServer({
    'not-in-the-snapshot': {
      'not_in_the_snapshot-1.0-py3-none-any.whl': {
        content: makeWheel('not-in-the-snapshot', '1.0', needs),
        metadata: metadataText('not-in-the-snapshot', '1.0', needs),
      },
    },
  });
});
afterAll(() => server.close());

/** Runs until nothing loadable is missing, as the page does; returns the outcome and why loading ended. */
async function runLikeThePage(live: boolean) {
  const base = new URL('http://page.test/snapshots/');
  const snapshots = makeSnapshotStore(base, async (address) => {
    const path = resolve(SNAPSHOT_FOLDER, address.href.slice(base.href.length));
    return new Response(new Uint8Array(await readFile(path)));
  });
  const index = makeLiveIndex({
    indexUrls: [server.indexUrl],
    rule: 'merge',
    fileHosts: [server.fileHost],
    cache: makeMemoryCache(),
    platform: { fetch: fetchAsBrowser },
  });
  const source: LiveSource = {
    load: async (_, missing, isKnown) => {
      const load = await index.begin().load(missing, isKnown);
      return { ok: true, bundles: [{ kind: 'live', facts: load.facts }] };
    },
    loaded: () => index.loaded(),
    scope: () => '',
    begin: () => undefined,
    stop: () => undefined,
  };
  const facts = makeFactStore(snapshots, source);
  const service = new ResolverService({ now: () => 0, handOver: (value) => value });
  const requirements = 'not-in-the-snapshot\nrequests==2.31.0';
  const problem = makeProblem({
    requirements,
    index: { snapshot: 'pypi-2023-09-07', ...(live ? { live } : {}) },
  });
  for (let loads = 0; loads < 20; loads++) {
    const { outcome } = await service.run(problem, () => undefined);
    const missing = outcome.kind === 'incomplete' ? outcome.missing.filter((fact) => fact.loadable) : [];
    if (missing.length === 0) return outcome;
    const loaded = await facts.load(problem, missing);
    if (!loaded.ok) throw new Error(loaded.reason);
    service.addFacts(loaded.bundles);
  }
  throw new Error('loading does not end');
}

test('what the snapshot does not hold comes from the live index, and the rest from the snapshot', async () => {
  const outcome = await runLikeThePage(true);
  const pins = outcome.kind === 'solved' ? outcome.pins.map(({ name, version }) => `${name} ${version}`) : [];
  expect(pins).toContain('not-in-the-snapshot 1.0');
  expect(pins).toContain('requests 2.31.0');
  const pages = server.asked.filter((line) => line.startsWith('page'));
  expect(pages).toEqual(['page /simple/not-in-the-snapshot/']);
});

test('without leave nothing is fetched, and the answer says what is missing', async () => {
  server.asked.length = 0;
  const outcome = await runLikeThePage(false);
  expect(outcome).toMatchObject({ kind: 'incomplete', missing: [{ project: 'not-in-the-snapshot' }] });
  expect(server.asked).toEqual([]);
});
