/** The index of a Problem, from files: inline facts or a path to them, or a snapshot of public/snapshots. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeFactsIndex } from '../core/package-index/facts/facts-index.ts';
import { parseFacts } from '../core/package-index/facts/facts.ts';
import type { PackageIndex } from '../core/package-index/package-index.ts';
import { failure, success, type Result } from '../core/packaging/result.ts';
import type { Problem } from '../core/problem/problem.ts';
import { openSnapshotFromDisk, readManifest, SNAPSHOT_FOLDER } from './snapshot/snapshot-files.ts';

export function defaultSnapshot(): string {
  const manifest = readManifest(SNAPSHOT_FOLDER);
  return manifest.ok ? manifest.value.default : '';
}

/** Indexes that a stream of Problems names again and again; those used last are kept. */
const KEPT_INDEXES = 4;

/** Opens indexes, and keeps the last few that were read from disk. `folder` as in `openProblemIndex`. */
export function makeIndexOpener(folder: string): (problem: Problem) => Result<PackageIndex> {
  const kept = new Map<string, Result<PackageIndex>>();
  return (problem) => {
    const { facts, snapshot } = problem.index;
    const key =
      typeof facts === 'string'
        ? `facts ${facts}`
        : facts === undefined
          ? `snapshot ${snapshot ?? ''}`
          : null;
    // Facts that stand in the Problem itself are used once; so is an index that is empty below its overlay.
    const isEmptyBelow = facts === undefined && snapshot === undefined && problem.index.overlay !== undefined;
    if (key === null || isEmptyBelow) return openProblemIndex(problem, folder);
    const index = kept.get(key) ?? openProblemIndex(problem, folder);
    kept.delete(key);
    kept.set(key, index);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_INDEXES && oldest !== undefined) kept.delete(oldest);
    return index;
  };
}

/** `folder` is what a relative path in `index.facts` starts from. The error's message names the field. */
export function openProblemIndex(problem: Problem, folder: string): Result<PackageIndex> {
  const { facts, snapshot, overlay } = problem.index;
  if (facts !== undefined) return openFacts(facts, folder);
  // What is written by hand stands for itself; a question that names nothing is asked on the default snapshot.
  if (snapshot === undefined && overlay !== undefined) return success(makeFactsIndex({ projects: {} }));
  const id = snapshot ?? defaultSnapshot();
  const opened = openSnapshotFromDisk(id);
  if (!opened.ok) return fieldError('index.snapshot', opened.error);
  return success(opened.value);
}

function openFacts(facts: unknown, folder: string): Result<PackageIndex> {
  let value = facts;
  if (typeof facts === 'string') {
    try {
      value = JSON.parse(readFileSync(resolve(folder, facts), 'utf8'));
    } catch (error) {
      return fieldError('index.facts', (error as Error).message);
    }
  }
  const parsed = parseFacts(value);
  if (!parsed.ok) return fieldError(`index.facts.${parsed.error.path}`, parsed.error.message);
  return success(makeFactsIndex(parsed.value));
}

function fieldError(field: string, message: string): Result<never> {
  return failure(`field ${field}: ${message}`, 0, 0);
}
