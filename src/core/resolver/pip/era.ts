/**
 * Every pip release since 20.3 as a row of differences. A new release is one new row; code asks a row for a rule, never
 * for a version number. Sources: pip's and resolvelib's release tags, as listed in resolver/README.md#eras.
 */
import type { PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import type { SearchVersion } from '../backtracking/variants.ts';

export interface PipEra {
  /** `26.2`. */
  readonly release: string;
  /** Row of SEARCH_VARIANTS. */
  readonly search: SearchVersion;
  readonly maxRounds: number;
  /** Release family of the vendored `packaging`. */
  readonly policy: PrereleasePolicy;
  /** Form of `get_preference`; see preference.ts. */
  readonly preference: '20.3' | '20.3.2' | '21.1' | '21.2' | '25.1';
  /** 21.2: the depths of what the user asked for are not kept. */
  readonly forgetsUserDepths: boolean;
  /** 21.3–25.0: packages of the last conflict go first among equals. */
  readonly prefersCauses: boolean;
  /** Until 23.0: setuptools goes last. */
  readonly delaysSetuptools: boolean;
  /** 26.1: what is named unpinned in five conflicts goes first. */
  readonly promotesConflicts: boolean;
  /** Requires-Python is the first dependency of a candidate (25.1), before that the last. */
  readonly requiresPythonFirst: boolean;
  /** `foo[x]>1` asks for `foo>1`, too (23.3). */
  readonly splitsExtras: boolean;
  /** Extras are compared by PEP 685 (23.3); before, `-` and `_` differ. */
  readonly normalizesExtras: boolean;
  /** What is asked of the base also narrows the package with extras: URLs (21.1), specifiers (23.3). */
  readonly extrasFollowBase: 'no' | 'urls' | 'all';
  /** Whether constraints apply to packages with extras: `no` in 20.3 and 21.1. */
  readonly constrainsExtras: boolean;
  /** URL constraints are known (21.1), and reach packages with extras (26.1). */
  readonly urlConstraints: 'no' | 'base' | 'all';
  /** `last`: yanked files are merely sorted last; `if-all`: allowed if all are; `if-pinned`: and if one is pinned. */
  readonly yanked: 'last' | 'if-all' | 'if-pinned';
  /** Metadata that cannot be read makes the version ignored (24.1); before, legacy forms are understood. */
  readonly ignoresInvalidMetadata: boolean;
  /** A failed build ends everything (22.0), or the file is passed over. */
  readonly abortsOnBuildFailure: boolean;
  /** Hashes, also those of constraints, make a requirement count as pinned (26.1). */
  readonly hashesPin: boolean;
  /** `--pre` also holds for build requirements (until 25.3). */
  readonly forwardsPreToBuilds: boolean;
  /** Metadata files are read instead of wheels (23.2). */
  readonly readsMetadataFiles: boolean;
  /** A candidate's metadata is read when its dependencies are needed, not when it is found (20.3). */
  readonly readsMetadataLate: boolean;
  /**
   * Dependencies of extras come extra by extra, after the plain ones, which are not repeated: pkg_resources' way, used
   * by releases before 22.1 and by all on Python 3.10 and older.
   */
  readonly groupsByExtra: boolean;
  /** The build tag of a wheel counts more than its platform (until 21.0). */
  readonly buildTagFirst: boolean;
  /** `-U pkg[x]` makes `pkg` upgradable, too (22.0). */
  readonly upgradesIgnoreExtras: boolean;
  readonly uploadedPriorTo: boolean;
  /** `--all-releases` and `--only-final` (26.0). */
  readonly releaseControl: boolean;
  readonly texts: PipTextEra;
}

/** Differences of pip's texts; explain/pip/ writes them. */
export interface PipTextEra {
  /** `(from versions: …)`, constraint lines, several Pythons in one report (21.1). */
  readonly listsVersions: boolean;
  /** "Ignored the following versions that require a different python version" (22.1). */
  readonly listsSkippedPythons: boolean;
  /** "Ignored the following yanked versions" (23.3). */
  readonly listsYanked: boolean;
  /** "allow pip to attempt to solve" (24.1) instead of "allow pip attempt to solve". */
  readonly attemptsWithTo: boolean;
  /** "Additionally, some packages in these conflicts have no matching distributions" (25.3). */
  readonly addsNoMatching: boolean;
  /** "Could not find a final version" (26.0). */
  readonly saysFinalVersion: boolean;
  /** The address of the help page. */
  readonly help: 'user-guide' | 'topics';
  /** Too deep is a report of its own (25.1); before, a traceback. */
  readonly explainsTooDeep: boolean;
  /** The eighth message says "is still looking" (23.2). */
  readonly saysStillLooking: boolean;
  /** Why versions were skipped for Python: sorted clauses (24.x), or as the index spells them. */
  readonly sortsSkippedPythons: boolean;
}

const TEXTS_26: PipTextEra = {
  listsVersions: true,
  listsSkippedPythons: true,
  listsYanked: true,
  attemptsWithTo: true,
  addsNoMatching: true,
  saysFinalVersion: true,
  help: 'topics',
  explainsTooDeep: true,
  saysStillLooking: true,
  sortsSkippedPythons: true,
};
const TEXTS_25_3: PipTextEra = { ...TEXTS_26, saysFinalVersion: false };
const TEXTS_25_1: PipTextEra = { ...TEXTS_25_3, addsNoMatching: false };
const TEXTS_24_1: PipTextEra = { ...TEXTS_25_1, explainsTooDeep: false };
const TEXTS_23_3: PipTextEra = { ...TEXTS_24_1, attemptsWithTo: false };
const TEXTS_23_2: PipTextEra = { ...TEXTS_23_3, listsYanked: false };
const TEXTS_22_1: PipTextEra = { ...TEXTS_23_2, saysStillLooking: false };
const TEXTS_22_0: PipTextEra = { ...TEXTS_22_1, listsSkippedPythons: false };
const TEXTS_21_1: PipTextEra = { ...TEXTS_22_0, help: 'user-guide' };
const TEXTS_20_3: PipTextEra = { ...TEXTS_21_1, listsVersions: false };

const V26_2: PipEra = {
  release: '26.2',
  search: '1.2.1',
  maxRounds: 200_000,
  policy: 'packaging-26',
  preference: '25.1',
  forgetsUserDepths: false,
  prefersCauses: false,
  delaysSetuptools: false,
  promotesConflicts: true,
  requiresPythonFirst: true,
  splitsExtras: true,
  normalizesExtras: true,
  extrasFollowBase: 'all',
  constrainsExtras: true,
  urlConstraints: 'all',
  yanked: 'if-pinned',
  ignoresInvalidMetadata: true,
  abortsOnBuildFailure: true,
  hashesPin: true,
  forwardsPreToBuilds: false,
  readsMetadataFiles: true,
  readsMetadataLate: false,
  groupsByExtra: false,
  buildTagFirst: false,
  upgradesIgnoreExtras: true,
  uploadedPriorTo: true,
  releaseControl: true,
  texts: TEXTS_26,
};
const V26_1: PipEra = { ...V26_2, release: '26.1' };
const V26_0: PipEra = {
  ...V26_1,
  release: '26.0',
  promotesConflicts: false,
  urlConstraints: 'base',
  hashesPin: false,
};
const V25_3: PipEra = {
  ...V26_0,
  release: '25.3',
  policy: 'packaging-25',
  forwardsPreToBuilds: true,
  uploadedPriorTo: false,
  releaseControl: false,
  texts: TEXTS_25_3,
};
const V25_2: PipEra = { ...V25_3, release: '25.2', search: '1.2.0', texts: TEXTS_25_1 };
const V25_1: PipEra = { ...V25_2, release: '25.1', search: '1.1.0' };
const V25_0: PipEra = {
  ...V25_1,
  release: '25.0',
  search: '1.0.1',
  preference: '21.2',
  prefersCauses: true,
  requiresPythonFirst: false,
  texts: TEXTS_24_1,
};
const V24_3: PipEra = { ...V25_0, release: '24.3', policy: 'packaging-24' };
const V24_2: PipEra = { ...V24_3, release: '24.2' };
const V24_1: PipEra = { ...V24_2, release: '24.1' };
const V24_0: PipEra = {
  ...V24_1,
  release: '24.0',
  policy: 'packaging-20',
  ignoresInvalidMetadata: false,
  texts: TEXTS_23_3,
};
const V23_3: PipEra = { ...V24_0, release: '23.3' };
const V23_2: PipEra = {
  ...V23_3,
  release: '23.2',
  splitsExtras: false,
  normalizesExtras: false,
  extrasFollowBase: 'urls',
  texts: TEXTS_23_2,
};
const V23_1: PipEra = { ...V23_2, release: '23.1', readsMetadataFiles: false, texts: TEXTS_22_1 };
const V23_0: PipEra = {
  ...V23_1,
  release: '23.0',
  search: '0.8',
  maxRounds: 2_000_000,
  delaysSetuptools: true,
};
const V22_3: PipEra = { ...V23_0, release: '22.3' };
const V22_2: PipEra = { ...V22_3, release: '22.2' };
const V22_1: PipEra = { ...V22_2, release: '22.1' };
const V22_0: PipEra = { ...V22_1, release: '22.0', groupsByExtra: true, texts: TEXTS_22_0 };
const V21_3: PipEra = {
  ...V22_0,
  release: '21.3',
  yanked: 'if-all',
  abortsOnBuildFailure: false,
  upgradesIgnoreExtras: false,
  texts: TEXTS_21_1,
};
const V21_2_2: PipEra = {
  ...V21_3,
  release: '21.2.2',
  search: '0.7.1',
  forgetsUserDepths: true,
  prefersCauses: false,
};
const V21_2: PipEra = { ...V21_2_2, release: '21.2', constrainsExtras: false };
const V21_1: PipEra = { ...V21_2, release: '21.1', search: '0.7.0', preference: '21.1' };
const V21_0: PipEra = {
  ...V21_1,
  release: '21.0',
  search: '0.5.4',
  preference: '20.3.2',
  constrainsExtras: true,
  extrasFollowBase: 'no',
  urlConstraints: 'no',
  buildTagFirst: true,
  texts: TEXTS_20_3,
};
const V20_3_4: PipEra = { ...V21_0, release: '20.3.4' };
/** A build that failed ended everything in 20.3.3, too, as it did before 20.3.2. */
const V20_3_3: PipEra = { ...V20_3_4, release: '20.3.3', search: '0.5.3', abortsOnBuildFailure: true };
const V20_3_2: PipEra = { ...V20_3_3, release: '20.3.2', abortsOnBuildFailure: false };
const V20_3: PipEra = {
  ...V20_3_3,
  release: '20.3',
  preference: '20.3',
  constrainsExtras: false,
  yanked: 'last',
  readsMetadataLate: true,
};

/** Newest first. */
export const PIP_ERAS: readonly PipEra[] = [
  ...[V26_2, V26_1, V26_0, V25_3, V25_2, V25_1, V25_0, V24_3, V24_2, V24_1, V24_0, V23_3, V23_2, V23_1],
  ...[
    V23_0,
    V22_3,
    V22_2,
    V22_1,
    V22_0,
    V21_3,
    V21_2_2,
    V21_2,
    V21_1,
    V21_0,
    V20_3_4,
    V20_3_3,
    V20_3_2,
    V20_3,
  ],
];

/** What pip 19.3 has in common with its successors: how it finds and orders files. Its resolver is in legacy/. */
export const LEGACY_ERA: PipEra = { ...V20_3, release: '19.3', readsMetadataLate: false };

/** How the 2019 prototype is given what it searches: as the newest pip finds it, one requirement at a time. */
export const PROTOTYPE_ERA: PipEra = {
  ...V26_2,
  release: 'zazo',
  splitsExtras: false,
  yanked: 'last',
  uploadedPriorTo: false,
};

/**
 * The row of a release; null when there is none. `26.2.1` is a patch of 26.2; a few patch releases have rows of their
 * own, and the nearest one at or before the patch counts.
 */
export function pipEra(release: string): PipEra | null {
  const [major, minor, patch = '0'] = release.split('.');
  const sameMinor = PIP_ERAS.filter((era) => {
    const [eraMajor, eraMinor] = era.release.split('.');
    return eraMajor === major && eraMinor === minor;
  });
  return sameMinor.find((era) => Number(era.release.split('.')[2] ?? '0') <= Number(patch)) ?? null;
}
