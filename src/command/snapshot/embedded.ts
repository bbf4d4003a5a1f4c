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
import type { PartialSense } from '../../core/package-index/package-index.ts';
import type { SnapshotTitle } from './build-command.ts';
import { fillFacts, markRemnants, mendPythons, tidyTimes, withoutEmpty } from './repair-facts.ts';

/** A snapshot of ours and the facts files, relative to the data folder, that are merged into it. */
export interface EmbeddedSnapshot extends SnapshotTitle {
  readonly facts: readonly string[];
  /** In what sense all of its lists are partial; absent: those that can be seen to be. */
  readonly partial?: PartialSense;
  /** What is known of releases that the facts lack or do not know: `{"fills": {project: {version: facts}}}`. */
  readonly fills?: string;
  /** Facts that state more of `requires_python`. */
  readonly pythons?: string;
  /** File names and sizes of its releases: `{project: {version: [{filename, size}]}}`. */
  readonly files?: string;
}

const RESOLVELIB = 'Collected from PyPI for the tests of resolvelib (sarugaku/resolvelib)';

/** In the order of the snapshot menu; the first is the default. */
export const EMBEDDED_SNAPSHOTS: readonly EmbeddedSnapshot[] = [
  {
    id: 'pypi-2026-11',
    title: 'PyPI, November 2026',
    date: '2026-11-21',
    facts: ['facts/pypi-2026-locks.json'],
    partial: 'chosen',
    source: 'Lock files of 47 public repositories (2018 to 2026), and core metadata of wheels',
    license: 'MIT, MIT-0, Apache-2.0 and BSD-3-Clause repositories; facts of the packages’ own metadata',
    world: 'open',
    description:
      'What public lock files chose between 2018 and November 2026, with real requirements, wheel tags and dates. Good for today’s questions. No list of releases is whole: the newest release that is known here is not always the newest there is. A date is that of the upload, or that of the first lock file that shows the release. It has no yanks and no hashes; projects that it does not hold are unknown, not absent.',
  },
  {
    id: 'pypi-2023-09-07',
    title: 'PyPI, 7 September 2023',
    date: '2023-09-07',
    facts: ['facts/pypi-2023-09-07.json'],
    fills: 'facts/fill-2023.json',
    pythons: 'facts/pypi-2026-locks.json',
    source:
      'mach-nix dependency database (DavHau/pypi-deps-db and forks), completed from lock files of public repositories',
    license: 'MIT; MIT, MIT-0, Apache-2.0 and BSD-3-Clause repositories',
    world: 'open',
    description:
      'The most downloaded packages with every release, closed over the dependencies that need no extra. Good for real conflicts and long searches. It has hardly any dates and no yanks or hashes; releases without a recorded wheel are modelled as one py2.py3-none-any wheel; packages that it does not hold are unknown, not absent.',
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
    partial: 'chosen',
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

/** Files that several snapshots are made of are read once. */
const readFiles = new Map<string, Result<Facts, string>>();

function readFactsOnce(path: string): Result<Facts, string> {
  let facts = readFiles.get(path);
  if (facts === undefined) readFiles.set(path, (facts = readFactsFile(path)));
  return facts;
}

function withFiles(facts: Facts, listing: FileListing): Facts {
  const projects = Object.entries(facts.projects).map(([name, releases]) => {
    const listed = Object.entries(releases).map(([version, release]): [string, ReleaseFacts] => {
      const files = listing[name]?.[version]?.map(({ filename, size }): FileFacts => ({ filename, size }));
      return [version, files === undefined ? release : { ...release, files }];
    });
    return [name, Object.fromEntries(listed)] as const;
  });
  return { ...facts, projects: Object.fromEntries(projects) };
}

/** What a file of fills says, as facts. */
function readFills(path: string): Result<Facts, string> {
  const json = readJson(path);
  if (!json.ok) return json;
  const facts = parseFacts({ projects: (json.value as { fills?: unknown } | null)?.fills });
  if (facts.ok) return facts;
  return { ok: false, error: `${path}: ${facts.error.path}: ${facts.error.message}` };
}

function readMerged(paths: readonly string[], data: string): Result<Facts, string> {
  let merged: Facts = { projects: {} };
  for (const path of paths) {
    const facts = readFactsOnce(resolve(data, path));
    if (!facts.ok) return facts;
    merged = mergeFacts(merged, facts.value);
  }
  return { ok: true, value: merged };
}

/** The facts of an embedded snapshot, from the data folder. */
export function readEmbeddedFacts(snapshot: EmbeddedSnapshot, data: string): Result<Facts, string> {
  const merged = readMerged(snapshot.facts, data);
  if (!merged.ok) return merged;
  let facts = merged.value;
  if (snapshot.fills !== undefined) {
    const fills = readFills(resolve(data, snapshot.fills));
    if (!fills.ok) return fills;
    facts = fillFacts(facts, fills.value);
  }
  if (snapshot.pythons !== undefined) {
    const witness = readFactsOnce(resolve(data, snapshot.pythons));
    if (!witness.ok) return witness;
    facts = mendPythons(facts, witness.value);
  }
  facts = tidyTimes(facts);
  if (snapshot.partial !== undefined) facts = { ...facts, partial: { all: snapshot.partial } };
  else if (snapshot.world === 'open') facts = markRemnants(facts);
  facts = withoutEmpty(facts);
  if (snapshot.files === undefined) return { ok: true, value: facts };
  const listing = readJson(resolve(data, snapshot.files));
  return listing.ok ? { ok: true, value: withFiles(facts, listing.value as FileListing) } : listing;
}
