/** Constraints that are addresses: what each generation of pip makes of them. */
import { describe, expect, test } from 'vitest';
import { runPip, type TestIndex, type TestRun } from './run-pip.ts';

const WHEEL = 'https://files.example/lib-3.0-py3-none-any.whl';
const LOCAL = 'file:///wheels/lib-3.0-py3-none-any.whl';

function index(url: string): TestIndex {
  return {
    lib: { '2.0': { requires: [], extras: ['x'] }, '3.0': { requires: [], extras: ['x'], url } },
    app: { '1.0': ['lib[x]>=1.0'] },
  };
}

function constrained(url: string, release: string, root = 'app'): TestRun {
  return runPip({ index: index(url), root: [root], constraints: [`lib @ ${url}`], release });
}

describe('an address as a constraint', () => {
  test('is refused before 21.1', () => {
    for (const release of ['20.3', '20.3.4', '21.0.1']) {
      const run = constrained(WHEEL, release, 'lib');
      expect(run.message).toBe('ERROR: Links are not allowed as constraints');
      expect(run.events).toEqual([]);
    }
    expect(constrained(WHEEL, '21.1', 'lib').pins).toBe('lib==3.0');
  });

  test('reaches a package with extras since 26.1', () => {
    expect(constrained(WHEEL, '26.1').pins).toBe('app==1.0 lib==3.0');
    expect(constrained(LOCAL, '26.2').pins).toBe('app==1.0 lib==3.0');
  });

  test('ends pip where the base was looked up first: 23.3 to 26.0 ask for it beside the extras', () => {
    for (const release of ['23.3', '25.2', '26.0']) {
      const { outcome, message } = constrained(WHEEL, release);
      expect(outcome).toMatchObject({ kind: 'stopped', reason: 'crash', detail: 'AssertionError' });
      expect(message).toContain(
        'AssertionError: Internal issue: Candidate is not for this requirement lib vs lib[x]',
      );
    }
  });

  test('ends pip at a wheel of a server that is looked up for the extras first', () => {
    const { message } = constrained(WHEEL, '23.2');
    expect(message).toContain("AssertionError: 'lib[x]' != 'lib' for wheel");
  });

  test('is discarded for its name if it is a file here, and what the index has instead is not what is allowed', () => {
    const run = constrained(LOCAL, '22.0');
    expect(run.message).toContain('ERROR: Cannot install lib[x]==2.0 because');
    // The terminal takes `[x]` for markup, so what pip prints makes no sense.
    expect(run.notices[0]?.text).toBe(
      `Discarding ${LOCAL}: Requested lib>=1.0 from ${LOCAL} (from app) has inconsistent name: ` +
        "filename has 'lib', but metadata has 'lib'",
    );
  });

  test('is named in a conflict since 26.2', () => {
    const root = `lib @ ${LOCAL.replace('3.0', '4.0')}`;
    const facts: TestIndex = {
      lib: { ...index(LOCAL).lib, '4.0': { requires: [], url: LOCAL.replace('3.0', '4.0') } },
    };
    const conflict = (release: string): string =>
      runPip({ index: facts, root: [root], constraints: [`lib @ ${LOCAL}`], release }).message;
    expect(conflict('26.2')).toContain(`    The user requested (constraint) lib (from ${LOCAL})\n`);
    expect(conflict('26.1')).toContain('    The user requested (constraint) lib\n');
  });
});

describe('what pip says of files', () => {
  test('a file here is named by its path, decoded', () => {
    const url = 'file:///wheels/lib-2.0%2Blocal.1-py3-none-any.whl';
    const run = runPip({
      index: { lib: { '2.0+local.1': { requires: [], url } }, app: { '1.0': ['lib<2'] } },
      root: [`lib @ ${url}`, 'app'],
    });
    expect(run.message).toContain('lib 2.0+local.1 (from /wheels/lib-2.0+local.1-py3-none-any.whl)');
  });

  test('extras are lost where a file is discarded, from 22.0 to 26.1', () => {
    const text = (release: string): string =>
      runPip({
        index: { lib: { '1.0': { requires: [], extras: ['x'] } } },
        metadata: { 'lib-1.0-py2.py3-none-any.whl': { version: '1.5' } },
        root: ['lib[x]'],
        release,
      }).notices[0]?.text ?? '';
    expect(text('26.2')).toContain('Requested lib[x] from');
    expect(text('26.1')).toContain('Requested lib from');
    expect(text('22.0')).toContain('Requested lib from');
    expect(text('21.3')).toContain('Requested lib[x] from');
  });
});

test('what extras bring comes from the requirement that named them since 23.3, before from that on the base', () => {
  const index: TestIndex = {
    app: { '1.0': ['lib~=2.0'] },
    lib: {
      '2.0': { requires: ['lib[x]>=2.0rc1', 'part>=4 ; extra == "x"'], extras: ['x'] },
    },
    part: { '4.0': [] },
  };
  const metadata = { 'part-4.0-py2.py3-none-any.whl': { version: '4.9' } };
  const text = (release: string): string =>
    runPip({ index, metadata, root: ['app'], release }).notices[0]?.text ?? '';
  expect(text('23.3')).toContain('(from lib>=2.0rc1->lib~=2.0->app)');
  expect(text('26.2')).toContain('(from lib[x]>=2.0rc1->lib~=2.0->app)');
  expect(text('23.2')).toContain('(from lib~=2.0->app)');
});

test('until 21.0 a base can be pinned against its extras; what is installed is the base', () => {
  const lib = {
    '1.0.post1': [],
    '2.0': { requires: ['lib<2.0 ; extra == "y"'], extras: ['x', 'y'] },
  };
  const run = runPip({ index: { lib }, root: ['lib[y]!=3.0'], release: '20.3.4' });
  expect(run.events.filter(([kind]) => kind === 'pin')).toEqual([
    ['pin', 'lib[y]==2.0'],
    ['pin', 'lib==1.0.post1'],
  ]);
  expect(run.pins).toBe('lib==1.0.post1');
});
