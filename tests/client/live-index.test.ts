import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeLiveCache } from '../../src/client/live-cache.ts';
import { liveErrorText, type LiveError } from '../../src/client/live-error.ts';
import { makeLiveIndex, type LiveIndex, type LiveIndexOptions } from '../../src/client/live-index.ts';
import type { LiveCache } from '../../src/client/live-memory.ts';
import type { LiveCounts } from '../../src/client/live-transport.ts';
import { makeLiveLayer } from '../../src/core/package-index/live-layer.ts';
import { isMissing, type MissingFact } from '../../src/core/package-index/package-index.ts';
import { fetchAsBrowser, startIndexServer, type Fault, type IndexServer } from './index-server.ts';
import { makeTarGz, makeWheel, makeZip, metadataText } from './wheel-file.ts';

const NEEDS_B = ['Requires-Dist: b>=1', 'Requires-Python: >=3.8', 'Provides-Extra: x'];

/** Does not get smaller by packing. */
const NOISE = randomBytes(9_000_000);

const PROJECTS = {
  a: {
    'a-1.0-py3-none-any.whl': {
      content: makeWheel('a', '1.0', NEEDS_B),
      metadata: metadataText('a', '1.0', NEEDS_B),
    },
    'a-1.0.tar.gz': { content: Buffer.from('never read') },
  },
  b: { 'b-1.0-py3-none-any.whl': { content: makeWheel('b', '1.0'), metadata: metadataText('b', '1.0') } },
  ranged: {
    'ranged-1.0-cp311-cp311-linux_x86_64.whl': { content: makeWheel('ranged', '1.0', NEEDS_B, 200_000) },
  },
  static: {
    'static-1.0.tar.gz': {
      content: makeTarGz({
        'static-1.0/setup.py': 'x'.repeat(2_000),
        'static-1.0/PKG-INFO': metadataText('static', '1.0', ['Requires-Dist: b'], '2.2'),
      }),
    },
  },
  dynamic: {
    'dynamic-1.0.tar.gz': {
      content: makeTarGz({ 'dynamic-1.0/PKG-INFO': metadataText('dynamic', '1.0', [], '2.1') }),
    },
  },
  zipped: {
    'zipped-1.0.zip': {
      content: makeZip(
        {
          'zipped-1.0/PKG-INFO': metadataText('zipped', '1.0', ['Requires-Dist: b'], '2.2'),
          'zipped-1.0/pyproject.toml': '[build-system]\nrequires = ["flit_core"]\n',
        },
        200_000,
      ),
    },
  },
  project: {
    'project-1.0.tar.gz': {
      content: makeTarGz({
        'project-1.0/PKG-INFO': metadataText('project', '1.0', ['Dynamic: Requires-Dist'], '2.2'),
        'project-1.0/pyproject.toml': [
          '[build-system]',
          'requires = ["hatchling>=1"]',
          '[project]',
          'name = "Project"',
          'dynamic = ["version"]',
          'requires-python = ">=3.9"',
          'dependencies = ["b"]',
          'optional-dependencies.fast = ["c<2; python_version < \'3.12\'"]',
        ].join('\n'),
      }),
    },
  },
  late: {
    'late-1.0.tar.gz': {
      content: makeTarGz({
        'late-1.0/data.bin': NOISE,
        'late-1.0/PKG-INFO': metadataText('late', '1.0', [], '2.2'),
      }),
    },
  },
  early: {
    'early-1.0.tar.gz': {
      content: makeTarGz({
        'early-1.0/PKG-INFO': metadataText('early', '1.0', ['Requires-Dist: b'], '2.2'),
        'early-1.0/data.bin': NOISE,
      }),
    },
  },
  old: { 'old-1.0.tar.bz2': { content: Buffer.from('BZh') } },
  broken: { 'broken-1.0.tar.gz': { content: Buffer.from('no gzip at all') } },
  bare: { 'bare-1.0.tar.gz': { content: makeTarGz({ 'bare-1.0/setup.py': '' }) } },
  unsized: {
    'unsized-1.0-py3-none-any.whl': { content: makeWheel('unsized', '1.0', NEEDS_B), hidesSize: true },
  },
};

let server: IndexServer;
let cache: LiveCache;
let caches = 0;
let clock = 0;

beforeEach(async () => {
  server = await startIndexServer(PROJECTS);
  cache = makeLiveCache(`test-${caches++}`);
  clock = 1_700_000_000_000;
});
afterEach(() => server.close());

function makeIndex(options: Partial<LiveIndexOptions> = {}): LiveIndex {
  return makeLiveIndex({
    indexUrls: [server.indexUrl],
    rule: 'merge',
    fileHosts: [server.fileHost],
    cache,
    ...options,
    platform: {
      fetch: fetchAsBrowser,
      isOnline: () => true,
      now: () => clock,
      wait: () => Promise.resolve(),
      random: () => 0.5,
      ...options.platform,
    },
  });
}

const pageOf = (project: string): MissingFact => ({ missing: 'page', project, loadable: true });
const metadataOf = (project: string, filename: string, version = '1.0'): MissingFact => ({
  missing: 'metadata',
  project,
  version,
  filename,
  loadable: true,
});

async function metadataFrom(index: LiveIndex, fact: MissingFact) {
  const load = await index.load([fact]);
  const found = load.facts.find(
    (each) => each.kind === 'metadata' && fact.missing === 'metadata' && each.filename === fact.filename,
  );
  const metadata = found?.kind === 'metadata' ? found.metadata : undefined;
  return typeof metadata === 'string' ? { load, reason: metadata } : { load, metadata };
}

describe('the ladder', () => {
  test('a page brings its newest metadata and the pages of what it needs, for one worker round', async () => {
    const index = makeIndex();
    const { facts, failures, counts } = await index.load([pageOf('a')]);
    expect(failures).toEqual([]);
    const layer = makeLiveLayer();
    layer.add(facts);
    const page = layer.page('a');
    if (isMissing(page)) throw new Error('missing');
    expect(page.provenance).toEqual({ layer: 'live', detail: 'a@7', fetchedAt: clock });
    expect(page.distributions.map(({ filename }) => filename)).toEqual(Object.keys(PROJECTS.a));
    expect(layer.metadata(page.distributions[0]!)).toMatchObject({
      requiresDist: ['b>=1'],
      requiresPython: '>=3.8',
      providesExtra: ['x'],
    });
    expect(isMissing(layer.page('b'))).toBe(false);
    expect(layer.page('c')).toEqual(pageOf('c'));
    expect(counts).toMatchObject({ pages: 2, metadata: 2, underWay: 0 });
    expect(server.asked.length).toBe(4);
  });

  test('a wheel without served metadata is read from its tail', async () => {
    const { metadata } = await metadataFrom(
      makeIndex(),
      metadataOf('ranged', 'ranged-1.0-cp311-cp311-linux_x86_64.whl'),
    );
    expect(metadata).toMatchObject({ requiresDist: ['b>=1'] });
    expect(metadata?.provenance.note).toBe('inside-wheel');
    const moved = server.asked.filter((line) => line.startsWith('file /packages/ranged'));
    expect(moved.length).toBe(1);
    expect(moved[0]).toMatch(/bytes=\d{6}-\d{6}$/u);
  });

  test('an sdist is answered by a wheel of its release, and says so', async () => {
    const { metadata } = await metadataFrom(makeIndex(), metadataOf('a', 'a-1.0.tar.gz'));
    expect(metadata).toMatchObject({ requiresDist: ['b>=1'], provenance: { note: 'sibling-wheel' } });
  });

  test('an sdist alone is read when its PKG-INFO is static', async () => {
    const { metadata } = await metadataFrom(makeIndex(), metadataOf('static', 'static-1.0.tar.gz'));
    expect(metadata).toMatchObject({ requiresDist: ['b'], provenance: { note: 'sdist-static' } });
  });

  test('a zipped one likewise, from its tail, with what its build needs', async () => {
    const { metadata } = await metadataFrom(
      makeIndex({ follows: false }),
      metadataOf('zipped', 'zipped-1.0.zip'),
    );
    expect(metadata).toMatchObject({
      requiresDist: ['b'],
      buildRequires: ['flit_core'],
      provenance: { note: 'sdist-static' },
    });
    expect(server.asked.filter((line) => line.startsWith('file'))).toEqual([
      expect.stringMatching(/bytes=\d{6}-\d{6}$/u),
    ]);
  });

  test('else its pyproject.toml when that is static', async () => {
    const { metadata } = await metadataFrom(makeIndex(), metadataOf('project', 'project-1.0.tar.gz'));
    expect(metadata).toMatchObject({
      requiresDist: ['b', 'c<2; (python_version < "3.12") and extra == "fast"'],
      requiresPython: '>=3.9',
      providesExtra: ['fast'],
      buildRequires: ['hatchling>=1'],
      provenance: { note: 'sdist-pyproject' },
    });
  });

  test('of a large sdist only the first bytes are read', async () => {
    const { metadata } = await metadataFrom(makeIndex(), metadataOf('early', 'early-1.0.tar.gz'));
    expect(metadata).toMatchObject({ requiresDist: ['b'], provenance: { note: 'sdist-static' } });
    expect(server.asked).toContainEqual(expect.stringMatching(/early-1\.0\.tar\.gz bytes=0-3999999$/u));
  });

  test.each([
    ['late', 'late-1.0.tar.gz', 'too-large'],
    ['old', 'old-1.0.tar.bz2', 'unreadable-format'],
    ['broken', 'broken-1.0.tar.gz', 'damaged'],
    ['bare', 'bare-1.0.tar.gz', 'no-metadata'],
    ['bare', 'bare-2.0.tar.gz', 'not-listed'],
  ])('%s: %s is unknown, because %s', async (project, filename, reason) => {
    server.faultOf = (path) => (path.startsWith('/pypi/') ? 'not-found' : null);
    const version = /-(\d\.\d)/u.exec(filename)![1];
    const asked = await metadataFrom(makeIndex(), metadataOf(project, filename, version));
    expect(asked.load.failures).toEqual([]);
    expect(asked.reason).toBe(reason);
  });

  test.each<Fault>(['no-ranges', 'ranges-refused'])('%s: a small wheel is read whole', async (fault) => {
    server.faultOf = (path) => (path.startsWith('/packages/') ? fault : null);
    const { metadata } = await metadataFrom(
      makeIndex(),
      metadataOf('ranged', 'ranged-1.0-cp311-cp311-linux_x86_64.whl'),
    );
    expect(metadata).toMatchObject({ requiresDist: ['b>=1'], provenance: { note: 'inside-wheel' } });
  });

  test('a wheel of which the page does not say the size is read whole', async () => {
    const { metadata } = await metadataFrom(
      makeIndex(),
      metadataOf('unsized', 'unsized-1.0-py3-none-any.whl'),
    );
    expect(metadata).toMatchObject({ requiresDist: ['b>=1'] });
  });

  test('a whole file with a wrong hash is refused', async () => {
    server.faultOf = (path) => (path.startsWith('/packages/') ? 'wrong-bytes' : null);
    for (const fact of [
      metadataOf('unsized', 'unsized-1.0-py3-none-any.whl'),
      metadataOf('static', 'static-1.0.tar.gz'),
    ])
      expect((await makeIndex().load([fact])).failures[0]?.error).toMatchObject({ kind: 'wrong-hash' });
  });

  test('a rung that fails for now leaves the fact missing, not unknown', async () => {
    server.faultOf = (path) =>
      path.startsWith('/packages/') ? 'error-without-cors' : path.startsWith('/pypi/') ? 'not-found' : null;
    const index = makeIndex();
    const fact = metadataOf('static', 'static-1.0.tar.gz');
    expect((await index.load([fact])).failures[0]?.error.kind).toBe('unreachable');
    server.faultOf = () => null;
    expect((await metadataFrom(index, fact)).metadata).toMatchObject({ requiresDist: ['b'] });
  });

  test('else what the index declares is a hint', async () => {
    const { metadata } = await metadataFrom(makeIndex(), metadataOf('dynamic', 'dynamic-1.0.tar.gz'));
    expect(metadata).toMatchObject({
      requiresDist: ['declared-by-dynamic'],
      provenance: { note: 'index-hint' },
    });
  });

  test('and what nobody knows is unknown, not empty', async () => {
    server.faultOf = (path) => (path.startsWith('/pypi/') ? 'not-found' : null);
    const { load, reason } = await metadataFrom(makeIndex(), metadataOf('dynamic', 'dynamic-1.0.tar.gz'));
    expect(load.failures).toEqual([]);
    expect(reason).toBe('needs-build');
    const layer = makeLiveLayer();
    layer.add(load.facts);
    const page = layer.page('dynamic');
    if (isMissing(page)) throw new Error('missing');
    expect(layer.metadata(page.distributions[0]!)).toMatchObject({
      missing: 'metadata',
      loadable: false,
      reason: 'needs-build',
    });
  });

  test('a project that is not there is absent, and is not asked for again for ten minutes', async () => {
    const { facts } = await makeIndex().load([pageOf('nowhere')]);
    expect(facts).toMatchObject([{ kind: 'page', page: { status: 'absent' } }]);
    await makeIndex().load([pageOf('nowhere')]);
    expect(server.asked).toEqual(['page /simple/nowhere/']);
    clock += 600_001;
    await makeIndex().load([pageOf('nowhere')]);
    expect(server.asked.length).toBe(2);
  });
});

describe('failures are told apart', () => {
  async function failWith(fault: Fault, fact: MissingFact = pageOf('a')): Promise<LiveError> {
    server.faultOf = () => fault;
    const { failures } = await makeIndex({ bounds: { timeoutMilliseconds: 100 } }).load([fact]);
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
    expect(server.asked.length).toBe(tries);
    server.faultOf = () => null;
    expect((await makeIndex().load([pageOf('a')])).failures).toEqual([]);
  });

  test('metadata with a wrong hash is refused, not worked around', async () => {
    server.faultOf = (path) => (path.endsWith('.metadata') ? 'wrong-bytes' : null);
    const { load } = await metadataFrom(makeIndex(), metadataOf('a', 'a-1.0-py3-none-any.whl'));
    expect(load.failures[0]?.error).toMatchObject({ kind: 'wrong-hash' });
  });

  test('metadata that is promised and missing is read from the wheel', async () => {
    server.faultOf = (path) => (path.endsWith('.metadata') ? 'missing' : null);
    const { metadata } = await metadataFrom(makeIndex(), metadataOf('a', 'a-1.0-py3-none-any.whl'));
    expect(metadata).toMatchObject({ requiresDist: ['b>=1'] });
  });

  test('offline is known as such, and what was fetched before still answers', async () => {
    await makeIndex().load([pageOf('a')]);
    clock += 3_600_000;
    const platform = { fetch: () => Promise.reject(new TypeError('Failed to fetch')), isOnline: () => false };
    const { facts, failures } = await makeIndex({ platform }).load([pageOf('a'), pageOf('ranged')]);
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'page' }));
    expect(failures).toMatchObject([{ fact: { project: 'ranged' }, error: { kind: 'offline' } }]);
  });

  test('stopping stops', async () => {
    server.faultOf = () => 'slow';
    const stop = new AbortController();
    const load = makeIndex().load([pageOf('a')], { signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    expect((await load).failures[0]?.error).toEqual({ kind: 'aborted' });
  });

  test('a file outside the index and its file hosts is not fetched', async () => {
    const { load } = await metadataFrom(
      makeIndex({ fileHosts: [] }),
      metadataOf('a', 'a-1.0-py3-none-any.whl'),
    );
    expect(load.failures[0]?.error.kind).toBe('forbidden-address');
    expect(server.asked).toEqual(['page /simple/a/']);
  });
});

describe('bounds', () => {
  test('are counted over everything that one action loads, and a further action has its own', async () => {
    const index = makeIndex({ bounds: { pages: 2 }, follows: false });
    const action = index.begin();
    expect((await action.load([pageOf('a'), pageOf('b')])).failures).toEqual([]);
    expect((await action.load([pageOf('ranged')])).failures[0]?.error).toMatchObject({ kind: 'bound' });
    expect((await index.begin().load([pageOf('ranged')])).failures).toEqual([]);
  });

  test('who was stopped stops nobody who asked for the same', async () => {
    server.faultOf = () => 'slow';
    const index = makeIndex();
    const stop = new AbortController();
    const first = index.load([pageOf('a')], { signal: stop.signal });
    const second = index.load([pageOf('a')]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    server.faultOf = () => null;
    stop.abort();
    expect((await first).failures[0]?.error.kind).toBe('aborted');
    expect((await second).failures).toEqual([]);
  });

  test('a large page waits for the user', async () => {
    const index = makeIndex({ bounds: { pageBytes: 100 } });
    expect((await index.load([pageOf('a')])).failures[0]?.error).toMatchObject({ kind: 'too-large' });
    expect((await index.load([pageOf('a')], { allowsLargePages: true })).failures).toEqual([]);
  });

  test.each([
    [{ pages: 1 }, 'pages'],
    [{ bytes: 500 }, 'bytes'],
  ] as const)('%j ends the user action, and says which bound it was', async (bounds, bound) => {
    const { failures } = await makeIndex({ bounds }).load([pageOf('a'), pageOf('b'), pageOf('ranged')]);
    expect(failures.map(({ error }) => error)).toContainEqual(
      expect.objectContaining({ kind: 'bound', bound }),
    );
  });

  test('no more than six are under way, and the counts are live', async () => {
    const seen: LiveCounts[] = [];
    const facts = Array.from({ length: 20 }, (_, at) => pageOf(`p${at}`));
    await makeIndex().load(facts, { onProgress: (counts) => seen.push(counts) });
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
  const index = makeIndex({
    indexUrls: [server.indexUrl, other.indexUrl],
    fileHosts: [server.fileHost, other.fileHost],
  });
  const layer = makeLiveLayer();
  layer.add((await index.load([pageOf('b')])).facts);
  const page = layer.page('b');
  if (isMissing(page)) throw new Error('missing');
  expect(page.distributions.map((file) => file.index)).toEqual([server.indexUrl, other.indexUrl]);
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
  await makeIndex().load(wanted);
  const before = server.asked.length;
  const { facts } = await makeIndex().load(wanted);
  expect(server.asked.length).toBe(before);
  expect(facts).toContainEqual(
    expect.objectContaining({ kind: 'metadata', filename: 'a-1.0-py3-none-any.whl' }),
  );
});

test('a public index answers for a private name when pages are merged, and not when the first index counts', async () => {
  const hostile = await startIndexServer({
    a: {
      'a-99.0-py3-none-any.whl': { content: makeWheel('a', '99.0'), metadata: metadataText('a', '99.0') },
    },
  });
  const versions = async (rule: 'merge' | 'first-index') => {
    const index = makeIndex({
      indexUrls: [server.indexUrl, hostile.indexUrl],
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
