import { expect, test } from 'vitest';
import type { ReleaseFacts } from '../../../src/core/package-index/facts/facts.ts';
import { mergeFacts } from '../../../src/core/package-index/facts/merge-facts.ts';

const facts = (release: ReleaseFacts) => ({ projects: { a: { '1.0': release } } });
const merged = (first: ReleaseFacts, second: ReleaseFacts) =>
  mergeFacts(facts(first), facts(second)).projects['a']?.['1.0'];

const page: ReleaseFacts = {
  requires: [],
  unknown: true,
  yanked: 'bad',
  files: [{ filename: 'a-1.0-py3-none-any.whl', size: 7, sha256: 'f'.repeat(64) }],
};
const report: ReleaseFacts = { requires: ['b'], extras: ['x'], requires_python: '>=3.8' };

test('a page and a report of one release say more together than either, in either order', () => {
  const both = { ...report, yanked: 'bad', files: page.files };
  expect(merged(page, report)).toEqual(both);
  expect(merged(report, page)).toEqual(both);
});

test('files of both accounts are there; of one in both, what either says', () => {
  const filename = 'a-1.0-py3-none-any.whl';
  const other = {
    ...report,
    files: [{ filename, url: 'https://x.example/a' }, { filename: 'a-1.0.tar.gz' }],
  };
  expect(merged(page, other)?.files).toEqual([
    { filename, size: 7, sha256: 'f'.repeat(64), url: 'https://x.example/a' },
    { filename: 'a-1.0.tar.gz' },
  ]);
});

test('real files stand for those that are told by their tags; of two accounts known alike the later stands', () => {
  expect(merged({ ...report, wheels: ['py3-none-any'], sdist: true }, page)).not.toHaveProperty('wheels');
  expect(merged(report, { requires: ['c'] })).toMatchObject({ requires: ['c'], requires_python: '>=3.8' });
  expect(merged(report, { requires: ['c'] })).not.toHaveProperty('extras');
});
