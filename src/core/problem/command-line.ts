/** The commands that ask the real tools the same question, for people to paste into a terminal. */
import type { EquivalentCommand } from './equivalent-command.ts';
import { pipCommand } from './pip-command.ts';
import type { Problem } from './problem.ts';
import { uvCommand } from './uv-command.ts';

/** pip's command and uv's, the chosen engine's first; a dated snapshot is asked for by its date. */
export function equivalentCommands(problem: Problem): readonly EquivalentCommand[] {
  const date = problem.options.uploadedPriorTo ?? snapshotDate(problem.index.snapshot);
  const dated = { ...problem, options: { ...problem.options, uploadedPriorTo: date } };
  const commands = [pipCommand(dated), uvCommand(dated)];
  return problem.engine.startsWith('uv@') ? commands.reverse() : commands;
}

/** `pypi-2023-09-07` → `2023-09-07`; null for an index without a date. */
export function snapshotDate(snapshot: string | undefined): string | null {
  return /(\d{4}-\d{2}-\d{2})$/.exec(snapshot ?? '')?.[1] ?? null;
}
