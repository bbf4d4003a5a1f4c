/** `--lock`: the files that a solved run can be taken away as. */
import type { Run } from '../../core/headless/run.ts';
import { lockFilesOf } from '../../core/share/lock/lock-files.ts';
import type { LockFile } from '../../core/share/lock/locked-run.ts';

export const LOCK_HELP = `  --lock     "lock_files": what a solved run can be taken away as, each with "name" (uv.lock, poetry.lock or pdm.lock for a
             project, and requirements.txt), "text", and "omissions": what the tool would write besides and the index
             does not say (files, content-hash, descriptions); empty where nothing was solved
`;

export interface LockAnswer {
  readonly lock_files: readonly LockFile[];
}

export function lockAnswer(run: Run): LockAnswer {
  return { lock_files: lockFilesOf(run) };
}
