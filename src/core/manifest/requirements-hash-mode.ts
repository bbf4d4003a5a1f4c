/** pip's hash-checking mode: one `--hash` anywhere, or `--require-hashes`, and every requirement needs both. */
import type { Complaint } from './diagnostic.ts';
import type { RequirementEntry } from './requirements-file.ts';
import type { RequirementsFileOptions } from './requirements-file-options.ts';
import { REQUIREMENTS_MESSAGES as SAY } from './requirements-messages.ts';

/**
 * Warnings about entries that pip refuses later, when it prepares files: missing hashes, and versions that are not
 * pinned (pip `_internal/req/req_install.py`, `hashes_required`; constraints may supply both since 26.1).
 */
export function checkHashMode(
  entries: readonly RequirementEntry[],
  options: RequirementsFileOptions,
): Complaint[] {
  const first = entries.find((entry) => entry.hashes.length > 0);
  if (options.requireHashes === false || (first === undefined && options.requireHashes === null)) return [];
  const complaints: Complaint[] = [];
  for (const entry of entries) {
    if (entry.hashes.length === 0) {
      const message = SAY['hashes-missing'](first?.line ?? null);
      complaints.push({ severity: 'warning', code: 'hashes-missing', message, span: entry.span });
    } else if (entry.requirement.url === null && !isPinned(entry)) {
      const message = SAY['hash-needs-pin']();
      complaints.push({ severity: 'warning', code: 'hash-needs-pin', message, span: entry.span });
    }
  }
  return complaints;
}

/** pip's `is_pinned`: exactly one specifier, `==` without wildcard or `===`. */
function isPinned(entry: RequirementEntry): boolean {
  const { specifiers } = entry.requirement.specifier;
  const only = specifiers[0];
  if (specifiers.length !== 1 || only === undefined) return false;
  return (only.operator === '==' || only.operator === '===') && !only.isWildcard;
}
