/** What a learner changed of a question: lines, whatever their spelling. */
import type { Problem } from '../problem/problem.ts';

type Pane = 'requirements' | 'index' | 'constraints';

/** Lines with something in them; blanks inside do not count. */
function linesOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#.*$/u, '').replaceAll(/\s+/gu, ''))
    .filter((line) => line !== '');
}

function textOf(problem: Problem, pane: Pane): string | undefined {
  return pane === 'index' ? problem.index.overlay : problem[pane];
}

export function keepsPane(start: Problem, now: Problem, pane: Pane): boolean {
  return linesOf(textOf(start, pane)).join('\n') === linesOf(textOf(now, pane)).join('\n');
}

/** Whether the requirement on a line of the start still stands somewhere, as it was. */
export function keepsLine(start: Problem, now: Problem, line: number): boolean {
  const [kept] = linesOf(start.requirements.split('\n')[line - 1]);
  return kept === undefined || linesOf(now.requirements).includes(kept);
}

/** Lines of all panes that are not as they were: one that is rewritten counts once, wherever it stands. */
export function changedLines(start: Problem, now: Problem): number {
  const panes: readonly Pane[] = ['requirements', 'index', 'constraints'];
  return panes.reduce(
    (sum, pane) => {
      const before = linesOf(textOf(start, pane));
      const after = linesOf(textOf(now, pane));
      return sum + Math.max(countMissing(before, after), countMissing(after, before));
    },
    linesOf(start.overrides).join() === linesOf(now.overrides).join() ? 0 : 1,
  );
}

/** How many lines of one list the other does not have, repeated lines counted. */
function countMissing(lines: readonly string[], others: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  let missing = 0;
  for (const line of lines) {
    const left = counts.get(line) ?? 0;
    if (left === 0) missing += 1;
    else counts.set(line, left - 1);
  }
  return missing;
}
