/** What pip's own functional tests promise to its users, in indexes of our own. */
import { describe, expect, test } from 'vitest';
import { runPip, type TestCase, type TestIndex } from './run-pip.ts';

function pins(index: TestIndex, root: readonly string[], more: Partial<TestCase> = {}): string {
  const run = runPip({ index, root, ...more });
  return run.pins ?? `${run.outcome.kind} ${run.message}`;
}

describe('what is installed', () => {
  test('stays where no index has the project', () => {
    expect(pins({}, ['kept'], { installed: { kept: ['0.1'] } })).toBe('kept==0.1');
  });

  test('changes where something new needs another version', () => {
    const index: TestIndex = {
      base: { '1': [], '2': [], '3': [] },
      left: { '1': ['base==1'], '2': ['base==2'] },
      right: { '1': ['base!=1'], '2': ['base!=1'] },
      top: { '1': ['left', 'right'] },
    };
    const installed = { base: ['1'], left: ['1', 'base==1'] } as const;
    expect(pins(index, ['top'], { installed })).toBe('base==2 left==2 right==2 top==1');
  });

  test('is as good as a release, so that an upgrade never goes back', () => {
    const options = { upgrade: true };
    expect(pins({ kept: { '1': [] } }, ['kept'], { installed: { kept: ['2'] }, options })).toBe('kept==2');
  });

  test('is replaced by the same version when that is forced', () => {
    const index: TestIndex = { kept: { '1.0': [] } };
    const run = runPip({
      index,
      root: ['kept'],
      installed: { kept: ['1.0'] },
      options: { forceReinstall: true },
    });
    expect(run.outcome).toMatchObject({
      pins: [{ origin: 'index', filename: 'kept-1.0-py2.py3-none-any.whl' }],
    });
  });

  test('is upgraded with extras of somebody else when it was named bare', () => {
    const index: TestIndex = {
      help: { '1.0': [], '2.0': [] },
      core: Object.fromEntries(
        ['1.0', '2.0'].map((version) => [
          version,
          { requires: ['help ; extra == "more"'], extras: ['more'] },
        ]),
      ),
      user: { '1.0': ['core[more]'], '2.0': ['core[more]'] },
    };
    const installed = { user: ['1.0', 'core[more]'], core: ['1.0'], help: ['1.0'] } as const;
    const options = { upgrade: true };
    expect(pins(index, ['user', 'core'], { installed, options })).toBe('core==2.0 help==1.0 user==2.0');
    expect(pins(index, ['user'], { installed, options })).toBe('core==1.0 user==2.0');
  });
});

describe('sources', () => {
  const index: TestIndex = {
    base: { '1.0': ['dep'], '2.0': ['dep==0.1'] },
    dep: { '0.1': { requires: [], wheels: [], sdist: true }, '0.2': [] },
    setuptools: { '60.0': [] },
  };

  test('are built only when they are needed', () => {
    expect(runPip({ index, root: ['base==1.0'] }).kinds).not.toContain('build-begin');
    expect(runPip({ index, root: ['base==2.0'] }).kinds).toContain('build-begin');
  });

  test('of two versions can be looked at in one run', () => {
    const two: TestIndex = {
      a: { '1.0': [], '2.0': [], '3.0': ['b<2'] },
      b: {
        '1.0': { requires: [], wheels: [], sdist: true },
        '2.0': { requires: [], wheels: [], sdist: true },
      },
    };
    expect(pins(two, ['a', 'b'])).toBe('a==3.0 b==1.0');
  });

  test('that are newer than a wheel are not tried with --prefer-binary', () => {
    const newer: TestIndex = { a: { '1.0': [], '2.0': { requires: [], wheels: [], sdist: true } } };
    expect(pins(newer, ['a'])).toBe('a==2.0');
    expect(pins(newer, ['a'], { options: { preferBinary: true } })).toBe('a==1.0');
  });
});

describe('addresses', () => {
  const one = 'https://files.example/lib-0.1-py3-none-any.whl';
  const two = 'https://files.example/lib-0.2-py3-none-any.whl';
  const index: TestIndex = {
    lib: { '0.1': { requires: [], url: one }, '0.2': { requires: ['far'], url: two }, '0.3': [] },
    far: { '1.0': [] },
    user: { '1.0': ['lib'], '2.0': ['lib>=0.2'] },
  };

  test('and a line on the same project must agree', () => {
    expect(pins(index, [`lib @ ${one}`, 'lib!=0.1'])).toContain('conflicting dependencies');
    expect(pins(index, [`lib @ ${two}`, 'lib>0.1'])).toBe('far==1.0 lib==0.2');
  });

  test('as constraints reach dependencies and ask for nothing', () => {
    expect(pins(index, ['user==1.0'], { constraints: [`lib @ ${one}`] })).toBe('lib==0.1 user==1.0');
    expect(pins(index, ['far'], { constraints: [`lib @ ${one}`] })).toBe('far==1.0');
  });

  test('as constraints make pip choose what fits them', () => {
    expect(pins(index, ['user'], { constraints: [`lib @ ${one}`] })).toBe('lib==0.1 user==1.0');
  });

  test('as two constraints on one project leave nothing', () => {
    const constraints = [`lib @ ${one}`, `lib @ ${two}`];
    expect(pins(index, ['lib'], { constraints })).toContain(
      `The user requested (constraint) lib (from ${one}, ${two})`,
    );
    expect(pins(index, ['lib'], { constraints: [`lib @ ${one}`, `lib @ ${one}`] })).toBe('lib==0.1');
  });

  test('hold a line with an address to the constraint’s', () => {
    expect(pins(index, [`lib @ ${one}`], { constraints: [`lib @ ${one}`] })).toBe('lib==0.1');
    expect(pins(index, [`lib @ ${two}`], { constraints: [`lib @ ${one}`] })).toContain(
      'conflicting dependencies',
    );
  });

  test('as constraints replace what is installed from elsewhere only if asked', () => {
    const installed = { lib: ['0.1'] } as const;
    const constraints = [`lib @ ${two}`];
    expect(pins(index, ['lib'], { installed, constraints })).toBe('far==1.0 lib==0.2');
  });

  test('are not read when Python is wrong already', () => {
    const wrong: TestIndex = {
      root: {
        '1': {
          requires: ['lib @ https://nowhere.example/lib-1.zip'],
          requires_python: '<3',
          files: [{ filename: 'root-1-py3-none-any.whl', requires_python: null }],
        },
      },
    };
    expect(pins(wrong, ['root'])).toContain("Package 'root' requires a different Python: 3.11.7 not in '<3'");
  });
});

describe('work that is not done', () => {
  const index: TestIndex = {
    many: Object.fromEntries(['1', '2', '3', '4'].map((version) => [version, []])),
    picky: { '1': ['many<3'] },
    extra: Object.fromEntries(
      ['1', '2', '3'].map((version) => [version, { requires: ['many ; extra == "x"'], extras: ['x'] }]),
    ),
  };

  test('older releases are not opened once one fits', () => {
    expect(runPip({ index, root: ['many'] }).read).toEqual(['many==4']);
    expect(runPip({ index, root: ['many', 'picky'] }).read).toEqual(['many==4', 'picky==1', 'many==2']);
  });

  test('what the base rules out is not tried with extras', () => {
    for (const more of [{ constraints: ['extra==1'] }, { root: ['extra[x]', 'extra==1'] }])
      expect(runPip({ index, root: ['extra[x]'], ...more }).read).toEqual(['extra==1', 'many==4']);
  });

  test('a conflict between a limit and a constraint is found without opening anything', () => {
    const run = runPip({ index, root: ['extra[x]>1'], constraints: ['extra==1'] });
    expect([run.outcome.kind, run.read]).toEqual(['unsolvable', []]);
  });
});
