/**
 * The candidate ledger: every file that a page lists, with every reason why it is no candidate, or none. pip hides most
 * of these reasons; the ledger is data for whoever explains, and holds no prose.
 *
 * The rules of a tool are parameters: this file knows the tests, not who applies which.
 */
import type { Distribution, DistributionMetadata, MissingFact, ProjectPage } from './package-index.ts';
import {
  EMPTY_SPECIFIER_SET,
  filterVersions,
  intersectSpecifierSets,
  parseSpecifierSet,
  specifierSetContains,
  type PrereleasePolicy,
  type SpecifierSet,
} from '../packaging/specifier.ts';
import { compareVersions, parseVersion, type Version } from '../packaging/version.ts';
import { expandTags } from '../packaging/wheel-filename.ts';

/** Why a file is no candidate. `limits`: positions in the rules' `limits`. */
export type LedgerReason =
  /** Wheels or sources are excluded for this project, or it is an archive that the tool does not unpack. */
  | { readonly kind: 'format'; readonly excluded: 'wheel' | 'sdist' | 'archive' }
  /** The file name spells no version that can be read. */
  | { readonly kind: 'version' }
  | { readonly kind: 'tags'; readonly tags: string }
  /** `uploadTime` null: there is a limit, and the index does not say when the file came. */
  | { readonly kind: 'date'; readonly uploadTime: string | null }
  | { readonly kind: 'python'; readonly requiresPython: string }
  | { readonly kind: 'prerelease' }
  | { readonly kind: 'specifier'; readonly limits: readonly number[] }
  | { readonly kind: 'constraint'; readonly limits: readonly number[] }
  | { readonly kind: 'hash' }
  | { readonly kind: 'yanked'; readonly reason: string }
  /** The dependencies are not known, so that it cannot be tried. */
  | { readonly kind: 'metadata' };

export type LedgerReasonKind = LedgerReason['kind'];

/** A limit on versions, and whose it is. */
export interface LedgerLimit {
  readonly specifier: SpecifierSet;
  readonly isConstraint: boolean;
  /** Whether the user asked for it, rather than a candidate. Only a pin of the user's own frees a yanked file in uv. */
  readonly isUsers: boolean;
  /** Given back as it is: whom it is of, in the caller's terms. */
  readonly source: unknown;
}

/** What a tool looks at. Fields say what is asked of a file; `order` says which reason is named first. */
export interface LedgerRules {
  readonly order: readonly LedgerReasonKind[];
  readonly tagRank: ReadonlyMap<string, number>;
  /** Null: requires-python is not looked at. */
  readonly python: Version | null;
  readonly takesWheels: boolean;
  readonly takesSdists: boolean;
  /** Endings of source archives that the tool unpacks, `.tar.gz`. */
  readonly archives: readonly string[];
  /** Milliseconds since 1970: files of this time and later are out; null is no limit. */
  readonly uploadedBefore: number | null;
  /** True and false decide; undefined leaves it to the limits. */
  readonly prereleases: boolean | undefined;
  readonly policy: PrereleasePolicy;
  /** `sha256:…` of the files that are allowed; null for any. */
  readonly hashes: readonly string[] | null;
  /** pip: if every other candidate is yanked too and a limit pins. uv: if the user pins. */
  readonly yanked: 'last-resort-of-a-pin' | 'pin-of-the-user';
  readonly limits: readonly LedgerLimit[];
  /** Metadata of a file, asked only for those that pass all else. */
  readonly metadata: (file: Distribution) => DistributionMetadata | MissingFact;
}

export interface LedgerEntry {
  readonly file: Distribution;
  /** In the order of the rules; none for a candidate. */
  readonly reasons: readonly LedgerReason[];
}

export interface LedgerVersion {
  readonly version: string;
  /** The reason that comes latest, of the file that got furthest; null when a file is a candidate. */
  readonly reason: LedgerReason | null;
  /** Positions in `entries`. */
  readonly files: readonly number[];
}

export interface Ledger {
  readonly project: string;
  readonly status: ProjectPage['status'];
  /** As the page lists them. */
  readonly entries: readonly LedgerEntry[];
  /** Newest first; texts that are no version last. */
  readonly versions: readonly LedgerVersion[];
  /** Versions by the kind of their reason, and those with a candidate. */
  readonly counts: Readonly<Record<LedgerReasonKind | 'candidate', number>>;
}

/** Kinds of reasons, in pip's order: what its finder tests first comes first. */
export const PIP_ORDER: readonly LedgerReasonKind[] = [
  ...(['format', 'tags', 'date', 'version', 'python'] as const),
  ...(['specifier', 'constraint', 'prerelease', 'hash', 'yanked', 'metadata'] as const),
];

/** The same in uv's order: its limits choose versions before any file is looked at. */
export const UV_ORDER: readonly LedgerReasonKind[] = [
  ...(['version', 'specifier', 'constraint', 'prerelease', 'format', 'date'] as const),
  ...(['yanked', 'tags', 'python', 'hash', 'metadata'] as const),
];

interface Judged {
  readonly file: Distribution;
  readonly version: Version | null;
  readonly reasons: LedgerReason[];
}

function fileReasons(file: Distribution, version: Version | null, rules: LedgerRules): LedgerReason[] {
  const reasons: LedgerReason[] = [];
  const isWheel = file.kind === 'wheel';
  if (isWheel ? !rules.takesWheels : !rules.takesSdists)
    reasons.push({ kind: 'format', excluded: isWheel ? 'wheel' : 'sdist' });
  else if (!isWheel && !rules.archives.some((ending) => file.filename.endsWith(ending)))
    reasons.push({ kind: 'format', excluded: 'archive' });
  if (isWheel && !expandTags(file.tags).some((tag) => rules.tagRank.has(tag)))
    reasons.push({ kind: 'tags', tags: file.tags });
  if (rules.uploadedBefore !== null) {
    const isEarlier = file.uploadTime !== null && Date.parse(file.uploadTime) < rules.uploadedBefore;
    if (!isEarlier) reasons.push({ kind: 'date', uploadTime: file.uploadTime });
  }
  if (version === null) reasons.push({ kind: 'version' });
  const { requiresPython } = file;
  if (requiresPython !== null && !admitsPython(requiresPython, rules))
    reasons.push({ kind: 'python', requiresPython });
  if (rules.hashes !== null && (file.sha256 === null || !rules.hashes.includes(`sha256:${file.sha256}`)))
    reasons.push({ kind: 'hash' });
  return reasons;
}

/** A specifier that cannot be read admits every Python, as in pip. */
function admitsPython(requiresPython: string, { python, policy }: LedgerRules): boolean {
  if (python === null) return true;
  const set = parseSpecifierSet(requiresPython);
  return !set.ok || specifierSetContains(set.value, python, { prereleases: true, policy });
}

/** The limits that do not admit a version, told apart by whose they are. */
function limitReasons(version: Version, { limits, policy }: LedgerRules): LedgerReason[] {
  const failing = limits.flatMap((limit, at) =>
    specifierSetContains(limit.specifier, version, { prereleases: true, policy }) ? [] : [at],
  );
  const ofRequirements = failing.filter((at) => limits[at]?.isConstraint === false);
  const ofConstraints = failing.filter((at) => limits[at]?.isConstraint === true);
  const reasons: LedgerReason[] = [];
  if (ofRequirements.length > 0) reasons.push({ kind: 'specifier', limits: ofRequirements });
  if (ofConstraints.length > 0) reasons.push({ kind: 'constraint', limits: ofConstraints });
  return reasons;
}

/** Pre-releases are out as long as the limits, taken together, leave a final release among the files that pass. */
function addPrereleases(judged: readonly Judged[], rules: LedgerRules): void {
  const passing = judged.filter(({ reasons }) => reasons.length === 0).map(({ version }) => version!);
  const all = rules.limits.reduce<SpecifierSet>(
    (set, limit) => intersectSpecifierSets(set, limit.specifier),
    EMPTY_SPECIFIER_SET,
  );
  const { prereleases, policy } = rules;
  const kept = new Set(filterVersions(all, passing, { prereleases, policy }));
  for (const { version, reasons } of judged)
    if (reasons.length === 0 && !kept.has(version!)) reasons.push({ kind: 'prerelease' });
}

function isPin(limit: LedgerLimit): boolean {
  return limit.specifier.specifiers.some(
    ({ operator, isWildcard }) => operator === '===' || (operator === '==' && !isWildcard),
  );
}

function addYanks(judged: readonly Judged[], rules: LedgerRules): void {
  const passing = judged.filter(({ reasons }) => reasons.length === 0);
  const isLastResort = passing.every(({ file }) => file.yanked !== false);
  const isFree =
    rules.yanked === 'pin-of-the-user'
      ? rules.limits.some((limit) => limit.isUsers && isPin(limit))
      : isLastResort && rules.limits.some(isPin);
  if (isFree) return;
  for (const { file, reasons } of judged)
    if (file.yanked !== false) reasons.push({ kind: 'yanked', reason: file.yanked });
}

function addUnknownMetadata(judged: readonly Judged[], rules: LedgerRules): void {
  for (const { file, reasons } of judged) {
    if (reasons.length > 0) continue;
    const metadata = rules.metadata(file);
    if ('missing' in metadata && !metadata.loadable) reasons.push({ kind: 'metadata' });
  }
}

function byVersion(judged: readonly Judged[], rules: LedgerRules): readonly LedgerVersion[] {
  const groups = new Map<string, { version: Version | null; files: number[] }>();
  for (const [at, { file, version }] of judged.entries()) {
    const key = version?.text ?? file.version;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { version, files: [at] });
    else group.files.push(at);
  }
  const furthest = (files: readonly number[]): LedgerReason | null => {
    const firsts = files.map((at) => judged[at]!.reasons[0] ?? null);
    if (firsts.includes(null)) return null;
    const rank = (reason: LedgerReason | null) => (reason === null ? -1 : rules.order.indexOf(reason.kind));
    return firsts.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
  };
  return [...groups]
    .sort(([, a], [, b]) => {
      if (a.version === null || b.version === null)
        return Number(a.version === null) - Number(b.version === null);
      return compareVersions(b.version, a.version);
    })
    .map(([version, { files }]) => ({ version, reason: furthest(files), files }));
}

/** Judges every file of a page. */
export function makeLedger(page: ProjectPage, rules: LedgerRules): Ledger {
  const judged: Judged[] = page.distributions.map((file) => {
    const parsed = parseVersion(file.version);
    const version = parsed.ok ? parsed.value : null;
    const reasons = fileReasons(file, version, rules);
    return {
      file,
      version,
      reasons: version === null ? reasons : [...reasons, ...limitReasons(version, rules)],
    };
  });
  addPrereleases(judged, rules);
  addYanks(judged, rules);
  addUnknownMetadata(judged, rules);
  const rank = ({ kind }: LedgerReason) => rules.order.indexOf(kind);
  for (const { reasons } of judged) reasons.sort((a, b) => rank(a) - rank(b));
  const versions = byVersion(judged, rules);
  const counts = Object.fromEntries(['candidate', ...PIP_ORDER].map((kind) => [kind, 0]));
  for (const { reason } of versions) counts[reason?.kind ?? 'candidate']! += 1;
  return {
    project: page.name,
    status: page.status,
    entries: judged.map(({ file, reasons }) => ({ file, reasons })),
    versions,
    counts: counts as Ledger['counts'],
  };
}
