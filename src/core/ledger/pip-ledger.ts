/**
 * The ledger under the rules of pip's finder and candidate evaluator (`pip/_internal/index/package_finder.py`), and of
 * what goes through its answer (`resolution/resolvelib/factory.py`, `_iter_found_candidates`).
 *
 * What the finder holds against each file comes first (`resolver/pip/finder/judge-files.ts`), then what is asked, then
 * what files do to each other (`judge-together.ts`), then metadata.
 */
import { specifierSetContains, type SpecifierSet } from '../packaging/specifier.ts';
import { isPrerelease } from '../packaging/version.ts';
import {
  compareFiles,
  judgeFiles,
  type FinderRules,
  type JudgedFile as JudgedByFinder,
} from '../resolver/pip/finder/judge-files.ts';
import {
  hasAllowedHash,
  hidesLegacyVersions,
  hidesPrereleases,
  hidesYanked,
} from '../resolver/pip/finder/judge-together.ts';
import {
  assembleLedger,
  type JudgedFile,
  type Ledger,
  type LedgerAsker,
  type LedgerReason,
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

/** What pip looks at in one project: the finder's rules, and what is asked. */
export interface PipLedgerRules {
  readonly finder: FinderRules;
  /** `sha256:…` of the files that are allowed; null for any. */
  readonly hashes: readonly string[] | null;
  /** Of equal files the first listed is taken (before pip 20.3), or the last. */
  readonly takesFirst: boolean;
  readonly limits: readonly LedgerLimit[];
  /** What is wrong with a file's metadata, asked only for those that pass all else; null for nothing. */
  readonly metadata: (file: Distribution) => MetadataFault | null;
}

/** A file, what the finder holds against it, and what is held against it by all that is asked. */
interface PassedFile extends JudgedFile {
  readonly judged: JudgedByFinder;
  readonly reasons: LedgerReason[];
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

/** What the finder is asked; the rest is tried candidate by candidate. */
function finderSets({ limits }: PipLedgerRules): readonly SpecifierSet[] {
  return limits.filter((limit) => limit.reachesFinder).map(({ specifier }) => specifier);
}

/** The tests that look at all files together, in pip's order; each sees what passed those before it. */
function addSharedReasons(judged: readonly PassedFile[], rules: PipLedgerRules): void {
  const { finder, hashes } = rules;
  const sets = finderSets(rules);
  const passing = (): readonly PassedFile[] => judged.filter(({ reasons }) => reasons.length === 0);
  if (
    hidesLegacyVersions(
      rules.limits.map(({ specifier }) => specifier),
      finder.era,
    )
  ) {
    for (const { version, reasons } of judged)
      if ((version?.legacy ?? null) !== null) reasons.push({ kind: 'version' });
  }
  const hasFinal = passing().some(({ version }) => version !== null && !isPrerelease(version));
  if (hidesPrereleases(sets, finder, hasFinal)) {
    for (const { version, reasons } of judged)
      if (version !== null && isPrerelease(version))
        reasons.push({ kind: 'prerelease', isLastResort: false });
  }
  if (passing().some(({ file }) => hasAllowedHash(file, hashes))) {
    for (const { file, reasons } of judged)
      if (file.sha256 !== null && !hasAllowedHash(file, hashes)) reasons.push({ kind: 'hash' });
  }
  const hasUnyanked = passing().some(({ file }) => file.yanked === false);
  if (hidesYanked(sets, finder.era, hasUnyanked)) {
    for (const { file, reasons } of judged)
      if (file.yanked !== false) reasons.push({ kind: 'yanked', reason: file.yanked });
  }
  for (const { file, reasons } of passing()) {
    const state = rules.metadata(file);
    if (state !== null) reasons.push({ kind: 'metadata', state });
  }
}

/** Positive when `a` is taken before `b`, both of one version: an allowed hash goes before all else. */
function compareOfVersion(a: PassedFile, b: PassedFile, { hashes, finder }: PipLedgerRules): number {
  return (
    Number(hasAllowedHash(a.file, hashes)) - Number(hasAllowedHash(b.file, hashes)) ||
    compareFiles(a.judged, b.judged, finder)
  );
}

/** pip's tests in its order. Archives and unwanted wheels it sees first, unwanted sources after the date. */
const STAGES = [
  ...(['archive', 'wheel', 'wheel name', 'tags', 'date', 'sdist', 'python', 'version'] as const),
  ...(['specifier', 'constraint', 'prerelease', 'hash', 'yanked', 'metadata'] as const),
];

/** How far a file came: of a version's files the one that passed most tests speaks for it. */
function distance({ file, reasons: [first] }: PassedFile): number {
  if (first === undefined) return STAGES.length;
  if (first.kind === 'format') return STAGES.indexOf(first.excluded);
  const isWheelName = first.kind === 'version' && file.kind === 'wheel';
  return STAGES.indexOf(isWheelName ? 'wheel name' : first.kind);
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
    const byFile = compareOfVersion(judged[b]!, judged[a]!, rules);
    return byFile === 0 ? (rules.takesFirst ? a - b : b - a) : byFile;
  });
  for (const at of ordered) {
    const reason = reasonOf(at);
    if (reason === undefined) return { reason: null, best: at };
    if (reason.kind === 'metadata' && reason.state === 'invalid') return { reason, best: null };
  }
  const furthest = ordered.toSorted((a, b) => distance(judged[b]!) - distance(judged[a]!))[0]!;
  return { reason: reasonOf(furthest)!, best: null };
}

/** Judges every file of a page as pip would. */
export function makePipLedger(page: ProjectPage, rules: PipLedgerRules): Ledger {
  const { limits, finder } = rules;
  const { policy } = finder.era;
  const files = judgeFiles(page.distributions, finder).map((judged): PassedFile => {
    const { distribution: file, version, objections } = judged;
    const ofLimits =
      version === null
        ? []
        : limitReasons(limits, (at) =>
            specifierSetContains(limits[at]!.specifier, version, { prereleases: true, policy }),
          );
    return { file, version, judged, reasons: [...objections, ...ofLimits] };
  });
  addSharedReasons(files, rules);
  const rows = limits.map(({ specifier, isConstraint, asker }) => ({
    text: specifier.text,
    isConstraint,
    asker,
  }));
  return assembleLedger(page, files, rows, (positions) => judgeVersion(positions, files, rules));
}
