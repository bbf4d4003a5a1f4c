/** Questions about packages of projects that a tool locks. */
import { describe, expect, it } from 'vitest';
import { makeIndexOpener } from '../../../src/command/problem-index.ts';
import { answerProblem } from '../../../src/command/resolve/answer.ts';
import type { Query } from '../../../src/core/explain/query.ts';
import { parseProblem } from '../../../src/core/problem/problem.ts';

const OVERLAY = `closed world
web 1.0; depends lib>=2
web 2.0; depends lib>=3
lib 1.0
lib 2.0
lib 3.0
tool 1.0
`;

async function ask(
  engine: string,
  dependencies: readonly string[],
  query: Query,
): Promise<readonly string[]> {
  const problem = parseProblem({
    engine,
    requirements: '',
    pyproject: `[project]\nname = "mine"\nversion = "1"\nrequires-python = ">=3.9,<4.0"\ndependencies = [\n${dependencies.map((line) => `  "${line}",`).join('\n')}\n]\n`,
    environment: { python: '3.11', platform: 'linux-x86_64' },
    index: { overlay: OVERLAY },
  });
  if (!problem.ok) throw new Error(problem.error.message);
  const flags = { events: false, explain: false, queries: [query] };
  const answer = await answerProblem(problem.value, makeIndexOpener('.'), flags);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value.answers![0]!.texts;
}

describe.each(['uv@0.13', 'poetry@2.5', 'pdm@2.29'])('%s', (engine) => {
  it('says why a package is in the lock', async () => {
    expect(await ask(engine, ['web'], { kind: 'why', package: 'lib' })).toEqual([
      'Pyproject line 6 asks for `"web"`.',
      '`web` 2.0 needs `lib>=3`.',
      'So `lib` is there, at 3.0.',
    ]);
    expect(await ask(engine, ['web'], { kind: 'why', package: 'tool' })).toEqual([
      '`tool` is not part of the lock.',
    ]);
  });

  it('says who limits it', async () => {
    expect(await ask(engine, ['web<2', 'lib<3'], { kind: 'who-limits', package: 'lib' })).toEqual([
      'Pyproject line 7 asks for `"lib<3"`.',
      '`web` 1.0 needs `lib>=2`.',
      'Of 3 listed versions of `lib`, 1 is within all of these limits.',
    ]);
  });

  it('tries out whether another version would do', async () => {
    const whyNot = (version: string, ...lines: readonly string[]): Promise<readonly string[]> =>
      ask(engine, lines, { kind: 'why-not', package: 'lib', version });
    expect((await whyNot('2.0', 'web'))[0]).toContain('can be had');
    expect(await whyNot('1.0', 'web', 'tool')).toEqual([
      '`lib==1.0` cannot be had with `"web"` (pyproject line 6).',
    ]);
    expect(await whyNot('3.0', 'web')).toEqual(['It is what the run takes: `lib` 3.0.']);
    expect(await whyNot('9', 'web')).toEqual(['The index lists no `lib==9.*`.']);
  });

  it('does not blame a version for what fails without it', async () => {
    expect(await ask(engine, ['web', 'lib<2'], { kind: 'why-not', package: 'tool', version: '1.0' })).toEqual(
      [
        'The project cannot be locked with any `tool`: `"web"` (pyproject line 6) and `"lib<2"` (pyproject line 7) cannot be met in any case.',
      ],
    );
  });
});
