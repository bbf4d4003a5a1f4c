/** `--require-hashes`: every file must be pinned and have one of the hashes that the user allows. */
import { isSolePin } from '../../packaging/pin.ts';
import type { InstallRequirement } from './install-requirement.ts';
import { hashOfAddress, isRepository } from './address.ts';
import { requestedText } from './link-text.ts';
import type { FoundFile } from './finder/project-files.ts';
import { AbortSignal } from './stop-signals.ts';

export interface HashRules {
  readonly requireHashes: boolean;
  /** Named by its URL: such files cannot be pinned otherwise. */
  readonly isDirect: boolean;
}

/**
 * Throws AbortSignal when pip would refuse the file. A hash that the index does not tell is taken to be right: pip
 * would have to fetch the file to know.
 */
export function checkHashes(file: FoundFile, ireq: InstallRequirement, rules: HashRules): void {
  const { distribution } = file;
  const requirement = requestedText(ireq, distribution);
  if (rules.requireHashes && rules.isDirect) refuseUnhashable(distribution.url ?? '', requirement);
  if (rules.requireHashes && !rules.isDirect && !isSolePin(ireq.requirement.specifier)) {
    throw new AbortSignal({ kind: 'hash-unpinned', requirement });
  }
  const { sha256 } = distribution;
  const hashes = allowedHashes(file, ireq, rules);
  if (hashes === null) {
    if (!rules.requireHashes) return;
    const { text } = ireq.requirement;
    throw new AbortSignal({ kind: 'hash-missing', requirement: text, found: sha256 ?? '' });
  }
  if (sha256 === null || hashes.includes(`sha256:${sha256}`)) return;
  const expected = hashes.toSorted();
  throw new AbortSignal({ kind: 'hash-mismatch', requirement, expected, found: sha256 });
}

/** What the line allows, and its address: with hashes required, only an address that the user wrote. */
function allowedHashes(
  { distribution }: FoundFile,
  { hashes, comesFrom }: InstallRequirement,
  { requireHashes, isDirect }: HashRules,
): readonly string[] | null {
  // Without its extras, what the user wrote comes from what he wrote with them.
  const isOfExtras =
    typeof comesFrom === 'object' && comesFrom !== null && comesFrom.requirement.url !== null;
  const origin = isOfExtras ? comesFrom.comesFrom : comesFrom;
  const isTrusted = isDirect && (!requireHashes || typeof origin !== 'object' || origin === null);
  const own = isTrusted ? hashOfAddress(distribution.url ?? '') : null;
  return own === null ? hashes : [...(hashes ?? []), own];
}

function refuseUnhashable(url: string, requirement: string): void {
  if (isRepository(url)) throw new AbortSignal({ kind: 'hash-unhashable', what: 'repository', requirement });
  const isArchive = /\.(?:whl|zip|tar|tgz|tbz|txz|tlz|tar\.\w+)$/iu.test(url.replace(/[?#].*$/u, ''));
  if (isArchive || !url.startsWith('file:')) return;
  throw new AbortSignal({ kind: 'hash-unhashable', what: 'directory', requirement });
}
