import { expect, test } from 'vitest';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseFacts, type Facts } from '../../../src/core/package-index/facts/facts.ts';
import { makeLayeredIndex } from '../../../src/core/package-index/layered-index.ts';
import { isMissing, type PackageIndex } from '../../../src/core/package-index/package-index.ts';

function factsOf(value: unknown): Facts {
  const parsed = parseFacts(value);
  if (!parsed.ok) throw new Error(`${parsed.error.path}: ${parsed.error.message}`);
  return parsed.value;
}

function filesOf(index: PackageIndex, name: string): readonly string[] {
  const page = index.page(name);
  if (isMissing(page)) throw new Error(`no page of ${name}`);
  return page.distributions.map((file) => file.filename);
}

const ONE = { projects: { 'Foo.Bar': { '1.0': { requires: ['b>=1'], requires_python: '>=3.8' } } } };

test('a release without more has one universal wheel', () => {
  const index = makeFactsIndex(factsOf(ONE));
  const page = index.page('foo-bar');
  if (isMissing(page)) throw new Error('missing');
  expect(page.distributions).toEqual([
    {
      project: 'foo-bar',
      version: '1.0',
      filename: 'foo_bar-1.0-py2.py3-none-any.whl',
      kind: 'wheel',
      tags: 'py2.py3-none-any',
      build: '',
      requiresPython: '>=3.8',
      yanked: false,
      uploadTime: null,
      size: null,
      sha256: null,
      url: null,
      provenance: { layer: 'inline', detail: '' },
    },
  ]);
  expect(index.metadata(page.distributions[0]!)).toEqual({
    requiresDist: ['b>=1'],
    requiresPython: '>=3.8',
    providesExtra: [],
    provenance: { layer: 'inline', detail: '' },
  });
});

test('wheels come as listed, then the sdist, and the same question gets the same object', () => {
  const release = { requires: [], wheels: ['cp37-cp37m-win_amd64', 'py3-none-any'], sdist: true };
  const index = makeFactsIndex(factsOf({ projects: { mod: { '1.5': release } } }));
  expect(filesOf(index, 'mod')).toEqual([
    'mod-1.5-cp37-cp37m-win_amd64.whl',
    'mod-1.5-py3-none-any.whl',
    'mod-1.5.tar.gz',
  ]);
  expect(index.page('mod')).toBe(index.page('mod'));
  const page = index.page('mod');
  if (isMissing(page)) throw new Error('missing');
  expect(index.metadata(page.distributions[2]!)).toBe(index.metadata(page.distributions[2]!));
  expect(index.metadata(page.distributions[2]!)).toMatchObject({ buildRequires: null });
});

test('yanks keep their reason, and a yank without one has the empty reason', () => {
  const index = makeFactsIndex(
    factsOf({
      projects: {
        m: {
          '1': { requires: [], yanked: true },
          '2': { requires: [], yanked: 'broken' },
          '3': { requires: [], yanked: false },
        },
      },
    }),
  );
  const page = index.page('m');
  if (isMissing(page)) throw new Error('missing');
  expect(page.distributions.map((file) => file.yanked)).toEqual(['', 'broken', false]);
});

test('unknown dependencies are missing, not empty, and an unknown project is absent', () => {
  const index = makeFactsIndex(factsOf({ projects: { m: { '1': { requires: [], unknown: true } } } }));
  const page = index.page('m');
  if (isMissing(page)) throw new Error('missing');
  expect(index.metadata(page.distributions[0]!)).toEqual({
    missing: 'metadata',
    project: 'm',
    version: '1',
    filename: 'm-1-py2.py3-none-any.whl',
    loadable: false,
  });
  expect(index.page('other')).toMatchObject({ status: 'absent', distributions: [] });
  expect(index.page('constructor')).toMatchObject({ status: 'absent' });
});

test('named files bring their own size, hash, requires-python and time', () => {
  const file = {
    filename: 'a_b-1-2-cp311-cp311-linux_x86_64.whl',
    size: 7,
    requires_python: '>=3.9',
    'upload-time': '2023-09-07',
  };
  const index = makeFactsIndex(
    factsOf({ projects: { 'a-b': { '1': { requires: [], requires_python: '>=3', files: [file] } } } }),
  );
  const page = index.page('a-b');
  if (isMissing(page)) throw new Error('missing');
  expect(page.distributions[0]).toMatchObject({
    build: '2',
    tags: 'cp311-cp311-linux_x86_64',
    size: 7,
    requiresPython: '>=3.9',
    uploadTime: '2023-09-07T00:00:00Z',
  });
});

test.each([
  [3, '', 'Invalid type'],
  [{}, 'projects', 'Invalid key'],
  [{ projects: { a: { '1.0': {} } } }, 'projects.a["1.0"].requires', 'Invalid key'],
  [{ projects: { a: { '1.0': { requires: [3] } } } }, 'projects.a["1.0"].requires[0]', 'Invalid type'],
  [{ projects: { 'a b': {} } }, 'projects["a b"]', 'expected a project name'],
  [{ projects: { a: { '1 0': { requires: [] } } } }, 'projects.a["1 0"]', 'expected a version'],
  [
    { projects: { a: { '1': { requires: [], yanked: 3 } } } },
    'projects.a["1"].yanked',
    'expected true, false',
  ],
])('refuses %j and names the field', (value, path, message) => {
  const parsed = parseFacts(value);
  if (parsed.ok) throw new Error('accepted');
  expect(parsed.error.path).toBe(path);
  expect(parsed.error.message).toContain(message);
});

test('a layer is passed over only for what it can never know', () => {
  const open: PackageIndex = {
    page: (project) => ({ missing: 'page', project, loadable: project === 'later' }),
    metadata: ({ project, version, filename }) => ({
      missing: 'metadata',
      project,
      version,
      filename,
      loadable: false,
    }),
  };
  const index = makeLayeredIndex([open, makeFactsIndex(factsOf(ONE))]);
  expect(filesOf(index, 'foo-bar')).toEqual(['foo_bar-1.0-py2.py3-none-any.whl']);
  expect(index.page('later')).toEqual({ missing: 'page', project: 'later', loadable: true });
  const page = index.page('foo-bar');
  if (isMissing(page)) throw new Error('missing');
  expect(index.metadata(page.distributions[0]!)).toMatchObject({ requiresDist: ['b>=1'] });
  expect(makeLayeredIndex([]).page('x')).toEqual({ missing: 'page', project: 'x', loadable: false });
});
