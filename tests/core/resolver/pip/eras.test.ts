/** What changed from release to release, rule by rule; each was checked against the release's source or a run of it. */
import { describe, expect, test } from 'vitest';
import { runPip, type TestIndex } from './run-pip.ts';

describe('the report of 20.3 and 21.0', () => {
  const index: TestIndex = {
    a: { '1.0': { requires: [], requires_python: '>=3.6', files: wheel('a') } },
    b: { '1.0': { requires: [], requires_python: '>=3.20', files: wheel('b') } },
  };

  function wheel(name: string) {
    return [{ filename: `${name}-1.0-py3-none-any.whl`, requires_python: null }];
  }

  test('blames the first Requires-Python, even one that holds; 21.1 those that do not', () => {
    const message = (release: string): string => runPip({ index, root: ['a', 'b'], release }).message;
    const blamed = (name: string, specifier: string): string =>
      `ERROR: Package '${name}' requires a different Python: 3.11.7 not in '${specifier}'`;
    expect(message('20.3.4')).toBe(blamed('a', '>=3.6'));
    expect(message('21.0')).toBe(blamed('a', '>=3.6'));
    expect(message('21.1')).toBe(blamed('b', '>=3.20'));
  });

  test('does not see that a constraint made the single cause; 21.1 does', () => {
    const message = (release: string): string =>
      runPip({ index: { c: { '1.0': [] } }, root: ['c==1.0'], constraints: ['c!=1.0'], release }).message;
    expect(message('21.0')).toContain('Could not find a version that satisfies the requirement c==1.0');
    expect(message('21.1')).toContain('The user requested (constraint) c!=1.0');
  });
});

describe('what is installed', () => {
  const index: TestIndex = {
    a: { '4.0': ['nope'], '3.0': ['nope'], '2.0': ['nope'], '1.0': ['nope'] },
  };
  const run = (release: string, installed: readonly [string, ...string[]] = ['3.0', 'nope']) =>
    runPip({ index, root: ['a'], installed: { a: installed }, options: { upgrade: true }, release });

  test('is offered once before 21.0.1, instead of files of its version, and again and again since', () => {
    const tried = (release: string): number =>
      run(release).events.filter(([kind, , parent]) => kind === 'require' && parent === 'a==3.0').length;
    expect(tried('21.0')).toBe(1);
    // The installed one three times (before 3.0, 2.0 and 1.0), and the file of 3.0.
    expect(tried('21.0.1')).toBe(4);
  });

  test('counts in 21.1 even when it is excluded, and the search never ends; 21.1.2 mended that', () => {
    const facts: TestIndex = { ...index, b: { '1.0': ['a', 'c'] }, c: { '1.0': ['a>=9'] }, a: {} };
    const answer = (release: string) =>
      runPip({ index: facts, root: ['b'], installed: { a: ['3.0'] }, release }).outcome;
    expect(answer('21.1.2')).toMatchObject({ kind: 'unsolvable' });
    const stuck: TestIndex = { x: { '1.0': ['a<9', 'b'] }, a: { '3.0': [] }, b: { '1.0': ['a!=3.0'] } };
    const outcome = (release: string) =>
      runPip({ index: stuck, root: ['x'], installed: { a: ['3.0'] }, release }).outcome;
    expect(outcome('21.1')).toMatchObject({ kind: 'stopped', reason: 'livelock', detail: '2000000' });
    expect(outcome('21.1.2')).toMatchObject({ kind: 'unsolvable' });
  });
});

describe('what the user named', () => {
  const index: TestIndex = {
    a: { '1.0': { requires: [], extras: ['x'] }, '2.0': { requires: [], extras: ['x'] } },
  };

  test('a named bare makes a[x] of somebody else upgradable since 22.0, and until 21.0', () => {
    const facts: TestIndex = { ...index, b: { '1.0': ['a[x]'] } };
    const triesInstalled = (release: string): boolean =>
      runPip({
        index: facts,
        root: ['b', 'a'],
        installed: { a: ['1.0'] },
        options: { upgrade: true },
        release,
      }).events.some(([kind, , parent]) => kind === 'require' && parent === 'a[x]==1.0');
    for (const release of ['20.3', '21.0', '22.0', '26.2']) expect(triesInstalled(release)).toBe(false);
    for (const release of ['21.1', '21.3']) expect(triesInstalled(release)).toBe(true);
  });

  test('a line whose marker does not hold names its package until 21.1', () => {
    const facts: TestIndex = { ...index, b: { '1.0': ['a'] } };
    const pins = (release: string): string | null =>
      runPip({
        index: facts,
        root: ['b', 'a; python_version < "3"'],
        installed: { a: ['1.0'] },
        options: { upgrade: true },
        release,
      }).pins;
    expect(pins('21.1')).toBe('a==2.0 b==1.0');
    expect(pins('21.2')).toBe('a==1.0 b==1.0');
  });
});

test('before resolvelib 0.7 excluding a candidate looks at all others, which costs their files', () => {
  const index: TestIndex = {
    a: { '1.0': [], '2.0': [], '3.0': ['c<1'] },
    b: { '1.0': ['a', 'c==1.0'] },
    c: { '1.0': [], '0.5': [] },
  };
  const read = (release: string): number => runPip({ index, root: ['a', 'b'], release }).read.length;
  expect(read('21.0')).toBeGreaterThan(read('21.1'));
});

test('until 25.0 all dependencies are read before the first counts, so that extras warn all the same', () => {
  const index: TestIndex = {
    a: { '2.0': [] },
    b: { '1.0': ['a[nope]', 'a!=1.0'] },
  };
  const warnings = (release: string): number =>
    runPip({ index, root: ['b', 'a[x]'], release }).notices.filter(({ level }) => level === 'warning').length;
  expect(warnings('25.0')).toBeGreaterThan(0);
  const clash: TestIndex = { a: { '1.0': ['b[x]'] }, b: { '1.0': ['c<1'] }, c: { '1.0': [] } };
  const warned = (release: string): boolean =>
    runPip({ index: clash, root: ['c', 'a'], release }).notices.some(({ text }) =>
      text.includes("extra 'x'"),
    );
  expect(warned('25.0')).toBe(true);
});

describe('words', () => {
  const python: TestIndex = { a: { '1.0': { requires: [], requires_python: '>=3.20,!=3.21' } } };
  const ignored = (release: string): string =>
    runPip({ index: python, root: ['a'], release })
      .message.split('\n')
      .filter((line) => line.includes('Ignored'))
      .join();

  test('clauses of a skipped Python are sorted since 25.2; 25.0 forgot to list them at all', () => {
    expect(ignored('25.1')).toContain('1.0 Requires-Python >=3.20,!=3.21');
    expect(ignored('25.2')).toContain('1.0 Requires-Python >=3.20,!=3.21');
    expect(ignored('25.0')).toBe('');
    expect(ignored('24.3')).toContain('Requires-Python');
    expect(ignored('22.0')).toBe('');
    const given: TestIndex = { a: { '1.0': { requires: [], requires_python: '>=3.20,!=3.5' } } };
    const clauses = (release: string): string => runPip({ index: given, root: ['a'], release }).message;
    expect(clauses('25.1')).toContain('>=3.20,!=3.5');
    expect(clauses('25.2')).toContain('!=3.5,>=3.20');
  });

  test('metadata of something else', () => {
    const told = (release: string): string => {
      const run = runPip({
        index: { a: { '1.0': [], '2.0': [] } },
        metadata: { 'a-2.0-py2.py3-none-any.whl': { version: '1.0' } },
        root: ['a'],
        release,
      });
      return [...run.notices.map(({ text }) => text), run.message].join('\n');
    };
    const requested = 'Requested a from http://INDEX/files/a-2.0-py2.py3-none-any.whl';
    expect(told('20.3')).toBe(`ERROR: ${requested} has different version in metadata: '1.0'`);
    expect(told('20.3.4')).toContain(`. ${requested} has different version in metadata: '1.0'`);
    expect(told('21.0')).toContain("has inconsistent version: filename has '2.0', but metadata has '1.0'");
    expect(told('26.2')).toContain(
      `: ${requested} has inconsistent version: expected '2.0', but metadata has '1.0'`,
    );
  });

  test('pip quotes the address of a file', () => {
    const index: TestIndex = {
      a: { '1.0+local.1': { requires: [], extras: ['x'] } },
      b: { '1.0': ['a<1'] },
    };
    const { message } = runPip({ index, root: ['a[x]', 'b'] });
    expect(message).toContain('a-1.0%2Blocal.1-py2.py3-none-any.whl');
  });
});
