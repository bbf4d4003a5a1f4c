/** What a search did, as moves that can be compared between engines: choices, skips, choices undone, jumps, learnt rules. */
import { EVENT_CODE } from '../resolver/events.ts';
import type { Trace } from '../resolver/trace.ts';

export type MoveKind = 'pin' | 'skip' | 'undo' | 'conflict' | 'jump' | 'rollback' | 'learn' | 'fork' | 'end';

export interface Move {
  readonly kind: MoveKind;
  /** Normalised project name and version; '' for moves that are about no candidate. */
  readonly project: string;
  readonly version: string;
  readonly step: number;
  /** Choices that stand afterwards. */
  readonly depth: number;
}

/** Moves that a story keeps at most; `total` counts the others. */
export const MAX_MOVES = 2_000;

const KIND_OF: Readonly<Record<number, MoveKind>> = {
  [EVENT_CODE.pin]: 'pin',
  [EVENT_CODE.decide]: 'pin',
  [EVENT_CODE.restore]: 'pin',
  [EVENT_CODE.reject]: 'skip',
  [EVENT_CODE.unpin]: 'undo',
  [EVENT_CODE.conflict]: 'conflict',
  [EVENT_CODE.clash]: 'conflict',
  [EVENT_CODE.backjump]: 'jump',
  [EVENT_CODE.rollback]: 'rollback',
  [EVENT_CODE.learn]: 'learn',
  [EVENT_CODE.fork]: 'fork',
  [EVENT_CODE.done]: 'end',
};

const OF_CANDIDATES: ReadonlySet<MoveKind> = new Set(['pin', 'skip', 'undo']);

/**
 * The moves of a trace, in order. Candidates that are no projects (Python, the user's lines) are left out, and what a
 * tool decides once more for an extra of the same version is one move.
 */
export function movesOf(
  trace: Trace,
  limit = MAX_MOVES,
): { readonly moves: readonly Move[]; readonly total: number } {
  const moves: Move[] = [];
  let total = 0;
  let depth = 0;
  let last = '';
  for (let step = 0; step < trace.length; step++) {
    const kind = KIND_OF[trace.kinds[step]!];
    if (kind === undefined) continue;
    let project = '';
    let version = '';
    if (OF_CANDIDATES.has(kind)) {
      const candidate = trace.candidates[trace.first[step]!]!;
      project = trace.packages[candidate.package]?.name ?? '';
      version = candidate.version;
      if (project === '' || version === '' || candidate.origin === 'python' || candidate.origin === 'root')
        continue;
      const key = `${kind} ${project} ${version}`;
      if (key === last) continue;
      last = key;
      depth = Math.max(0, depth + (kind === 'pin' ? 1 : kind === 'undo' ? -1 : 0));
    }
    total += 1;
    if (moves.length < limit) moves.push({ kind, project, version, step, depth });
  }
  return { moves, total };
}
