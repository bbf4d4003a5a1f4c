import { describe, expect, it } from 'vitest';
import { reportRun } from '../../../../src/core/headless/report.ts';
import {
  ConflictForks,
  MAX_COMBINATIONS,
  NO_SIDES,
} from '../../../../src/core/resolver/uv/conflict-forks.ts';
import { TRUE_MARKER } from '../../../../src/core/resolver/uv/marker-tree.ts';
import { rootDependencies, type ConflictItem } from '../../../../src/core/resolver/uv/project.ts';
import { versionOf } from '../../../../src/core/packaging/version-cut.ts';
import { runUv } from './run-uv.ts';

function extra(name: string): ConflictItem {
  return { package: 'sample', kind: 'extra', name };
}

function divide(extras: readonly string[], conflicts: readonly (readonly ConflictItem[])[]) {
  const member = {
    name: 'sample',
    version: versionOf('1'),
    requirements: [],
    extras: new Map(extras.map((name) => [name, []] as const)),
    groups: new Map<string, []>(),
    defaultGroups: [],
  };
  const dependencies = rootDependencies({ member, conflicts, environments: [] });
  return new ConflictForks(conflicts).divide([{ marker: TRUE_MARKER, dependencies, sides: NO_SIDES }]);
}

function pairs(count: number): readonly (readonly ConflictItem[])[] {
  return Array.from({ length: count }, (_, index) => [extra(`a${index}`), extra(`b${index}`)]);
}

const names = (sets: readonly (readonly ConflictItem[])[]): string[] => sets.flat().map(({ name }) => name);

describe('forks of declared conflicts', () => {
  it.each([1, 2, 3, 5])('%i independent pairs make all combinations', (count) => {
    const { forks, isCut } = divide(names(pairs(count)), pairs(count));
    expect(isCut).toBe(false);
    expect(forks).toHaveLength(3 ** count);
  });

  it('a set that is declared again and again changes nothing', () => {
    const once = pairs(2);
    const often = Array.from({ length: 500 }, () => once).flat();
    expect(divide(names(once), often)).toEqual(divide(names(once), once));
  });

  it('too many combinations: each part without the others, which are combinations of their own', () => {
    const conflicts = pairs(40);
    const { forks, isCut } = divide(names(conflicts), conflicts);
    expect(isCut).toBe(true);
    expect(forks).toHaveLength(81);
    expect(forks.length).toBeLessThanOrEqual(MAX_COMBINATIONS);
    for (const { sides } of forks) {
      expect(sides.included.size).toBeLessThanOrEqual(1);
      expect(sides.included.size + sides.excluded.size).toBe(80);
    }
  });
});

function lock(pyproject: string): ReturnType<typeof reportRun> {
  const versions = { '1.0': [], '2.0': [] };
  return reportRun(runUv({ p: versions, q: versions }, [], { engine: 'uv@0.13', pyproject }), {
    events: false,
  });
}

function project(extras: readonly string[], conflicts: readonly (readonly string[])[], body = ''): string {
  return [
    '[project]',
    'name = "sample"',
    'version = "1"',
    'requires-python = ">=3.11"',
    'dependencies = ["q"]',
    '[project.optional-dependencies]',
    ...extras.map((name) => `${name} = ["p==${name.startsWith('a') ? '1.0' : '2.0'}"]`),
    body,
    '[tool.uv]',
    `conflicts = [${conflicts.map((set) => `[${set.map((name) => `{extra = "${name}"}`).join(', ')}]`).join(', ')}]`,
  ].join('\n');
}

describe('a project with forty conflicts', () => {
  const sets = Array.from({ length: 40 }, (_, index) => [`a${index}`, `b${index}`]);

  it('says that the combinations are too many, and what is known', () => {
    const own = sets.flat().map((name) => name);
    const text = project(own, sets).replaceAll(/p==(\d)/gu, 'p>=$1');
    const report = lock(text);
    expect(report).toMatchObject({
      outcome: 'stopped',
      reason: 'budget',
      partial: { outcome: 'solved', pins: { q: '2.0' } },
    });
    expect(report.caveats?.join('\n')).toContain('The 40 declared conflicts make more than');
  });

  it('a part that fails alone fails the whole', () => {
    const report = lock(project(sets.flat(), sets, 'broken = ["p==3.0"]'));
    expect(report.outcome).toBe('unsolvable');
    expect(report.printed).toContain('sample[broken]');
  });
});

describe('projects of a size that nobody has', () => {
  const head = '[project]\nname = "sample"\nversion = "1"\nrequires-python = ">=3.11"\n';

  it('65,000 identical lines are one', () => {
    const report = lock(`${head}dependencies = [\n${'  "p>=1",\n'.repeat(65_000)}]\n`);
    expect(report).toMatchObject({ outcome: 'solved', pins: { p: '2.0' } });
  });

  it('two hundred extras are locked', () => {
    const extras = Array.from({ length: 200 }, (_, index) => `e${index} = ["p", "q"]`).join('\n');
    const report = lock(`${head}dependencies = []\n[project.optional-dependencies]\n${extras}\n`);
    expect(report.outcome).toBe('solved');
    expect(
      Object.keys(report.packages?.find(({ name }) => name === 'sample')?.['optional-dependencies'] ?? {}),
    ).toHaveLength(200);
  });

  it('conditions that are too many to be combined end with a word', () => {
    const lines = Array.from(
      { length: 6000 },
      (_, index) => `"p==${1 + (index % 2)}.0; platform_machine == 'm${index}'"`,
    );
    const report = lock(`${head}dependencies = [${lines.join(',\n')}]\n`);
    expect(report).toMatchObject({ outcome: 'stopped', reason: 'budget' });
    expect(report.caveats?.join('\n')).toContain('conditions (markers)');
  });
});
