import { expect, test } from 'vitest';
import type { MissingFact } from '../../src/core/package-index/package-index.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import { otherIndex, repairWays, withLines } from '../../src/state/repair-ways.ts';

const page = (project: string, ...neededBy: string[]): MissingFact => ({
  missing: 'page',
  project,
  loadable: false,
  neededBy,
});

const problem = makeProblem({
  requirements: '# three\napp\nsecret>=2 \\\n  --hash=sha256:00\nlib<2\n',
  index: { snapshot: 'pypi-2026-11' },
});

test('each way is there where it helps', () => {
  const ways = repairWays(problem, [
    page('secret', 'line 3'),
    page('plugin', 'app 1.0', 'other 2.0'),
    { missing: 'release', project: 'lib', requirement: 'lib>=3,<4', loadable: false, neededBy: ['app 1.0'] },
    { missing: 'metadata', project: 'vague', version: '1.0', filename: 'vague-1.0.whl', loadable: false },
  ]);
  expect(ways.fetch).toEqual(['lib', 'plugin', 'secret', 'vague']);
  expect(ways.leaveOut?.releases).toBe(3);
  expect(ways.leaveOut?.changes.options.unknownMetadata).toBe('leave-out');
  expect(ways.leaveOut?.changes.index.overlay).toBe('remove app 1.0\nremove other 2.0\n');
  expect(ways.byHand.split('\n')).toEqual(['secret 1.0', 'plugin 1.0', 'lib 3', 'vague 1.0']);
});

test('an older snapshot sends the reader to the newest, which may hold what is missing', () => {
  const newest = { id: 'pypi-2026-11', title: 'PyPI, November 2026' };
  const older = makeProblem({ index: { snapshot: 'pypi-2023-09-07' } });
  expect(otherIndex(older, newest)).toEqual(newest);
  expect(otherIndex(problem, newest)).toBeNull();
  expect(otherIndex(older, null)).toBeNull();
  expect(otherIndex(makeProblem({ index: { live: true } }), newest)).toBeNull();
});

test('a line that is left out goes with its continuation, and stays readable', () => {
  const { otherLines } = repairWays(problem, [page('secret', 'line 3')]);
  expect(otherLines).toEqual({
    count: 2,
    requirements: '# three\napp\n# secret>=2 \\\n#   --hash=sha256:00\nlib<2\n',
  });
});

test('no line is left to answer for, nothing to fetch while the live index is asked', () => {
  const alone = makeProblem({ requirements: 'secret\n', index: { snapshot: 'x', live: true } });
  expect(repairWays(alone, [page('secret', 'line 1')])).toMatchObject({
    fetch: null,
    leaveOut: null,
    otherLines: null,
    byHand: 'secret 1.0',
  });
});

test('lines are added to an overlay at its end', () => {
  expect(withLines('a 1.0', ['b 1.0'])).toBe('a 1.0\nb 1.0\n');
  expect(withLines(undefined, ['b 1.0'])).toBe('b 1.0\n');
});
