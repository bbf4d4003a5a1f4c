/** The index that the tests of the live client ask, and a client of it with a clock and a browser of its own. */
import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach } from 'vitest';
import { makeLiveCache } from '../../src/client/live/live-cache.ts';
import { makeLiveIndex, type LiveIndex, type LiveIndexOptions } from '../../src/client/live/live-index.ts';
import type { LiveCache } from '../../src/client/live/live-memory.ts';
import type { MissingFact } from '../../src/core/package-index/package-index.ts';
import { fetchAsBrowser, startIndexServer, type IndexServer } from './index-server.ts';
import { makeTarGz, makeWheel, makeZip, metadataText } from './wheel-file.ts';

export const NEEDS_B = ['Requires-Dist: b>=1', 'Requires-Python: >=3.8', 'Provides-Extra: x'];

/** Does not get smaller by packing. */
const NOISE = randomBytes(9_000_000);

export const PROJECTS = {
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

export class LiveWorld {
  server!: IndexServer;
  cache!: LiveCache;
  /** Milliseconds since 1970. */
  clock = 0;

  /** A client whose requests behave as a browser's. */
  makeIndex(options: Partial<LiveIndexOptions> = {}): LiveIndex {
    return makeLiveIndex({
      indexUrls: [this.server.indexUrl],
      rule: 'merge',
      fileHosts: [this.server.fileHost],
      cache: this.cache,
      ...options,
      platform: {
        fetch: fetchAsBrowser,
        isOnline: () => true,
        now: () => this.clock,
        wait: () => Promise.resolve(),
        random: () => 0.5,
        ...options.platform,
      },
    });
  }
}

let caches = 0;

/** A world for each test of the file, with a server and a cache of its own. */
export function useLiveWorld(): LiveWorld {
  const world = new LiveWorld();
  beforeEach(async () => {
    world.server = await startIndexServer(PROJECTS);
    world.cache = makeLiveCache(`test-${caches++}`);
    world.clock = 1_700_000_000_000;
  });
  afterEach(() => world.server.close());
  return world;
}

export const pageOf = (project: string): MissingFact => ({ missing: 'page', project, loadable: true });
export const metadataOf = (project: string, filename: string, version = '1.0'): MissingFact => ({
  missing: 'metadata',
  project,
  version,
  filename,
  loadable: true,
});

/** Loads a file's metadata, alone: what it says, or why nobody knows. */
export async function metadataFrom(index: LiveIndex, fact: MissingFact) {
  const load = await index.load([fact]);
  const found = load.facts.find(
    (each) => each.kind === 'metadata' && fact.missing === 'metadata' && each.filename === fact.filename,
  );
  const metadata = found?.kind === 'metadata' ? found.metadata : undefined;
  return typeof metadata === 'string' ? { load, reason: metadata } : { load, metadata };
}
