/** Limits of the user's that ask for nothing by themselves (`-c`). Entries of one project all hold. */
import { evaluateMarker } from '../../packaging/marker.ts';
import { EMPTY_SPECIFIER_SET, intersectSpecifierSets, type SpecifierSet } from '../../packaging/specifier.ts';
import type { ResolveRequest, UserRequirement } from '../engine.ts';
import type { PipEra } from './era.ts';
import { AbortSignal } from './stop-signals.ts';

export interface Constraint {
  readonly specifier: SpecifierSet;
  /** Null: any. */
  readonly hashes: readonly string[] | null;
  readonly urls: readonly string[];
}

export const NO_CONSTRAINT: Constraint = { specifier: EMPTY_SPECIFIER_SET, hashes: null, urls: [] };

/** Hashes that both allow; null allows any. */
export function intersectHashes(
  left: readonly string[] | null,
  right: readonly string[] | null,
): readonly string[] | null {
  if (left === null || right === null) return left ?? right;
  return left.filter((hash) => right.includes(hash));
}

/**
 * By project. `intern` makes equal sets one object. Throws AbortSignal on what pip does not accept as a constraint.
 */
export function collectConstraints(
  request: ResolveRequest,
  era: PipEra,
  intern: (set: SpecifierSet) => SpecifierSet,
): ReadonlyMap<string, Constraint> {
  const constraints = new Map<string, Constraint>();
  for (const entry of request.constraints) {
    refuse(entry, era);
    const { normalizedName, specifier, marker, url } = entry.requirement;
    if (marker !== null && !evaluateMarker(marker, request.target.markers, '', era.policy)) continue;
    const existing = constraints.get(normalizedName) ?? NO_CONSTRAINT;
    constraints.set(normalizedName, {
      specifier: intern(intersectSpecifierSets(existing.specifier, specifier)),
      hashes: intersectHashes(existing.hashes, entry.hashes.length === 0 ? null : entry.hashes),
      urls: url === null ? existing.urls : [...existing.urls, url],
    });
  }
  return constraints;
}

function refuse({ isEditable, requirement }: UserRequirement, era: PipEra): void {
  if (requirement.name === '') throw new AbortSignal({ kind: 'invalid-constraint', problem: 'unnamed' });
  const isLink = isEditable || requirement.url !== null;
  if (isLink && era.urlConstraints === 'no')
    throw new AbortSignal({ kind: 'invalid-constraint', problem: 'link' });
  if (isEditable) throw new AbortSignal({ kind: 'invalid-constraint', problem: 'editable' });
  if (requirement.extras.length > 0) throw new AbortSignal({ kind: 'invalid-constraint', problem: 'extras' });
}
