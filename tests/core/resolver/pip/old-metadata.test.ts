/** Metadata as releases before 24.1 read it: names of extras, forms that PEP 440 does not know, and what pip dies of. */
import { describe, expect, test } from 'vitest';
import { runPip, type TestIndex } from './run-pip.ts';

describe('names of extras', () => {
  const index: TestIndex = {
    a: { '1.0': { requires: ['b; extra == "Ex_1"'], extras: ['Ex_1'] } },
    b: { '1.0': [] },
    c: { '1.0': ['a[Ex_1]'] },
  };
  const run = (release: string, root = 'a[Ex_1]') => runPip({ index, root: [root], release });

  test('are shown normalised in every release', () => {
    for (const release of ['20.3', '22.0', '23.2', '23.3', '26.2'])
      expect(run(release).events).toContainEqual(['pin', 'a[ex-1]==1.0']);
  });

  test('two that differed until 23.2 stand side by side', () => {
    const pins = (release: string): readonly unknown[] =>
      runPip({ index, root: ['a[ex-1,ex_1]'], release })
        .events.filter(([kind]) => kind === 'pin')
        .map(([, label]) => label);
    expect(pins('23.2')).toContain('a[ex-1,ex-1]==1.0');
    expect(pins('23.3')).toContain('a[ex-1]==1.0');
  });

  test('a marker that spells one otherwise does not hold until packaging 22 normalised both', () => {
    for (const release of ['21.0', '22.0', '23.2', '24.0']) expect(run(release).pins).toBe('a==1.0');
    expect(run('24.1').pins).toBe('a==1.0 b==1.0');
  });

  test('pkg_resources spells those of dependencies its own way', () => {
    const asked = (release: string): readonly unknown[] =>
      run(release, 'c')
        .events.filter(([kind, , parent]) => kind === 'require' && parent === 'c==1.0')
        .map(([, text]) => text);
    expect(asked('22.0')).toEqual(['a[ex_1]']);
    expect(asked('22.1')).toEqual(['a[Ex_1]']);
  });
});

describe('what pip before 24.1 dies of', () => {
  test('a dependency that it cannot read, when it needs it: `===` swallowed the semicolon', () => {
    const index: TestIndex = { a: { '2.0': ['b===1.0; extra == "x"'], '1.0': [] }, b: { '1.0': [] } };
    const outcome = (release: string, options = {}) =>
      runPip({ index, root: ['a'], release, options }).outcome;
    for (const release of ['19.3', '20.3', '22.0', '24.0'])
      expect(outcome(release)).toMatchObject({
        kind: 'stopped',
        reason: 'crash',
        detail: 'InvalidRequirement',
      });
    expect(outcome('24.0', { noDeps: true })).toMatchObject({ kind: 'solved' });
    expect(outcome('24.1')).toMatchObject({ kind: 'solved' });
  });

  test('a wheel whose version PEP 440 does not know', () => {
    const index: TestIndex = { a: { '1.0': ['pytz>=2010k'] }, pytz: { '2011k': [] } };
    const outcome = (release: string) => runPip({ index, root: ['a'], release }).outcome;
    expect(outcome('24.0')).toMatchObject({ kind: 'stopped', reason: 'crash', detail: 'InvalidVersion' });
    expect(outcome('24.1')).toMatchObject({ kind: 'unsolvable' });
  });
});

test('the Python of a file is looked at before its version is read', () => {
  const index: TestIndex = { pytz: { '2011k': { requires: [], requires_python: '<3' } } };
  const message = (release: string): string => runPip({ index, root: ['pytz'], release }).message;
  expect(message('24.1')).toContain('2011k Requires-Python <3');
  expect(message('25.2')).toContain('2011k Requires-Python <3');
  expect(message('25.3')).not.toContain('Requires-Python');
});
