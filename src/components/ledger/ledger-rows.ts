/** Rows of the ledger's table, and what the filters leave of them. */
import { REASON_NAMES, reasonWords } from '../../core/explain/ledger-words.ts';
import type { ProjectLedger } from '../../core/ledger/run-ledger.ts';
import { REASON_KINDS, type LedgerReasonKind } from '../../core/ledger/ledger.ts';

/** Python and platform that reasons are told for. */
export interface LedgerTarget {
  readonly pythonVersion: string;
  readonly platform: string;
}

export interface LedgerRow {
  readonly version: string;
  readonly kind: LedgerReasonKind | 'candidate';
  /** `chosen`, or a candidate that was or was not tried, or left out. */
  readonly state: 'chosen' | 'tried' | 'candidate' | 'out';
  /** Mark and word of the state; the word alone carries the meaning. */
  readonly verdict: string;
  readonly why: string;
  /** Earliest upload of its files, `2024-05-01`; '' when not known. */
  readonly uploaded: string;
  /** Positions in the ledger's entries. */
  readonly files: readonly number[];
  /** The file that would be taken. */
  readonly best: number | null;
  /** The step at which it was first tried; null for never. */
  readonly step: number | null;
}

/** What is asked of the rows. */
export interface LedgerFilter {
  /** Null for all. */
  kind: LedgerReasonKind | 'candidate' | null;
  text: string;
  order: 'newest' | 'oldest';
}

/** Every version, newest first. */
export function ledgerRows(ledger: ProjectLedger, target: LedgerTarget): readonly LedgerRow[] {
  return ledger.versions.map(({ version, reason, files, best }): LedgerRow => {
    const isChosen = ledger.chosen.includes(version);
    const step = ledger.tried[version] ?? null;
    const state = isChosen ? 'chosen' : reason !== null ? 'out' : step === null ? 'candidate' : 'tried';
    const times = files.flatMap((at) => ledger.entries[at]?.file.uploadTime ?? []).sort();
    return {
      version,
      kind: reason?.kind ?? 'candidate',
      state,
      verdict: isChosen ? 'Chosen' : reason === null ? 'Candidate' : REASON_NAMES[reason.kind],
      why: reason === null ? candidateWords(state, step) : reasonWords(reason, ledger.limits, target),
      uploaded: times[0]?.slice(0, 10) ?? '',
      files,
      best,
      step,
    };
  });
}

/** What became of a version that nothing keeps out. */
function candidateWords(state: LedgerRow['state'], step: number | null): string {
  if (state === 'chosen') return 'is what the run takes';
  return step === null ? '' : `was tried and given up, first at step ${step + 1}`;
}

/** Rows that pass; text is looked for in versions and names of files, and words in reasons too. */
export function filterRows(
  rows: readonly LedgerRow[],
  ledger: ProjectLedger,
  { kind, text, order }: Readonly<LedgerFilter>,
): readonly LedgerRow[] {
  const wanted = text.trim().toLowerCase();
  const passing = rows.filter((row) => {
    if (kind !== null && row.kind !== kind) return false;
    if (wanted === '') return true;
    const names = row.files.map((at) => ledger.entries[at]?.file.filename ?? '');
    // Reasons are full of versions: who types one looks for that one.
    const reasons = /^\d/u.test(wanted) ? [] : [row.verdict, row.why];
    return [row.version, ...names, ...reasons].some((each) => each.toLowerCase().includes(wanted));
  });
  return order === 'newest' ? passing : passing.toReversed();
}

/** Kinds that a ledger has, candidates first, with how many versions each. */
export function kindCounts(counts: ProjectLedger['counts']): readonly {
  readonly kind: LedgerReasonKind | 'candidate';
  readonly label: string;
  readonly count: number;
}[] {
  return (['candidate', ...REASON_KINDS] as const)
    .map((kind) => ({ kind, label: REASON_NAMES[kind], count: counts[kind] }))
    .filter(({ count }) => count > 0);
}
