/** pip's own words, release by release. */
import { describe, expect, test } from 'vitest';
import { runPip, type TestIndex } from './run-pip.ts';

const CLASH: TestIndex = {
  a: { '1.0': ['c==1.0'] },
  b: { '1.0': ['c==2.0'] },
  c: { '1.0': [], '2.0': [] },
};

describe('conflicting dependencies', () => {
  test('the report of pip 26.2, with the remark that is always there', () => {
    expect(runPip({ index: CLASH, root: ['a', 'b'] }).message).toBe(
      [
        'ERROR: Cannot install a==1.0 and b==1.0 because these package versions have conflicting dependencies.',
        '',
        'The conflict is caused by:',
        '    a 1.0 depends on c==1.0',
        '    b 1.0 depends on c==2.0',
        '',
        'Additionally, some packages in these conflicts have no matching distributions available for your environment:',
        '    c',
        '',
        'To fix this you could try to:',
        "1. loosen the range of package versions you've specified",
        '2. remove package versions to allow pip to attempt to solve the dependency conflict',
        '',
        'ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/#dealing-with-dependency-conflicts',
      ].join('\n'),
    );
  });

  test('wording changed in 22.0, 24.1 and 25.3', () => {
    const message = (release: string): string => runPip({ index: CLASH, root: ['a', 'b'], release }).message;
    expect(message('21.3')).toContain('user_guide/#fixing-conflicting-dependencies');
    expect(message('22.0')).toContain('topics/dependency-resolution/');
    expect(message('24.0')).toContain('allow pip attempt to solve');
    expect(message('24.1')).toContain('allow pip to attempt to solve');
    expect(message('25.2')).not.toContain('Additionally');
  });

  test('commas become a list, even those inside the brackets of extras', () => {
    const index: TestIndex = {
      f: { '1.0': { extras: ['x', 'y'] }, '2.0': { extras: ['x', 'y'] } },
      g: { '1.0': ['f>=2'] },
    };
    const { message } = runPip({ index, root: ['f!=3,<2,>=1', 'g'] });
    expect(message).toContain('The user requested f!=3, <2 and >=1');
  });

  test('a single cause whose name is constrained is reported as a conflict', () => {
    const { message } = runPip({ index: CLASH, root: ['c==1.0'], constraints: ['c!=1.0'] });
    expect(message).toContain('ERROR: Cannot install c==1.0 because');
    expect(message).toContain('    The user requested (constraint) c!=1.0');
  });
});

describe('no matching version', () => {
  const index: TestIndex = { m: { '1.0': ['nope>=1'] }, a: { '1.0': [], '2.0': [], '1.5': {} } };

  test('names the parent in the first line only, and lists versions ascending since 21.1', () => {
    expect(runPip({ index, root: ['m'] }).message).toBe(
      'ERROR: Could not find a version that satisfies the requirement nope>=1 (from m) (from versions: none)\n' +
        'ERROR: No matching distribution found for nope>=1',
    );
    expect(runPip({ index, root: ['a>2'] }).message).toContain('(from versions: 1.0, 1.5, 2.0)');
    expect(runPip({ index, root: ['a>2'], release: '21.0' }).message).not.toContain('from versions');
  });

  test('a final version is what was looked for if only those are allowed', () => {
    const { message } = runPip({ index, root: ['a>2'], options: { onlyFinal: ['a'] } });
    expect(message).toContain('Could not find a final version that satisfies the requirement a>2');
  });

  test('a name like that of a file gets a hint', () => {
    expect(runPip({ index, root: ['requirements.txt'] }).message).toContain('HINT: You are attempting');
  });
});

test('the 1st, 8th and 13th skipped candidate of a package is said aloud', () => {
  const versions = Array.from({ length: 14 }, (_, index) => [`${index + 1}.0`, ['low<1']] as const);
  const index: TestIndex = { x: Object.fromEntries(versions), low: { '1.0': [] } };
  const told = runPip({ index, root: ['x'] }).notices.map(({ text }) => text);
  expect(told).toHaveLength(3);
  expect(told[0]).toMatch(/^INFO: pip is looking at multiple versions of x to determine/u);
  expect(told[1]).toMatch(/^INFO: pip is still looking at multiple versions of x/u);
  expect(told[2]).toMatch(/^INFO: This is taking longer than usual\./u);
  const before = runPip({ index, root: ['x'], release: '22.3' }).notices;
  expect(before, 'nothing is undone, and pip 22.3 counted what was undone').toEqual([]);
});

test('metadata that cannot be read is a warning with a pointer since 24.1, and understood before', () => {
  const index: TestIndex = { p: { '1.0': ['pytz>=2011k'] }, pytz: { '2020.1': [] } };
  const run = runPip({ index, root: ['p'] });
  expect(run.pins).toBeNull();
  expect(run.notices[0]?.text.split('\n').slice(-3)).toEqual([
    '    pytz>=2011k',
    '        ~~~~~~^',
    'Please use pip<24.1 if you need to use this version.',
  ]);
  expect(runPip({ index, root: ['p'], release: '24.0' }).pins).toBe('p==1.0 pytz==2020.1');
});
