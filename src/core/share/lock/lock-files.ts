/** The files that a solved run can be taken away as: the tool's own lock, and a list for pip. */
import { pinsText } from '../../explain/pins-text.ts';
import { PYPI_SIMPLE } from '../../problem/index-url.ts';
import { toolOf, type LockedRun, type LockFile } from './locked-run.ts';
import { pdmLockFile, pdmRequirementLines } from './pdm-lock-text.ts';
import { poetryLockFile, poetryRequirementLines } from './poetry-lock-text.ts';
import { uvLockFile } from './uv-lock-text.ts';

/** The tool's own lock first. None where the run was not solved. */
export function lockFilesOf(run: LockedRun): readonly LockFile[] {
  if (run.outcome.kind !== 'solved' || run.isRefused) return [];
  const lock = ownLock(run);
  return [...(lock === null ? [] : [lock]), requirementsFile(run)];
}

function ownLock(run: LockedRun): LockFile | null {
  switch (toolOf(run)) {
    case 'uv':
      return uvLockFile(run, run.problem.index.urls?.[0] ?? PYPI_SIMPLE);
    case 'poetry':
      return poetryLockFile(run);
    case 'pdm':
      return pdmLockFile(run);
    default:
      return null;
  }
}

function requirementsFile(run: LockedRun): LockFile {
  return { name: 'requirements.txt', text: requirementsText(run), omissions: [] };
}

function requirementsText(run: LockedRun): string {
  const { outcome, locked } = run;
  const pins = outcome.kind === 'solved' ? outcome.pins : [];
  const lines = linesOf(run, run.exportable?.() ?? locked?.lines ?? []);
  return lines.length === 0 ? pinsText(pins, 'requirements') : lines.map((line) => `${line}\n`).join('');
}

function linesOf(run: LockedRun, printed: readonly string[]): readonly string[] {
  switch (toolOf(run)) {
    case 'poetry':
      return poetryRequirementLines(run);
    case 'pdm':
      return pdmRequirementLines(run);
    default:
      return printed;
  }
}
