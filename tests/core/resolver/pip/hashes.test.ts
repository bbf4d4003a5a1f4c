/** --require-hashes. */
import { expect, test } from 'vitest';
import { runPip, type TestIndex } from './run-pip.ts';

const file = (name: string, version: string, sha256: string, requires: readonly string[] = []) => ({
  requires: [...requires],
  files: [{ filename: `${name}-${version}-py3-none-any.whl`, sha256 }],
});

const INDEX: TestIndex = {
  a: { '1.0': file('a', '1.0', 'aa10'), '2.0': file('a', '2.0', 'aa20') },
  parent: { '1.0': file('parent', '1.0', 'cc10', ['a']) },
};
const options = { requireHashes: true };

test('a file with an allowed hash is preferred to a newer one without', () => {
  const run = runPip({ index: INDEX, root: ['a --hash=sha256:aa10'] });
  expect(run.pins).toBe('a==1.0');
});

test('what is not pinned is refused, until 26.1 made hashes a pin', () => {
  const root = ['a --hash=sha256:aa10'];
  expect(runPip({ index: INDEX, root, options }).pins).toBe('a==1.0');
  const { message } = runPip({ index: INDEX, root, options, release: '26.0' });
  expect(message).toContain('all requirements must have their versions pinned with ==. These do not:');
  expect(message).toContain('    a from ');
});

test('a dependency without hashes is refused, unless a constraint brings them', () => {
  const root = ['parent==1.0 --hash=sha256:cc10'];
  expect(runPip({ index: INDEX, root, options }).outcome.kind).toBe('unsolvable');
  const constraints = ['a==2.0 --hash=sha256:aa20'];
  expect(runPip({ index: INDEX, root, options, constraints }).pins).toBe('a==2.0 parent==1.0');
});

test('another hash than the one allowed ends everything', () => {
  const { message } = runPip({ index: INDEX, root: ['a==1.0 --hash=sha256:ffff'], options });
  expect(message).toMatch(/^ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE\./u);
  expect(message).toContain('        Expected sha256 ffff\n             Got        aa10');
});

test('a missing hash is told with the one that the file has', () => {
  const { message } = runPip({ index: INDEX, root: ['a==1.0'], options });
  expect(message).toContain('    a==1.0 --hash=sha256:aa10');
});
