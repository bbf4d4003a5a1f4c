/** Loads what a question will most likely need, before its engine has asked: the page and the worker start meanwhile. */
import { normalizeName } from '../../core/packaging/name.ts';
import type { Problem } from '../../core/problem/problem.ts';
import type { SnapshotStore } from './snapshot-store.ts';

const FIRST_NAME = /^\s*([a-z0-9][\w.-]*)/iu;

/** Names that lines of a text begin with. A guess: whatever it misses, the engine names. */
export function foreseenProjects(requirements: string): readonly string[] {
  const names = requirements.split('\n').flatMap((line) => FIRST_NAME.exec(line)?.[1] ?? []);
  return [...new Set(names.map(normalizeName))];
}

/** Starts loading, and forgets how it ends: a run that needs the same facts waits for the same load, or tries again. */
export function loadForeseen(snapshots: SnapshotStore, { requirements, index }: Problem): void {
  if (index.snapshot === undefined) return;
  const facts = foreseenProjects(requirements).map((project) => ({
    missing: 'page' as const,
    project,
    loadable: true,
  }));
  void snapshots.loadMissing(index.snapshot, facts);
}
