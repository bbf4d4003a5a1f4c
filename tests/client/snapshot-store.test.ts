import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFactStore } from '../../src/client/storage/fact-store.ts';
import { sha256, sha256ByHand } from '../../src/client/codec/sha256.ts';
import {
  makeSnapshotStore,
  snapshotErrorText,
  type SnapshotError,
} from '../../src/client/snapshot/snapshot-store.ts';
import { isMissing } from '../../src/core/package-index/package-index.ts';
import { SNAPSHOT_FOLDER } from '../../src/command/snapshot/snapshot-files.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';

const BASE = new URL('http://page.test/folder/snapshots/');
const MISSING_REQUESTS = { missing: 'page', project: 'requests', loadable: true } as const;
const ID = 'pypi-2023-09-07';

/** Serves the committed snapshots; `spoil` may change what is sent. */
function serve(spoil: (path: string, bytes: Buffer) => Buffer | Response | null = () => null) {
  const asked: string[] = [];
  const fetchFile = async (address: URL): Promise<Response> => {
    const path = address.href.slice(BASE.href.length);
    asked.push(path);
    const bytes = await readFile(resolve(SNAPSHOT_FOLDER, path));
    const sent = spoil(path, bytes) ?? bytes;
    return sent instanceof Response ? sent : new Response(new Uint8Array(sent));
  };
  return { asked, store: makeSnapshotStore(BASE, fetchFile) };
}

test.each([ID, 'pypi-2026-11'])(
  'a first resolve of requests on %s moves at most 60 KB, and nothing twice',
  async (id) => {
    const { asked, store } = serve();
    const bundles = await store.loadMissing(id, [MISSING_REQUESTS]);
    if (!bundles.ok) throw new Error(snapshotErrorText(bundles.error));
    expect(store.traffic().bytes).toBeLessThanOrEqual(60_000);
    const index = (await store.index(id))!;
    for (const name of ['requests', 'urllib3', 'idna', 'certifi', 'charset-normalizer'])
      expect(isMissing(index.page(name))).toBe(false);
    const before = asked.length;
    expect(await store.loadMissing(id, [MISSING_REQUESTS])).toEqual(bundles);
    expect(asked.length).toBe(before);
    expect(store.loaded(id)).toEqual(bundles.value);
  },
);

test('the same shard asked for at once is fetched once', async () => {
  const { asked, store } = serve();
  await Promise.all([store.loadShards(ID, [1, 2]), store.loadShards(ID, [2, 1])]);
  expect(asked.length).toBe(new Set(asked).size);
});

test('the fact store loads for the snapshot of the problem, and says why it cannot', async () => {
  const { store } = serve();
  const facts = makeFactStore(store);
  const problem = makeProblem({ requirements: 'requests', index: { snapshot: ID } });
  const loaded = await facts.load(problem, [MISSING_REQUESTS]);
  expect(loaded.ok && loaded.bundles.map(({ kind }) => kind)).toContain('shard');
  expect(facts.loaded(problem).length).toBeGreaterThan(1);
  expect(
    await facts.load(makeProblem({ requirements: '', index: { snapshot: 'pypi-1999' } }), []),
  ).toMatchObject({ ok: false });
});

type Spoiler = Parameters<typeof serve>[0];

test.each<[string, Spoiler, SnapshotError['kind']]>([
  [
    'a changed byte',
    (path, bytes) =>
      path.includes('/') ? Buffer.from(bytes.map((byte, at) => (at === 9 ? byte ^ 1 : byte))) : null,
    'wrong-hash',
  ],
  [
    'a file that ends early',
    (path, bytes) => (path.includes('/') ? bytes.subarray(0, 99) : null),
    'wrong-hash',
  ],
  ['a page instead of the manifest', () => Buffer.from('<html>'), 'damaged'],
  ['a manifest of another form', () => Buffer.from('{"format":9}'), 'damaged'],
  ['a missing file', () => new Response('', { status: 404 }), 'http-status'],
])('%s is an error value, and the next try may work', async (_, spoil, kind) => {
  let isBroken = true;
  const { store } = serve((path, bytes) => (isBroken ? (spoil?.(path, bytes) ?? null) : null));
  const failed = await store.loadMissing(ID, [MISSING_REQUESTS]);
  expect(failed).toMatchObject({ ok: false, error: { kind } });
  isBroken = false;
  expect(await store.loadMissing(ID, [MISSING_REQUESTS])).toMatchObject({ ok: true });
});

test('a connection that is down is told apart from a missing file', async () => {
  const store = makeSnapshotStore(BASE, () => Promise.reject(new TypeError('Failed to fetch')));
  const manifest = await store.manifest();
  expect(manifest).toEqual({ ok: false, error: { kind: 'unreachable', file: 'manifest.json' } });
});

test('law: our SHA-256 is the SHA-256', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const expected = createHash('sha256').update(bytes).digest('hex');
      const copy = new Uint8Array(bytes);
      expect(sha256ByHand(copy)).toBe(expected);
      expect(await sha256(copy)).toBe(expected);
    }),
  );
});
