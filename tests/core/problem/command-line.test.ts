import { describe, expect, it } from 'vitest';
import { equivalentCommands } from '../../../src/core/problem/command-line.ts';
import type { EquivalentCommand } from '../../../src/core/problem/equivalent-command.ts';
import { pipCommand } from '../../../src/core/problem/pip-command.ts';
import { makeProblem, type ProblemInput } from '../../../src/core/problem/problem.ts';
import { posixLine, posixScript } from '../../../src/core/share/shell/posix.ts';
import { powershellLine, powershellScript } from '../../../src/core/share/shell/powershell.ts';
import { commandTexts } from '../../../src/core/share/shell/command-texts.ts';
import { uvCommand } from '../../../src/core/problem/uv-command.ts';

const pip = (input: ProblemInput): EquivalentCommand => pipCommand(makeProblem(input));
const uv = (input: ProblemInput): EquivalentCommand => uvCommand(makeProblem(input));
const line = (command: EquivalentCommand): string => posixLine(command)!;

describe('pip', () => {
  it('runs under the Python that is asked for, quotes for a shell, and writes options by their flags', () => {
    const command = pip({
      requirements: 'requests[socks]>=2,<3\n# comment\nsix ; python_version < "4"',
      options: { pre: true, onlyBinary: ['Foo_Bar', 'six'], uploadedPriorTo: '2023-01-01' },
    });
    expect(line(command)).toBe(
      `python3.12 -m pip install --dry-run 'requests[socks]>=2,<3' 'six ; python_version < "4"' --pre --only-binary Foo_Bar,six --uploaded-prior-to 2023-01-01T00:00:00Z`,
    );
    expect(command.files).toEqual([]);
  });

  it('uses files where arguments would not say it, and a script makes them', () => {
    const command = pip({ requirements: '--pre\nsix', constraints: "six<2\nit's 100% ü" });
    expect(line(command)).toContain(
      '--requirement backjump-requirements.txt --constraint backjump-constraints.txt',
    );
    expect(posixScript(command)).toBe(
      [
        String.raw`printf '\055-pre\n'\
'six\n' > backjump-requirements.txt`,
        String.raw`printf 'six<2\n'\
'it\047s 100%% \303\274\n' > backjump-constraints.txt`,
        line(command),
      ]
        .join('\n')
        .replaceAll('\\\\', '\\'),
    );
  });

  it('puts what is no requirement into a file', () => {
    expect(line(pip({ requirements: 'DEBUG Adding direct dependency: six' }))).toContain(
      '--requirement backjump-requirements.txt',
    );
    expect(pip({ requirements: 'six @ https://h/six.zip\nhttps://h/a-1.0-py3-none-any.whl' }).files).toEqual(
      [],
    );
  });

  it('limits what is built with since 25.3', () => {
    const input = { requirements: 'six', buildConstraints: 'setuptools<70' };
    expect(line(pip(input))).toBe(
      'python3.12 -m pip install --dry-run six --build-constraint backjump-build-constraints.txt',
    );
    expect(pip({ ...input, engine: 'pip@25.0' }).files).toEqual([]);
    expect(line(uv(input))).toContain('- --build-constraints backjump-build-constraints.txt');
  });

  it('names the indexes of a live question, in the order in which the tool asks them', () => {
    const urls = ['https://a.example/simple/', 'https://b.example/simple/'];
    const input = { requirements: 'six', index: { live: true, urls } };
    expect(line(pip(input))).toContain(`six --index-url ${urls[0]!} --extra-index-url ${urls[1]!}`);
    expect(line(uv(input))).toContain(`- --index ${urls[0]!} --default-index ${urls[1]!}`);
    expect(line(pip({ ...input, index: { urls } }))).not.toContain('index-url');
  });

  it('puts environment variables into a file, where pip reads them', () => {
    expect(pip({ requirements: 'six @ https://${TOKEN}@host/six.zip' }).files).toHaveLength(1);
  });

  it('asks for another platform the only way that pip allows', () => {
    const command = pip({ requirements: 'six', environment: { python: '3.11', platform: 'windows-amd64' } });
    expect(line(command)).toBe(
      'pip install --dry-run six --python-version 3.11 --platform win_amd64 --only-binary :all: --target unused',
    );
    expect(command.notes.join(' ')).toContain('reads markers on the machine');
  });

  it('lists the glibc platforms, which pip does not expand by itself', () => {
    const command = pip({ requirements: 'six', environment: { platform: 'linux-aarch64' } });
    expect(line(command)).toContain(
      '--platform manylinux_2_36_aarch64 --platform manylinux_2_28_aarch64 --platform manylinux2014_aarch64',
    );
  });

  it('runs on the machine itself when something has to be built', () => {
    const environment = { platform: 'macos-arm64' };
    const command = pip({ requirements: 'six', environment, options: { noBinary: ['six'] } });
    expect(line(command)).toBe('python3.12 -m pip install --dry-run six --no-binary six');
    expect(command.notes.join(' ')).toContain('Run it on a machine of `macos-arm64`');
  });

  it.each([
    ['3.13t', undefined, 'python3.13t -m pip'],
    ['3.10', 'pypy', 'pypy3.10 -m pip'],
    ['3.11.7', undefined, 'python3.11 -m pip'],
  ])('finds the interpreter of %s %s', (python, implementation, program) => {
    const environment = { python, ...(implementation === undefined ? {} : { implementation }) };
    expect(line(pip({ requirements: 'six', environment }))).toMatch(new RegExp(`^${program} install `));
  });

  it('says what its release does not know, and what only uv has', () => {
    const options = { onlyFinal: 'six', resolution: 'lowest', universal: true } as const;
    const { notes, words } = pip({ engine: 'pip@21.3', requirements: 'six', overrides: 'six==1', options });
    expect(words).toEqual(['python3.12', '-m', 'pip', 'download', '--dest', 'backjump-download', 'six']);
    expect(notes).toEqual([
      'For the same rules, run it with `pip==21.3.*`.',
      'This release of pip has no `--dry-run`: the command resolves in the same way, downloads what was chosen into the folder `backjump-download` and installs nothing.',
      'This release of pip does not know `--only-final six`.',
      'Not in it, since pip has no such option: `--resolution lowest`, `--universal`, overrides.',
    ]);
  });
});

describe('uv', () => {
  const environment = { python: '3.13', platform: 'macos-arm64' };

  it('takes few lines through the pipe', () => {
    expect(line(uv({ requirements: 'six<2\nflask', environment }))).toBe(
      `printf '%s\\n' 'six<2' flask | uv pip compile - --python-version 3.13 --python-platform aarch64-apple-darwin`,
    );
  });

  it('names its files where there are options or other texts', () => {
    const command = uv({
      engine: 'uv@0.12',
      requirements: '--pre\nsix',
      overrides: 'a==1',
      environment,
      options: { resolution: 'lowest', prerelease: 'allow', onlyBinary: ['a', 'b'], onlyFinal: ['c'] },
    });
    expect(line(command)).toBe(
      'uv pip compile backjump-requirements.in --overrides backjump-overrides.txt --python-version 3.13 --python-platform aarch64-apple-darwin --prerelease-package c=disallow --only-binary a --only-binary b --resolution lowest --prerelease allow',
    );
    expect(command.files).toEqual([
      { name: 'backjump-requirements.in', text: '--pre\nsix' },
      { name: 'backjump-overrides.txt', text: 'a==1' },
    ]);
    expect(command.notes).toEqual(['For the same rules, run it with `uv 0.12`.']);
  });

  it('installs on trial where something is installed, since compile does not look at that', () => {
    const command = uv({ requirements: 'six', installed: 'six==1.0', options: { forceReinstall: true } });
    expect(line(command)).toBe(
      'uv pip install --dry-run six --python-version 3.12 --python-platform x86_64-unknown-linux-gnu --reinstall',
    );
  });

  it.each([
    ['linux-2.17-x86_64', 'x86_64-manylinux_2_17'],
    ['musllinux-aarch64', 'aarch64-unknown-linux-musl'],
    ['windows-x86', 'i686-pc-windows-msvc'],
  ])('calls %s %s', (platform, name) => {
    expect(uv({ requirements: 'six', environment: { platform } }).words).toContain(name);
  });

  it('says when it has no name for a platform', () => {
    const { notes } = uv({ requirements: 'six', environment: { platform: 'macos-11-arm64' } });
    expect(notes).toEqual(['uv has no name for the platform `macos-11-arm64`.']);
  });

  it('says what it reads from a project file only', () => {
    const options = { universal: true, requiresPython: '>=3.9', requireHashes: true };
    const { notes, words } = uv({ requirements: 'six', options });
    expect(words).toContain('--universal');
    expect(notes).toEqual([
      'Not in it, since uv has no such option: `--require-hashes`.',
      'uv reads `requires-python` from a `pyproject.toml`: `>=3.9`.',
    ]);
  });
});

it('asks for the date of the snapshot, where the release of pip can', () => {
  const ask = (engine: string): readonly EquivalentCommand[] =>
    equivalentCommands(makeProblem({ engine, requirements: 'six', index: { snapshot: 'pypi-2023-09-07' } }));
  expect(ask('pip@26.2').map(line)).toEqual([
    'python3.12 -m pip install --dry-run six --uploaded-prior-to 2023-09-07T00:00:00Z',
    `printf '%s\\n' six | uv pip compile - --python-version 3.12 --python-platform x86_64-unknown-linux-gnu --exclude-newer 2023-09-07T00:00:00Z`,
  ]);
  expect(line(ask('pip@21.3')[0]!)).toBe('python3.12 -m pip download --dest backjump-download six');
  expect(ask('pip@21.3')[0]?.notes.join(' ')).toContain('2023-09-07');
  expect(ask('uv@0.12').map(({ tool }) => tool)).toEqual(['uv', 'pip']);
});

it('says what only this page knows', () => {
  const { notes } = uv({
    requirements: 'six',
    environment: { markers: { sys_platform: 'cygwin' } },
    options: { maxRounds: 5 },
    index: { overlay: 'six 9.0' },
  });
  expect(notes).toEqual([
    'The toy index is only here; the tool asks its own index.',
    'Edited markers cannot be said: `sys_platform`.',
    'The limit of 5 rounds holds only here.',
  ]);
});

describe('PowerShell', () => {
  it('quotes by its own rules, and keeps commas from making arrays', () => {
    const command = pip({
      requirements: 'a[b]>=1,<2\nsix ; python_version < "4"\nx ; os_name == \'nt\'',
      environment: { python: '3.11' },
      options: { onlyBinary: ['a', 'b'] },
    });
    expect(powershellLine(command)).toBe(
      "py -3.11 -m pip install --dry-run 'a[b]>=1,<2' 'six ; python_version < ''4''' 'x ; os_name == ''nt''' --only-binary 'a,b'",
    );
  });

  it('hands lines to uv through its own pipe, and writes files', () => {
    expect(powershellLine(uv({ requirements: 'six<2\nflask' }))).toMatch(
      /^'six<2', 'flask' \| uv pip compile '-' --python-version '3\.12'/,
    );
    expect(powershellScript(pip({ requirements: "--pre\nit's # it’s" }))).toMatch(
      /^'--pre\nit''s # it’’s' \| Set-Content -Encoding utf8 backjump-requirements\.txt\npy -3\.12 -m pip install/,
    );
  });
});

describe('what a lock file holds fast', () => {
  const project = '[project]\nname = "app"\nversion = "1"\ndependencies = ["six"]\n';
  const locking = (engine: string, options: object, lock = 'version = 1\n'): string =>
    commandTexts(makeProblem({ engine, requirements: '', pyproject: project, lock, options })).notes[0]!;

  it.each([
    ['uv@0.13', {}, 'uv lock --dry-run'],
    [
      'uv@0.13',
      { update: ['six', 'attrs'] },
      'uv lock --dry-run --upgrade-package six --upgrade-package attrs',
    ],
    ['uv@0.13', { update: ['six', ':all:'] }, 'uv lock --dry-run --upgrade'],
    ['uv@0.13', { upgrade: true }, 'uv lock --dry-run --upgrade'],
    ['poetry@2.5', {}, 'poetry lock'],
    ['poetry@2.5', { update: ['six'] }, 'poetry update --lock six'],
    ['poetry@2.5', { update: [':all:'] }, 'poetry update --lock'],
  ])('%s with %j is let go by `%s`', (engine, options, command) => {
    expect(locking(engine, options)).toContain(`run \`${command}\` there`);
  });

  it('names the lock that has to stand beside the project, and none where there is none', () => {
    expect(locking('uv@0.13', {})).toContain('`uv.lock` beside it');
    expect(locking('uv@0.13', {}, '')).not.toContain('.lock');
  });

  it('gives uv’s own flags on a command for lines, each once', () => {
    const words = (options: object): readonly string[] =>
      uvCommand(makeProblem({ engine: 'uv@0.13', requirements: 'six', options })).words;
    expect(words({ update: ['six'] }).join(' ')).toContain('--upgrade-package six');
    expect(words({ update: [':all:'], upgrade: true }).filter((word) => /^--upgrade/.test(word))).toEqual([
      '--upgrade',
    ]);
  });

  it('gives no command where a link names what is no project', () => {
    expect(locking('uv@0.13', { update: ['six; rm -rf /'] })).toMatch(/^No command: an option names/);
  });
});
