/**
 * Two stories side by side: what both did stands in one row, what one did alone has a row of its own. The first
 * difference is one row, whatever each told before it that the other has no word for.
 *
 *   pip 26.2   ● a 2.0   ● b 2.0   ✕   ◌ b 2.0 ┐
 *   uv 0.12    ● a 2.0   ● b 2.0       ● b 1.0 ┘ the first difference
 */
import type { Move } from './moves.ts';
import type { Pair } from './pair.ts';

export interface LockstepRow {
  readonly left: Move | null;
  readonly right: Move | null;
  /** Whether both made this very move. */
  readonly isShared: boolean;
  readonly isFirstDifference: boolean;
}

/** Moves of each story, on either side of the difference, that are looked at: the work is the product of both. */
const MOST = 400;

export function lockstep({ left, right, difference }: Pair): readonly LockstepRow[] {
  if (difference === null) return merge(left.moves, right.moves);
  const leftAt = difference.left.at ?? left.moves.length;
  const rightAt = difference.right.at ?? right.moves.length;
  const first: LockstepRow = {
    left: left.moves[leftAt] ?? null,
    right: right.moves[rightAt] ?? null,
    isShared: false,
    isFirstDifference: true,
  };
  return [
    ...merge(left.moves.slice(0, leftAt), right.moves.slice(0, rightAt)),
    ...(difference.isWithinKept ? [first] : []),
    ...merge(left.moves.slice(leftAt + 1), right.moves.slice(rightAt + 1)),
  ];
}

/** Aligns two stories by their longest common subsequence of moves. */
function merge(allLeft: readonly Move[], allRight: readonly Move[]): readonly LockstepRow[] {
  const left = allLeft.slice(0, MOST);
  const right = allRight.slice(0, MOST);
  const lengths = commonLengths(left, right);
  const width = right.length + 1;
  const rows: LockstepRow[] = [];
  let [l, r] = [0, 0];
  while (l < left.length || r < right.length) {
    const [mine, other] = [left[l] ?? null, right[r] ?? null];
    if (mine !== null && other !== null && isSame(mine, other)) {
      rows.push({ left: mine, right: other, isShared: true, isFirstDifference: false });
      l += 1;
      r += 1;
    } else if (
      other === null ||
      (mine !== null && lengths[(l + 1) * width + r]! >= lengths[l * width + r + 1]!)
    ) {
      rows.push({ left: mine, right: null, isShared: false, isFirstDifference: false });
      l += 1;
    } else {
      rows.push({ left: null, right: other, isShared: false, isFirstDifference: false });
      r += 1;
    }
  }
  return rows;
}

/** Length of the longest common subsequence of what follows each pair of places. */
function commonLengths(left: readonly Move[], right: readonly Move[]): Uint16Array {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let l = left.length - 1; l >= 0; l--)
    for (let r = right.length - 1; r >= 0; r--)
      lengths[l * width + r] = isSame(left[l]!, right[r]!)
        ? lengths[(l + 1) * width + r + 1]! + 1
        : Math.max(lengths[(l + 1) * width + r]!, lengths[l * width + r + 1]!);
  return lengths;
}

function isSame(left: Move, right: Move): boolean {
  return left.kind === right.kind && left.project === right.project && left.version === right.version;
}
