/**
 * pip's finder as one judge: what it thinks of each file of a page, before anything is asked of versions
 * (`index/package_finder.py`, `LinkEvaluator.evaluate_link`). The engine goes on with the files that pass, the ledger
 * shows what is held against the others, the prover asks the same.
 *
 *   a wheel    wheels allowed ▸ name (25.3 and later) ▸ tags ▸ date ▸ Python ▸ version
 *   a source   archive ▸ date ▸ sources allowed ▸ Python ▸ version
 */
import { readCutOff } from '../../../package-index/facts/cut-off.ts';
import type { Distribution } from '../../../package-index/package-index.ts';
import { readVersion } from '../../../packaging/legacy-version.ts';
import { parseSpecifierSet, specifierSetContains } from '../../../packaging/specifier.ts';
import type { TargetEnvironment } from '../../../packaging/target-environment.ts';
import { compareVersions, type Version } from '../../../packaging/version.ts';
import { compareBuildTags, expandTags } from '../../../packaging/wheel-filename.ts';
import type { ResolverOptions } from '../../engine.ts';
import type { PipEra } from '../era.ts';
import { isOnThisMachine } from '../link-text.ts';
import { finderOptions } from './finder-options.ts';

/** What pip holds against a file. */
export type FileObjection =
  /** Wheels or sources are excluded for this project, or it is an archive that pip does not unpack. */
  | { readonly kind: 'format'; readonly excluded: 'wheel' | 'sdist' | 'archive' }
  /** The file name spells no version that can be read. */
  | { readonly kind: 'version' }
  /** No tag of the wheel is one of the target's. */
  | { readonly kind: 'tags'; readonly tags: string }
  /** `uploadTime` null: there is a limit, and the index does not say when the file came. */
  | { readonly kind: 'date'; readonly uploadTime: string | null }
  | { readonly kind: 'python'; readonly requiresPython: string };

/** A file with all that pip holds against it, in the order of its tests: the first is what pip would say. */
export interface JudgedFile {
  readonly distribution: Distribution;
  /** Null when it cannot be read. */
  readonly version: Version | null;
  /** Place of its best tag among the target's, lower is better; sources come after all wheels, -1 fits none. */
  readonly tagRank: number;
  readonly objections: readonly FileObjection[];
}

/** What decides about the files of one project, besides requirements. */
export interface FinderRules {
  readonly era: PipEra;
  readonly target: TargetEnvironment;
  readonly formats: { readonly binary: boolean; readonly source: boolean };
  readonly preferBinary: boolean;
  readonly ignoreRequiresPython: boolean;
  /** Milliseconds since 1970: files of this time and later are out. Null: no limit. */
  readonly uploadedBefore: number | null;
  /** True: pre-releases are as good as others. False: never. Null: the requirements decide. */
  readonly allowsPrereleases: boolean | null;
}

/**
 * The rules of a project. A date is pip's own option since 26.0; for releases before it is travel in time, and files
 * without a time stay, since nobody knows (`package-index/facts/dated-index.ts`).
 */
export function finderRules(
  project: string,
  { options, target }: { readonly options: ResolverOptions; readonly target: TargetEnvironment },
  era: PipEra,
): FinderRules {
  const finder = finderOptions(options, era);
  const cutOff = options.uploadedPriorTo === null ? null : readCutOff(options.uploadedPriorTo, 'pip');
  return {
    era,
    target,
    formats: finder.formats(project),
    preferBinary: finder.preferBinary,
    ignoreRequiresPython: finder.ignoreRequiresPython,
    uploadedBefore: cutOff?.ok ? cutOff.value : null,
    allowsPrereleases: finder.allowsPrereleases(project),
  };
}

/** Judges files of one project, in the order given. */
export function judgeFiles(
  distributions: readonly Distribution[],
  rules: FinderRules,
): readonly JudgedFile[] {
  const judge = new FileJudge(rules);
  return distributions.map((file) => judge.judge(file));
}

/** Positive when `a` is taken before `b`: not yanked, wheel if preferred, version, platform, build tag. */
export function compareFiles(a: JudgedFile, b: JudgedFile, { era, preferBinary }: FinderRules): number {
  const byBuild = compareBuildTags(a.distribution.build, b.distribution.build);
  return (
    Number(isYanked(b)) - Number(isYanked(a)) ||
    (preferBinary ? Number(isWheel(a.distribution)) - Number(isWheel(b.distribution)) : 0) ||
    (a.version !== null && b.version !== null ? compareVersions(a.version, b.version) : 0) ||
    (era.buildTagFirst ? byBuild : 0) ||
    placeOf(b) - placeOf(a) ||
    byBuild
  );
}

/** What fits none comes last. */
function placeOf({ tagRank }: JudgedFile): number {
  return tagRank === -1 ? Number.MAX_SAFE_INTEGER : tagRank;
}

function isWheel({ kind }: Distribution): boolean {
  return kind === 'wheel';
}

export function isYanked({ distribution }: JudgedFile): boolean {
  return distribution.yanked !== false;
}

/** Endings that pip unpacks (`utils/filetypes.py`). */
const ARCHIVE = /\.(?:zip|tgz|tbz|txz|tlz|tar(?:\.(?:gz|bz2|xz|lz|lzma))?)$/u;

const NONE: readonly FileObjection[] = [];

type Test = (file: Distribution, version: Version | null, tagRank: number) => FileObjection | null;

/** Keeps what files of a project share: tags, versions and Pythons are the same for many. */
class FileJudge {
  readonly #rules: FinderRules;
  readonly #ranks = new Map<string, number>();
  readonly #pythons = new Map<string, boolean>();
  readonly #versions = new Map<string, Version | null>();
  readonly #wheelTests: readonly Test[];
  readonly #sourceTests: readonly Test[];

  constructor(rules: FinderRules) {
    this.#rules = rules;
    const { formats, era } = rules;
    const wheel: Test = () => (formats.binary ? null : { kind: 'format', excluded: 'wheel' });
    const archive: Test = ({ filename }) =>
      ARCHIVE.test(filename) ? null : { kind: 'format', excluded: 'archive' };
    const source: Test = ({ filename }) =>
      formats.source || !ARCHIVE.test(filename) ? null : { kind: 'format', excluded: 'sdist' };
    const tags: Test = (file, _, rank) => (rank === -1 ? { kind: 'tags', tags: file.tags } : null);
    const version: Test = (_, found) => (found === null ? { kind: 'version' } : null);
    const date: Test = (file) => this.#dateObjection(file);
    const python: Test = ({ requiresPython }) =>
      requiresPython === null || this.#admitsPython(requiresPython)
        ? null
        : { kind: 'python', requiresPython };
    this.#wheelTests = era.readsOddWheelNames
      ? [wheel, tags, date, python, version]
      : [wheel, version, tags, date, python];
    this.#sourceTests = [archive, date, source, python, version];
  }

  judge(distribution: Distribution): JudgedFile {
    const version = this.#versionOf(distribution.version);
    const isOfWheel = isWheel(distribution);
    const tagRank = isOfWheel ? this.#rankOf(distribution.tags) : this.#rules.target.tags.length;
    let objections: FileObjection[] | null = null;
    for (const test of isOfWheel ? this.#wheelTests : this.#sourceTests) {
      const objection = test(distribution, version, tagRank);
      if (objection !== null) (objections ??= []).push(objection);
    }
    return { distribution, version, tagRank, objections: objections ?? NONE };
  }

  #versionOf(text: string): Version | null {
    let version = this.#versions.get(text);
    if (version === undefined) {
      version = readVersion(text, this.#rules.era.policy);
      this.#versions.set(text, version);
    }
    return version;
  }

  /** Best place among the target's tags of a compressed tag set, -1 when none is supported. */
  #rankOf(tags: string): number {
    let best = this.#ranks.get(tags);
    if (best === undefined) {
      best = -1;
      for (const tag of expandTags(tags)) {
        const rank = this.#rules.target.tagRank.get(tag);
        if (rank !== undefined && (best === -1 || rank < best)) best = rank;
      }
      this.#ranks.set(tags, best);
    }
    return best;
  }

  /** `--uploaded-prior-to`; what is on this machine has no upload time and is not asked for one. */
  #dateObjection(file: Distribution): FileObjection | null {
    const { uploadedBefore, era } = this.#rules;
    if (uploadedBefore === null) return null;
    const { uploadTime } = file;
    if (era.uploadedPriorTo && isOnThisMachine(file)) return null;
    const isEarlier = uploadTime === null ? !era.uploadedPriorTo : Date.parse(uploadTime) < uploadedBefore;
    return isEarlier ? null : { kind: 'date', uploadTime };
  }

  #admitsPython(requiresPython: string): boolean {
    if (this.#rules.ignoreRequiresPython) return true;
    let admits = this.#pythons.get(requiresPython);
    if (admits === undefined) {
      admits = admitsPython(requiresPython, this.#rules);
      this.#pythons.set(requiresPython, admits);
    }
    return admits;
  }
}

/** Upper bounds included; what cannot be read admits every Python (`utils/packaging.py`, `check_requires_python`). */
export function admitsPython(
  requiresPython: string,
  { target, era }: Pick<FinderRules, 'target' | 'era'>,
): boolean {
  const set = parseSpecifierSet(requiresPython);
  return !set.ok || specifierSetContains(set.value, target.python, { policy: era.policy });
}
