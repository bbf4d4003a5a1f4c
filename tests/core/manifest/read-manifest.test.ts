import { describe, expect, it } from 'vitest';
import { manifestPanes } from '../../../src/core/manifest/manifest.ts';
import { readManifest } from '../../../src/core/manifest/read-manifest.ts';

const lines = (text: string) => text.replace(/^\n/, '').replace(/^ {4}/gm, '');
/** The kind, and the groups as `id: texts`. */
function digest(text: string) {
  const { manifest, confidence } = readManifest(lines(text));
  const groups = Object.fromEntries(
    manifest.groups.map((group) => [group.id, group.entries.map((entry) => entry.requirement.text)]),
  );
  return { kind: manifest.kind, confidence, groups, manifest };
}

describe('pyproject.toml', () => {
  it('reads PEP 621, extras that name the project itself, groups that include one another', () => {
    const { kind, groups, manifest } = digest(`
    [build-system]
    requires = ["hatchling"]
    [project]
    name = "Mine"
    requires-python = ">=3.9"
    dependencies = ["requests>=2", 'flask ; python_version < "3.11"']
    [project.optional-dependencies]
    a = ["x"]
    all = ["mine[a]", "y"]
    [dependency-groups]
    lint = ["ruff"]
    dev = ["pytest", {include-group = "lint"}]
    loop = [{include-group = "loop"}]
    `);
    expect(kind).toBe('pyproject');
    expect(groups).toEqual({
      main: ['requests>=2', 'flask; python_version < "3.11"'],
      'extra:a': ['x'],
      'extra:all': ['y', 'x'],
      'group:lint': ['ruff'],
      'group:dev': ['pytest', 'ruff'],
      build: ['hatchling'],
    });
    expect(manifest.options.requiresPython).toBe('>=3.9');
    expect(manifest.diagnostics.map((found) => [found.code, found.line])).toEqual([['group-cycle', 13]]);
  });

  it("reads Poetry's tables", () => {
    const { groups, manifest } = digest(`
    [tool.poetry.dependencies]
    python = "^3.8"
    requests = "^2.13.0"
    numpy = [{version = "<1.25", python = "<3.9"}, {version = ">=1.25", python = ">=3.9"}]
    pick = {version = "~1.2", extras = ["x"], markers = "sys_platform == 'linux'"}
    mine = {path = "../mine"}
    repo = {git = "https://h/repo.git", tag = "v1"}
    opt = {version = "*", optional = true}
    either = "1.* || 3.*"
    [tool.poetry.extras]
    more = ["opt"]
    [tool.poetry.group.dev.dependencies]
    pytest = "7.1.2"
    `);
    expect(groups['main']).toEqual([
      'requests<3.0.0,>=2.13.0',
      'numpy<1.25; python_version < "3.9"',
      'numpy>=1.25; python_version >= "3.9"',
      'pick[x]<1.3,>=1.2; sys_platform == "linux"',
      'repo @ git+https://h/repo.git@v1',
      'either>=1,<=3'.replace('>=1,<=3', '<=3,>=1'),
    ]);
    expect(groups['extra:more']).toEqual(['opt']);
    expect(groups['group:dev']).toEqual(['pytest==7.1.2']);
    expect(manifest.options.requiresPython).toBe('>=3.8,<4.0');
    expect(manifest.diagnostics.map((found) => found.code)).toEqual(['local-path', 'alternatives']);
  });

  it("reads uv's and PDM's tables", () => {
    const { groups, manifest } = digest(`
    [project]
    dependencies = ["a"]
    [tool.uv]
    constraint-dependencies = ["b<2"]
    override-dependencies = ["c==1"]
    prerelease = "allow"
    resolution = "lowest"
    [tool.uv.sources]
    a = { git = "https://h/a" }
    [tool.pdm.dev-dependencies]
    test = ["pytest", "-e file:///x#egg=own"]
    [tool.pdm.resolution.overrides]
    d = "1.2"
    `);
    expect(groups).toEqual({
      main: ['a'],
      constraints: ['b<2'],
      overrides: ['c==1', 'd==1.2'],
      'group:test': ['pytest'],
    });
    expect(manifest.options).toEqual({ prerelease: 'allow', resolution: 'lowest' });
    expect(manifest.engine).toBe('uv@0.13');
    expect(manifestPanes(manifest)).toEqual({
      requirements: 'a\n',
      constraints: 'b<2\n',
      overrides: 'c==1\nd==1.2\n',
    });
  });

  it('passes over lines that are not TOML and reads the rest', () => {
    const { groups, manifest } = digest(`
    [project]
    name = = broken
    dependencies = ["six", "b=1"]
    `);
    expect(groups['main']).toEqual(['six']);
    expect(manifest.diagnostics.map((found) => [found.code, found.line])).toEqual([
      ['toml-syntax', 2],
      ['invalid-requirement', 3],
    ]);
  });
});

describe('other files', () => {
  it('setup.cfg', () => {
    const { kind, groups, manifest } = digest(`
    [metadata]
    name = x
    [options]
    python_requires = >=3.7
    install_requires =
        six>=1  # why
        # nothing
        flask ; python_version < "3.9"
    [options.extras_require]
    test = pytest
    win:sys_platform == "win32" =
        colorama
    `);
    expect(kind).toBe('setup-cfg');
    expect(groups).toEqual({
      main: ['six>=1', 'flask; python_version < "3.9"'],
      'extra:test': ['pytest'],
      // A marker behind a colon is setup.py's form: `configparser` ends the key there.
      'extra:win': ['colorama'],
    });
    expect(manifest.diagnostics.map(({ code }) => code)).toEqual(['invalid-requirement']);
    expect(manifest.options.requiresPython).toBe('>=3.7');
  });

  it('Pipfile', () => {
    const { kind, groups, manifest } = digest(`
    [[source]]
    url = "https://h"
    [packages]
    requests = "*"
    six = "1.0"
    flask = {version = ">=1", extras = ["async"], markers = "python_version < '3.9'"}
    repo = {git = "https://h/repo.git", ref = "main"}
    [dev-packages]
    pytest = ">=7"
    [requires]
    python_version = "3.11"
    `);
    expect(kind).toBe('pipfile');
    expect(groups['main']).toEqual([
      'requests',
      'six==1.0',
      'flask[async]>=1; python_version < "3.9"',
      'repo @ git+https://h/repo.git@main',
    ]);
    expect(groups['group:dev-packages']).toEqual(['pytest>=7']);
    expect(manifest.environment.python).toBe('3.11');
  });

  it('conda environment: the pip part, and says what is left out', () => {
    const { kind, groups, manifest } = digest(`
    name: x
    channels:
      - conda-forge
    dependencies:
      - python=3.10
      - numpy=1.21=py38_0
      - pip
      - pip:
        - "requests>=2"
        - flask[async]  # why
    `);
    expect(kind).toBe('conda-environment');
    expect(groups['main']).toEqual(['requests>=2', 'flask[async]']);
    expect(manifest.environment.python).toBe('3.10');
    expect(manifest.diagnostics.map((found) => [found.code, found.line])).toEqual([['conda-packages', 6]]);
  });

  it('poetry.lock, uv.lock, pylock.toml: pins, files, dependencies', () => {
    const poetry = digest(`
    # This file is automatically @generated by Poetry 1.8.2 and should not be changed by hand.
    [[package]]
    name = "Requests"
    version = "2.31.0"
    python-versions = ">=3.7"
    files = [{file = "requests-2.31.0-py3-none-any.whl", hash = "sha256:ab"}]
    [package.dependencies]
    urllib3 = ">=1.21.1,<3"
    [package.extras]
    socks = ["PySocks (>=1.5.6,!=1.5.7)"]
    [metadata]
    lock-version = "2.0"
    python-versions = "^3.9"
    content-hash = "x"
    `);
    expect(poetry.kind).toBe('poetry-lock');
    expect(poetry.manifest.facts?.projects).toEqual({
      requests: {
        '2.31.0': {
          requires: ['urllib3>=1.21.1,<3', 'PySocks>=1.5.6,!=1.5.7 ; extra == "socks"'],
          extras: ['socks'],
          requires_python: '>=3.7',
          wheels: ['py3-none-any'],
          sdist: false,
        },
      },
    });
    const uv = digest(`
    version = 1
    requires-python = ">=3.9"
    [[package]]
    name = "mine"
    version = "0.1"
    source = { virtual = "." }
    [package.metadata]
    requires-dist = [{ name = "anyio", specifier = ">=3" }]
    [[package]]
    name = "anyio"
    version = "3.7.0"
    source = { registry = "https://h/simple" }
    dependencies = [{ name = "idna" }, { name = "exceptiongroup", marker = "python_version < '3.11'" }]
    sdist = { url = "https://h/anyio-3.7.0.tar.gz", hash = "sha256:aa" }
    wheels = [{ url = "https://h/anyio-3.7.0-py3-none-any.whl", hash = "sha256:bb" }]
    `);
    expect(uv.kind).toBe('uv-lock');
    expect(uv.groups['main']).toEqual(['anyio>=3']);
    expect(uv.groups['installed']).toEqual(['anyio==3.7.0']);
    expect(uv.manifest.facts?.projects['anyio']?.['3.7.0']).toMatchObject({
      requires: ['idna', "exceptiongroup ; python_version < '3.11'"],
      wheels: ['py3-none-any'],
      sdist: true,
    });
    const pylock = digest(`
    lock-version = "1.0"
    created-by = "pip"
    [[packages]]
    name = "six"
    version = "1.16.0"
    marker = "python_version < '4'"
    [[packages.wheels]]
    name = "six-1.16.0-py2.py3-none-any.whl"
    hashes = {sha256 = "ab"}
    [[packages]]
    name = "local"
    directory = {path = "."}
    `);
    expect(pylock.kind).toBe('pylock');
    expect(pylock.groups['installed']).toEqual(['six==1.16.0; python_version < "4"']);
    expect(pylock.manifest.diagnostics.map((found) => found.code)).toEqual(['left-out']);
  });

  it('pip list in three formats, pip freeze, pip inspect', () => {
    for (const text of [
      'Package    Version  Editable project location\n---------- -------\nrequests   2.31.0\nsix        1.16.0   /x',
      '[{"name": "requests", "version": "2.31.0"}, {"name": "six", "version": "1.16.0"}]',
      'requests (2.31.0)\nsix (1.16.0)',
    ])
      expect(digest(text)).toMatchObject({
        kind: 'pip-list',
        groups: { installed: ['requests==2.31.0', 'six==1.16.0'] },
      });
    const frozen = Array.from({ length: 9 }, (_, index) => `p${index}==1.${index}`).join('\n');
    // Pins alone are a requirements file too; the menu offers the other reading.
    expect(readManifest(frozen)).toMatchObject({ alternatives: ['pip-freeze'] });
    expect(manifestPanes(readManifest(frozen, 'pip-freeze').manifest).installed).toBe(`${frozen}\n`);
    const report = JSON.stringify({
      version: '1',
      pip_version: '24.2.1',
      installed: [
        {
          metadata: { name: 'Six', version: '1.16', requires_dist: ['a>1'], requires_python: '>=3' },
          requested: true,
        },
      ],
      environment: { python_full_version: '3.11.4', sys_platform: 'linux', platform_machine: 'x86_64' },
    });
    const { manifest } = digest(report);
    expect(manifest.kind).toBe('pip-report');
    expect(manifest.engine).toBe('pip@24.2');
    expect(manifest.environment).toEqual({ python: '3.11.4', platform: 'linux-x86_64' });
    expect(manifest.facts?.projects).toEqual({
      six: { '1.16': { requires: ['a>1'], requires_python: '>=3' } },
    });
  });
});

describe('install commands', () => {
  it('reads arguments and options, over several lines, with prompt and quotes', () => {
    const { kind, groups, manifest } = digest(
      `$ python -m pip install --pre -U "requests[security]>=2,<3" \\\n  'six' --only-binary=:all: --python-version 311 --platform manylinux2014_aarch64 -r other.txt && echo done`,
    );
    expect(kind).toBe('pip-command');
    expect(groups['main']).toEqual(['requests[security]<3,>=2', 'six']);
    expect(manifest.options).toEqual({ pre: true, upgrade: true, onlyBinary: [':all:'], noBinary: [] });
    expect(manifest.environment).toEqual({ python: '3.11', platform: 'linux-aarch64' });
    expect(manifest.diagnostics.map((found) => found.code)).toEqual(['other-file']);
  });

  it("knows Dockerfiles, uv and Poetry's own spelling", () => {
    expect(digest('RUN PIP_NO_CACHE=1 pip3 install flask').groups['main']).toEqual(['flask']);
    expect(digest('uv pip install --resolution lowest flask').manifest).toMatchObject({
      engine: 'uv@0.13',
      options: { resolution: 'lowest' },
    });
    expect(digest('poetry add pendulum@^2.0.5 "six>=1"').groups['main']).toEqual([
      'pendulum<3.0.0,>=2.0.5',
      'six>=1',
    ]);
  });
});

describe('recognition', () => {
  it('reads whatever shows no mark as requirements', () => {
    expect(digest('six\n# [project]\n')).toMatchObject({ kind: 'requirements', groups: { main: ['six'] } });
    expect(readManifest('').manifest.kind).toBe('requirements');
  });

  it('can be corrected', () => {
    const reading = readManifest('six<2', 'constraints');
    expect(reading.confidence).toBe('chosen');
    expect(manifestPanes(reading.manifest)).toEqual({ constraints: 'six<2\n' });
  });

  it('keeps chosen groups only', () => {
    const { manifest } = digest('[project]\ndependencies = ["a"]\n[dependency-groups]\nx = ["b"]');
    expect(manifestPanes(manifest)).toEqual({ requirements: 'a\n' });
    expect(manifestPanes(manifest, new Set(['main', 'group:x']))).toEqual({ requirements: 'a\nb\n' });
  });
});
