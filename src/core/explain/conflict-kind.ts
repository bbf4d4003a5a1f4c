/** The four things that "impossible" can mean; tools give them one name, and people then look in the wrong place. */
import { allBits } from './conflict-facts.ts';
import { boundsOf, packageAt, type ConflictView } from './narrowing-view.ts';

/**
 * `conflict`: each part exists, together they do not fit. `no-such-package`: the index has no project of that name.
 * `no-version-in-range`: it has, but no version in the range. `not-for-you`: such versions exist, but not for this
 * Python or platform, or they were withdrawn.
 */
export type ConflictKind = 'conflict' | 'no-such-package' | 'no-version-in-range' | 'not-for-you';

const PRIORITY: readonly ConflictKind[] = ['no-such-package', 'no-version-in-range', 'not-for-you'];

/** What kind of conflict a narrowing proves. Two different demands that meet in one package make a `conflict`. */
export function conflictKind(view: ConflictView): ConflictKind {
  const kinds = boundsOf(view).map((at) => boundKind(view, at));
  const demands = kinds.filter((kind) => kind === 'demand').length;
  if (demands > 1 || kinds.includes('conflict')) return 'conflict';
  return PRIORITY.find((kind) => kinds.includes(kind)) ?? 'conflict';
}

/** `demand`: allows some versions. A clash counts by what it clashes with. */
function boundKind(view: ConflictView, at: number): ConflictKind | 'demand' {
  const { reason, package: row, used } = view.slice.steps[at]!;
  const isAbsent = packageAt(view, row).versions.length === 0;
  if (reason.kind === 'needed') {
    if (isAbsent || reason.facts.every(({ allowed }) => allowed === 0n)) return absenceKind(view, row);
    return used === allBits(packageAt(view, row).versions) ? 'conflict' : 'demand';
  }
  if (reason.kind === 'clash')
    return reason.fact.allowed === 0n ? absenceKind(view, reason.fact.dependency) : 'conflict';
  if (reason.fact.kind === 'unusable') return 'not-for-you';
  if (reason.fact.allowed !== 0n) return 'demand';
  return absenceKind(view, row);
}

function absenceKind(view: ConflictView, row: number): ConflictKind {
  const { identifier, status, place } = packageAt(view, row);
  if (identifier === 'Python') return 'not-for-you';
  // What a snapshot does not hold may well exist.
  return status === 'absent' && place === 'the index' ? 'no-such-package' : 'no-version-in-range';
}
