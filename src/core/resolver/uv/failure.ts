/** All that uv's error report is made from. It is a value: the report itself is written in `explain/uv/`. */
import type { VersionRange } from '../../packaging/version-range.ts';
import type { Version } from '../../packaging/version.ts';
import type { DerivationTree } from '../pubgrub/derivation-tree.ts';
import type { FactReader } from './fact-reader.ts';
import type { UvPackage } from './package.ts';
import type { PrereleasePolicy } from './prerelease-selection.ts';
import type { PythonRequirement } from './python-requirement.ts';
import type { Release } from './release.ts';
import type { UvReason } from './unavailable-reason.ts';
import type { TagTable } from './wheel-tags.ts';

export interface UvFailure {
  readonly tree: DerivationTree<VersionRange, UvReason>;
  /** By package number. */
  readonly packages: readonly UvPackage[];
  /** Versions of the projects that were looked at, without those that a cut-off date hides, lowest first. */
  readonly included: ReadonlyMap<string, readonly Version[]>;
  /** All versions of the projects that were looked at, lowest first. */
  readonly known: ReadonlyMap<string, readonly Version[]>;
  readonly python: PythonRequirement;
  readonly prereleases: PrereleasePolicy;
  /** For hints: what is published in which files. */
  readonly facts: FactReader;
  /** For hints: the release that would be tried first, usable or not; null when there is none. */
  readonly select: (project: string, range: VersionRange) => Release | null;
  readonly tags: TagTable | null;
  /** The indexes in the order of asking, where only the first that has a project is read; null is the default one. */
  readonly indexOrder: readonly (string | null)[];
  /** Options that hints name. */
  readonly isNoBuildForAll: boolean;
  readonly isNoBinaryForAll: boolean;
  /** Milliseconds since 1970. */
  readonly excludeNewer: number | null;
  /** Whether versions that cannot be used were recorded as intervals (0.12). */
  readonly widensRejections: boolean;
  /** Whether the requirements are a project's (`uv lock`) rather than the user's own list (`uv pip`). */
  readonly isProject: boolean;
  /** The project's name, where its extras and groups are packages of their own. */
  readonly member: string | null;
  /** Universal mode: in what the failed fork differs from the environment at hand; null when it covers it. */
  readonly elsewhere: 'python' | 'environment' | null;
  /** Universal mode: the fork that failed, as the heading names it; null when there was only one. */
  readonly split: string | null;
  /** Its markers alone. */
  readonly splitMarker: string | null;
}
