import { describe, expect, test } from 'vitest';
import { makeLiveLayer } from '../../src/core/package-index/live/live-layer.ts';
import { isMissing } from '../../src/core/package-index/package-index.ts';
import type { Fault } from './index-server.ts';
import { metadataFrom, metadataOf, pageOf, PROJECTS, useLiveWorld } from './live-world.ts';

const world = useLiveWorld();

describe('the ladder', () => {
  test('a page brings its newest metadata and the pages of what it needs, for one worker round', async () => {
    const index = world.makeIndex();
    const { facts, failures, counts } = await index.load([pageOf('a')]);
    expect(failures).toEqual([]);
    const layer = makeLiveLayer();
    layer.add(facts);
    const page = layer.page('a');
    if (isMissing(page)) throw new Error('missing');
    expect(page.provenance).toEqual({ layer: 'live', detail: 'a@7', fetchedAt: world.clock });
    expect(page.distributions.map(({ filename }) => filename)).toEqual(Object.keys(PROJECTS.a));
    expect(layer.metadata(page.distributions[0]!)).toMatchObject({
      requiresDist: ['b>=1'],
      requiresPython: '>=3.8',
      providesExtra: ['x'],
    });
    expect(isMissing(layer.page('b'))).toBe(false);
    expect(layer.page('c')).toEqual(pageOf('c'));
    expect(counts).toMatchObject({ pages: 2, metadata: 2, underWay: 0 });
    expect(world.server.asked.length).toBe(4);
  });

  test('a wheel without served metadata is read from its tail', async () => {
    const { metadata } = await metadataFrom(
      world.makeIndex(),
      metadataOf('ranged', 'ranged-1.0-cp311-cp311-linux_x86_64.whl'),
    );
    expect(metadata).toMatchObject({ requiresDist: ['b>=1'] });
    expect(metadata?.provenance.note).toBe('inside-wheel');
    const moved = world.server.asked.filter((line) => line.startsWith('file /packages/ranged'));
    expect(moved.length).toBe(1);
    expect(moved[0]).toMatch(/bytes=\d{6}-\d{6}$/u);
  });

  test('an sdist is answered by a wheel of its release, and says so', async () => {
    const { metadata } = await metadataFrom(world.makeIndex(), metadataOf('a', 'a-1.0.tar.gz'));
    expect(metadata).toMatchObject({ requiresDist: ['b>=1'], provenance: { note: 'sibling-wheel' } });
  });

  test('an sdist alone is read when its PKG-INFO is static', async () => {
    const { metadata } = await metadataFrom(world.makeIndex(), metadataOf('static', 'static-1.0.tar.gz'));
    expect(metadata).toMatchObject({ requiresDist: ['b'], provenance: { note: 'sdist-static' } });
  });

  test('a zipped one likewise, from its tail, with what its build needs', async () => {
    const { metadata } = await metadataFrom(
      world.makeIndex({ follows: false }),
      metadataOf('zipped', 'zipped-1.0.zip'),
    );
    expect(metadata).toMatchObject({
      requiresDist: ['b'],
      buildRequires: ['flit_core'],
      provenance: { note: 'sdist-static' },
    });
    expect(world.server.asked.filter((line) => line.startsWith('file'))).toEqual([
      expect.stringMatching(/bytes=\d{6}-\d{6}$/u),
    ]);
  });

  test('else its pyproject.toml when that is static', async () => {
    const { metadata } = await metadataFrom(world.makeIndex(), metadataOf('project', 'project-1.0.tar.gz'));
    expect(metadata).toMatchObject({
      requiresDist: ['b', 'c<2; (python_version < "3.12") and extra == "fast"'],
      requiresPython: '>=3.9',
      providesExtra: ['fast'],
      buildRequires: ['hatchling>=1'],
      provenance: { note: 'sdist-pyproject' },
    });
  });

  test('of a large sdist only the first bytes are read', async () => {
    const { metadata } = await metadataFrom(world.makeIndex(), metadataOf('early', 'early-1.0.tar.gz'));
    expect(metadata).toMatchObject({ requiresDist: ['b'], provenance: { note: 'sdist-static' } });
    expect(world.server.asked).toContainEqual(expect.stringMatching(/early-1\.0\.tar\.gz bytes=0-3999999$/u));
  });

  test.each([
    ['late', 'late-1.0.tar.gz', 'too-large'],
    ['old', 'old-1.0.tar.bz2', 'unreadable-format'],
    ['broken', 'broken-1.0.tar.gz', 'damaged'],
    ['bare', 'bare-1.0.tar.gz', 'no-metadata'],
    ['bare', 'bare-2.0.tar.gz', 'not-listed'],
  ])('%s: %s is unknown, because %s', async (project, filename, reason) => {
    world.server.faultOf = (path) => (path.startsWith('/pypi/') ? 'not-found' : null);
    const version = /-(\d\.\d)/u.exec(filename)![1];
    const asked = await metadataFrom(world.makeIndex(), metadataOf(project, filename, version));
    expect(asked.load.failures).toEqual([]);
    expect(asked.reason).toBe(reason);
  });

  test.each<Fault>(['no-ranges', 'ranges-refused'])('%s: a small wheel is read whole', async (fault) => {
    world.server.faultOf = (path) => (path.startsWith('/packages/') ? fault : null);
    const { metadata } = await metadataFrom(
      world.makeIndex(),
      metadataOf('ranged', 'ranged-1.0-cp311-cp311-linux_x86_64.whl'),
    );
    expect(metadata).toMatchObject({ requiresDist: ['b>=1'], provenance: { note: 'inside-wheel' } });
  });

  test('a wheel of which the page does not say the size is read whole', async () => {
    const { metadata } = await metadataFrom(
      world.makeIndex(),
      metadataOf('unsized', 'unsized-1.0-py3-none-any.whl'),
    );
    expect(metadata).toMatchObject({ requiresDist: ['b>=1'] });
  });

  test('a whole file with a wrong hash is refused', async () => {
    world.server.faultOf = (path) => (path.startsWith('/packages/') ? 'wrong-bytes' : null);
    for (const fact of [
      metadataOf('unsized', 'unsized-1.0-py3-none-any.whl'),
      metadataOf('static', 'static-1.0.tar.gz'),
    ])
      expect((await world.makeIndex().load([fact])).failures[0]?.error).toMatchObject({ kind: 'wrong-hash' });
  });

  test('a rung that fails for now leaves the fact missing, not unknown', async () => {
    world.server.faultOf = (path) =>
      path.startsWith('/packages/') ? 'error-without-cors' : path.startsWith('/pypi/') ? 'not-found' : null;
    const index = world.makeIndex();
    const fact = metadataOf('static', 'static-1.0.tar.gz');
    expect((await index.load([fact])).failures[0]?.error.kind).toBe('unreachable');
    world.server.faultOf = () => null;
    expect((await metadataFrom(index, fact)).metadata).toMatchObject({ requiresDist: ['b'] });
  });

  test('else what the index declares is a hint', async () => {
    const { metadata } = await metadataFrom(world.makeIndex(), metadataOf('dynamic', 'dynamic-1.0.tar.gz'));
    expect(metadata).toMatchObject({
      requiresDist: ['declared-by-dynamic'],
      provenance: { note: 'index-hint' },
    });
  });

  test('and what nobody knows is unknown, not empty', async () => {
    world.server.faultOf = (path) => (path.startsWith('/pypi/') ? 'not-found' : null);
    const { load, reason } = await metadataFrom(
      world.makeIndex(),
      metadataOf('dynamic', 'dynamic-1.0.tar.gz'),
    );
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
    const { facts } = await world.makeIndex().load([pageOf('nowhere')]);
    expect(facts).toMatchObject([{ kind: 'page', page: { status: 'absent' } }]);
    await world.makeIndex().load([pageOf('nowhere')]);
    expect(world.server.asked).toEqual(['page /simple/nowhere/']);
    world.clock += 600_001;
    await world.makeIndex().load([pageOf('nowhere')]);
    expect(world.server.asked.length).toBe(2);
  });
});
