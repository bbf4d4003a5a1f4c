import { describe, expect, it } from 'vitest';
import { pipCommand, uvCommand } from '../../../src/core/manifest/command-line.ts';
import { quoteShellWord, splitShellWords } from '../../../src/core/manifest/shell-words.ts';
import { equivalentCommand } from '../../../src/core/problem/command-line.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';

describe('pip', () => {
  it('quotes for a shell and writes options by their flags', () => {
    const problem = makeProblem({
      requirements: 'requests[socks]>=2,<3\n# comment\nsix ; python_version < "4"',
      options: { pre: true, onlyBinary: ['Foo_Bar', 'six'], uploadedPriorTo: '2023-01-01' },
    });
    const { command, files } = pipCommand(problem);
    expect(command).toBe(
      `pip install --dry-run 'requests[socks]>=2,<3' 'six ; python_version < "4"' --pre --only-binary Foo_Bar,six --uploaded-prior-to 2023-01-01`,
    );
    expect(files).toEqual([]);
  });

  it('uses files where arguments would not say it', () => {
    const { command, files } = pipCommand(makeProblem({ requirements: '--pre\nsix', constraints: 'six<2' }));
    expect(command).toContain('--requirement requirements.txt --constraint constraints.txt');
    expect(files.map((file) => file.name)).toEqual(['requirements.txt', 'constraints.txt']);
  });

  it('asks for another platform the only way that pip allows', () => {
    const { command } = pipCommand(
      makeProblem({ requirements: 'six', environment: { python: '3.11', platform: 'windows-amd64' } }),
    );
    expect(command).toContain('--python-version 3.11 --platform win_amd64 --only-binary :all:');
  });
});

describe('uv', () => {
  const environment = { python: '3.13t', platform: 'macos-arm64' };

  it('takes few lines through the pipe', () => {
    const problem = makeProblem({ engine: 'uv@0.12', requirements: 'six<2\nflask', environment });
    expect(uvCommand(problem).command).toBe(
      `printf '%s\\n' 'six<2' flask | uv pip compile - --python-version 3.13 --python-platform aarch64-apple-darwin`,
    );
  });

  it('names its files where there are options or other texts', () => {
    const problem = makeProblem({
      engine: 'uv@0.12',
      requirements: '--pre\nsix',
      overrides: 'a==1',
      environment,
      options: { resolution: 'lowest', prerelease: 'allow', onlyBinary: ['a', 'b'] },
    });
    expect(uvCommand(problem)).toEqual({
      command:
        'uv pip compile requirements.in --overrides overrides.txt --python-version 3.13 --python-platform aarch64-apple-darwin --resolution lowest --prerelease allow --only-binary a --only-binary b',
      files: [
        { name: 'requirements.in', text: '--pre\nsix' },
        { name: 'overrides.txt', text: 'a==1' },
      ],
      notes: [],
    });
  });
});

it('asks for the date of the snapshot, where the release of pip can', () => {
  const ask = (engine: string) =>
    equivalentCommand(makeProblem({ engine, requirements: 'six', index: { snapshot: 'pypi-2023-09-07' } }));
  expect(ask('pip@26.2').command).toBe('pip install --dry-run six --uploaded-prior-to 2023-09-07');
  expect(ask('pip@21.3')).toMatchObject({ command: 'pip install six' });
  expect(ask('pip@21.3').notes[0]).toContain('2023-09-07');
  expect(ask('uv@0.12').command).toContain('--exclude-newer 2023-09-07');
});

describe('shell words', () => {
  it.each([
    ["a 'b c' d\\ e", ['a', 'b c', 'd e']],
    ['x"y z"\'q\'', ['xy zq']],
    ['"a\\"b\\n" \'a\\"\'', ['a"b\\n', 'a\\"']],
    ["''", ['']],
  ])('splits %s', (text, expected) => {
    const words = splitShellWords(text);
    expect(words.ok && words.value.map((word) => word.text)).toEqual(expected);
  });

  it.each(["a 'b", 'a "b', 'a\\'])('refuses %s', (text) => {
    expect(splitShellWords(text).ok).toBe(false);
  });

  it.each(['plain', "it's", '$HOME `x` "q"', '', 'a>=1,<2', '!x', '~x', '=x'])(
    'quotes %s so that it survives',
    (word) => {
      const words = splitShellWords(quoteShellWord(word));
      expect(words.ok && words.value.map((found) => found.text)).toEqual([word]);
    },
  );
});
