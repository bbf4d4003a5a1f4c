/** The command that asks the real tool the same question, for people to paste into a terminal. */
import { pipCommand, uvCommand, type EquivalentCommand } from '../manifest/command-line.ts';
import type { Problem } from './problem.ts';

/** For uv's engines uv's command, for all others pip's; a dated snapshot is asked for by its date. */
export function equivalentCommand(problem: Problem): EquivalentCommand {
  const uploadedPriorTo = problem.options.uploadedPriorTo ?? snapshotDate(problem.index.snapshot);
  const dated = { ...problem, options: { ...problem.options, uploadedPriorTo } };
  return problem.engine.startsWith('uv@') ? uvCommand(dated) : pipCommand(dated);
}

/** `pypi-2023-09-07` → `2023-09-07`. */
function snapshotDate(snapshot: string | undefined): string | null {
  return /(\d{4}-\d{2}-\d{2})$/.exec(snapshot ?? '')?.[1] ?? null;
}
