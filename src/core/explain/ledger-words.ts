/** The ledger's reasons in words: as the end of "it exists, but …", and as headings of columns and filters. */
import { assertNever } from '../packaging/assert.ts';
import type { LedgerLimitRow, LedgerReason, LedgerReasonKind } from '../ledger/ledger.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import type { TargetEnvironment } from '../packaging/target-environment.ts';
import type { LineSource } from '../resolver/trace.ts';
import { code, lineName, listOf, nameAtVersion } from './words.ts';

/** The environment; `askedPython` is uv's `--python-version` where it is given. */
export type LedgerTarget = Pick<TargetEnvironment, 'pythonVersion' | 'platform'> & {
  readonly askedPython?: string | null;
};

/** What words about files need to know of a request. */
export function ledgerTarget({ target, options }: Pick<ResolveRequest, 'target' | 'options'>): LedgerTarget {
  const { pythonVersion, platform } = target;
  return { pythonVersion, platform, askedPython: options.pythonVersion };
}

/** What a reason is called in a list of reasons. */
export const REASON_NAMES: Readonly<Record<LedgerReasonKind | 'candidate', string>> = {
  candidate: 'Candidate',
  specifier: 'Outside what is asked for',
  constraint: 'Outside a constraint',
  python: 'Other Python',
  tags: 'Other platform or Python build',
  yanked: 'Yanked',
  prerelease: 'Pre-release',
  date: 'Uploaded too late',
  format: 'Kind of file',
  hash: 'Other hash',
  version: 'No readable version',
  metadata: 'With unknown dependencies',
};

function askerName({ asker }: LedgerLimitRow): string {
  if (asker.kind === 'candidate') return nameAtVersion(asker.name, asker.version);
  return lineName({ pane: asker.pane as LineSource['pane'], line: asker.line });
}

/** `line 3 asks for <2`, `` `core` 2.0 asks for >=4 ``. */
export function limitWords(limit: LedgerLimitRow): string {
  const verb = limit.isConstraint ? 'allows only' : 'asks for';
  return `${askerName(limit)} ${verb} ${limit.text === '' ? 'any version' : code(limit.text)}`;
}

/** A clause without a subject: ``needs Python `>=3.12`, and this is 3.11.7``. `limits` are the ledger's. */
export function reasonWords(
  reason: LedgerReason,
  limits: readonly LedgerLimitRow[],
  target: LedgerTarget,
): string {
  const python = target.askedPython ?? target.pythonVersion;
  switch (reason.kind) {
    case 'specifier':
    case 'constraint':
      return `is outside: ${listOf(reason.limits.flatMap((at) => (limits[at] ? [limitWords(limits[at])] : [])))}`;
    case 'python':
      return `needs Python ${code(reason.requiresPython)}, and ${
        target.askedPython === null || target.askedPython === undefined
          ? `this is ${python}`
          : `${code('--python-version')} is ${python}`
      }`;
    case 'tags':
      return `has no file for ${target.platform} and Python ${python}`;
    case 'yanked':
      return `was withdrawn by its authors (yanked)${reason.reason === '' ? '' : `: “${reason.reason}”`}`;
    case 'prerelease':
      return reason.isLastResort
        ? 'is a pre-release, tried only when every other version in range has failed'
        : 'is a pre-release; nobody asked for one';
    case 'date':
      return reason.uploadTime === null
        ? 'has no upload time in this index, so the date leaves it out'
        : `was uploaded on ${reason.uploadTime.slice(0, 10)}, not before the cut-off date`;
    case 'format':
      return FORMAT_WORDS[reason.excluded];
    case 'hash':
      return 'has another hash than your line allows';
    case 'version':
      return 'has a version that this tool cannot read';
    case 'metadata':
      return METADATA_WORDS[reason.state];
    default:
      return assertNever(reason);
  }
}

const FORMAT_WORDS = {
  wheel: 'is only there as a wheel, and your options take none',
  sdist: 'is only there as source, and your options take none',
  archive: 'is in a kind of file that this tool does not take',
} as const;

const METADATA_WORDS = {
  unknown: 'has dependencies that this snapshot does not know',
  invalid: 'has metadata that cannot be read',
  inconsistent: 'has the metadata of another project or version',
} as const;
