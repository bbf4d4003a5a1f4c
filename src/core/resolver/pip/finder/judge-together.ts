/**
 * The tests that pip makes of all files of a project together, once requirements have been asked: what is hidden by what
 * else is there (`index/package_finder.py`, `CandidateEvaluator.get_applicable_candidates`, `filter_unallowed_hashes`;
 * `resolution/resolvelib/factory.py`, `_iter_found_candidates`). In pip's order, each sees what passed those before it:
 *
 *   specifiers ▸ pre-releases ▸ hashes ▸ yanked
 */
import type { Distribution } from '../../../package-index/package-index.ts';
import { namesPrerelease, type SpecifierSet } from '../../../packaging/specifier.ts';
import { pinsVersion } from '../../../packaging/pin.ts';
import { isPackaging26 } from '../../../packaging/prerelease-policy.ts';
import type { PipEra } from '../era.ts';
import type { FinderRules } from './judge-files.ts';

/** Before packaging 22 the empty set admits no version that PEP 440 does not know. */
export function hidesLegacyVersions(sets: readonly SpecifierSet[], { policy }: PipEra): boolean {
  return policy === 'packaging-20' && sets.every(({ specifiers }) => specifiers.length === 0);
}

/**
 * `SpecifierSet.filter` on all limits together. `hasFinal`: a final release passed them; a yanked one counts, and can
 * hide the only pre-release.
 */
export function hidesPrereleases(
  sets: readonly SpecifierSet[],
  { allowsPrereleases, era }: Pick<FinderRules, 'allowsPrereleases' | 'era'>,
  hasFinal: boolean,
): boolean {
  if (allowsPrereleases !== null) return !allowsPrereleases;
  if (sets.some((set) => namesPrerelease(set, era.policy))) return false;
  if (hasFinal) return true;
  return !isPackaging26(era.policy) && sets.some(({ specifiers }) => specifiers.length > 0);
}

/** `hashes`: `sha256:…` of the files that the user allows; null: any. */
export function hasAllowedHash({ sha256 }: Distribution, hashes: readonly string[] | null): boolean {
  return sha256 !== null && hashes !== null && hashes.includes(`sha256:${sha256}`);
}

/** Whether yanked files are left out. `hasUnyanked`: one that is not yanked passed all else. */
export function hidesYanked(
  sets: readonly SpecifierSet[],
  { yanked }: PipEra,
  hasUnyanked: boolean,
): boolean {
  if (yanked === 'last') return false;
  if (hasUnyanked) return true;
  return yanked === 'if-pinned' && !sets.some(pinsVersion);
}
