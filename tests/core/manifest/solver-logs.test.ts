/** What tools print while they solve, and around their reports: the rebuilt Problem fails as theirs did. */
import { describe, expect, it } from 'vitest';
import { resolveUv } from '../../../src/core/explain/uv/uv-engine.ts';
import { changeOfManifest } from '../../../src/core/manifest/manifest-change.ts';
import { manifestPanes } from '../../../src/core/manifest/manifest.ts';
import { readManifest } from '../../../src/core/manifest/read-manifest.ts';
import { resolvePip } from '../../../src/core/resolver/pip/resolve.ts';
import { resolveRebuilt } from './rebuilt-problem.ts';

const joined = (...lines: readonly string[]): string => lines.join('\n');

describe('Poetry', () => {
  it('a range of Pythons: the one for which it fails', () => {
    const { manifest } = readManifest(
      joined(
        "The current project's Python requirement (>=3.8,<3.12) is not compatible with some of the required packages Python requirement:",
        '  - arrays requires Python >=3.9, so it will not be satisfied for Python >=3.8,<3.9',
        '',
        'Because no versions of arrays match >1.0,<2.0',
        ' and arrays (1.0) requires Python >=3.9, arrays is forbidden.',
        'So, because mine depends on arrays (^1.0), version solving failed.',
      ),
    );
    expect(manifest.options.requiresPython).toBe('>=3.8,<3.12');
    expect(manifest.environment.python).toBe('3.8');
    expect(manifest.guesses.join()).toContain('3.8 is the one in it for which this fails');
    expect(manifest.facts?.projects['arrays']).toEqual({ '1.0': { requires: [], requires_python: '>=3.9' } });
    expect(resolveRebuilt(manifest, '3.12', resolvePip).outcome.kind).toBe('unsolvable');
  });

  it('the facts of -vvv, without a report', () => {
    const { manifest } = readManifest(
      joined(
        '   1: fact: mine is 0.1.0',
        '   1: derived: mine',
        '   1: fact: mine depends on left (^1.7.1)',
        '   1: fact: mine depends on right (^1.0)',
        '   1: fact: left (1.7.1) depends on right (0.4.0)',
        '   1: fact: no versions of left match >1.7.1,<2.0.0',
        '   1: conflict: left (1.7.1) depends on right (0.4.0)',
        '   1: ! which is caused by "mine depends on left (^1.7.1)"',
        '   1: ! thus: version solving failed',
        '   1: Tried 1 solutions.',
      ),
    );
    expect(manifest.kind).toBe('poetry-log');
    expect(changeOfManifest(manifest).requirements).toBe('left<2.0.0,>=1.7.1\nright<2.0,>=1.0\n');
    expect(manifest.facts?.projects['left']).toEqual({ '1.7.1': { requires: ['right==0.4.0'] } });
    expect(resolveRebuilt(manifest, '3.12', resolvePip).outcome.kind).toBe('unsolvable');
  });
});

describe('programs that run pip’s resolver', () => {
  it('log its reporter under its name', () => {
    const logger = 'INFO:pipenv.patched.pip._internal.resolution.resolvelib.reporter:';
    const { manifest } = readManifest(
      joined(
        `${logger}Reporter.starting()`,
        `${logger}Reporter.adding_requirement(SpecifierRequirement('app==2.0'), None)`,
        `INFO     pip._internal.resolution.resolvelib.reporter:reporter.py:62 Reporter.adding_requirement(SpecifierRequirement('lib<2'), None)`,
        `${logger}Reporter.adding_requirement(SpecifierRequirement('lib>=2.0'), LinkCandidate('https://h/app-2.0-py3-none-any.whl (from https://h/app/)'))`,
      ),
    );
    expect(changeOfManifest(manifest).requirements).toBe('app==2.0\nlib<2\n');
    expect(manifest.facts?.projects['app']).toEqual({ '2.0': { requires: ['lib>=2.0'] } });
    expect(resolveRebuilt(manifest, '3.12', resolvePip).outcome.kind).toBe('unsolvable');
  });

  it('end in a traceback that names the causes', () => {
    const { manifest } = readManifest(
      "pip._vendor.resolvelib.resolvers.ResolutionImpossible: [RequirementInformation(requirement=SpecifierRequirement('web<4'), parent=LinkCandidate('https://h/old-1.0-py3-none-any.whl (from https://h/old/)')), RequirementInformation(requirement=SpecifierRequirement('web==4.2'), parent=None)]",
    );
    expect(changeOfManifest(manifest).requirements).toBe('web==4.2\nold\n');
    expect(manifest.facts?.projects['old']).toEqual({ '1.0': { requires: ['web<4'] } });
    expect(resolveRebuilt(manifest, '3.12', resolvePip).outcome.kind).toBe('unsolvable');
  });
});

describe('pip before 23.1, which does not say who asks', () => {
  const collected = (wish: string, file: string): string =>
    `Collecting ${wish}\n  Downloading https://h/${file}-py3-none-any.whl (1 kB)`;
  const lines = [
    collected('web>=2', 'web-3.0'),
    collected('base==1.0', 'base-1.0'),
    collected('core>=3', 'core-3.0'),
    collected('util', 'util-2.0'),
    collected('web>=2', 'web-2.0'),
    collected('core>=2', 'core-2.0'),
    'The conflict is caused by:',
    '    The user requested base==1.0',
    '    core 3.0 depends on base>=3.0',
    '    core 2.0 depends on base>=2.0',
  ];

  it('two ranges of one project are not the user’s; the rest is a guess that is said', () => {
    const { manifest } = readManifest(joined(...lines));
    expect(changeOfManifest(manifest).requirements).toBe('web>=2\nbase==1.0\nutil\ncore\n');
    expect(manifest.guesses).toContain(
      'pip collects packages here without saying who asks; they are taken as asked for by you.',
    );
    expect(resolveRebuilt(manifest, '3.11', resolvePip).outcome.kind).toBe('unsolvable');
  });

  it('with -vv the build tracker’s lines tell', () => {
    const added = (wish: string, file: string, parent: string): string =>
      `  Added ${wish} from https://h/${file}-py3-none-any.whl (from ${parent}) to build tracker '/tmp/t'`;
    const user = '-r r.txt (line 1)';
    const { manifest } = readManifest(
      joined(
        lines[0]!,
        added('web>=2', 'web-3.0', user),
        lines[1]!,
        added('base==1.0', 'base-1.0', '-r r.txt (line 2)'),
        lines[2]!,
        added('core>=3', 'core-3.0', `web>=2->${user}`),
        lines[3]!,
        added('util', 'util-2.0', `web>=2->${user}`),
        lines[4]!,
        added('web>=2', 'web-2.0', user),
        lines[5]!,
        added('core>=2', 'core-2.0', `web>=2->${user}`),
        ...lines.slice(6),
        "pip._vendor.resolvelib.resolvers.ResolutionImpossible: [RequirementInformation(requirement=SpecifierRequirement('base==1.0'), parent=None)]",
      ),
    );
    expect(changeOfManifest(manifest).requirements).toBe('web>=2\nbase==1.0\n');
    expect(manifest.facts?.projects['web']).toMatchObject({
      '3.0': { requires: ['core>=3', 'util'] },
      '2.0': { requires: ['core>=2'] },
    });
    expect(manifest.guesses.join()).not.toContain('without saying who asks');
    expect(resolveRebuilt(manifest, '3.11', resolvePip).outcome.kind).toBe('unsolvable');
  });

  it('the reporter’s lines tell everything', () => {
    const reported = (wish: string, parent: string): string =>
      `Reporter.adding_requirement(SpecifierRequirement('${wish}'), ${parent})`;
    const { manifest } = readManifest(
      joined(
        reported('web>=2', 'None'),
        lines[0]!,
        reported('core>=3', "LinkCandidate('https://h/web-3.0-py3-none-any.whl (from https://h/web/)')"),
        lines[2]!,
      ),
    );
    expect(changeOfManifest(manifest).requirements).toBe('web>=2\n');
  });
});

describe('uv', () => {
  it('what -v prints: each release with what it needs', () => {
    const { manifest, confidence } = readManifest(
      joined(
        'DEBUG uv 0.4.17',
        'DEBUG Solving with installed Python version: 3.10.11',
        'DEBUG Adding direct dependency: app>=2',
        'DEBUG Adding direct dependency: lib<3',
        'DEBUG Adding direct dependency: exact>=1.0, <1.0+',
        'DEBUG Adding direct dependency: any*',
        'DEBUG Selecting: app==2.1.0 [compatible] (app-2.1.0-py3-none-any.whl)',
        '    0.213ms DEBUG uv_resolver::resolver Adding transitive dependency for app==2.1.0: lib>=3, <4',
      ),
    );
    expect([manifest.kind, confidence]).toEqual(['uv-log', 'certain']);
    expect(changeOfManifest(manifest).requirements).toBe('app>=2\nlib<3\nexact==1.0\nany\n');
    expect(manifest.environment.python).toBe('3.10.11');
    expect(manifest.facts?.projects['app']).toEqual({ '2.1.0': { requires: ['lib<4,>=3'] } });
    expect(resolveRebuilt(manifest, '3.12', resolveUv).outcome.kind).toBe('unsolvable');
  });

  it('groups of the project are the user’s own', () => {
    const { manifest } = readManifest(
      joined(
        '  × No solution found when resolving dependencies:',
        '  ╰─▶ Because only ruff<=0.6.3 is available and mine:dev depends on ruff>=2.9, we can conclude',
        "      that mine:dev's requirements are unsatisfiable.",
        "      And because your project depends on mine:dev, we can conclude that your project's requirements are",
        '      unsatisfiable.',
      ),
    );
    expect(changeOfManifest(manifest).requirements).toBe('');
    expect(manifestPanes(manifest).requirements).toBe('ruff>=2.9\n');
    expect(changeOfManifest(manifest).pyproject).toContain('"dev" = [\n  "ruff>=2.9",\n]');
    expect(resolveRebuilt(manifest, '3.12', resolveUv).outcome.kind).toBe('unsolvable');
  });

  it('reports of the first releases: versions that satisfy, and the root', () => {
    const { manifest } = readManifest(
      joined(
        '  × No solution found when resolving dependencies:',
        '  ╰─▶ Because there are no versions of app that satisfy any of:',
        '          app>0.7,<1.0.0',
        '          app>1.0.0',
        '      and app==1.0.0 depends on lib<2, we can conclude that app>0.7 depends on lib<2. (1)',
        '      And because root depends on app>0.7 and root depends on lib>=2, we can conclude that the requirements are unsatisfiable.',
      ),
    );
    expect(changeOfManifest(manifest).requirements).toBe('app>0.7\nlib>=2\n');
    expect(Object.keys(manifest.facts?.projects['app'] ?? {})).toEqual(['1.0.0']);
    expect(resolveRebuilt(manifest, '3.12', resolveUv).outcome.kind).toBe('unsolvable');
  });

  it('hints tell the Python and the tags of the wheels', () => {
    const report =
      'Because app==2.1.0 has no wheels with a matching Python ABI tag (e.g., `cp312`) and you require app==2.1.0, we can conclude that your requirements are unsatisfiable.';
    const { manifest } = readManifest(
      joined(
        '  × No solution found when resolving dependencies:',
        `  ╰─▶ ${report}`,
        '',
        '      hint: You require CPython 3.12 (`cp312`), but we only found wheels for `app` (v2.1.0) with the',
        '      following Python ABI tags: `cp310`, `cp311`',
      ),
    );
    expect(manifest.environment.python).toBe('3.12');
    expect(manifest.facts?.projects['app']?.['2.1.0']?.wheels).toEqual([
      'cp310-cp310-any',
      'cp311-cp311-any',
    ]);
    expect(resolveRebuilt(manifest, '3.11', resolveUv).message).toContain(report);
  });

  it('a Python that there is none of', () => {
    const { manifest } = readManifest(
      'No solution found when resolving dependencies:\nBecause there are no versions of Python that satisfy Python>=3.13 and app==1.0.0 depends on Python>=3.13, we can conclude that app==1.0.0 cannot be used.\nAnd because you require app==1.0.0, we can conclude that your requirements are unsatisfiable.',
    );
    expect(manifest.environment.python).toBe('3.12');
    expect(manifest.guesses).toContain('Python 3.12 stands for one that `>=3.13` does not admit.');
    expect(resolveRebuilt(manifest, '3.13', resolveUv).outcome.kind).toBe('unsolvable');
  });
});
