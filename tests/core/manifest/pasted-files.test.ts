/** Files and commands as they stand in real repositories: spellings that simpler examples do not have. */
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../../src/core/manifest/read-manifest.ts';

const joined = (...lines: readonly string[]): string => lines.join('\n');

/** Kind, groups as `id: texts`, and the rest of what was read. */
function read(...lines: readonly string[]) {
  const { manifest } = readManifest(joined(...lines));
  const groups = Object.fromEntries(
    manifest.groups.map(({ id, entries }) => [id, entries.map(({ requirement }) => requirement.text)]),
  );
  return { kind: manifest.kind, groups, manifest };
}

describe('install commands', () => {
  it.each([
    ['a Windows prompt', 'C:\\Users\\me> py -3.11 -m pip install six'],
    ['PowerShell in an environment', '(.venv) PS C:\\code> pip install six'],
    ['a prompt with host and folder', '(base) user@host:~/proj$ pip3 install six'],
    ['a notebook', '%pip install six'],
    ['a Dockerfile behind another command', 'FROM python:3.9\nRUN apt-get update \\\n && pip install six'],
    ['a Dockerfile with a mount', 'RUN --mount=type=cache,target=/root/.cache pip install six'],
    ['a step of a service', '      - run: pip install six'],
    ['a script of a service', '    - python -m pip install six'],
  ])('are known behind %s', (_, text) => {
    const { kind, groups } = read(text);
    expect([kind, groups['main']]).toEqual(['pip-command', ['six']]);
  });

  it('in a comment leave a requirements file what it is', () => {
    expect(read('# pip install -r requirements.txt', 'six', 'flask')).toMatchObject({
      kind: 'requirements',
      groups: { main: ['six', 'flask'] },
    });
  });

  it('take variables before the program for options', () => {
    const { manifest } = read('PIP_PRE=1 PIP_ONLY_BINARY=six PIP_NO_INPUT=0 pip install six');
    expect(manifest.options).toEqual({ pre: true, onlyBinary: ['six'], noBinary: [] });
    expect(read('UV_PRERELEASE=allow uv pip install six').manifest.options).toEqual({ prerelease: 'allow' });
  });

  it('do not take the value of an option for a requirement', () => {
    const { groups, manifest } = read(
      'uv pip install a --no-build-package numpy --link-mode copy --torch-backend cpu b',
    );
    expect(groups['main']).toEqual(['a', 'b']);
    expect(manifest.options.onlyBinary).toEqual(['numpy']);
  });
});

it('setup.cfg separates a list on the line of its key by semicolons', () => {
  const { groups } = read(
    '[options]',
    'install_requires = six>=1; flask',
    '[options.extras_require]',
    'docs = sphinx>=4; furo;',
    'test =',
    '    pytest; python_version < "3.9"',
  );
  expect(groups).toEqual({
    main: ['six>=1', 'flask'],
    'extra:docs': ['sphinx>=4', 'furo'],
    'extra:test': ['pytest; python_version < "3.9"'],
  });
});

it.each([
  ['no table of uv', '', []],
  ['uv', '[tool.uv]', ['dev']],
  ['its own list', '[tool.uv]\ndefault-groups = ["lint"]', ['lint']],
  ['all', '[tool.uv]\ndefault-groups = "all"', ['dev', 'lint']],
  ['none', '[tool.uv]\ndefault-groups = []', []],
])('groups that are taken by default, with %s', (_, table, taken) => {
  const { manifest } = read('[dependency-groups]', 'dev = ["pytest"]', 'lint = ["ruff"]', table);
  const groups = manifest.groups.filter(({ id, isDefault }) => id.startsWith('group:') && isDefault);
  expect(groups.map(({ id }) => id.slice(6))).toEqual(taken);
});

it('conda takes the newest Python that fits', () => {
  const { manifest } = read('dependencies:', '  - python>=3.9,<3.11', '  - pip:', '    - six');
  expect(manifest.environment.python).toBe('3.10');
  expect(manifest.guesses).toEqual([
    'Of `python >=3.9,<3.11` conda would take the newest that fits: 3.10 is meant here.',
  ]);
  expect(read('dependencies:', '  - python', '  - pip:', '    - six').manifest.environment).toEqual({});
});

describe('locks', () => {
  it('uv.lock: forks, settings, and what belongs to an extra', () => {
    const { groups, manifest } = read(
      'version = 1',
      '[options]',
      'exclude-newer = "2024-06-01T00:00:00Z"',
      'resolution-mode = "lowest"',
      '[manifest]',
      'constraints = [{ name = "grpcio", specifier = "<1.65" }]',
      '[[package]]',
      'name = "mine"',
      'source = { editable = "." }',
      '[package.metadata]',
      `requires-dist = [{ name = "flask", marker = "extra == 'web'" }, { name = "a", marker = "os_name == 'nt' and extra == 'web'" }, { name = "six" }]`,
      '[[package]]',
      'name = "numpy"',
      'version = "1.26.4"',
      'source = { registry = "https://h/simple" }',
      `resolution-markers = ["python_full_version < '3.12'"]`,
      '[[package]]',
      'name = "numpy"',
      'version = "2.0.0"',
      'source = { registry = "https://h/simple" }',
      `resolution-markers = ["python_full_version >= '3.13'", "os_name == 'nt'"]`,
    );
    expect(groups).toMatchObject({
      main: ['six'],
      'extra:web': ['flask', 'a; os_name == "nt"'],
      constraints: ['grpcio<1.65'],
      pins: [
        'numpy==1.26.4; python_full_version < "3.12"',
        'numpy==2.0.0; python_full_version >= "3.13" or os_name == "nt"',
      ],
    });
    expect(manifest.options).toEqual({ uploadedPriorTo: '2024-06-01T00:00:00Z', resolution: 'lowest' });
  });

  it('poetry.lock and pylock.toml: markers of pins, with their hashes', () => {
    const hash = `sha256:${'ab'.repeat(32)}`;
    const poetry = read(
      '# This file is automatically @generated by Poetry 2.1.3 and should not be changed by hand.',
      '[[package]]',
      'name = "six"',
      'version = "1.16.0"',
      'markers = "python_version < \\"3.12\\""',
      `files = [{file = "six-1.16.0-py3-none-any.whl", hash = "${hash}"}]`,
    );
    expect(poetry.groups['pins']).toEqual(['six==1.16.0; python_version < "3.12"']);
    const pylock = read(
      'lock-version = "1.0"',
      '[[packages]]',
      'name = "six"',
      'version = "1.16.0"',
      `marker = "os_name == 'nt'"`,
      `wheels = [{name = "six-1.16.0-py3-none-any.whl", hashes = {sha256 = "${'ab'.repeat(32)}"}}]`,
    );
    const pins = pylock.manifest.groups.find(({ id }) => id === 'pins')?.entries[0];
    expect([pins?.requirement.text, pins?.hashes]).toEqual(['six==1.16.0; os_name == "nt"', [hash]]);
  });
});

it('an installation report tells which release was yanked', () => {
  const { manifest } = read(
    '{"version": "1", "pip_version": "24.0", "install": [{"is_yanked": true, "metadata": {"name": "six", "version": "1.0"}}]}',
  );
  expect(manifest.facts?.projects['six']?.['1.0']).toEqual({ requires: [], yanked: true });
});
