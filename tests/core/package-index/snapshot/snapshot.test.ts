import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMBEDDED_SNAPSHOTS, readEmbeddedFacts } from '../../../../src/command/snapshot/embedded.ts';
import { openSnapshotFromDisk } from '../../../../src/command/snapshot/snapshot-files.ts';
import { makeFactsIndex } from '../../../../src/core/package-index/facts/facts-index.ts';
import { isMissing } from '../../../../src/core/package-index/package-index.ts';
import { DamagedSnapshot } from '../../../../src/core/package-index/snapshot/byte-reader.ts';
import { namesByPopularity, shardsFor } from '../../../../src/core/package-index/snapshot/directory.ts';
import { openShard } from '../../../../src/core/package-index/snapshot/shard-decoder.ts';
import { encodeShard } from '../../../../src/core/package-index/snapshot/shard-encoder.ts';
import { shardsForMissing } from '../../../../src/core/package-index/snapshot/directory.ts';
import { normalizeName } from '../../../../src/core/packaging/name.ts';
import { sharedData, SHARED_DATA_MISSING } from '../../../shared-data.ts';
import { arbitraryFacts } from '../arbitrary-facts.ts';
import { build, expectSameFacts, open } from './snapshot-facts.ts';

const TREE = {
  projects: {
    app: { '1.0': { requires: ['left', 'right; extra == "all"', 'nowhere'] } },
    left: { '1.0': { requires: ['shared<3'] }, '1.1': { requires: ['shared<3'] } },
    right: { '1.0': { requires: [] } },
    shared: { '1.0': { requires: [], unknown: true, requires_python: '>=3' } },
  },
};

test('law: a snapshot says of every fact what the facts say', () => {
  fc.assert(
    fc.property(arbitraryFacts, (facts) => {
      const names = Object.keys(facts.projects).map(normalizeName);
      expectSameFacts(open(build(facts)), makeFactsIndex(facts), [...names, 'not-there']);
    }),
    { numRuns: 300 },
  );
});

test('law: the files depend on nothing but the facts', () => {
  fc.assert(
    fc.property(arbitraryFacts, (facts) => {
      expect(build(structuredClone(facts)).directoryFile.sha256).toBe(build(facts).directoryFile.sha256);
    }),
    { numRuns: 30 },
  );
});

test('law: cut or changed bytes are refused or read, but never crash the decoder', () => {
  const bytes = encodeShard([{ name: 'left', releases: TREE.projects.left }]);
  fc.assert(
    fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), fc.boolean(), (at, value, isCut) => {
      const damaged = isCut ? bytes.slice(0, at) : bytes.with(at, value);
      try {
        const project = openShard(damaged).project('left');
        for (const release of project?.versions.keys() ?? []) project?.metadata(release);
      } catch (error) {
        expect(error).toBeInstanceOf(DamagedSnapshot);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a project whose shard is not there is missing until the shard comes', () => {
  const built = build(TREE, false, 60);
  expect(built.shardFiles.length).toBeGreaterThan(1);
  const index = open(built, []);
  const missing = index.page('app');
  expect(missing).toEqual({ missing: 'page', project: 'app', loadable: true });
  if (!isMissing(missing)) throw new Error('not missing');
  const shards = shardsForMissing(index.directory, [missing]);
  const later = open(built, shards);
  for (const name of ['app', 'left', 'shared']) expect(later.page(name)).toMatchObject({ status: 'present' });
});

test('the closure follows dependencies without extras, and no others', () => {
  const built = build(TREE, false, 1);
  const { directory } = open(built);
  const shardOf = (name: string) => directory.entries.find((entry) => entry.name === name)!.shard;
  const expected = ['app', 'left', 'shared'].map(shardOf).sort((a, b) => a - b);
  expect(shardsFor(directory, ['app'])).toEqual(expected);
  expect(shardsFor(directory, ['nowhere'])).toEqual([]);
});

test('a project that an open snapshot lacks is unknown; in a closed one it is absent', () => {
  expect(open(build(TREE, false)).page('nowhere')).toEqual({
    missing: 'page',
    project: 'nowhere',
    loadable: false,
  });
  expect(open(build(TREE, true)).page('nowhere')).toMatchObject({ status: 'absent', distributions: [] });
});

test('unknown dependencies are missing for good, and stand-in files are marked', () => {
  const index = open(build(TREE));
  const page = index.page('shared');
  if (isMissing(page)) throw new Error('missing');
  const [file] = page.distributions;
  expect(file?.provenance).toEqual({ layer: 'snapshot', detail: 'test', note: 'modelled' });
  expect(file?.requiresPython).toBe('>=3');
  expect(index.metadata(file!)).toMatchObject({ missing: 'metadata', loadable: false });
  expect(index.page('shared')).toBe(page);
});

test('names come by the number of projects that depend on them', () => {
  expect(namesByPopularity(open(build(TREE)).directory)).toEqual(['left', 'right', 'shared', 'app']);
});

test('what counts on with its release is stored once', () => {
  const releases = Object.fromEntries(
    Array.from({ length: 500 }, (_, at) => [`1.26.${at}`, { requires: [`botocore<1.30.0,>=1.29.${at}`] }]),
  );
  const all = encodeShard([{ name: 'boto3', releases }]);
  expect(all.length).toBeLessThan(4_000);
});

const COMPARED = 300;

describe('the committed snapshots', () => {
  /** Of a large snapshot every so many-th project: `snapshot -- verify` reads them all. */
  const some = (names: readonly string[]) =>
    names.filter((_, at) => at % Math.ceil(names.length / COMPARED) === 0);

  test.for(EMBEDDED_SNAPSHOTS)('$id says what its source says', { timeout: 300_000 }, (snapshot, context) => {
    if (sharedData === null) return context.skip(SHARED_DATA_MISSING);
    const facts = readEmbeddedFacts(snapshot, sharedData);
    const index = openSnapshotFromDisk(snapshot.id);
    if (!facts.ok || !index.ok) throw new Error('cannot be read');
    expectSameFacts(index.value, makeFactsIndex(facts.value), some(Object.keys(facts.value.projects)));
  });

  test('an unknown id is answered with those that there are', () => {
    const index = openSnapshotFromDisk('pypi-1999');
    expect(index).toMatchObject({ ok: false, error: expect.stringContaining('pypi-2023-09-07') as string });
  });
});
