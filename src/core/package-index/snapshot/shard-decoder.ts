/**
 * Reads shards (layout in shard-layout.ts). Opening one reads its tables; a project is decoded when it is asked for,
 * its dependencies when the first metadata is.
 */
import type { FileFacts, ProjectFacts, ReleaseFacts } from '../facts/facts.ts';
import { wheelFilename, type PageFacts } from '../facts/release-files.ts';
import { DamagedSnapshot, makeByteReader, readTexts, type ByteReader } from './byte-reader.ts';
import { readList } from './list-column.ts';
import { readRequirementTable, type RequirementReader } from './requirement-table.ts';
import {
  ACCOUNT_FORMAT,
  ACCOUNT_TABLES,
  FILE,
  RELEASE,
  SNAPSHOT_FORMAT,
  TABLES,
  type TableName,
} from './shard-layout.ts';
import { FACT_LIMITS, type FactLimit } from '../package-index.ts';
import { readTime } from './time-column.ts';
import { readVersion } from './version-column.ts';

/** What metadata needs of a release. */
export type MetadataFacts = Pick<ReleaseFacts, 'requires' | 'extras' | 'build_requires' | 'backend_requires'>;

/** One project of a shard, its page columns decoded. */
export interface ShardProject {
  readonly name: string;
  readonly versions: readonly string[];
  readonly pages: readonly PageFacts[];
  /** The dependencies of the release in this place; the first call decodes the lists of all. */
  metadata(release: number): MetadataFacts;
}

/** An open shard. `project` answers null for a name that it does not hold. */
export interface Shard {
  readonly names: readonly string[];
  project(name: string): ShardProject | null;
}

type Tables = Readonly<Record<(typeof TABLES)[number], readonly string[]>> &
  Partial<Readonly<Record<TableName, readonly string[]>>>;

function textAt(table: readonly string[], row: number): string {
  const text = table[row];
  if (text === undefined) throw new DamagedSnapshot(`row ${row} of a table of ${table.length}`);
  return text;
}

/** The text of row + 1; undefined for 0. */
function optionalText(table: readonly string[] | undefined, code: number): string | undefined {
  return code === 0 ? undefined : textAt(table ?? [], code - 1);
}

function readLists(reader: ByteReader, count: number): readonly (readonly number[])[] {
  const lists: (readonly number[])[] = [];
  let before: readonly number[] = [];
  for (let rest = count; rest > 0; rest--) lists.push((before = readList(reader, before)));
  return lists;
}

function toHexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function readFile(reader: ByteReader, tables: Tables, name: string, version: string): FileFacts {
  const flags = reader.byte();
  const file: { -readonly [Key in keyof FileFacts]: FileFacts[Key] } = { filename: '' };
  if (flags & FILE.canonical)
    file.filename = wheelFilename(name, version, textAt(tables.tags, reader.number()), reader.text());
  else file.filename = reader.text();
  if (flags & FILE.size) file.size = reader.number();
  if (flags & FILE.sha256) file.sha256 = toHexadecimal(reader.bytes(32));
  if (flags & FILE.url) file.url = reader.text();
  if (flags & FILE.requiresPython)
    file.requires_python = optionalText(tables.pythons, reader.number()) ?? null;
  if (flags & FILE.yanked) {
    const isYanked = reader.byte() === 1;
    const reason = optionalText(tables.reasons, reader.number()) ?? '';
    file.yanked = isYanked && reason;
  }
  if (flags & FILE.time) file['upload-time'] = readTime(reader, 0).time;
  return file;
}

type MutablePageFacts = { -readonly [Key in keyof PageFacts]: PageFacts[Key] };

/** Reads the page columns of `count` releases; `flags` of each are handed back for the metadata columns. */
function readPageColumns(reader: ByteReader, tables: Tables, name: string, count: number) {
  const versions: string[] = [];
  for (let at = 0; at < count; at++) versions.push(readVersion(reader, versions[at - 1] ?? ''));
  const flags = reader.bytes(count);
  const pages = versions.map((): MutablePageFacts => ({}));
  for (const [at, page] of pages.entries()) {
    if (flags[at]! & RELEASE.sdist) page.sdist = true;
    if (flags[at]! & RELEASE.unknown) page.unknown = true;
    const source = optionalText(tables.sources, reader.number());
    if (source !== undefined) page.from = source;
  }
  for (const page of pages) {
    const python = optionalText(tables.pythons, reader.number());
    if (python !== undefined) page.requires_python = python;
  }
  const having = (bit: number) => pages.flatMap((page, at) => (flags[at]! & bit ? [{ page, at }] : []));
  let tags: readonly number[] = [];
  for (const { page } of having(RELEASE.wheels)) {
    tags = readList(reader, tags);
    page.wheels = tags.map((row) => textAt(tables.tags, row));
  }
  for (const { page } of having(RELEASE.yanked))
    page.yanked = optionalText(tables.reasons, reader.number()) ?? true;
  let before = 0;
  for (const { page } of having(RELEASE.time)) {
    const { time, seconds } = readTime(reader, before);
    page['upload-time'] = time;
    before = seconds;
  }
  for (const { page, at } of having(RELEASE.files)) {
    page.files = Array.from({ length: reader.number() }, () => readFile(reader, tables, name, versions[at]!));
  }
  return { versions, flags, pages };
}

const KNOWN_LIMITS: ReadonlySet<string> = new Set(FACT_LIMITS);

function isLimit(text: string): text is FactLimit {
  return KNOWN_LIMITS.has(text);
}

function readAccountColumns(reader: ByteReader, tables: Tables, pages: readonly MutablePageFacts[]): void {
  for (const page of pages) {
    const limits = optionalText(tables.limits, reader.number());
    if (limits !== undefined) page.limits = limits.split(' ').filter(isLimit);
  }
  for (const page of pages) {
    const pythons = optionalText(tables.vouched, reader.number());
    if (pythons !== undefined) page.pythons = pythons;
  }
  let before = 0;
  for (const page of pages) {
    if (reader.byte() === 0) continue;
    const { time, seconds } = readTime(reader, before);
    page.seen = time;
    before = seconds;
  }
}

function readProject(
  reader: ByteReader,
  tables: Tables,
  requirement: RequirementReader,
  name: string,
): ShardProject {
  const count = reader.number();
  const { versions, flags, pages } = readPageColumns(reader, tables, name, count);
  if (tables.limits !== undefined) readAccountColumns(reader, tables, pages);
  let lists: ReturnType<typeof readMetadataColumns> | null = null;
  return {
    name,
    versions,
    pages,
    metadata(release) {
      lists ??= readMetadataColumns(reader, flags);
      const builds = lists.builds.get(release);
      const backends = lists.backends.get(release);
      const textsOf = (rows: readonly number[]) => rows.map((row) => textAt(tables.builds, row));
      return {
        requires: lists.requires[release]!.map((row) => requirement(row, versions[release]!)),
        extras: lists.extras[release]!.map((row) => textAt(tables.extras, row)),
        ...(builds === undefined ? {} : { build_requires: textsOf(builds) }),
        ...(backends === undefined ? {} : { backend_requires: textsOf(backends) }),
      };
    },
  };
}

function readMetadataColumns(reader: ByteReader, flags: Uint8Array) {
  const requires = readLists(reader, flags.length);
  const extras = readLists(reader, flags.length);
  const having = (bit: number): ReadonlyMap<number, readonly number[]> => {
    const lists = new Map<number, readonly number[]>();
    let before: readonly number[] = [];
    for (const [at, bits] of flags.entries())
      if (bits & bit) lists.set(at, (before = readList(reader, before)));
    return lists;
  };
  return { requires, extras, builds: having(RELEASE.build), backends: having(RELEASE.backend) };
}

/** Opens an inflated shard. Throws `DamagedSnapshot` when the bytes are none, or of another format. */
export function openShard(bytes: Uint8Array): Shard {
  const reader = makeByteReader(bytes);
  const format = reader.byte();
  if (format !== SNAPSHOT_FORMAT && format !== ACCOUNT_FORMAT)
    throw new DamagedSnapshot(`a shard of format ${format}`);
  const names = readTexts(reader);
  const requirement = readRequirementTable(reader);
  const tableNames = format === ACCOUNT_FORMAT ? [...TABLES, ...ACCOUNT_TABLES] : TABLES;
  const tables = Object.fromEntries(tableNames.map((table) => [table, readTexts(reader)])) as Tables;
  const lengths = names.map(() => reader.number());
  const starts = new Map<string, number>();
  let start = reader.position;
  for (const [at, name] of names.entries()) {
    starts.set(name, start);
    start += lengths[at]!;
  }
  if (start !== bytes.length)
    throw new DamagedSnapshot(`${bytes.length} bytes where ${start} were announced`);
  return {
    names,
    project(name) {
      const from = starts.get(name);
      return from === undefined ? null : readProject(makeByteReader(bytes, from), tables, requirement, name);
    },
  };
}

/** Everything that a shard says of a project, as facts. */
export function projectFacts(project: ShardProject): ProjectFacts {
  return Object.fromEntries(
    project.versions.map((version, at): [string, ReleaseFacts] => {
      const { extras, ...metadata } = project.metadata(at);
      return [
        version,
        {
          ...metadata,
          ...project.pages[at],
          ...(extras === undefined || extras.length === 0 ? {} : { extras }),
        },
      ];
    }),
  );
}
