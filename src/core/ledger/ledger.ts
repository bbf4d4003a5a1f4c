/**
 * The candidate ledger: every file that a page lists, with every reason why it is no candidate, or none. pip hides most
 * of these reasons; the ledger is data for whoever explains, and holds no prose.
 *
 * Which tests a tool makes, and in which order, is said elsewhere: pip-ledger.ts, and uv-ledger.ts.
 */
import { compareVersions, type Version } from '../packaging/version.ts';
import type { Distribution, ProjectPage } from '../package-index/package-index.ts';
import type { FileObjection } from '../resolver/pip/finder/judge-files.ts';

/**
 * Why a file is no candidate: what a tool holds against it, or what decides between versions. `limits`: positions in the
 * ledger's `limits`.
 */
export type LedgerReason =
  | FileObjection
  /** `isLastResort`: the tool comes to it when every stable version in range has failed (uv). */
  | { readonly kind: 'prerelease'; readonly isLastResort: boolean }
  | { readonly kind: 'specifier'; readonly limits: readonly number[] }
  | { readonly kind: 'constraint'; readonly limits: readonly number[] }
  | { readonly kind: 'hash' }
  | { readonly kind: 'yanked'; readonly reason: string }
  /** Its own metadata keeps it from being tried. */
  | { readonly kind: 'metadata'; readonly state: MetadataFault };

/** The dependencies are not known, cannot be read, or are those of another project or version. */
export type MetadataFault = 'unknown' | 'invalid' | 'inconsistent';

export type LedgerReasonKind = LedgerReason['kind'];

/** Kinds of reasons, in the order in which people ask about them. */
export const REASON_KINDS = [
  ...(['specifier', 'constraint', 'python', 'tags', 'yanked', 'prerelease', 'date', 'format'] as const),
  ...(['hash', 'version', 'metadata'] as const),
] satisfies readonly LedgerReasonKind[];

/** Whose a limit is: a line of the user's, or a candidate (`version` may be a range in uv). */
export type LedgerAsker =
  | { readonly kind: 'line'; readonly pane: string; readonly line: number }
  | { readonly kind: 'candidate'; readonly name: string; readonly version: string };

/** A limit on versions as the ledger hands it on. */
export interface LedgerLimitRow {
  /** The specifier, `<3,>=1`. */
  readonly text: string;
  readonly isConstraint: boolean;
  readonly asker: LedgerAsker;
}

export interface LedgerEntry {
  readonly file: Distribution;
  /** In the order of the tool's tests; none for a file that passes. */
  readonly reasons: readonly LedgerReason[];
}

export interface LedgerVersion {
  /** Normalised where it can be read. */
  readonly version: string;
  /** Why the tool does not offer the version; null when it does. */
  readonly reason: LedgerReason | null;
  /** Positions in `entries`. */
  readonly files: readonly number[];
  /** The file that would be taken, of those that pass; null when the version is no candidate. */
  readonly best: number | null;
}

export interface Ledger {
  readonly project: string;
  readonly status: ProjectPage['status'];
  /** As the page lists them. */
  readonly entries: readonly LedgerEntry[];
  /** Newest first; texts that are no version last. */
  readonly versions: readonly LedgerVersion[];
  readonly limits: readonly LedgerLimitRow[];
  /** Versions by the kind of their reason, and those that are candidates. */
  readonly counts: Readonly<Record<LedgerReasonKind | 'candidate', number>>;
}

/** A file with what was found out about it; `reasons` in the order of the tests. */
export interface JudgedFile {
  readonly file: Distribution;
  /** Null when it cannot be read. */
  readonly version: Version | null;
  readonly reasons: readonly LedgerReason[];
}

/** What the files of one version amount to: positions in the list of judged files. */
export type VersionVerdict = Pick<LedgerVersion, 'reason' | 'best'>;

interface VersionGroup {
  readonly text: string;
  readonly version: Version | null;
  readonly files: number[];
}

/** Files by version, newest first; equal versions are one however they are spelled. */
function groupFiles(judged: readonly JudgedFile[]): readonly VersionGroup[] {
  const groups = new Map<string, VersionGroup>();
  for (const [at, { file, version }] of judged.entries()) {
    const text = version?.text ?? file.version;
    const key =
      version === null ? text : `${version.key.join()}+${(version.local ?? version.legacy)?.join('.') ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { text, version, files: [at] });
    else group.files.push(at);
  }
  return [...groups.values()].sort((a, b) => {
    if (a.version === null || b.version === null)
      return Number(a.version === null) - Number(b.version === null);
    return compareVersions(b.version, a.version);
  });
}

/** The ledger of judged files. `judgeVersion` says what a tool makes of the files of one version. */
export function assembleLedger(
  page: ProjectPage,
  judged: readonly JudgedFile[],
  limits: readonly LedgerLimitRow[],
  judgeVersion: (files: readonly number[]) => VersionVerdict,
): Ledger {
  const versions = groupFiles(judged).map(({ text, files }): LedgerVersion => ({
    version: text,
    files,
    ...judgeVersion(files),
  }));
  const counts = Object.fromEntries(['candidate', ...REASON_KINDS].map((kind) => [kind, 0]));
  for (const { reason } of versions) counts[reason?.kind ?? 'candidate']! += 1;
  return {
    project: page.name,
    status: page.status,
    entries: judged.map(({ file, reasons }) => ({ file, reasons })),
    versions,
    limits,
    counts: counts as Ledger['counts'],
  };
}
