/**
 * Reads whatever a snapshot can be built from. What a path is, is seen from what lies there:
 *
 *   NAME of a snapshot                           as `inspect` lists them
 *   folder                                       wheels, source archives, saved pages and pip's HTTP cache, at any depth
 *   {"projects": …}                              facts
 *   {"meta": …, "files": …}, or HTML             a saved page of the simple API
 *   {"install": …} or {"installed": …}           pip's installation report, or `pip inspect`
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { parseFacts, type Facts } from '../../core/package-index/facts.ts';
import { mergeFacts } from '../../core/package-index/merge-facts.ts';
import { projectFacts } from '../../core/package-index/snapshot/shard-decoder.ts';
import type { Result } from '../../core/packaging/result.ts';
import { addArchive, isArchiveName, isForeignArchiveName } from './archive-source.ts';
import { makeFactsCollector, type FactsCollector } from './facts-collector.ts';
import { addCachedAnswer, addDocument, isCachedAnswer, type CachedKind } from './pip-cache-source.ts';
import { showProgress } from './progress.ts';
import { openSnapshotFromDisk, readManifest } from './snapshot-files.ts';

/** An input that was passed over, and why. */
export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

export interface ReadSource {
  readonly facts: Facts;
  /** Inputs that gave facts. */
  readonly read: number;
  readonly skipped: readonly Skipped[];
  /** Files in folders that have nothing to do with packages. */
  readonly others: number;
}

const itemSchema = v.object({
  metadata: v.object({
    name: v.string(),
    version: v.string(),
    requires_dist: v.optional(v.array(v.string()), []),
    requires_python: v.nullish(v.string()),
    provides_extra: v.optional(v.array(v.string()), []),
  }),
  download_info: v.optional(
    v.object({
      url: v.string(),
      archive_info: v.optional(v.object({ hashes: v.optional(v.record(v.string(), v.string())) })),
    }),
  ),
  is_yanked: v.optional(v.boolean()),
});

/** The form of pip's installation report, and of `pip inspect`. */
const reportSchema = v.object({
  install: v.optional(v.array(itemSchema)),
  installed: v.optional(v.array(itemSchema)),
});

const NOT_KNOWN = 'neither facts, a page of the simple API, a report nor `pip inspect`';

function addReport(value: unknown, collector: FactsCollector): Result<null, string> {
  const report = v.safeParse(reportSchema, value, { abortEarly: true });
  if (!report.success)
    return { ok: false, error: `${v.getDotPath(report.issues[0]) ?? ''}: ${report.issues[0].message}` };
  for (const item of [...(report.output.install ?? []), ...(report.output.installed ?? [])]) {
    const { name, version, requires_dist, requires_python, provides_extra } = item.metadata;
    collector.addMetadata(name, version, {
      metadataVersion: null,
      name,
      version,
      requiresPython: requires_python ?? null,
      requiresDist: requires_dist,
      providesExtra: provides_extra,
      dynamic: [],
    });
    const filename = /[^/]+$/u.exec(item.download_info?.url.split(/[?#]/u)[0] ?? '')?.[0];
    if (filename === undefined || !isArchiveName(filename)) continue;
    collector.addFile({
      project: name,
      version,
      filename: decodeURIComponent(filename),
      sha256: item.download_info?.archive_info?.hashes?.['sha256'] ?? null,
      requiresPython: requires_python ?? null,
      yanked: item.is_yanked === true ? '' : false,
    });
  }
  return { ok: true, value: null };
}

function readDocumentFile(path: string): Result<Facts, string> {
  const text = readFileSync(path, 'utf8');
  const collector = makeFactsCollector();
  if (!text.trimStart().startsWith('{')) {
    const added = addDocument(text, collector);
    if (!added.ok) return added;
    return added.value === 'other' ? { ok: false, error: NOT_KNOWN } : { ok: true, value: collector.facts() };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, error: `no JSON: ${String(error)}` };
  }
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.includes('projects')) {
    const facts = parseFacts(value);
    return facts.ok ? facts : { ok: false, error: `${facts.error.path}: ${facts.error.message}` };
  }
  const isReport = keys.includes('install') || keys.includes('installed');
  const added = isReport ? addReport(value, collector) : addDocument(text, collector);
  if (!added.ok) return added;
  return added.value === 'other' ? { ok: false, error: NOT_KNOWN } : { ok: true, value: collector.facts() };
}

/** What a file in a folder gives; `other` for one that has nothing to do with packages. */
function addFileOfFolder(path: string, collector: FactsCollector): Result<CachedKind | null, string> {
  if (isArchiveName(path)) return addArchive(path, collector);
  if (isCachedAnswer(path)) return addCachedAnswer(path, collector);
  if (isForeignArchiveName(path))
    return { ok: false, error: 'archives of this form are not read here (wheels, .tar.gz and .zip are)' };
  if (!/\.(?:html?|json|v1_json)$/u.test(path)) return { ok: true, value: 'other' };
  try {
    return addDocument(readFileSync(path, 'utf8'), collector);
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}

function readFolder(folder: string): ReadSource {
  const collector = makeFactsCollector();
  const skipped: Skipped[] = [];
  let read = 0;
  let others = 0;
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => resolve(entry.parentPath, entry.name))
    .sort();
  for (const [at, path] of paths.entries()) {
    showProgress(`reading ${folder}`, (at + 1) / paths.length);
    const added = addFileOfFolder(path, collector);
    if (!added.ok) skipped.push({ path, reason: added.error });
    else if (added.value === 'other') others++;
    else read++;
  }
  return { facts: collector.facts(), read, skipped, others };
}

function readSnapshot(id: string, folder: string): Result<Facts, string> {
  const index = openSnapshotFromDisk(id, folder);
  if (!index.ok) return index;
  const projects = index.value.directory.entries.map(({ name }) => {
    const project = index.value.project(name);
    return [name, project === null ? {} : projectFacts(project)] as const;
  });
  return { ok: true, value: { projects: Object.fromEntries(projects) } };
}

function readOne(path: string, snapshots: string): ReadSource {
  const manifest = readManifest(snapshots);
  const isSnapshot = manifest.ok && manifest.value.snapshots.some(({ id }) => id === path);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!isSnapshot && stat?.isDirectory() === true) return readFolder(path);
  const facts: Result<Facts, string> = isSnapshot
    ? readSnapshot(path, snapshots)
    : stat === undefined
      ? { ok: false, error: 'there is no such file or snapshot' }
      : readDocumentFile(path);
  if (facts.ok) return { facts: facts.value, read: 1, skipped: [], others: 0 };
  return { facts: { projects: {} }, read: 0, skipped: [{ path, reason: facts.error }], others: 0 };
}

/** Reads sources in order and merges them; what cannot be read is skipped and named. */
export function readSources(paths: readonly string[], snapshots: string): ReadSource {
  let facts: Facts = { projects: {} };
  let read = 0;
  let others = 0;
  const skipped: Skipped[] = [];
  for (const path of paths) {
    const source = readOne(path, snapshots);
    facts = mergeFacts(facts, source.facts);
    read += source.read;
    skipped.push(...source.skipped);
    others += source.others;
  }
  return { facts, read, skipped, others };
}
