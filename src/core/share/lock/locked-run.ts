/** What lock files are written from, and what becomes of it. */
import { parseEngineId, type EngineFamily } from '../../problem/engine-id.ts';
import type { Problem } from '../../problem/problem.ts';
import type { ResolveRequest } from '../../resolver/engine.ts';
import type { EngineResult } from '../../resolver/outcome.ts';

/** A run, as far as a lock file says it. */
export interface LockedRun extends Pick<
  EngineResult,
  'outcome' | 'packages' | 'locked' | 'lockEntries' | 'exportable'
> {
  readonly problem: Problem;
  readonly request: ResolveRequest | null;
  readonly isRefused: boolean;
}

/**
 * What the tool would write besides, and nobody here knows: names, digests and addresses of files; the digest of the
 * project's own tables; one-line descriptions of projects.
 */
export type LockOmission = 'files' | 'content-hash' | 'descriptions';

/** A file that is made of a solved run. */
export interface LockFile {
  /** `uv.lock`, `requirements.txt`. */
  readonly name: string;
  readonly text: string;
  readonly omissions: readonly LockOmission[];
}

/** Whose lock it would be. */
export function toolOf({ problem }: LockedRun): EngineFamily | null {
  const id = parseEngineId(problem.engine);
  return id.ok ? id.value.family : null;
}
