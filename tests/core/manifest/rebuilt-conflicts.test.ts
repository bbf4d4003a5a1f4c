/** Paste the error: the rebuilt Problem must show the conflict that the text tells of. */
import { describe, expect, it } from 'vitest';
import { changeOfManifest } from '../../../src/core/manifest/manifest-change.ts';
import { readManifest } from '../../../src/core/manifest/read-manifest.ts';
import { resolveUv } from '../../../src/core/explain/uv/uv-engine.ts';
import { hasData, readSharedJson } from '../../shared-data.ts';
import { resolveRebuilt } from './rebuilt-problem.ts';

const CONFLICT = `
Collecting requests==2.24.0
  Using cached requests-2.24.0-py2.py3-none-any.whl (61 kB)
ERROR: Cannot install -r requirements.txt (line 3), requests==2.24.0 because these package versions have conflicting dependencies.

The conflict is caused by:
    requests 2.24.0 depends on urllib3!=1.25.0, !=1.25.1, <1.26 and >=1.21.1
    The user requested urllib3<1.21
    The user requested (constraint) idna<3

To fix this you could try to:
1. loosen the range of package versions you've specified
ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/
`;

describe("pip's texts", () => {
  it('ResolutionImpossible: what was read, and what was made up', () => {
    const { manifest, confidence } = readManifest(CONFLICT);
    expect([manifest.kind, confidence]).toEqual(['pip-log', 'certain']);
    const change = changeOfManifest(manifest);
    expect(change.requirements).toBe('requests==2.24.0\nurllib3<1.21\n');
    expect(change.constraints).toBe('idna<3\n');
    expect(change.overlay).toContain('requests 2.24.0; depends urllib3');
    expect(manifest.guesses.filter((guess) => guess.includes('made up')).length).toBeGreaterThanOrEqual(2);
    expect(resolveRebuilt(manifest, '3.12').outcome.kind).toBe('unsolvable');
  });

  it('no matching distribution: the versions that were listed', () => {
    const { manifest } = readManifest(
      'ERROR: Ignored the following versions that require a different python version: 2.0 Requires-Python >=3.99\nERROR: Could not find a version that satisfies the requirement thing>=2 (from app) (from versions: 1.0, 1.1)\nERROR: No matching distribution found for thing>=2',
    );
    expect(Object.keys(manifest.facts?.projects['thing'] ?? {})).toEqual(['2.0', '1.1', '1.0']);
    expect(manifest.facts?.projects['thing']?.['2.0']?.requires_python).toBe('>=3.99');
    expect(resolveRebuilt(manifest, '3.12').outcome.kind).toBe('unsolvable');
  });

  it('a verbose log: parents, files, what is installed', () => {
    const { manifest } = readManifest(
      [
        'Using pip 23.2.1 from /usr/lib/pip (python 3.11)',
        'Collecting flask (from -r requirements.txt (line 1))',
        '  Downloading Flask-2.0.0-py3-none-any.whl (93 kB)',
        'Collecting werkzeug>=2.0 (from flask->-r requirements.txt (line 1))',
        'Requirement already satisfied: click>=7 in ./lib/site-packages (from flask) (8.0.1)',
        'INFO: pip is looking at multiple versions of flask to determine which version is compatible with other requirements.',
      ].join('\n'),
    );
    expect(manifest.engine).toBe('pip@23.2');
    expect(manifest.environment.python).toBe('3.11');
    const change = changeOfManifest(manifest);
    expect(change.requirements).toBe('flask\n');
    expect(change.installed).toBe('click==8.0.1\n');
    expect(manifest.facts?.projects['flask']?.['2.0.0']?.requires).toEqual(['werkzeug>=2.0', 'click>=7']);
  });

  it('a chain of parents tells what was asked for, up to the user', () => {
    const { manifest } = readManifest(
      [
        'Collecting left<2 (from app<3,>=1->-r requirements.txt (line 1))',
        '  Downloading left-1.0-py3-none-any.whl (2 kB)',
        'Collecting base (from left<2->app<3,>=1->-r requirements.txt (line 1))',
        '  Downloading base-4.0-py3-none-any.whl (2 kB)',
      ].join('\n'),
    );
    expect(changeOfManifest(manifest).requirements).toBe('app<3,>=1\n');
    const { app, left } = manifest.facts?.projects ?? {};
    expect(Object.values(app ?? {})[0]?.requires).toEqual(['left<2']);
    expect(left?.['1.0']?.requires).toEqual(['base']);
  });

  /** As pip reads a folder of wheels: the names of files, never what was asked for. */
  const LOCAL = [
    'Looking in links: /wheels',
    '  Found link file:///wheels/core-3.0-py3-none-any.whl, version: 3.0',
    '  Found link file:///wheels/core-2.0-py3-none-any.whl, version: 2.0',
    '  Found link file:///wheels/core-1.0-py3-none-any.whl, version: 1.0',
    'Processing /wheels/web-5.0-py3-none-any.whl (from -r requirements.txt (line 1))',
    "Given no hashes to check 1 links for project 'core': discarding no candidates",
    'Processing /wheels/core-2.0-py3-none-any.whl (from web->-r requirements.txt (line 1))',
    'Processing /wheels/web-4.0-py3-none-any.whl (from -r requirements.txt (line 1))',
    'ERROR: Cannot install lib<4 and web because these package versions have conflicting dependencies.',
    '',
    'The conflict is caused by:',
    '    The user requested lib<4',
    '    core 2.0 depends on lib>=4',
    '',
    'ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/',
  ].join('\n');

  it('files of a folder: limits from the count of what fitted, and releases that were tried in vain', () => {
    const { manifest } = readManifest(LOCAL);
    const change = changeOfManifest(manifest);
    expect(change.requirements?.trim().split('\n').sort()).toEqual(['lib<4', 'web']);
    expect(manifest.facts?.projects['web']).toEqual({
      '5.0': { requires: ['core==2.0'] },
      '4.0': { requires: ['core==2.0'] },
    });
    expect(manifest.guesses).toContain('`web` 4.0 was tried in vain; it is taken to need what 5.0 needs.');
    expect(manifest.guesses.join()).toContain('`core==2.0` stands for a limit that the text does not tell');
    expect(resolveRebuilt(manifest, '3.12').outcome.kind).toBe('unsolvable');
  });

  it("the resolver's debug log", () => {
    const file = (name: string) => `LinkCandidate('https://h/files/${name} (from https://h/simple/)')`;
    const { manifest } = readManifest(
      [
        'Reporter.starting()',
        `Reporter.adding_requirement(SpecifierRequirement('app[x]>=1'), None)`,
        `Reporter.adding_requirement(RequiresPythonRequirement('>=3.8'), ${file('app-1.0-py3-none-any.whl')})`,
        `2024-01-01T10:00:00,123   Reporter.adding_requirement(SpecifierRequirement('lib<2; extra == "x"'), ExtrasCandidate(base=${file('app-1.0-py3-none-any.whl')}, extras=frozenset({'x'})))`,
        `Reporter.pinning(${file('lib-1.9.tar.gz')})`,
      ].join('\n'),
    );
    expect(changeOfManifest(manifest).requirements).toBe('app[x]>=1\n');
    expect(manifest.facts?.projects).toEqual({
      app: { '1.0': { requires: ['lib<2; extra == "x"'], extras: ['x'], requires_python: '>=3.8' } },
      lib: { '1.9': { requires: [] } },
    });
  });

  it('says so when nothing was understood', () => {
    const { manifest } = readManifest('hello', 'pip-log');
    expect(manifest.diagnostics.map((found) => found.code)).toEqual(['nothing-understood']);
  });
});

describe("Poetry's report", () => {
  it('reads premises and leaves conclusions', () => {
    const { manifest } = readManifest(
      [
        'Because no versions of foo match >1.0.0,<2.0.0',
        ' and foo (1.0.0) depends on bar (>=2,<3), foo (>=1.0.0,<2.0.0) requires bar (>=2,<3).',
        'So, because mine depends on both foo (^1.0.0) and bar (<2), version solving failed.',
      ].join('\n'),
    );
    expect(manifest.kind).toBe('poetry-log');
    expect(changeOfManifest(manifest).requirements).toBe('foo<2.0.0,>=1.0.0\nbar<2\n');
    expect(manifest.facts?.projects['foo']).toMatchObject({ '1.0.0': { requires: ['bar<3,>=2'] } });
    expect(resolveRebuilt(manifest, '3.12').outcome.kind).toBe('unsolvable');
  });

  it('every version, and the project itself', () => {
    const { manifest } = readManifest(
      'Because every version of a depends on c (>=2) and every version of b depends on c (<2), a is incompatible with b.\nAnd because mine depends on both a (*) and b (*), version solving failed.',
    );
    expect(resolveRebuilt(manifest, '3.12').outcome.kind).toBe('unsolvable');
  });
});

interface Recording {
  readonly name: string;
  readonly pip: string;
  readonly outcome: string;
  readonly text: readonly string[];
  readonly errors: readonly string[];
}
/** Conflicts whose other half the text leaves out: pip reports only the last clash of its search. */
const UNTOLD = new Set(['feature-21-140@26.2.1']);

describe('recorded texts', () => {
  it.each(
    [
      'pip-26.2.1-features',
      'pip-eras-toys',
      'pip-eras-real',
      'pip-26.2.1-random-a',
      'pip-26.2.1-random-2023',
    ].filter((file) => hasData(`recordings/${file}.json`)),
  )('every failure of %s fails again', (file) => {
    const recordings = readSharedJson(`recordings/${file}.json`) as Recording[];
    const wrong: string[] = [];
    for (const recording of recordings) {
      const id = `${recording.name}@${recording.pip}`;
      if (recording.outcome !== 'failed' || UNTOLD.has(id)) continue;
      const { manifest } = readManifest([...recording.errors, ...recording.text].join('\n'));
      if (resolveRebuilt(manifest, '3.11.7').outcome.kind !== 'unsolvable') wrong.push(id);
    }
    expect(wrong).toEqual([]);
  });

  it("uv's reports on packse fail again under pip's rules, but for what pip does otherwise", () => {
    const { scenarios } = readSharedJson('oracles/packse.json') as {
      scenarios: Record<string, { uv: { error?: { report: string } | null } | null }>;
    };
    const solved: string[] = [];
    for (const [name, scenario] of Object.entries(scenarios)) {
      const report = scenario.uv?.error?.report;
      if (report === undefined) continue;
      const { manifest } = readManifest(
        `  × No solution found when resolving dependencies:\n  ╰─▶ ${report}`,
      );
      expect(manifest.kind).toBe('uv-log');
      if (resolveRebuilt(manifest, '3.8').outcome.kind !== 'unsolvable') solved.push(name);
    }
    expect(solved.sort()).toEqual([
      // uv resolves for all environments at once, pip for one.
      'fork-non-local-fork-marker-direct',
      'fork-non-local-fork-marker-transitive',
      // pip takes a yanked release for an exact pin of a dependency.
      'transitive-yanked-and-unyanked-dependency',
    ]);
  });

  it("uv's reports on packse fail again under uv's own rules, and name the same projects", () => {
    const { scenarios } = readSharedJson('oracles/packse.json') as {
      scenarios: Record<
        string,
        { packages: Record<string, unknown>; uv: { error?: { report: string } | null } | null }
      >;
    };
    const wrong: string[] = [];
    for (const [name, scenario] of Object.entries(scenarios)) {
      const report = scenario.uv?.error?.report;
      if (report === undefined) continue;
      const { manifest } = readManifest(`No solution found when resolving dependencies:\n${report}`);
      const run = resolveRebuilt(manifest, '3.12', resolveUv);
      const named = (text: string): string[] =>
        Object.keys(scenario.packages).filter((project) =>
          new RegExp(`(?<![\\w-])${project}(?= |[{[<>=!~])`).test(text),
        );
      if (run.outcome.kind !== 'unsolvable' || named(run.message).join() !== named(report).join())
        wrong.push(`${name}: ${run.message}`);
    }
    expect(wrong).toEqual([]);
  });
});

it('a pin is the version that the text speaks of', () => {
  const { manifest } = readManifest(
    '  × No solution found when resolving dependencies:\n  ╰─▶ Because all versions of app depend on lib==2.0.0 and lib==1.0.0, we can conclude that all versions of app cannot be used.\n      And because you require app==1.0.0, we can conclude that your requirements are unsatisfiable.',
  );
  expect(Object.keys(manifest.facts?.projects['app'] ?? {})).toEqual(['1.0.0']);
});

describe("uv's Python versions", () => {
  const report = (python: string): string =>
    `  × No solution found when resolving dependencies:\n  ╰─▶ Because the ${python} does not satisfy Python>=3.10 and app==1.0.0 depends on Python>=3.10, we can conclude that app==1.0.0 cannot be used.\n      And because you require app==1.0.0, we can conclude that your requirements are unsatisfiable.`;

  it('the interpreter is the environment', () => {
    const { manifest } = readManifest(report('current Python version (3.9.18)'));
    expect(changeOfManifest(manifest).environment).toEqual({ python: '3.9.18' });
    expect(resolveRebuilt(manifest, '3.12', resolveUv).outcome.kind).toBe('unsolvable');
  });

  it('what was asked for is an option', () => {
    const { manifest } = readManifest(report('requested Python version (>=3.9)'));
    expect(changeOfManifest(manifest).options).toMatchObject({ pythonVersion: '3.9' });
    expect(resolveRebuilt(manifest, '3.12', resolveUv).outcome.kind).toBe('unsolvable');
  });
});
