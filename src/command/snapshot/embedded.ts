/** The snapshots that are served with the page: where their facts lie, and what the snapshot menu says of them. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  parseFacts,
  type Facts,
  type FileFacts,
  type ReleaseFacts,
} from '../../core/package-index/facts/facts.ts';
import { mergeFacts } from '../../core/package-index/facts/merge-facts.ts';
import type { Result } from '../../core/packaging/result.ts';
import type { SnapshotTitle } from './build-command.ts';

/** A snapshot of ours and the facts files, relative to the data folder, that are merged into it. */
export interface EmbeddedSnapshot extends SnapshotTitle {
  readonly facts: readonly string[];
  /** File names and sizes of its releases: `{project: {version: [{filename, size}]}}`. */
  readonly files?: string;
}

const RESOLVELIB = 'Collected from PyPI for the tests of resolvelib (sarugaku/resolvelib)';

/** In the order of the snapshot menu; the first is the default. */
export const EMBEDDED_SNAPSHOTS: readonly EmbeddedSnapshot[] = [
  {
    id: 'pypi-2023-09-07',
    title: 'PyPI, 7 September 2023',
    date: '2023-09-07',
    facts: ['facts/pypi-2023-09-07.json'],
    source: 'mach-nix dependency database (DavHau/pypi-deps-db and forks)',
    license: 'MIT',
    world: 'open',
    description:
      'The most downloaded packages with every release, closed over the dependencies that need no extra. Good for real conflicts and long searches. It has no dates, yanks or hashes; releases without a recorded wheel are modelled as one py2.py3-none-any wheel; packages that it does not hold are unknown, not absent.',
  },
  {
    id: 'pypi-2020-11-17',
    title: 'PyPI, November 2020',
    date: '2020-11-17',
    facts: ['facts/pypi-2020-11-17-cheroot.json'],
    source: RESOLVELIB,
    license: 'ISC',
    world: 'open',
    description:
      'What cheroot can reach, two weeks before pip 20.3 brought the new resolver. Good for seeing the eras of pip apart. It has no files, dates or requires-python: each release is modelled as one py2.py3-none-any wheel.',
  },
  {
    id: 'pypi-2020-02',
    title: 'PyPI, February 2020',
    date: '2020-02-15',
    facts: [
      'facts/pypi-2020-02-13-chalice.json',
      'facts/pypi-2020-02-13-dask.json',
      'facts/pypi-2020-02-15-pandas.json',
      'facts/pypi-2020-02-15-pyrax.json',
    ],
    source: RESOLVELIB,
    license: 'ISC',
    world: 'open',
    description:
      'What chalice, dask, pandas and pyrax can reach, as the resolver’s own authors tested it. Good for the old puzzles, pyrax above all. It has no files, dates or requires-python: each release is modelled as one py2.py3-none-any wheel.',
  },
  {
    id: 'wheelhouse-2026-11',
    title: 'Wheelhouse, November 2026',
    date: '2026-11-21',
    facts: ['facts/wheelhouse-2026-11-facts.json'],
    files: 'wheelhouse-2026-11.json',
    source: 'Core metadata of wheels for CPython 3.11 on Linux x86-64',
    license: 'Facts of the packages’ own metadata',
    world: 'open',
    description:
      'Current releases of 881 projects, mostly one version each, with real file names and sizes. Good for today’s metadata; there is little to search.',
  },
];

/** File names and sizes as the wheelhouse listing gives them. */
type FileListing = Record<string, Record<string, { filename: string; size: number }[]>>;

function readJson(path: string): Result<unknown, string> {
  if (!existsSync(path)) return { ok: false, error: `${path} is missing` };
  try {
    return { ok: true, value: JSON.parse(readFileSync(path, 'utf8')) as unknown };
  } catch (error) {
    return { ok: false, error: `${path} is no JSON: ${String(error)}` };
  }
}

/** Reads one facts file; the error names the file and the field. */
export function readFactsFile(path: string): Result<Facts, string> {
  const json = readJson(path);
  if (!json.ok) return json;
  const facts = parseFacts(json.value);
  if (facts.ok) return facts;
  return { ok: false, error: `${path}: ${facts.error.path}: ${facts.error.message}` };
}

function withFiles(facts: Facts, listing: FileListing): Facts {
  const projects = Object.entries(facts.projects).map(([name, releases]) => {
    const listed = Object.entries(releases).map(([version, release]): [string, ReleaseFacts] => {
      const files = listing[name]?.[version]?.map(({ filename, size }): FileFacts => ({ filename, size }));
      return [version, files === undefined ? release : { ...release, files }];
    });
    return [name, Object.fromEntries(listed)] as const;
  });
  return { projects: Object.fromEntries(projects) };
}

/** The facts of an embedded snapshot, from the data folder. */
export function readEmbeddedFacts(snapshot: EmbeddedSnapshot, data: string): Result<Facts, string> {
  let merged: Facts = { projects: {} };
  for (const path of snapshot.facts) {
    const facts = readFactsFile(resolve(data, path));
    if (!facts.ok) return facts;
    merged = mergeFacts(merged, facts.value);
  }
  if (snapshot.files === undefined) return { ok: true, value: merged };
  const listing = readJson(resolve(data, snapshot.files));
  return listing.ok ? { ok: true, value: withFiles(merged, listing.value as FileListing) } : listing;
}
