/** Projects that cannot be locked: whose wishes, for which Pythons, and changes that work when they are made. */
import { describe, expect, it } from 'vitest';
import { makeIndexOpener } from '../../../src/command/problem-index.ts';
import { answerProblem } from '../../../src/command/resolve/answer.ts';
import { applyFix } from '../../../src/core/explain/fix-edit.ts';
import { parseProblem } from '../../../src/core/problem/problem.ts';
import type { RunReport } from '../../../src/core/headless/report.ts';

const OVERLAY = `closed world
web 1.0; depends lib>=2
web 2.0; depends lib>=3
lib 1.0
lib 2.0
lib 3.0
tool 1.0
tool 2.0; python >=3.10,<3.13
`;

const openIndex = makeIndexOpener('.');

async function ask(engine: string, pyproject: string): Promise<RunReport> {
  const problem = parseProblem({
    engine,
    requirements: '',
    pyproject,
    environment: { python: '3.11', platform: 'linux-x86_64' },
    index: { overlay: OVERLAY },
  });
  if (!problem.ok) throw new Error(problem.error.message);
  const answer = await answerProblem(problem.value, openIndex, { events: false, explain: true });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const POETRY = `[tool.poetry]
package-mode = false

[tool.poetry.dependencies]
python = ">=3.9,<4.0"
web = "^1.0"
lib = "^1.0"
other-name = "*"
`.replace('other-name = "*"\n', '');

const PEP621 = (python: string, ...dependencies: readonly string[]): string => `[project]
name = "mine"
version = "1"
requires-python = "${python}"
dependencies = [
${dependencies.map((line) => `  "${line}",`).join('\n')}
]
`;

describe('a project that uv cannot lock', () => {
  it('is explained by its own wishes, and by what was tried', async () => {
    const { conflict, fixes } = await ask('uv@0.13', PEP621('>=3.9,<4.0', 'tool<2', 'web>=1', 'lib<2'));
    expect(conflict?.lines.map(({ line }) => line)).toEqual([7, 8]);
    expect(conflict?.sentence).toBe(
      'Every version of `web` (pyproject line 7) needs `lib` 2.0 or newer. Pyproject line 8 asks for `lib` below 2.',
    );
    expect(conflict?.remarks[0]).toBe('This is so with Python 3.9 on Linux.');
    expect(fixes?.map(({ newLine }) => newLine)).toContain('  "lib<=2.0",');
  });

  it('tells wishes that share a line apart', async () => {
    const text = PEP621('>=3.9', 'web", "lib<2');
    const { conflict } = await ask('uv@0.13', text);
    expect(conflict?.lines).toEqual([{ pane: 'pyproject', line: 6 }]);
    expect(conflict?.sentence).toBe(
      '`"web"` and `"lib<2"` (pyproject line 6) cannot be met together: they leave no version of `lib`.',
    );
  });

  it('is not judged by environments that it does not support', async () => {
    const text = `${PEP621('>=3.9', "web ; sys_platform == 'linux'", "lib<2 ; sys_platform == 'linux'", 'tool')}\n[tool.uv]\nenvironments = ["sys_platform == 'linux'"]\n`;
    const { conflict } = await ask('uv@0.13', text);
    expect(conflict?.remarks[0]).toBe('This is so with Python 3.9 on Linux.');
  });
});

describe.each(['poetry@2.5', 'pdm@2.29'])('%s', (engine) => {
  it('names the lines that are to blame, and no others', async () => {
    const { conflict } = await ask(engine, PEP621('>=3.9,<4.0', 'tool<2', 'web>=1', 'lib<2'));
    expect(conflict?.lines.map(({ line }) => line)).toEqual([7, 8]);
    expect(conflict?.minimality.status).toBe('minimal');
    expect(conflict?.sentence).toMatch(/web.*lib/);
  });

  it('offers only changes that were made and work', async () => {
    const text = PEP621('>=3.9,<4.0', 'web>=1', 'lib<2');
    const { fixes = [] } = await ask(engine, text);
    expect(fixes.map(({ kind }) => kind)).toEqual(['raise', 'remove', 'remove']);
    for (const fix of fixes) {
      const { outcome, pins } = await ask(engine, applyFix(text, fix, 'pyproject'));
      expect(outcome).toBe('solved');
      expect(pins).toEqual(Object.fromEntries(fix.pins.map(({ name, version }) => [name, version])));
    }
  });

  it('draws the Pythons, narrows them, marks the wish', async () => {
    const text = PEP621('>=3.10', 'tool>=2');
    const { conflict, fixes = [] } = await ask(engine, text);
    expect(conflict?.kind).toBe('not-for-you');
    const held = conflict?.pythons?.stretches.filter(({ verdict }) => verdict === 'possible');
    expect(held?.map(({ name }) => name)).toEqual(['3.10', '3.11', '3.12']);
    const excluded = conflict?.pythons?.stretches.filter(({ excludedBy }) => excludedBy.length > 0);
    expect(excluded?.map(({ name }) => name)).toContain('3.13');
    expect(fixes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['narrow-python', 'mark']));
    for (const fix of fixes)
      expect((await ask(engine, applyFix(text, fix, 'pyproject'))).outcome).toBe('solved');
  });
});

it("keeps Poetry's own tables as they are written", async () => {
  const { conflict, fixes = [] } = await ask('poetry@2.5', POETRY);
  expect(conflict?.lines.map(({ line }) => line)).toEqual([6, 7]);
  const raised = fixes.find(({ kind }) => kind === 'raise');
  expect(raised?.newLine).toBe('lib = "^2.0"');
  expect(
    applyFix(
      POETRY,
      fixes.find(({ kind }) => kind === 'remove')!,
      'pyproject',
    ),
  ).toContain('# web = "^1.0"');
});

it('splits a wish by Python where other releases are for the others', async () => {
  const text = PEP621('>=3.9,<3.13', 'tool>=2');
  const { fixes = [] } = await ask('poetry@2.5', text);
  const split = fixes.find(({ kind }) => kind === 'split');
  expect(split?.newLine).toContain('python_version < "3.10"');
  expect((await ask('poetry@2.5', applyFix(text, split!, 'pyproject'))).outcome).toBe('solved');
});
