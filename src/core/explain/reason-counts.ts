/** What keeps versions of a project out besides specifiers: Python, platform, yanks …, counted, in words. */
import type { Ledger } from '../ledger/ledger.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import { ledgerTarget, reasonWords } from './ledger-words.ts';
import { count } from './words.ts';

/** Most first. */
export function reasonCounts(
  { versions, limits }: Ledger,
  request: Pick<ResolveRequest, 'target' | 'options'>,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const { reason } of versions) {
    if (reason === null || reason.kind === 'specifier' || reason.kind === 'constraint') continue;
    const told = reason.kind === 'yanked' ? { ...reason, reason: '' } : reason;
    const words = reasonWords(told, limits, ledgerTarget(request));
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([words, amount]) =>
      amount === 1 ? `1 version ${words}.` : `${count(amount, 'version')}, each of which ${words}.`,
    );
}
