/** What decides in pip besides the search: extras, constraints, pre-releases, yanks, Python, what is installed. */
import { describe, expect, test } from 'vitest';
import { runPip, type TestIndex } from './run-pip.ts';

describe('extras', () => {
  const index: TestIndex = {
    svc: {
      '1.0': { requires: ['drv<2; extra == "old"'], extras: ['old'] },
      '2.0': { requires: ['drv>=2; extra == "new"', 'svc[new]; extra == "all"'], extras: ['new', 'all'] },
    },
    drv: { '1.0': [], '2.0': [] },
  };

  test('the base is pinned beside the package with extras, at the same version', () => {
    const run = runPip({ index, root: ['svc[new]'] });
    expect(run.pins).toBe('drv==2.0 svc==2.0');
    expect(run.events).toContainEqual(['pin', 'svc[new]==2.0']);
    expect(run.events).toContainEqual(['require', 'svc==2.0', 'svc[new]==2.0']);
  });

  test('an extra that asks for another of the same package works', () => {
    expect(runPip({ index, root: ['svc[all]'] }).pins).toBe('drv==2.0 svc==2.0');
  });

  test('an unknown extra is a warning at every look, and plain dependencies are installed', () => {
    const run = runPip({ index, root: ['svc[nope]'] });
    expect(run.pins).toBe('svc==2.0');
    expect(run.notices.map(({ text }) => text)).toContain("svc 2.0 does not provide the extra 'nope'");
  });

  test('since 23.3 a limit on the extras also asks for the base, and no wrong version is looked at', () => {
    expect(runPip({ index, root: ['svc[old]<2'] }).events[0]).toEqual(['require', 'svc<2', null]);
    expect(runPip({ index, root: ['svc[old]<2'] }).read).not.toContain('svc==2.0');
    expect(runPip({ index, root: ['svc[old]<2'], release: '23.2' }).events[0]).toEqual([
      'require',
      'svc[old]<2',
      null,
    ]);
  });
});

describe('constraints', () => {
  const index: TestIndex = { a: { '1.0': ['c'] }, c: { '1.0': [], '2.0': [] } };

  test('limit what is installed and ask for nothing', () => {
    expect(runPip({ index, root: ['a'], constraints: ['c<2', 'd==9'] }).pins).toBe('a==1.0 c==1.0');
  });

  test('one whose marker does not hold is no limit', () => {
    const constraints = ['c<2; sys_platform == "win32"'];
    expect(runPip({ index, root: ['a'], constraints }).pins).toBe('a==1.0 c==2.0');
  });

  test('with extras they are refused in pip’s words', () => {
    expect(runPip({ index, root: ['a'], constraints: ['c[x]<2'] }).message).toBe(
      'ERROR: Constraints cannot have extras',
    );
  });
});

describe('pre-releases and yanks', () => {
  const index: TestIndex = {
    a: { '1.0': [], '2.0rc1': [] },
    only: { '0.5rc1': [], '0.6rc1': [] },
    gone: { '1.0': { yanked: 'broken' }, '0.9': [] },
    hiding: { '1.0': { yanked: true }, '1.1a1': [] },
  };

  test('a pre-release is taken where nothing else fits; before 26.0 only where nothing was asked', () => {
    expect(runPip({ index, root: ['a>1.0'] }).pins).toBe('a==2.0rc1');
    expect(runPip({ index, root: ['a>1.0'], release: '25.3' }).pins).toBeNull();
    expect(runPip({ index, root: ['only'], release: '25.3' }).pins).toBe('only==0.6rc1');
    expect(runPip({ index, root: ['only>=0.5rc1'], release: '25.3' }).pins).toBe('only==0.6rc1');
  });

  test('--pre takes the newest, whatever it is', () => {
    expect(runPip({ index, root: ['a'], options: { pre: true } }).pins).toBe('a==2.0rc1');
  });

  test('a yanked file is taken only when it is pinned and nothing else is left', () => {
    expect(runPip({ index, root: ['gone'] }).pins).toBe('gone==0.9');
    expect(runPip({ index, root: ['gone==1.0'] }).pins).toBe('gone==1.0');
    expect(runPip({ index, root: ['gone>0.9'] }).pins).toBeNull();
    expect(runPip({ index, root: ['gone>0.9'], release: '21.3' }).pins).toBe('gone==1.0');
  });

  test('the choice of a yanked file is a warning with its reason', () => {
    const [notice] = runPip({ index, root: ['gone==1.0'] }).notices;
    expect(notice?.level).toBe('warning');
    expect(notice?.text).toMatch(
      /^The candidate selected for download or install is a yanked version: 'gone'/u,
    );
    expect(notice?.text).toContain('Reason for being yanked: broken');
  });

  test('a yanked final release hides the only pre-release', () => {
    const { message } = runPip({ index, root: ['hiding'] });
    expect(message).toContain('ERROR: Ignored the following yanked versions: 1.0');
    expect(message).toContain('(from versions: 1.1a1)');
  });
});

describe('Requires-Python', () => {
  const index: TestIndex = {
    new: { '2.0': { requires_python: '>=3.20' }, '1.0': { requires_python: '>=3.6' } },
    mod: {
      '1.0': {
        requires: ['left'],
        files: [{ filename: 'mod-1.0-py3-none-any.whl', requires_python: null }],
        requires_python: '>=3.20',
      },
    },
    left: { '1.0': [] },
  };

  test('a file that the page says is for another Python is passed over, unless that is ignored', () => {
    expect(runPip({ index, root: ['new'] }).pins).toBe('new==1.0');
    expect(runPip({ index, root: ['new'], options: { ignoreRequiresPython: true } }).pins).toBe('new==2.0');
  });

  test('what only the metadata says is a conflict of its own, before any dependency, even with --no-deps', () => {
    for (const noDeps of [false, true]) {
      const run = runPip({ index, root: ['mod'], options: { noDeps } });
      expect(run.message).toBe("ERROR: Package 'mod' requires a different Python: 3.11.7 not in '>=3.20'");
      expect(run.read).not.toContain('left==1.0');
    }
  });

  test('before 25.1 dependencies come first', () => {
    expect(runPip({ index, root: ['mod'], release: '25.0' }).read).toContain('left==1.0');
  });
});

describe('what is installed', () => {
  const index: TestIndex = {
    a: { '1.0': ['zz'], '2.0': ['zz'], '3.0': ['zz'], '4.0': ['zz'] },
    b: { '1.0': ['a'], '2.0': ['a'] },
  };

  test('stays, and is not looked up, unless an upgrade is asked for', () => {
    const simple: TestIndex = { a: { '1.0': [], '2.0': [] } };
    const installed = { a: ['1.0'] } as const;
    const kept = runPip({ index: simple, root: ['a'], installed });
    expect(kept.pins).toBe('a==1.0');
    expect(kept.metrics.pages).toBe(0);
    expect(runPip({ index: simple, root: ['a'], installed, options: { upgrade: true } }).pins).toBe('a==2.0');
    expect(runPip({ index: simple, root: ['a>1'], installed }).pins).toBe('a==2.0');
    expect(runPip({ index: simple, root: ['a'], installed, options: { forceReinstall: true } }).read).toEqual(
      ['a==2.0'],
    );
  });

  test('-U upgrades what was named, with `eager` what that needs, too', () => {
    const chain: TestIndex = { a: { '1.0': ['b'], '2.0': ['b'] }, b: { '1.0': [], '2.0': [] } };
    const installed = { a: ['1.0', 'b'], b: ['1.0'] } as const;
    const needed = runPip({ index: chain, root: ['a'], installed, options: { upgrade: true } });
    expect(needed.pins).toBe('a==2.0 b==1.0');
    const eager = { upgrade: true, upgradeStrategy: 'eager' } as const;
    expect(runPip({ index: chain, root: ['a'], installed, options: eager }).pins).toBe('a==2.0 b==2.0');
  });

  test('is offered again before every version that is not newer', () => {
    const run = runPip({ index, root: ['a'], installed: { a: ['3.0', 'zz'] }, options: { upgrade: true } });
    const rejected = run.events.flatMap((event) => (event[0] === 'reject' ? [event[1]] : []));
    expect(rejected).toEqual(['a==4.0', 'a==3.0', 'a==3.0', 'a==3.0', 'a==2.0', 'a==3.0', 'a==1.0']);
  });
});
