import type { RunSummary } from '../core/headless/resolver-service.ts';

/** The page's title: what came of the run first, so that tabs tell runs apart (WCAG 2.4.2). */
export function documentTitle(summary: RunSummary | null): string {
  if (summary === null) return 'Backjump: watch Python dependencies being resolved';
  const { outcome, problem } = summary;
  const names = [...problem.requirements.matchAll(/^[ \t]*([A-Za-z0-9][\w.-]*)/gmu)].map(
    (match) => match[1]!,
  );
  const shown = names.slice(0, 3).join(' + ') + (names.length > 3 ? ' …' : '');
  const lines = `${names.length} ${names.length === 1 ? 'line' : 'lines'}`;
  const words = {
    solved: outcome.kind === 'solved' ? `Solved: ${outcome.pins.length} packages` : '',
    unsolvable: `Conflict: ${lines}`,
    stopped: `Stopped: ${lines}`,
    incomplete: `Unknown facts: ${lines}`,
    invalid: `Cannot be read: ${lines}`,
  };
  return `${words[outcome.kind]}${shown === '' ? '' : `, ${shown}`} – Backjump`;
}
