/** `--require-hashes`: every file must be pinned and have one of the hashes that the user allows. */
import type { InstallRequirement } from './install-requirement.ts';
import { requestedText } from './link-text.ts';
import type { FoundFile } from './project-files.ts';
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
  if (rules.requireHashes && !rules.isDirect && !isPinned(ireq)) {
    throw new AbortSignal({ kind: 'hash-unpinned', requirement });
  }
  const { sha256 } = distribution;
  if (ireq.hashes === null) {
    if (!rules.requireHashes) return;
    const { text } = ireq.requirement;
    throw new AbortSignal({ kind: 'hash-missing', requirement: text, found: sha256 ?? '' });
  }
  if (sha256 === null || ireq.hashes.includes(`sha256:${sha256}`)) return;
  const expected = ireq.hashes.toSorted();
  throw new AbortSignal({ kind: 'hash-mismatch', requirement, expected, found: sha256 });
}

/** Exactly one `==` or `===`. */
function isPinned({ requirement: { specifier } }: InstallRequirement): boolean {
  const [only, ...others] = specifier.specifiers;
  if (only === undefined || others.length > 0 || only.isWildcard) return false;
  return only.operator === '==' || only.operator === '===';
}
