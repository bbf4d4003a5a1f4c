/** Facts of some projects → the bytes of a shard (before deflate). The layout is drawn in shard-layout.ts. */
import type { FileFacts, ProjectFacts, ReleaseFacts } from '../facts/facts.ts';
import { canonicalUploadTime, readFilename, wheelFilename, yankedReason } from '../facts/release-files.ts';
import { makeByteWriter, writeTexts, type ByteWriter } from './byte-writer.ts';
import { writeList } from './list-column.ts';
import { makeRequirementWriter, type RequirementWriter } from './requirement-table.ts';
import {
  ACCOUNT_FORMAT,
  ACCOUNT_TABLES,
  FILE,
  RELEASE,
  SNAPSHOT_FORMAT,
  TABLES,
  type TableName,
} from './shard-layout.ts';
import { makeTextTable, type TextTable } from './text-table.ts';
import { writeTime } from './time-column.ts';
import { writeVersion } from './version-column.ts';

/** A project under its normalised name. */
export interface NamedProject {
  readonly name: string;
  readonly releases: ProjectFacts;
}

type Tables = Readonly<Record<TableName, TextTable>>;
type Release = readonly [version: string, facts: ReleaseFacts];

function releaseFlags(facts: ReleaseFacts): number {
  let flags = 0;
  if (facts.sdist === true) flags |= RELEASE.sdist;
  if (facts.wheels !== undefined) flags |= RELEASE.wheels;
  if (facts.unknown === true) flags |= RELEASE.unknown;
  if (yankedReason(facts.yanked) !== false) flags |= RELEASE.yanked;
  if (facts['upload-time'] !== undefined) flags |= RELEASE.time;
  if (facts.build_requires !== undefined && facts.build_requires !== null) flags |= RELEASE.build;
  if (facts.files !== undefined) flags |= RELEASE.files;
  if (facts.backend_requires !== undefined) flags |= RELEASE.backend;
  return flags;
}

/** 0 for nothing, else row + 1. */
function optionalRow(table: TextTable, text: string | null | undefined): number {
  return text === undefined || text === null ? 0 : table.row(text) + 1;
}

/** 0 for a yank without a reason. */
function reasonRow(table: TextTable, yanked: boolean | string | undefined): number {
  const reason = yankedReason(yanked);
  return reason === '' ? 0 : optionalRow(table, reason === false ? null : reason);
}

function writeFile(writer: ByteWriter, tables: Tables, name: string, version: string, file: FileFacts): void {
  const { tags, build } = readFilename(file.filename);
  const isCanonical = tags !== '' && wheelFilename(name, version, tags, build) === file.filename;
  let flags = isCanonical ? FILE.canonical : 0;
  if (file.size !== undefined) flags |= FILE.size;
  if (file.sha256 !== undefined) flags |= FILE.sha256;
  if (file.url !== undefined) flags |= FILE.url;
  if (file.requires_python !== undefined) flags |= FILE.requiresPython;
  if (file.yanked !== undefined) flags |= FILE.yanked;
  if (file['upload-time'] !== undefined) flags |= FILE.time;
  writer.byte(flags);
  if (isCanonical) {
    writer.number(tables.tags.row(tags));
    writer.text(build);
  } else writer.text(file.filename);
  if (file.size !== undefined) writer.number(file.size);
  if (file.sha256 !== undefined) writer.bytes(fromHexadecimal(file.sha256));
  if (file.url !== undefined) writer.text(file.url);
  if (file.requires_python !== undefined) writer.number(optionalRow(tables.pythons, file.requires_python));
  if (file.yanked !== undefined) {
    writer.byte(yankedReason(file.yanked) === false ? 0 : 1);
    writer.number(reasonRow(tables.reasons, file.yanked));
  }
  if (file['upload-time'] !== undefined) writeTime(writer, 0, canonicalUploadTime(file['upload-time']) ?? '');
}

function fromHexadecimal(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    parseInt(text.slice(at * 2, at * 2 + 2), 16),
  );
}

/** Each column as lists of rows, each list as its difference from the one before. */
function writeLists(writer: ByteWriter, lists: readonly (readonly number[])[]): void {
  let before: readonly number[] = [];
  for (const list of lists) {
    writeList(writer, before, list);
    before = list;
  }
}

function writePageColumns(
  writer: ByteWriter,
  tables: Tables,
  name: string,
  releases: readonly Release[],
): void {
  let version = '';
  for (const [next] of releases) {
    writeVersion(writer, version, next);
    version = next;
  }
  for (const [, facts] of releases) writer.byte(releaseFlags(facts));
  for (const [, facts] of releases) writer.number(optionalRow(tables.sources, facts.from));
  for (const [, facts] of releases) writer.number(optionalRow(tables.pythons, facts.requires_python));
  const wheels = releases.flatMap(([, facts]) => (facts.wheels === undefined ? [] : [facts.wheels]));
  writeLists(
    writer,
    wheels.map((tags) => tags.map((tag) => tables.tags.row(tag))),
  );
  for (const [, facts] of releases)
    if (yankedReason(facts.yanked) !== false) writer.number(reasonRow(tables.reasons, facts.yanked));
  let seconds = 0;
  for (const [, facts] of releases) {
    const time = canonicalUploadTime(facts['upload-time']);
    if (time !== null) seconds = writeTime(writer, seconds, time);
  }
  for (const [own, facts] of releases) {
    if (facts.files === undefined) continue;
    writer.number(facts.files.length);
    for (const file of facts.files) writeFile(writer, tables, name, own, file);
  }
}

function hasAccount({ limits, pythons, seen }: ReleaseFacts): boolean {
  return limits !== undefined || pythons !== undefined || seen !== undefined;
}

/** How far the accounts of releases go, and when releases were first seen. */
function writeAccountColumns(writer: ByteWriter, tables: Tables, releases: readonly Release[]): void {
  for (const [, { limits = [] }] of releases)
    writer.number(optionalRow(tables.limits, limits.length === 0 ? null : limits.join(' ')));
  for (const [, { pythons }] of releases) writer.number(optionalRow(tables.vouched, pythons));
  let seconds = 0;
  for (const [, facts] of releases) {
    const seen = canonicalUploadTime(facts.seen);
    writer.byte(seen === null ? 0 : 1);
    if (seen !== null) seconds = writeTime(writer, seconds, seen);
  }
}

function writeMetadataColumns(
  writer: ByteWriter,
  tables: Tables,
  requirements: RequirementWriter,
  releases: readonly Release[],
): void {
  const texts = releases.map(([version, facts]) => ({ version, texts: facts.requires }));
  let before: readonly number[] = [];
  for (const [at, release] of texts.entries()) {
    const rows = requirements.rows(release, before, texts[at + 1] ?? null);
    writeList(writer, before, rows);
    before = rows;
  }
  writeLists(
    writer,
    releases.map(([, facts]) => (facts.extras ?? []).map((extra) => tables.extras.row(extra))),
  );
  for (const column of ['build_requires', 'backend_requires'] as const) {
    const lists = releases.flatMap(([, facts]) => (facts[column] ? [facts[column]] : []));
    writeLists(
      writer,
      lists.map((list) => list.map((text) => tables.builds.row(text))),
    );
  }
}

/** The shard that holds these projects. The bytes depend on nothing but the argument. */
export function encodeShard(projects: readonly NamedProject[]): Uint8Array<ArrayBuffer> {
  const tables: Tables = {
    pythons: makeTextTable(),
    tags: makeTextTable(),
    extras: makeTextTable(),
    sources: makeTextTable(),
    reasons: makeTextTable(),
    builds: makeTextTable(),
    limits: makeTextTable(),
    vouched: makeTextTable(),
  };
  const isAccounted = projects.some(({ releases }) => Object.values(releases).some(hasAccount));
  const requirements = makeRequirementWriter();
  const blocks = projects.map(({ name, releases }) => {
    const block = makeByteWriter();
    const rows = Object.entries(releases);
    block.number(rows.length);
    writePageColumns(block, tables, name, rows);
    if (isAccounted) writeAccountColumns(block, tables, rows);
    writeMetadataColumns(block, tables, requirements, rows);
    return block.finish();
  });
  const writer = makeByteWriter();
  writer.byte(isAccounted ? ACCOUNT_FORMAT : SNAPSHOT_FORMAT);
  writeTexts(
    writer,
    projects.map(({ name }) => name),
  );
  requirements.write(writer);
  for (const table of isAccounted ? [...TABLES, ...ACCOUNT_TABLES] : TABLES)
    writeTexts(writer, tables[table].texts);
  for (const block of blocks) writer.number(block.length);
  for (const block of blocks) writer.bytes(block);
  return writer.finish();
}
