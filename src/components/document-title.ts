import type { RunSummary } from '../core/headless/resolver-service.ts';
import { isNothingAsked } from '../state/nothing-asked.ts';

/** The page's title: what came of the run first, so that tabs tell runs apart (WCAG 2.4.2). */
export function documentTitle(summary: RunSummary | null): string {
  if (summary === null || isNothingAsked(summary))
    return 'Backjump: watch Python dependencies being resolved';
  const { outcome, problem } = summary;
  const names = [...problem.requirements.matchAll(/^[ \t]*([A-Za-z0-9][\w.-]*)/gmu)].map(
    (match) => match[1]!,
  );
  const shown = names.slice(0, 3).join(' + ') + (names.length > 3 ? ' …' : '');
  const lines = counted(names.length, 'line');
  const words = {
    solved: outcome.kind === 'solved' ? `Solved: ${counted(outcome.pins.length, 'package')}` : '',
    unsolvable: `Conflict: ${lines}`,
    stopped: `Stopped: ${lines}`,
    incomplete: `Unknown facts: ${lines}`,
    invalid: `Cannot be read: ${lines}`,
  };
  return `${words[outcome.kind]}${shown === '' ? '' : `, ${shown}`} – Backjump`;
}

function counted(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
