/** Lock files hold, field for field, what the real tools' locks hold, and our own readers take them for what they are. */
import { describe, expect, test } from 'vitest';
import { resolvePdm } from '../../../src/core/explain/pdm/pdm-engine.ts';
import { resolvePoetry } from '../../../src/core/explain/poetry/poetry-engine.ts';
import { resolveUv } from '../../../src/core/explain/uv/uv-engine.ts';
import { runProblem, type Run } from '../../../src/core/headless/run.ts';
import { readManifest } from '../../../src/core/manifest/read-manifest.ts';
import type { SpannedValue } from '../../../src/core/manifest/syntax/spanned-value.ts';
import { readToml } from '../../../src/core/manifest/syntax/toml-value.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import type { Facts } from '../../../src/core/package-index/facts/facts.ts';
import type { PackageIndex } from '../../../src/core/package-index/package-index.ts';
import { makeProblem, type ProblemInput } from '../../../src/core/problem/problem.ts';
import type { Engine } from '../../../src/core/resolver/engine.ts';
import { lockFilesOf } from '../../../src/core/share/lock/lock-files.ts';
import type { LockFile } from '../../../src/core/share/lock/locked-run.ts';
import { hasData, readSharedJson, SHARED_DATA_MISSING } from '../../shared-data.ts';

interface Recording {
  readonly name: string;
  readonly facts: string;
  readonly pyproject: string;
  readonly outcome: string;
  readonly packages?: readonly Readonly<Record<string, unknown>>[];
  readonly requires_python?: string;
  readonly resolution_markers?: readonly string[] | null;
  readonly strategy?: readonly string[];
  readonly targets?: unknown;
}

interface Tool {
  readonly recordings: string;
  readonly engine: string;
  readonly resolve: Engine;
  readonly file: string;
}

const TOOLS: readonly Tool[] = [
  {
    recordings: 'recordings/uv-0.13.9-lock.json',
    engine: 'uv@0.13',
    resolve: resolveUv,
    file: 'uv.lock',
  },
  {
    recordings: 'recordings/poetry-2.5.1-lock.json',
    engine: 'poetry@2.5',
    resolve: resolvePoetry,
    file: 'poetry.lock',
  },
  {
    recordings: 'recordings/pdm-2.29.4-lock.json',
    engine: 'pdm@2.29',
    resolve: resolvePdm,
    file: 'pdm.lock',
  },
];
/** Of each file of recordings: enough to meet forks, extras, groups and conflicts. */
const EVERY = 3;

const indexes = new Map<string, PackageIndex>();

function indexOf(path: string): PackageIndex {
  let index = indexes.get(path);
  if (index === undefined) indexes.set(path, (index = makeFactsIndex(readSharedJson(path) as Facts)));
  return index;
}

function solve(input: ProblemInput, resolve: Engine, index: PackageIndex): Run {
  return runProblem(makeProblem(input), resolve, index);
}

function plain(value: SpannedValue): unknown {
  if (value.kind === 'table')
    return Object.fromEntries([...value.fields].map(([key, field]) => [key, plain(field.value)]));
  if (value.kind === 'array') return value.items.map(plain);
  return value.kind === 'null' ? null : value.value;
}

function parsed(file: LockFile): Record<string, unknown> {
  const reading = readToml(file.text);
  expect(reading.complaints).toEqual([]);
  return plain(reading.value) as Record<string, unknown>;
}

function lockOf(run: Run, name: string): LockFile {
  const file = lockFilesOf(run).find((each) => each.name === name);
  if (file === undefined) throw new Error(`no ${name}: ${run.outcome.kind} ${run.message}`);
  return file;
}

/** The fields that the recording has, of each package: the sources of its index are its own. */
function comparable(lock: Record<string, unknown>, recording: Recording): unknown {
  const keys = new Set((recording.packages ?? []).flatMap((item) => Object.keys(item)));
  return (lock['package'] as readonly Record<string, unknown>[]).map((item) =>
    withoutSources(Object.fromEntries(Object.entries(item).filter(([key]) => keys.has(key)))),
  );
}

function withoutSources(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSources);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'source');
  return Object.fromEntries(kept.map(([key, part]) => [key, withoutSources(part)]));
}

describe.each(TOOLS)('$file', ({ recordings, engine, resolve, file }) => {
  const isThere = hasData(recordings);
  if (!isThere) console.log(SHARED_DATA_MISSING);

  test.skipIf(!isThere)(
    'says what the real one says, and is read again',
    () => {
      const all = (readSharedJson(recordings) as readonly Recording[]).filter(
        ({ outcome }) => outcome === 'solved',
      );
      const some = all.filter((_, at) => at % EVERY === 0);
      expect(some.length).toBeGreaterThan(10);
      for (const recording of some) {
        const run = solve(
          { engine, pyproject: recording.pyproject, environment: { python: '3.11.7' } },
          resolve,
          indexOf(recording.facts),
        );
        const written = lockOf(run, file);
        const lock = parsed(written);
        expect(comparable(lock, recording), recording.name).toEqual(withoutSources(recording.packages));
        if (recording.requires_python !== undefined) {
          expect(lock['requires-python'], recording.name).toBe(recording.requires_python);
          expect(lock['resolution-markers'] ?? [], recording.name).toEqual(
            recording.resolution_markers ?? [],
          );
        }
        if (recording.targets !== undefined) {
          const metadata = lock['metadata'] as Record<string, unknown>;
          expect(metadata['targets'], recording.name).toEqual(recording.targets);
          expect(metadata['strategy'], recording.name).toEqual(recording.strategy);
        }
        const { manifest } = readManifest(written.text);
        expect(manifest.kind, recording.name).toBe(file.replace('.', '-'));
        const names = new Set((recording.packages ?? []).map((item) => String(item['name'])));
        const own = /name = "([^"]+)"/.exec(recording.pyproject)![1]!;
        const pinned = manifest.groups
          .filter(({ role }) => role === 'installed')
          .flatMap(({ entries }) => entries.map(({ requirement }) => requirement.normalizedName));
        expect(new Set(pinned), recording.name).toEqual(
          new Set([...names].filter((name) => name !== own || file !== 'uv.lock')),
        );
      }
    },
    120_000,
  );
});

const WORLD: Facts = {
  projects: {
    a: {
      '1.0': { requires: ['b>=1 ; sys_platform == "win32"', 'c ; extra == "x"'], extras: ['x'] },
      '2.0': { requires: [], requires_python: '>=3.12' },
    },
    b: { '1.0': { requires: [] } },
    c: { '1.0': { requires: [] } },
  },
};

const PYPROJECT = `
[project]
name = "Sample.App"
version = "0.3"
requires-python = ">=3.10"
dependencies = ["a[x]>=1,<3", "b ; python_version < '3.12'"]
[project.optional-dependencies]
web = ["c"]
[dependency-groups]
dev = ["c>=1"]
`;

describe('what the pyproject.toml says', () => {
  test('stands in uv.lock as uv repeats it', () => {
    const extra =
      '[build-system]\nrequires = ["hatchling"]\n[tool.uv]\nresolution = "lowest"\nconstraint-dependencies = ["b<2"]\n';
    const run = solve(
      { engine: 'uv@0.13', pyproject: `${PYPROJECT}${extra}` },
      resolveUv,
      makeFactsIndex(WORLD),
    );
    const file = lockOf(run, 'uv.lock');
    expect(file.text).toMatchInlineSnapshot(`
      "version = 1
      revision = 5
      requires-python = ">=3.10"

      [options]
      resolution-mode = "lowest"

      [manifest]
      constraints = [{ name = "b", specifier = "<2" }]

      [[package]]
      name = "a"
      version = "1.0"
      source = { registry = "https://pypi.org/simple" }
      dependencies = [
          { name = "b", marker = "sys_platform == 'win32'" },
      ]

      [package.optional-dependencies]
      x = [
          { name = "c" },
      ]

      [[package]]
      name = "b"
      version = "1.0"
      source = { registry = "https://pypi.org/simple" }

      [[package]]
      name = "c"
      version = "1.0"
      source = { registry = "https://pypi.org/simple" }

      [[package]]
      name = "sample-app"
      version = "0.3"
      source = { editable = "." }
      dependencies = [
          { name = "a", extra = ["x"] },
          { name = "b", marker = "python_full_version < '3.12'" },
      ]

      [package.optional-dependencies]
      web = [
          { name = "c" },
      ]

      [package.dev-dependencies]
      dev = [
          { name = "c" },
      ]

      [package.metadata]
      requires-dist = [
          { name = "a", extras = ["x"], specifier = ">=1,<3" },
          { name = "b", marker = "python_full_version < '3.12'" },
          { name = "c", marker = "extra == 'web'" },
      ]
      provides-extras = ["web"]

      [package.metadata.requires-dev]
      dev = [{ name = "c", specifier = ">=1" }]
      "
    `);
    expect(file.omissions).toEqual(['files']);
  });

  test('stands in poetry.lock as Poetry repeats it', () => {
    const run = solve({ engine: 'poetry@2.5', pyproject: PYPROJECT }, resolvePoetry, makeFactsIndex(WORLD));
    expect(lockOf(run, 'poetry.lock').text).toMatchInlineSnapshot(`
      "# This file is automatically @generated by Poetry and should not be changed by hand.

      [[package]]
      name = "a"
      version = "1.0"
      optional = false
      python-versions = "*"
      groups = ["main"]
      files = []

      [package.dependencies]
      b = {version = ">=1", markers = "sys_platform == \\"win32\\""}
      c = {version = "*", optional = true, markers = "extra == \\"x\\""}

      [package.extras]
      x = ["c"]

      [[package]]
      name = "b"
      version = "1.0"
      optional = false
      python-versions = "*"
      groups = ["main"]
      markers = "sys_platform == \\"win32\\" or python_version < \\"3.12\\""
      files = []

      [[package]]
      name = "c"
      version = "1.0"
      optional = false
      python-versions = "*"
      groups = ["main", "dev"]
      files = []

      [extras]
      web = ["c"]

      [metadata]
      lock-version = "2.1"
      python-versions = ">=3.10"
      "
    `);
    expect(lockOf(run, 'requirements.txt').text).toMatchInlineSnapshot(`
      "a==1.0 ; python_version >= "3.10"
      b==1.0 ; (sys_platform == "win32" or python_version < "3.12") and python_version >= "3.10"
      c==1.0 ; python_version >= "3.10"
      "
    `);
  });

  test('stands in pdm.lock as PDM repeats it', () => {
    const run = solve({ engine: 'pdm@2.29', pyproject: PYPROJECT }, resolvePdm, makeFactsIndex(WORLD));
    expect(lockOf(run, 'pdm.lock').text).toMatchInlineSnapshot(`
      "# This file is @generated by PDM.
      # It is not intended for manual editing.

      [metadata]
      groups = ["default", "dev"]
      strategy = ["inherit_metadata"]
      lock_version = "4.5.0"

      [[metadata.targets]]
      requires_python = ">=3.10"

      [[package]]
      name = "a"
      version = "1.0"
      groups = ["default"]
      dependencies = [
          "b>=1; sys_platform == \\"win32\\"",
      ]

      [[package]]
      name = "a"
      version = "1.0"
      extras = ["x"]
      groups = ["default"]
      dependencies = [
          "a==1.0",
          "c",
      ]

      [[package]]
      name = "b"
      version = "1.0"
      groups = ["default"]
      marker = "python_version < \\"3.12\\" or sys_platform == \\"win32\\""

      [[package]]
      name = "c"
      version = "1.0"
      groups = ["default", "dev"]
      "
    `);
    expect(lockOf(run, 'requirements.txt').text).toMatchInlineSnapshot(`
      "a==1.0
      a[x]==1.0
      b==1.0; python_version < "3.12" or sys_platform == "win32"
      c==1.0
      "
    `);
  });

  test('names files where the index knows their addresses and digests', () => {
    const index = makeFactsIndex(WORLD);
    const served: PackageIndex = {
      ...index,
      metadata: (file) => {
        const page = index.page(file.project);
        if ('missing' in page) return page;
        return index.metadata(page.distributions.find(({ filename }) => filename === file.filename)!);
      },
      page: (name) => {
        const page = index.page(name);
        if ('missing' in page) return page;
        const distributions = page.distributions.map((file) => ({
          ...file,
          url: `https://files.example/${file.filename}`,
          sha256: 'ab'.repeat(32),
          size: 12,
          uploadTime: '2024-05-06T07:08:09.120345Z',
        }));
        return { ...page, distributions };
      },
    };
    const uv = lockOf(solve({ engine: 'uv@0.13', pyproject: PYPROJECT }, resolveUv, served), 'uv.lock');
    expect(uv.omissions).toEqual([]);
    expect(uv.text).toContain(
      `wheels = [\n    { url = "https://files.example/b-1.0-py2.py3-none-any.whl", hash = "sha256:${'ab'.repeat(32)}", size = 12, upload-time = "2024-05-06T07:08:09.12Z" },\n]\n`,
    );
    const poetry = lockOf(
      solve({ engine: 'poetry@2.5', pyproject: PYPROJECT }, resolvePoetry, served),
      'poetry.lock',
    );
    expect(poetry.omissions).toEqual(['content-hash', 'descriptions']);
    expect(poetry.text).toContain(
      `files = [\n    {file = "b-1.0-py2.py3-none-any.whl", hash = "sha256:${'ab'.repeat(32)}"},\n]\n`,
    );
  });

  test('is no lock where nothing was solved', () => {
    const run = solve(
      { engine: 'uv@0.13', pyproject: PYPROJECT.replace('a[x]>=1,<3', 'a>9') },
      resolveUv,
      makeFactsIndex(WORLD),
    );
    expect(lockFilesOf(run)).toEqual([]);
  });
});
