/** What pip says when it gives up for a reason outside the search. */
import type { AbortReport } from '../../resolver/pip/report.ts';
import type { PipTextEra } from '../../resolver/pip/text-era.ts';

const CONSTRAINT_PROBLEMS = {
  unnamed: 'Unnamed requirements are not allowed as constraints',
  link: 'Links are not allowed as constraints',
  editable: 'Editable requirements are not allowed as constraints',
  extras: 'Constraints cannot have extras',
} as const;

const HASHES_MISMATCH =
  'THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package versions, ' +
  'please update the hashes. Otherwise, examine the package contents carefully; someone may have tampered with them.';
const HASHES_MISSING =
  'Hashes are required in --require-hashes mode, but they are missing from some requirements. Here is a list of ' +
  'those requirements along with the hashes their downloaded archives actually had. Add lines like these to your ' +
  'requirements files to prevent tampering. (If you did not enable --require-hashes manually, note that it turns ' +
  'on automatically when any package has a hash.)';
const HASHES_UNPINNED =
  'In --require-hashes mode, all requirements must have their versions pinned with ==. These do not:';

const UNHASHABLE = {
  repository:
    "Can't verify hashes for these requirements because we don't have a way to hash version control repositories:",
  directory: "Can't verify hashes for these file:// requirements because they point to directories:",
} as const;

/** Without the `ERROR: ` that pip puts before it. */
export function abortText(report: AbortReport, texts: PipTextEra): string {
  switch (report.kind) {
    case 'upload-time-missing':
      return `Index ${report.page} does not provide upload-time metadata.`;
    case 'invalid-metadata':
      return `Requested ${report.requested} has invalid metadata: ${report.error}`;
    case 'inconsistent-metadata':
      return inconsistencyText(report, texts);
    case 'build-failure':
      return `Failed to build '${report.project}' when installing ${report.step} dependencies for ${report.project}`;
    case 'build-conflict': {
      const { requirement, conflicts } = report;
      const pairs = conflicts.map(({ installed, wanted }) => `${installed} is incompatible with ${wanted}`);
      return `Some build dependencies for ${requirement} conflict with the backend dependencies: ${pairs.sort().join(', ')}.`;
    }
    case 'unsupported-wheel':
      return `${report.filename} is not a supported wheel on this platform.`;
    case 'invalid-constraint':
      return CONSTRAINT_PROBLEMS[report.problem];
    case 'hash-mismatch':
      return [HASHES_MISMATCH, `    ${report.requirement}:`, ...comparison(report), ''].join('\n');
    case 'hash-missing':
      return `${HASHES_MISSING}\n    ${report.requirement} --hash=sha256:${report.found}`;
    case 'hash-unhashable':
      return `${UNHASHABLE[report.what]}\n    ${report.requirement}`;
    case 'hash-unpinned':
      return `${HASHES_UNPINNED}\n    ${report.requirement}`;
  }
}

/** What the metadata says and what was expected of it. */
export function inconsistencyText(
  facts: {
    readonly requested: string;
    readonly field: 'name' | 'version';
    readonly expected: string;
    readonly found: string;
  },
  { inconsistency }: PipTextEra,
): string {
  const { requested, field, expected, found } = facts;
  if (inconsistency === 'different') {
    return `Requested ${requested} has different ${field} in metadata: '${found}'`;
  }
  const known = inconsistency === 'filename' ? 'filename has' : 'expected';
  return `Requested ${requested} has inconsistent ${field}: ${known} '${expected}', but metadata has '${found}'`;
}

function comparison({
  expected,
  found,
}: {
  readonly expected: readonly string[];
  readonly found: string;
}): readonly string[] {
  const lines = expected.map((hash, index) => {
    const [algorithm = '', value = ''] = hash.split(':');
    return `        Expected ${index === 0 ? algorithm : '    or'} ${value}`;
  });
  return [...lines, `             Got        ${found}`];
}
