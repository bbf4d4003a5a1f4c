/** Verdicts and costs in words, for tables and for who cannot see them. */
import type { Cell, Verdict } from '../../core/compare/cell.ts';

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  solved: 'solves',
  broken: 'ends broken',
  impossible: 'impossible',
  wrong: 'says impossible, wrongly',
  stopped: 'stopped',
  unknown: 'facts are missing',
  refused: 'refused',
};

/** Marks by shape; the word stands beside them or in the name. */
export const VERDICT_MARKS: Readonly<Record<Verdict, string>> = {
  solved: '●',
  broken: '◐',
  impossible: '✕',
  wrong: '⊗',
  stopped: '…',
  unknown: '?',
  refused: '–',
};

export function cellWords(cell: Cell): string {
  const reason = cell.reason === '' ? '' : ` (${cell.reason})`;
  return `${VERDICT_WORDS[cell.verdict]}${reason}`;
}

/** What a small picture shows. */
export function pictureWords(cell: Cell): string {
  return `${cellWords(cell)}: ${cell.pinned} choices, ${cell.skipped} skipped, ${cell.undone} undone`;
}
