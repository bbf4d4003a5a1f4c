/** The files of one project that pip's finder would consider, in its order. Page links only; no find-links. */
import type { Distribution } from '../../package-index/package-index.ts';
import { compareVersions, parseVersion, type Version } from '../../packaging/version.ts';
import { readVersion } from '../../packaging/legacy-version.ts';
import { parseSpecifierSet, specifierSetContains } from '../../packaging/specifier.ts';
import { compareBuildTags, expandTags } from '../../packaging/wheel-filename.ts';
import type { TargetEnvironment } from '../../packaging/target-environment.ts';
import type { PipEra } from './era.ts';
import type { FinderOptions } from './finder-options.ts';
import { isOnThisMachine, pageAddress } from './link-text.ts';
import { AbortSignal } from './stop-signals.ts';
import type { VersionTable } from './version-table.ts';

/** A file that passed every test that does not depend on a requirement. */
export interface FoundFile {
  readonly distribution: Distribution;
  /** As the index knows it, where `distribution` is named by another address. */
  readonly original?: Distribution;
  readonly version: Version;
  /** Of the project's VersionTable. */
  readonly versionIndex: number;
  /** Higher is better; sdists are lowest. */
  readonly tagPriority: number;
  readonly isYanked: boolean;
}

export interface ProjectFiles {
  /** Best last: pip sorts ascending and goes through them backwards. */
  readonly ascending: readonly FoundFile[];
  /** `2.0 Requires-Python >=3.20`, for what was passed over because of its Python. */
  readonly skippedPythons: readonly { readonly version: string; readonly requiresPython: string }[];
}

/** What decides about files besides requirements. */
export interface FileRules {
  readonly era: PipEra;
  readonly target: TargetEnvironment;
  readonly finder: FinderOptions;
}

/** Evaluates the files of a page. Throws AbortSignal where pip gives up at the sight of one. */
export function findFiles(
  project: string,
  distributions: readonly Distribution[],
  table: VersionTable,
  rules: FileRules,
): ProjectFiles {
  const found: FoundFile[] = [];
  const skippedPythons: ProjectFiles['skippedPythons'][number][] = [];
  const formats = rules.finder.formats(project);
  const rankOf = tagRanker(rules.target);
  for (const distribution of distributions) {
    const isWheel = distribution.kind === 'wheel';
    if (isWheel ? !formats.binary : !isArchive(distribution.filename)) continue;
    const rank = isWheel ? rankOf(distribution.tags) : rules.target.tags.length;
    // The date is looked at before pip says that it takes no sources.
    if (rank === -1 || isTooNew(distribution, rules.finder) || !(isWheel || formats.source)) continue;
    const version = readVersion(distribution.version, rules.era.policy);
    const { requiresPython } = distribution;
    if (
      requiresPython !== null &&
      !rules.finder.ignoreRequiresPython &&
      !admitsPython(requiresPython, rules)
    ) {
      // The Python is looked at before the version; but wheels without a proper one are not wheels since 25.3.
      if (version !== null || !isWheel || rules.era.readsOddWheelNames)
        skippedPythons.push({ version: version?.text ?? distribution.version, requiresPython });
      continue;
    }
    if (version === null) continue;
    found.push({
      distribution,
      version,
      versionIndex: table.indexOf(version),
      tagPriority: -rank,
      isYanked: distribution.yanked !== false,
    });
  }
  return { ascending: sortFiles(found, rules), skippedPythons };
}

/** Stable, ascending: not yanked, wheel if preferred, version, platform, build tag. Among equals the last listed wins. */
function sortFiles(found: readonly FoundFile[], rules: FileRules): readonly FoundFile[] {
  const prefersBinary = rules.finder.preferBinary;
  const byBuild = (a: FoundFile, b: FoundFile): number =>
    compareBuildTags(a.distribution.build, b.distribution.build);
  return found.toSorted((a, b) => {
    return (
      Number(b.isYanked) - Number(a.isYanked) ||
      (prefersBinary ? Number(isWheel(a)) - Number(isWheel(b)) : 0) ||
      compareVersions(a.version, b.version) ||
      (rules.era.buildTagFirst ? byBuild(a, b) : 0) ||
      a.tagPriority - b.tagPriority ||
      byBuild(a, b)
    );
  });
}

function isWheel(file: FoundFile): boolean {
  return file.distribution.kind === 'wheel';
}

/** Endings that pip unpacks (`utils/filetypes.py`). */
const ARCHIVE = /\.(?:zip|tgz|tbz|txz|tlz|tar(?:\.(?:gz|bz2|xz|lz|lzma))?)$/u;

function isArchive(filename: string): boolean {
  return ARCHIVE.test(filename);
}

/** Best place among the target's tags of a compressed tag set, -1 when none is supported. */
function tagRanker(target: TargetEnvironment): (tags: string) => number {
  const known = new Map<string, number>();
  return (tags) => {
    let best = known.get(tags);
    if (best === undefined) {
      best = -1;
      for (const tag of expandTags(tags)) {
        const rank = target.tagRank.get(tag);
        if (rank !== undefined && (best === -1 || rank < best)) best = rank;
      }
      known.set(tags, best);
    }
    return best;
  };
}

/** `--uploaded-prior-to`: pip refuses to guess where an index does not say. */
function isTooNew(distribution: Distribution, finder: FinderOptions): boolean {
  if (finder.uploadedPriorTo === null) return false;
  if (isOnThisMachine(distribution)) return false;
  if (distribution.uploadTime === null) {
    const page = pageAddress(distribution.project, distribution.index);
    throw new AbortSignal({ kind: 'upload-time-missing', page });
  }
  return Date.parse(distribution.uploadTime) >= finder.uploadedPriorTo;
}

/** What cannot be read admits every Python. */
function admitsPython(requiresPython: string, { target, era }: FileRules): boolean {
  const set = parseSpecifierSet(requiresPython);
  const python = parseVersion(target.pythonVersion);
  if (!set.ok || !python.ok) return true;
  return specifierSetContains(set.value, python.value, { policy: era.policy });
}
