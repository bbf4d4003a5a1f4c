/** A lock as the page shows it: what is installed where, and the files that it can be taken away as. */
import { lockTable, type LockTable } from '../explain/lock-table.ts';
import { lockFilesOf } from '../share/lock/lock-files.ts';
import { lockLinesOf, supportedMinors } from '../share/lock/lock-lines.ts';
import type { LockFile } from '../share/lock/locked-run.ts';
import type { Run } from './run.ts';

export interface LockView {
  readonly table: LockTable;
  readonly files: readonly LockFile[];
}

export function lockViewOf(run: Run): LockView {
  const lines = lockLinesOf(run);
  return {
    table: lockTable(lines, lines.length === 0 ? [] : supportedMinors(run)),
    files: lockFilesOf(run),
  };
}
