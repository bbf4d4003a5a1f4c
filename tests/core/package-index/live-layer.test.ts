import { expect, test } from 'vitest';
import { makeLiveLayer } from '../../../src/core/package-index/live/live-layer.ts';
import { watchLiveFacts } from '../../../src/core/package-index/live/live-witness.ts';
import type { Distribution, ProjectPage, Provenance } from '../../../src/core/package-index/package-index.ts';
import { liveBasisNotes, liveBasisText } from '../../../src/core/explain/live-basis.ts';

const LIVE: Provenance = { layer: 'live', detail: 'a@7', fetchedAt: 1_000_000 };
const FILE: Distribution = {
  project: 'a',
  version: '1.0',
  filename: 'a-1.0.tar.gz',
  kind: 'sdist',
  tags: '',
  build: '',
  requiresPython: null,
  yanked: false,
  uploadTime: null,
  size: null,
  sha256: null,
  url: 'https://files.example/a-1.0.tar.gz',
  provenance: LIVE,
};
const PAGE: ProjectPage = { name: 'a', status: 'present', distributions: [FILE], provenance: LIVE };

function metadata(provenance: Provenance = LIVE) {
  const own = { requiresDist: [], requiresPython: null, providesExtra: [], provenance };
  return { kind: 'metadata', project: 'a', filename: FILE.filename, metadata: own } as const;
}

test('what was asked and nobody knows says why, and is not asked again', () => {
  const layer = makeLiveLayer();
  expect(layer.metadata(FILE)).toMatchObject({ missing: 'metadata', loadable: true });
  layer.add([{ kind: 'metadata', project: 'a', filename: FILE.filename, metadata: 'needs-build' }]);
  expect(layer.metadata(FILE)).toMatchObject({ loadable: false, reason: 'needs-build' });
});

test('the witness names each live fact once, and those of other layers never', () => {
  const layer = makeLiveLayer();
  layer.add([{ kind: 'page', page: PAGE }, metadata()]);
  const witness = watchLiveFacts(layer);
  expect(witness.basis()).toEqual([]);
  witness.page('a');
  witness.page('a');
  witness.page('missing');
  witness.metadata(FILE);
  expect(witness.basis()).toEqual([
    { project: 'a', filename: null, version: '', provenance: LIVE },
    { project: 'a', filename: FILE.filename, version: '1.0', provenance: LIVE },
  ]);
  layer.add([{ kind: 'page', page: { ...PAGE, name: 'b', provenance: { layer: 'inline', detail: '' } } }]);
  witness.page('b');
  expect(witness.basis().length).toBe(2);
});

test.each([
  [0, 'just now'],
  [59_999, 'just now'],
  [120_000, '2 minutes ago'],
  [3_600_000, '1 hour ago'],
  [200_000_000, '2 days ago'],
])('an answer that rests on facts %i ms old says so', (age, ago) => {
  const basis = [1, 2, 3].map((at) => ({
    project: `p${at}`,
    filename: null,
    version: '',
    provenance: LIVE,
  }));
  expect(liveBasisText(basis, 1_000_000 + age)).toBe(`Rests on 3 live facts, fetched ${ago}.`);
  expect(liveBasisText([], 0)).toBe('');
});

test('old and new facts are told apart, and so is metadata that was read elsewhere', () => {
  const basis = [
    { project: 'a', filename: null, version: '', provenance: { ...LIVE, fetchedAt: 0 } },
    {
      project: 'b',
      filename: 'b.whl',
      version: '1',
      provenance: { ...LIVE, note: 'sibling-wheel' as const },
    },
    { project: 'c', filename: 'c.whl', version: '1', provenance: { ...LIVE, note: 'inside-wheel' as const } },
  ];
  expect(liveBasisText(basis, 1_000_000)).toBe(
    'Rests on 3 live facts, the oldest fetched 16 minutes ago, the latest just now.',
  );
  expect(liveBasisNotes(basis)).toEqual([
    'What `b` 1 needs was read from a wheel of the same release, whatever its platform; pip would build the source archive instead.',
  ]);
});
