/** pip's hash-checking mode: one `--hash` anywhere, or `--require-hashes`, and every requirement needs both. */
import { isSolePin } from '../../packaging/pin.ts';
import type { Complaint } from '../syntax/diagnostic.ts';
import type { RequirementEntry } from './requirements-file.ts';
import type { RequirementsFileOptions } from './requirements-file-options.ts';
import { REQUIREMENTS_MESSAGES as SAY } from './requirements-messages.ts';

/**
 * What pip refuses later, when it prepares files: entries without hash, and with a hash but without an exact version
 * (pip `_internal/req/req_install.py`, `hashes_required`; constraints may supply both since 26.1). One warning each,
 * at the first such entry, since a file either is made for hash mode or is not.
 */
export function checkHashMode(
  entries: readonly RequirementEntry[],
  options: RequirementsFileOptions,
): Complaint[] {
  const hashed = entries.find((entry) => entry.hashes.length > 0);
  if (options.requireHashes === false || (hashed === undefined && options.requireHashes === null)) return [];
  const missing = entries.filter((entry) => entry.hashes.length === 0);
  const unpinned = entries.filter(
    (entry) =>
      entry.hashes.length > 0 && entry.requirement.url === null && !isSolePin(entry.requirement.specifier),
  );
  const complaints: Complaint[] = [];
  if (missing[0] !== undefined) {
    const message = SAY['hashes-missing'](hashed?.line ?? null, missing.length);
    complaints.push({ severity: 'warning', code: 'hashes-missing', message, span: missing[0].span });
  }
  if (unpinned[0] !== undefined) {
    const message = SAY['hash-needs-pin'](unpinned.length);
    complaints.push({ severity: 'warning', code: 'hash-needs-pin', message, span: unpinned[0].span });
  }
  return complaints;
}
