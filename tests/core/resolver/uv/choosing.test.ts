import { describe, expect, test } from 'vitest';
import { PRIORITY_CLASSES } from '../../../../src/core/resolver/events.ts';
import { decisionsOf, eventsOf, pinsOf, runUv } from './run-uv.ts';

const PLAIN = { a: { '1.0': ['b'], '2.0': ['b'] }, b: { '1.0': [], '2.0': [] } };

describe('which version', () => {
  test('the highest', () => {
    expect(pinsOf(runUv(PLAIN, ['a']))).toEqual({ a: '2.0', b: '2.0' });
  });

  test('the lowest, of everything or only of what is asked for', () => {
    expect(pinsOf(runUv(PLAIN, ['a'], { options: { resolution: 'lowest' } }))).toEqual({
      a: '1.0',
      b: '1.0',
    });
    expect(pinsOf(runUv(PLAIN, ['a'], { options: { resolution: 'lowest-direct' } }))).toEqual({
      a: '1.0',
      b: '2.0',
    });
  });

  test('what is installed, unless it is to be upgraded', () => {
    expect(pinsOf(runUv(PLAIN, ['a'], { installed: 'b==1.0' }))).toEqual({ a: '2.0', b: '1.0' });
    expect(pinsOf(runUv(PLAIN, ['a'], { installed: 'b==1.0', options: { upgrade: true } }))).toEqual({
      a: '2.0',
      b: '2.0',
    });
  });

  test('constraints limit, and ask for nothing', () => {
    const run = runUv(PLAIN, ['a'], { constraints: 'b<2\nc<1' });
    expect(pinsOf(run)).toEqual({ a: '2.0', b: '1.0' });
  });

  test('overrides stand in place of what versions ask for', () => {
    const index = { a: { '1.0': ['b<2'] }, b: { '1.0': [], '2.0': [] } };
    expect(pinsOf(runUv(index, ['a'], { overrides: 'b>=2' }))).toEqual({ a: '1.0', b: '2.0' });
  });

  test('without dependencies nothing else is read', () => {
    const run = runUv(PLAIN, ['a'], { options: { noDeps: true } });
    expect(pinsOf(run)).toEqual({ a: '2.0' });
    expect(run.metrics.metadata).toBe(0);
  });
});

describe('pre-releases', () => {
  const index = { a: { '1.0': [], '2.0rc1': [] }, b: { '1.0rc1': [] }, c: { '1.0': ['a>=2.0rc1'] } };

  test('come after all stable versions of the range', () => {
    expect(pinsOf(runUv(index, ['a']))).toEqual({ a: '1.0' });
    expect(pinsOf(runUv(index, ['a>1.0']))).toEqual({ a: '2.0rc1' });
    expect(pinsOf(runUv(index, ['b']))).toEqual({ b: '1.0rc1' });
  });

  test('are taken in plain order when allowed', () => {
    expect(pinsOf(runUv(index, ['a'], { options: { prerelease: 'allow' } }))).toEqual({ a: '2.0rc1' });
    expect(pinsOf(runUv(index, ['a'], { options: { allReleases: ['a'] } }))).toEqual({ a: '2.0rc1' });
  });

  test('are not taken when disallowed, and a hint says so', () => {
    const run = runUv(index, ['a>1.0'], { options: { prerelease: 'disallow' } });
    expect(run.outcome.kind).toBe('unsolvable');
    expect(run.notices.map((notice) => notice.text)).toEqual([
      "hint: Pre-releases are available for `a` in the requested range (e.g., 2.0rc1), but pre-releases weren't enabled (try: `--prerelease=allow`)",
    ]);
  });

  test('explicit means that the user names one; what a version asks for does not count', () => {
    const options = { prerelease: 'explicit' } as const;
    expect(pinsOf(runUv(index, ['a>=2.0rc1'], { options }))).toEqual({ a: '2.0rc1' });
    expect(runUv(index, ['c'], { options }).outcome.kind).toBe('unsolvable');
  });

  test('uv 0.11 took them only where there is nothing stable, or where named', () => {
    const engine = { engine: 'uv@0.11' };
    expect(runUv(index, ['a>1.0'], engine).outcome.kind).toBe('unsolvable');
    expect(pinsOf(runUv(index, ['b'], engine))).toEqual({ b: '1.0rc1' });
    expect(pinsOf(runUv(index, ['a>=1.0rc1'], engine))).toEqual({ a: '2.0rc1' });
  });
});

describe('usability', () => {
  test('a yanked version needs the user to pin it', () => {
    const index = { a: { '1.0': [], '2.0': { yanked: 'broken' } }, b: { '1.0': ['a==2.0'] } };
    expect(pinsOf(runUv(index, ['a']))).toEqual({ a: '1.0' });
    expect(pinsOf(runUv(index, ['a==2.0']))).toEqual({ a: '2.0' });
    const run = runUv(index, ['b']);
    expect(run.message).toBe(
      'Because a==2.0 was yanked (reason: broken) and all versions of b depend on a==2.0, we can conclude that all versions of b cannot be used.\nAnd because you require b, we can conclude that your requirements are unsatisfiable.',
    );
  });

  test('a source distribution rescues a wheel of another platform', () => {
    const wheels = ['cp312-cp312-win_amd64'];
    expect(pinsOf(runUv({ a: { '1.0': { wheels, sdist: true } } }, ['a']))).toEqual({ a: '1.0' });
    expect(runUv({ a: { '1.0': { wheels } } }, ['a']).outcome.kind).toBe('unsolvable');
  });

  test('no-build and no-binary, with the hint for all packages', () => {
    const sdist = { a: { '1.0': { wheels: [], sdist: true } } };
    const noBuild = runUv(sdist, ['a'], { options: { onlyBinary: [':all:'] } });
    expect(noBuild.message).toContain('a==1.0 has no usable wheels');
    expect(noBuild.notices[0]?.text).toBe(
      'hint: Wheels are required for `a` because building from source is disabled for all packages (i.e., with `--no-build`)',
    );
    const noBinary = runUv({ a: { '1.0': [] } }, ['a'], { options: { noBinary: ['a'] } });
    expect(noBinary.message).toContain('a==1.0 has no source distribution');
    expect(noBinary.notices[0]?.text).toBe(
      'hint: A source distribution is required for `a` because using pre-built wheels is disabled for `a` (i.e., with `--no-binary-package a`)',
    );
  });

  test('what was uploaded after the cut-off date does not exist', () => {
    const index = {
      a: {
        '1.0': { requires: [], 'upload-time': '2024-01-01T00:00:00Z' },
        '2.0': { requires: [], 'upload-time': '2025-01-01T00:00:00Z' },
      },
    };
    const options = { uploadedPriorTo: '2024-06-01T00:00:00Z' };
    expect(pinsOf(runUv(index, ['a'], { options }))).toEqual({ a: '1.0' });
    const run = runUv(index, ['a>=2'], { options });
    expect(run.message).toBe(
      'Because only a==1.0 is available and you require a>=2, we can conclude that your requirements are unsatisfiable.',
    );
    expect(run.notices[0]?.text).toContain('`a` was filtered by `exclude-newer`');
  });

  test('only the lower bound of Requires-Python counts', () => {
    const index = { a: { '1.0': { requires_python: '<3.12' }, '2.0': { requires_python: '>=3.13' } } };
    expect(pinsOf(runUv(index, ['a'], { environment: { python: '3.12' } }))).toEqual({ a: '1.0' });
  });
});

describe('order of the search', () => {
  test('what is pinned is decided first', () => {
    const index = { a: { '1.0': [] }, b: { '1.0': [] }, c: { '1.0': [] } };
    expect(decisionsOf(runUv(index, ['a', 'b', 'c==1.0']))).toEqual(['c==1.0', 'a==1.0', 'b==1.0']);
  });

  test('after five conflicts the project that fails goes before, the one to blame behind', () => {
    const versions = Array.from({ length: 10 }, (_, index) => `${index + 1}.0`);
    const index = {
      a: Object.fromEntries(versions.map((version) => [version, [`b==${version}`]])),
      b: Object.fromEntries(versions.map((version) => [version, ['c']])),
      c: { '1.0': ['b<2'] },
    };
    const run = runUv(index, ['a', 'c']);
    expect(pinsOf(run)).toEqual({ a: '1.0', b: '1.0', c: '1.0' });
    const changes = eventsOf(run).flatMap((event) =>
      event.kind === 'reprioritize'
        ? [`${run.trace.packages[event.package]!.identifier} ${PRIORITY_CLASSES[event.priority]!}`]
        : [],
    );
    expect(changes).toEqual(['b singleton', 'c conflict-late', 'a conflict-early']);
  });
});
