/** The rules by which pip's releases differ. The releases themselves are rows in era.ts. */
import type { PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import type { SearchVersion } from '../backtracking/variants.ts';
import type { PipTextEra } from './text-era.ts';

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
  /** All dependencies are read before the first is looked at (until 25.0), so that all their warnings are printed. */
  readonly readsAllDependencies: boolean;
  /** `foo[x]>1` asks for `foo>1`, too (23.3). */
  readonly splitsExtras: boolean;
  /** So does `foo[x] @ address`: the base first, then the extras (24.0); before, the extras alone, which bring the base. */
  readonly splitsUrlExtras: boolean;
  /** What extras bring is said to come from the requirement that named them (23.3), before from that on the base. */
  readonly namesExtrasAsOrigin: boolean;
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
  /** `--build-constraint` (25.3). */
  readonly hasBuildConstraints: boolean;
  /** Metadata files are read instead of wheels (23.2). */
  readonly readsMetadataFiles: boolean;
  /** A candidate's metadata is read when its dependencies are needed, not when it is found (20.3). */
  readonly readsMetadataLate: boolean;
  /**
   * Dependencies of extras come extra by extra, after the plain ones, which are not repeated: pkg_resources' way, used
   * by releases before 22.1 and by all on Python 3.10 and older.
   */
  readonly groupsByExtra: boolean;
  /** Platforms of wheels that the release does not know, as a pattern of their tags; null when it knows all. */
  readonly unknownPlatforms: RegExp | null;
  /** pkg_resources keeps dependencies in sets, so that their order changes from run to run (until 23.1). */
  readonly keepsDependenciesInSets: boolean;
  /** Names of wheels need not be proper ones (until 25.2). */
  readonly readsOddWheelNames: boolean;
  /** The build tag of a wheel counts more than its platform (until 21.0). */
  readonly buildTagFirst: boolean;
  /**
   * What a line of the user's names. `project`: the package without its extras, even where the marker does not hold (to
   * 21.1); `identifier`: the package as asked for (21.2).
   */
  readonly userNames: 'project' | 'identifier';
  /** Whether what the user named is looked up without extras, too: `-U pkg[x]` upgrades `pkg` (not in 21.1–21.3). */
  readonly upgradesIgnoreExtras: boolean;
  /** What is installed is offered before every version that is not newer (21.0.1), or once and instead of its equals. */
  readonly repeatsInstalled: boolean;
  /** What is installed counts as a candidate even when it is excluded (21.1 to 21.1.1): the search then never ends. */
  readonly countsExcludedInstalled: boolean;
  /** The report blames the first Requires-Python in the conflict, even one that holds (until 21.0). */
  readonly blamesAnyPython: boolean;
  /** A single cause is reported as such although a constraint may have made it (until 21.0). */
  readonly overlooksConstraints: boolean;
  /** What will be broken is also looked for among dependants of dependants that stand behind them (until 26.1). */
  readonly followsDependants: boolean;
  readonly uploadedPriorTo: boolean;
  /** `--all-releases` and `--only-final` (26.0). */
  readonly releaseControl: boolean;
  readonly texts: PipTextEra;
}
