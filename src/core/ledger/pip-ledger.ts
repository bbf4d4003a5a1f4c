/**
 * The ledger under the rules of pip's finder and candidate evaluator (`pip/_internal/index/package_finder.py`), and of
 * what goes through its answer (`resolution/resolvelib/factory.py`, `_iter_found_candidates`). Releases differ by the
 * fields of `PipLedgerRules`.
 *
 *   a wheel        wheels allowed ▸ version ▸ tags ▸ date ▸ Python
 *   a source       archive ▸ date ▸ sources allowed ▸ Python ▸ version
 *   all together   specifier, constraint ▸ pre-release ▸ hash ▸ yanked ▸ metadata
 */
import {
  namesPrerelease,
  parseSpecifierSet,
  specifierSetContains,
  type PrereleasePolicy,
  type SpecifierSet,
} from '../packaging/specifier.ts';
import { readVersion } from '../packaging/legacy-version.ts';
import { isPrerelease, type Version } from '../packaging/version.ts';
import { compareBuildTags, expandTags } from '../packaging/wheel-filename.ts';
import {
  assembleLedger,
  type JudgedFile,
  type Ledger,
  type LedgerAsker,
  type LedgerReason,
  type LedgerReasonKind,
  type MetadataFault,
  type VersionVerdict,
} from './ledger.ts';
import type { Distribution, ProjectPage } from '../package-index/package-index.ts';

/** A limit on versions, and whose it is. */
export interface LedgerLimit {
  readonly specifier: SpecifierSet;
  readonly isConstraint: boolean;
  readonly asker: LedgerAsker;
  /** False for one that the finder never sees: it cannot open pre-releases or free a yanked file. */
  readonly reachesFinder: boolean;
}

/** What a release of pip looks at. */
export interface PipLedgerRules {
  readonly tagRank: ReadonlyMap<string, number>;
  /** Null: requires-python is not looked at. */
  readonly python: Version | null;
  readonly takesWheels: boolean;
  readonly takesSdists: boolean;
  /** Milliseconds since 1970: files of this time and later are out; null is no limit. */
  readonly uploadedBefore: number | null;
  /** Files whose time is not known stay; otherwise they are out as soon as there is a date. */
  readonly keepsUndated: boolean;
  /** True and false decide; null leaves it to the limits. */
  readonly prereleases: boolean | null;
  readonly policy: PrereleasePolicy;
  /** `sha256:…` of the files that are allowed; null for any. */
  readonly hashes: readonly string[] | null;
  /** `last`: sorted last; `if-all`: out unless all that is left is yanked; `if-pinned`: and a limit pins a version. */
  readonly yanked: 'last' | 'if-all' | 'if-pinned';
  readonly prefersBinary: boolean;
  /** A wheel's build tag counts more than its platform (until pip 21.0). */
  readonly buildTagFirst: boolean;
  /** Of equal files the first listed is taken (before pip 20.3), or the last. */
  readonly takesFirst: boolean;
  readonly limits: readonly LedgerLimit[];
  /** What is wrong with a file's metadata, asked only for those that pass all else; null for nothing. */
  readonly metadata: (file: Distribution) => MetadataFault | null;
}

/** Endings of source archives that pip unpacks (`utils/filetypes.py`). */
const ARCHIVES = [
  ...['.zip', '.tar.gz', '.tgz', '.tar', '.tar.bz2', '.tbz'],
  ...['.tar.xz', '.txz', '.tlz', '.tar.lz', '.tar.lzma'],
];

/** What pip tests first comes first. */
const ORDER: readonly LedgerReasonKind[] = [
  ...(['tags', 'date', 'format', 'python', 'version'] as const),
  ...(['specifier', 'constraint', 'prerelease', 'hash', 'yanked', 'metadata'] as const),
];

/**
 * Archives and unwanted wheels are the first thing that pip sees, unwanted sources come after the date. A wheel's name is
 * read whole before its tags are looked at; the version of a source archive is read last.
 */
function rankOf(reason: LedgerReason, { kind }: Distribution): number {
  if (reason.kind === 'format' && reason.excluded !== 'sdist') return -2;
  if (reason.kind === 'version' && kind === 'wheel') return -1;
  return ORDER.indexOf(reason.kind);
}

interface PassedFile extends JudgedFile {
  readonly reasons: LedgerReason[];
}

function fileReasons(file: Distribution, version: Version | null, rules: PipLedgerRules): LedgerReason[] {
  const reasons: LedgerReason[] = [];
  const isWheel = file.kind === 'wheel';
  if (!isWheel && !ARCHIVES.some((ending) => file.filename.endsWith(ending)))
    reasons.push({ kind: 'format', excluded: 'archive' });
  else if (isWheel ? !rules.takesWheels : !rules.takesSdists)
    reasons.push({ kind: 'format', excluded: isWheel ? 'wheel' : 'sdist' });
  if (isWheel && tagRank(file, rules) === null) reasons.push({ kind: 'tags', tags: file.tags });
  if (rules.uploadedBefore !== null) {
    const isEarlier =
      file.uploadTime === null ? rules.keepsUndated : Date.parse(file.uploadTime) < rules.uploadedBefore;
    if (!isEarlier) reasons.push({ kind: 'date', uploadTime: file.uploadTime });
  }
  if (version === null) reasons.push({ kind: 'version' });
  const { requiresPython } = file;
  if (requiresPython !== null && !admitsPython(requiresPython, rules))
    reasons.push({ kind: 'python', requiresPython });
  return reasons;
}

/** Best place among the target's tags; null when none is supported. */
function tagRank({ tags }: Distribution, rules: PipLedgerRules): number | null {
  const ranks = expandTags(tags).flatMap((tag) => rules.tagRank.get(tag) ?? []);
  return ranks.length === 0 ? null : Math.min(...ranks);
}

/** A specifier that cannot be read admits every Python, as in pip. */
function admitsPython(requiresPython: string, { python, policy }: PipLedgerRules): boolean {
  if (python === null) return true;
  const set = parseSpecifierSet(requiresPython);
  return !set.ok || specifierSetContains(set.value, python, { policy });
}

/** The limits that do not admit a version, told apart by whether they are constraints. */
export function limitReasons(
  limits: readonly Pick<LedgerLimit, 'isConstraint'>[],
  admits: (at: number) => boolean,
): readonly LedgerReason[] {
  const failing = limits.flatMap((_, at) => (admits(at) ? [] : [at]));
  const ofConstraints = failing.filter((at) => limits[at]?.isConstraint);
  const ofRequirements = failing.filter((at) => !limits[at]?.isConstraint);
  const reasons: LedgerReason[] = [];
  if (ofRequirements.length > 0) reasons.push({ kind: 'specifier', limits: ofRequirements });
  if (ofConstraints.length > 0) reasons.push({ kind: 'constraint', limits: ofConstraints });
  return reasons;
}

/** `SpecifierSet.filter` on all limits together; a yanked final release counts as final. */
function excludesPrereleases(passing: readonly PassedFile[], rules: PipLedgerRules): boolean {
  const { prereleases, policy } = rules;
  if (prereleases !== null) return !prereleases;
  const sets = rules.limits.filter((limit) => limit.reachesFinder).map(({ specifier }) => specifier);
  if (sets.some((set) => namesPrerelease(set, policy))) return false;
  if (passing.some(({ version }) => !isPrerelease(version!))) return true;
  return policy !== 'packaging-26' && sets.some((set) => set.specifiers.length > 0);
}

function pins({ specifier }: LedgerLimit): boolean {
  return specifier.specifiers.some(
    ({ operator, isWildcard }) => operator === '===' || (operator === '==' && !isWildcard),
  );
}

function excludesYanked(passing: readonly PassedFile[], { yanked, limits }: PipLedgerRules): boolean {
  if (yanked === 'last') return false;
  if (passing.some(({ file }) => file.yanked === false)) return true;
  return yanked === 'if-pinned' && !limits.some((limit) => limit.reachesFinder && pins(limit));
}

function hasAllowedHash({ sha256 }: Distribution, hashes: readonly string[] | null): boolean {
  return sha256 !== null && hashes !== null && hashes.includes(`sha256:${sha256}`);
}

/** Before packaging 22 a set without specifiers admits no version that PEP 440 does not know. */
function addLegacyVersions(judged: readonly PassedFile[], { policy, limits }: PipLedgerRules): void {
  if (policy !== 'packaging-20' || limits.some(({ specifier }) => specifier.specifiers.length > 0)) return;
  for (const { version, reasons } of judged)
    if ((version?.legacy ?? null) !== null) reasons.push({ kind: 'version' });
}

/** The tests that look at all files together, in pip's order; each sees what passed those before it. */
function addSharedReasons(judged: readonly PassedFile[], rules: PipLedgerRules): void {
  const passing = (): readonly PassedFile[] => judged.filter(({ reasons }) => reasons.length === 0);
  addLegacyVersions(judged, rules);
  if (excludesPrereleases(passing(), rules)) {
    for (const { version, reasons } of judged)
      if (version !== null && isPrerelease(version))
        reasons.push({ kind: 'prerelease', isLastResort: false });
  }
  const { hashes } = rules;
  if (passing().some(({ file }) => hasAllowedHash(file, hashes))) {
    for (const { file, reasons } of judged)
      if (file.sha256 !== null && !hasAllowedHash(file, hashes)) reasons.push({ kind: 'hash' });
  }
  if (excludesYanked(passing(), rules)) {
    for (const { file, reasons } of judged)
      if (file.yanked !== false) reasons.push({ kind: 'yanked', reason: file.yanked });
  }
  for (const { file, reasons } of passing()) {
    const state = rules.metadata(file);
    if (state !== null) reasons.push({ kind: 'metadata', state });
  }
}

/** Positive when `a` is taken before `b`, both of one version. */
function compareFiles(a: Distribution, b: Distribution, rules: PipLedgerRules): number {
  const isWheel = (file: Distribution): number => Number(file.kind === 'wheel');
  const rank = (file: Distribution): number => tagRank(file, rules) ?? Infinity;
  const byBuild = compareBuildTags(a.build, b.build);
  const byTag = rank(a) === rank(b) ? 0 : rank(b) - rank(a);
  return (
    Number(hasAllowedHash(a, rules.hashes)) - Number(hasAllowedHash(b, rules.hashes)) ||
    Number(a.yanked === false) - Number(b.yanked === false) ||
    (rules.prefersBinary ? isWheel(a) - isWheel(b) : 0) ||
    (rules.buildTagFirst ? byBuild : 0) ||
    byTag ||
    byBuild
  );
}

/**
 * Whether a version is offered is up to its best file alone where that file's metadata is invalid; otherwise the next
 * file gets its turn.
 */
function judgeVersion(
  files: readonly number[],
  judged: readonly PassedFile[],
  rules: PipLedgerRules,
): VersionVerdict {
  const reasonOf = (at: number): LedgerReason | undefined => judged[at]!.reasons[0];
  const ordered = files.toSorted((a, b) => {
    const byFile = compareFiles(judged[b]!.file, judged[a]!.file, rules);
    return byFile === 0 ? (rules.takesFirst ? a - b : b - a) : byFile;
  });
  for (const at of ordered) {
    const reason = reasonOf(at);
    if (reason === undefined) return { reason: null, best: at };
    if (reason.kind === 'metadata' && reason.state === 'invalid') return { reason, best: null };
  }
  const rank = (at: number): number => rankOf(reasonOf(at)!, judged[at]!.file);
  const furthest = ordered.toSorted((a, b) => rank(b) - rank(a))[0]!;
  return { reason: reasonOf(furthest)!, best: null };
}

/** Judges every file of a page as pip would. */
export function makePipLedger(page: ProjectPage, rules: PipLedgerRules): Ledger {
  const { limits, policy } = rules;
  const judged = page.distributions.map((file): PassedFile => {
    const version = readVersion(file.version, policy);
    const ofLimits =
      version === null
        ? []
        : limitReasons(limits, (at) =>
            specifierSetContains(limits[at]!.specifier, version, { prereleases: true, policy }),
          );
    return { file, version, reasons: [...fileReasons(file, version, rules), ...ofLimits] };
  });
  addSharedReasons(judged, rules);
  for (const { file, reasons } of judged) reasons.sort((a, b) => rankOf(a, file) - rankOf(b, file));
  const rows = limits.map(({ specifier, isConstraint, asker }) => ({
    text: specifier.text,
    isConstraint,
    asker,
  }));
  return assembleLedger(page, judged, rows, (files) => judgeVersion(files, judged, rules));
}
