/** A report of uv, pasted: the question is rebuilt so that our own report on it is the pasted one, word for word. */
import { describe, expect, test } from 'vitest';
import { resolveUv } from '../../../src/core/explain/uv/uv-engine.ts';
import { readPaste, settlePaste } from '../../../src/core/headless/paste/read-paste.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';
import { sharedData } from '../../shared-data.ts';
import { uvPasted } from '../../conformance/uv-pasted.ts';

type Releases = Readonly<Record<string, Readonly<Record<string, object>>>>;
type Options = NonNullable<Parameters<typeof makeProblem>[0]['options']>;

/** Versions of a project with what each needs. */
function project(needs: Readonly<Record<string, readonly string[]>>, more: object = {}): Releases[string] {
  return Object.fromEntries(
    Object.entries(needs).map(([version, requires]) => [version, { requires: [...requires], ...more }]),
  );
}

const CASES: readonly {
  readonly name: string;
  readonly requirements: string;
  readonly projects: Releases;
  readonly options?: Options;
}[] = [
  {
    name: 'of a project that has others only',
    requirements: 'a<1.2',
    projects: { a: project({ '1.2': [], '1.3': [], '2.0': [] }) },
  },
  {
    name: 'ranges between releases, with others on both sides',
    requirements: 'a>=1.1,<3\nb<2',
    projects: {
      a: project({ '1.0': [], '1.1': ['b>=2'], '1.2': ['b>=2'], '2.0': ['b>=3,<9'], '3.0': [] }),
      b: project({ '1.0': [], '2.0': [], '3.0': [], '9.0': [] }),
    },
  },
  {
    name: 'a project without any release, and one that is not there',
    requirements: 'a\nb',
    projects: { a: project({ '1.0': ['empty>=1'] }), b: project({ '1.0': ['gone'] }), empty: {} },
  },
  {
    name: 'metadata that cannot be read, with its hint',
    requirements: 'a>=2',
    projects: { a: project({ '1.0': [], '2.0': ['pytz>=2011k'], '2.1': ['pytz>=2011k'] }) },
  },
  {
    name: 'withdrawn with a reason',
    requirements: 'a>=2',
    projects: { a: { '1.0': { requires: [] }, '2.0': { requires: [], yanked: 'it broke, badly' } } },
  },
  {
    name: 'no sdist where wheels are forbidden',
    requirements: 'a>=2',
    projects: { a: { '1.0': { requires: [], sdist: true }, '2.0': { requires: [] } } },
    options: { noBinary: [':all:'] },
  },
  {
    name: 'no wheel where nothing may be built',
    requirements: 'a',
    projects: { a: project({ '1.0': [], '2.0': [] }, { wheels: [], sdist: true }) },
    options: { onlyBinary: [':all:'] },
  },
];

const HEAD = '[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.9"\n';
const PROJECTS: readonly {
  readonly name: string;
  readonly pyproject: string;
  readonly projects: Releases;
}[] = [
  {
    name: 'an extra against the project',
    pyproject: `${HEAD}dependencies = ["b<2"]\n[project.optional-dependencies]\nweb = ["a>=1.1"]\n`,
    projects: {
      a: project({ '1.0': [], '1.1': ['b>=2'], '1.2': ['b>=2'] }),
      b: project({ '1.0': [], '2.0': [] }),
    },
  },
  {
    name: 'a group in the split of an environment',
    pyproject: `${HEAD}dependencies = []\n[dependency-groups]\ndev = ["a<1"]\n[tool.uv]\nenvironments = ["sys_platform == 'linux'"]\n`,
    projects: { a: project({ '1.0': [], '1.1': [] }) },
  },
  {
    name: 'one of two extras that are in conflict',
    pyproject: `${HEAD}dependencies = []\n[project.optional-dependencies]\ncpu = ["b==1.0"]\ngpu = ["a<1"]\n[tool.uv]\nconflicts = [[{ extra = "cpu" }, { extra = "gpu" }]]\n`,
    projects: { a: project({ '1.0': [], '1.1': [] }), b: project({ '1.0': [] }) },
  },
  {
    name: 'a Python that the project supports and a release does not',
    pyproject: `${HEAD}dependencies = ["a>=2"]\n`,
    projects: { a: { '1.0': { requires: [] }, '2.0': { requires: [], requires_python: '>=3.10' } } },
  },
];

function printedOf(problem: Parameters<typeof runProblem>[0], projects: Releases = {}): string {
  const run = runProblem(problem, resolveUv, makeFactsIndex({ projects: projects as never }));
  return run.outcome.kind === 'unsolvable' ? (run.printed ?? run.message) : run.outcome.kind;
}

describe('our report on what is rebuilt is the pasted one', () => {
  for (const engine of ['uv@0.13', 'uv@0.12'])
    for (const { name, requirements, projects, options = {} } of CASES)
      test(`${engine}: ${name}`, () => {
        const text = printedOf(makeProblem({ engine, requirements, options }), projects);
        expect(text).toContain('No solution found');
        const { problem } = readPaste([{ name: 'report', text }], makeProblem({ requirements: '' }));
        expect(printedOf(problem!)).toBe(text);
      });

  for (const { name, pyproject, projects } of PROJECTS)
    test(`of a project: ${name}`, () => {
      const text = printedOf(makeProblem({ engine: 'uv@0.13', requirements: '', pyproject }), projects);
      expect(text).toContain('No solution found');
      const { problem, read } = readPaste([{ name: 'report', text }], makeProblem({ requirements: 'six' }));
      expect(problem).toMatchObject({ requirements: '', engine: 'uv@0.13' });
      expect(read.requirements.length).toBeGreaterThan(0);
      expect(printedOf(problem!)).toBe(text);
    });

  test('what the report leaves open is settled by trying: the release, and how much lies beyond', async () => {
    const projects = {
      a: project({ '1.0': ['b>=1'], '1.1': ['b>=2'], '1.2': ['b>=3'], '1.3': ['b>=3'], '1.4': ['b>=3'] }),
      b: project({ '0.5': [], '1.0': [], '2.0': [], '3.0': [] }),
      c: { '1.0': { requires: [] }, '2.0': { requires: [], yanked: true } },
    };
    for (const [engine, requirements] of [
      ['uv@0.11', 'c>1'],
      ['uv@0.12', 'c>1'],
      ['uv@0.13', 'b<1\na'],
    ] as const) {
      const text = printedOf(makeProblem({ engine, requirements }), projects);
      const { problem } = await settlePaste([{ name: 'report', text }], makeProblem({ requirements: '' }));
      expect(printedOf(problem!), `${engine} ${requirements}`).toBe(text);
    }
  });

  test.skipIf(sharedData === null)('in most recorded cases', async () => {
    const { rows } = await uvPasted();
    for (const { family, total, outcome, pins } of rows) {
      expect.soft(outcome, family).toBeGreaterThanOrEqual(total - 1);
      expect.soft(pins / total, family).toBeGreaterThanOrEqual(0.75);
    }
  });
});
