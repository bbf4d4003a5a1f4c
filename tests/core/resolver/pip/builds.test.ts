/** Sdists: their build requirements are a run of their own. */
import { describe, expect, test } from 'vitest';
import { resolvePipTelling } from '../../../../src/core/explain/pip/tell.ts';
import { TraceRecorder } from '../../../../src/core/resolver/trace-recorder.ts';
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

test('setuptools that is not loaded yet is asked for: a run does not depend on how much of the index is there', () => {
  const { request } = runPip({ index: INDEX, root: ['old'] });
  const page = { missing: 'page', project: 'setuptools', loadable: true } as const;
  const index = {
    ...request.index,
    page: (name: string) => (name === 'setuptools' ? page : request.index.page(name)),
    metadata: request.index.metadata.bind(request.index),
  };
  const { outcome } = resolvePipTelling({ ...request, index }, new TraceRecorder());
  expect(outcome).toMatchObject({ kind: 'incomplete', missing: [page] });
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

describe('what the backend asks for besides', () => {
  const world = (backendRequires: readonly string[]): TestIndex => ({
    ...INDEX,
    pkg: { '1.0': { ...sdist(['tool<2']), backend_requires: [...backendRequires] } },
    wheel: { '0.4': [] },
  });

  test('is a second run, of what is not there yet', () => {
    const run = runPip({ index: world(['wheel', 'tool', 'gone ; sys_platform == "win32"']), root: ['pkg'] });
    expect(run.pins).toBe('dep==1.0 pkg==1.0');
    expect(run.kinds.filter((kind) => kind === 'build-begin')).toHaveLength(2);
    expect(run.trace.candidates.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['tool==1.0', 'wheel==0.4']),
    );
    expect(run.trace.candidates.map(({ label }) => label)).not.toContain('tool==2.0');
  });

  test('must fit what the first run brought', () => {
    const run = runPip({ index: world(['tool>=2']), root: ['pkg'] });
    expect(run.message).toBe(
      'ERROR: Some build dependencies for pkg from http://INDEX/files/pkg-1.0.tar.gz conflict with the backend ' +
        'dependencies: tool==1.0 is incompatible with tool>=2.',
    );
  });

  test('may be impossible by itself', () => {
    const run = runPip({ index: world(['gone']), root: ['pkg'] });
    expect(run.message).toBe("ERROR: Failed to build 'pkg' when installing backend dependencies for pkg");
  });
});

describe('--build-constraint', () => {
  const buildConstraints = ['setuptools<50'];

  test('limits builds and nothing else', () => {
    const index = { ...INDEX, old: { '1.0': sdist(['setuptools']) } };
    const run = runPip({ index, root: ['old', 'setuptools'], buildConstraints });
    expect(run.pins).toBe('dep==1.0 old==1.0 setuptools==60.0');
    expect(run.trace.candidates.map(({ label }) => label)).toContain('setuptools==40.0');
  });

  test('is not known before 25.3, and that is said', () => {
    const run = runPip({ index: INDEX, root: ['old'], buildConstraints, release: '25.2' });
    expect(run.trace.candidates.map(({ label }) => label)).not.toContain('setuptools==40.0');
    expect(run.notices[0]?.text).toBe('pip 25.2 has no --build-constraint; builds are not limited by it.');
  });
});

test('--ignore-requires-python is not for builds', () => {
  const index: TestIndex = {
    pkg: { '1.0': sdist(['tool']) },
    tool: { '1.0': [], '2.0': { requires: [], requires_python: '>=3.99' } },
    dep: { '1.0': [] },
  };
  const run = runPip({ index, root: ['pkg'], options: { ignoreRequiresPython: true } });
  expect(run.trace.candidates.map(({ label }) => label)).not.toContain('tool==2.0');
});
