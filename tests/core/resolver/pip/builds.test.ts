/** Sdists: their build requirements are a run of their own. */
import { expect, test } from 'vitest';
import { runPip, type TestIndex } from './run-pip.ts';

const sdist = (buildRequires?: readonly string[]) => ({
  requires: ['dep'],
  wheels: [],
  sdist: true,
  ...(buildRequires === undefined ? {} : { build_requires: [...buildRequires] }),
});

const INDEX: TestIndex = {
  old: { '1.0': sdist(), '2.0': sdist() },
  backend: { '1.0': sdist(['tool<2']), '2.0': sdist(['tool>=9']) },
  tool: { '1.0': [], '2.0': [] },
  dep: { '1.0': [] },
  setuptools: { '40.0': [], '60.0': [] },
};

test('a build opens a branch that the main search does not see', () => {
  const run = runPip({ index: INDEX, root: ['backend<2'] });
  expect(run.pins).toBe('backend==1.0 dep==1.0');
  expect(run.kinds.filter((kind) => kind.startsWith('build-'))).toEqual(['build-begin', 'build-end']);
  const inside = run.kinds.slice(run.kinds.indexOf('build-begin'), run.kinds.indexOf('build-end'));
  expect(inside).toContain('pin');
  expect(run.events.map(([kind]) => kind)).not.toContain('build-begin');
  expect(run.events).not.toContainEqual(['pin', 'tool==1.0']);
  expect(run.metrics).toMatchObject({ rounds: 3, pinned: 2 });
});

test('setuptools is what builds when nothing else is said', () => {
  const run = runPip({ index: INDEX, root: ['old'] });
  expect(run.pins).toBe('dep==1.0 old==2.0');
  expect(run.trace.requirements.map(({ text }) => text)).toContain('setuptools>=40.8.0');
});

test('build requirements that cannot be met end everything since 22.0, and are passed over before', () => {
  const now = runPip({ index: INDEX, root: ['backend'] });
  expect(now.outcome.kind).toBe('unsolvable');
  expect(now.message).toBe("ERROR: Failed to build 'backend' when installing build dependencies for backend");
  expect(runPip({ index: INDEX, root: ['backend'], release: '21.3' }).pins).toBe('backend==1.0 dep==1.0');
});

test('--only-binary avoids the build, and then there is nothing', () => {
  const run = runPip({ index: INDEX, root: ['backend'], options: { onlyBinary: [':all:'] } });
  expect(run.pins).toBeNull();
  expect(run.message).toContain('(from versions: none)');
});

test('constraints of the user do not reach builds', () => {
  expect(runPip({ index: INDEX, root: ['backend<2'], constraints: ['tool==9'] }).pins).toBe(
    'backend==1.0 dep==1.0',
  );
});

test('files whose dependencies nobody knows stop the run, or are left out and counted', () => {
  const index: TestIndex = { a: { '2.0': { unknown: true }, '1.0': [] } };
  const stopped = runPip({ index, root: ['a'] });
  expect(stopped.outcome).toMatchObject({ kind: 'incomplete', missing: [{ project: 'a', version: '2.0' }] });
  const left = runPip({ index, root: ['a'], options: { unknownMetadata: 'leave-out' } });
  expect(left.pins).toBe('a==1.0');
  expect(left.notices.at(-1)?.text).toBe('Left out 1 file whose dependencies are not known: a.');
});
