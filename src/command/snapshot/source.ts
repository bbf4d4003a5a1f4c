/**
 * Reads whatever a snapshot can be built from. What a path is, is seen from what lies there:
 *
 *   NAME of a snapshot              as `inspect` lists them
 *   wheel or source archive         one release
 *   text                            facts, a saved page of the simple API, a report, metadata (document-source.ts)
 *   folder                          all of these, and pip's HTTP cache, at any depth
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Facts } from '../../core/package-index/facts/facts.ts';
import { mergeFacts } from '../../core/package-index/facts/merge-facts.ts';
import { projectFacts } from '../../core/package-index/snapshot/shard-decoder.ts';
import type { Result } from '../../core/packaging/result.ts';
import { parseWheelFilename } from '../../core/packaging/wheel-filename.ts';
import { addArchive, isArchiveName, isForeignArchiveName } from './archive-source.ts';
import { addDocument } from './document-source.ts';
import { makeFactsCollector, type FactsCollector } from './facts-collector.ts';
import { addCachedAnswer, isCachedAnswer } from './pip-cache-source.ts';
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

const NOT_KNOWN = 'neither an archive, facts, a page of the simple API, a report, `pip inspect` nor metadata';

/** Whether a file of a folder is worth reading as a text: saved pages and JSON, and metadata as it lies beside wheels. */
function isDocumentName(path: string): boolean {
  return /\.(?:html?|json|v1_json|metadata)$/u.test(path) || basename(path) === 'METADATA';
}

/** Metadata that lies beside a wheel (PEP 658) is named for it: `six-1.0-py3-none-any.whl.metadata`. */
function addWheelOfMetadata(filename: string, collector: FactsCollector): void {
  const wheel = filename.replace(/\.metadata$/u, '');
  const named = parseWheelFilename(wheel);
  if (wheel === filename || !named.ok) return;
  const { name, version } = named.value;
  collector.addFile({ project: name, version: version.text, filename: wheel });
}

/** Adds a file. False: it has nothing to do with packages. `isMeant`: somebody named it, so that its name says nothing. */
function addFile(path: string, isMeant: boolean, collector: FactsCollector): Result<boolean, string> {
  try {
    if (isArchiveName(path)) {
      const added = addArchive(path, collector);
      return added.ok ? { ok: true, value: true } : added;
    }
    if (isForeignArchiveName(path))
      return { ok: false, error: 'archives of this form are not read here (wheels, .tar.gz and .zip are)' };
    const isCached = isCachedAnswer(path);
    if (!isCached && !isMeant && !isDocumentName(path)) return { ok: true, value: false };
    const added = isCached
      ? addCachedAnswer(path, collector)
      : addDocument(readFileSync(path, 'utf8'), collector);
    if (!added.ok) return added;
    if (added.value === 'metadata') addWheelOfMetadata(basename(path), collector);
    return { ok: true, value: added.value !== 'other' };
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
    const added = addFile(path, false, collector);
    if (!added.ok) skipped.push({ path, reason: added.error });
    else if (added.value) read++;
    else others++;
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
  const senses = index.value.directory.entries.flatMap(({ name, partial }) =>
    partial === undefined ? [] : [[name, partial] as const],
  );
  const partial = senses.length === 0 ? {} : { partial: { projects: Object.fromEntries(senses) } };
  return { ok: true, value: { projects: Object.fromEntries(projects), ...partial } };
}

function readFile(path: string): Result<Facts, string> {
  const collector = makeFactsCollector();
  const added = addFile(path, true, collector);
  if (!added.ok) return added;
  return added.value ? { ok: true, value: collector.facts() } : { ok: false, error: NOT_KNOWN };
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
      : readFile(path);
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
