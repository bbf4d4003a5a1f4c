/** What one step of a fork's search comes to. */
import type { MissingFact } from '../../package-index/package-index.ts';
import type { VersionRange } from '../../packaging/version-range.ts';
import type { Version } from '../../packaging/version.ts';
import type { Incompatibility } from '../pubgrub/incompatibility.ts';
import type { UrlComplaint } from './fork-urls.ts';
import type { UvPackage } from './package.ts';
import type { PlatformPart } from './platform-forks.ts';
import type { UvReason, VersionReason } from './unavailable-reason.ts';
import type { ChosenFiles } from './version-chooser.ts';

/** A version that a fork decided, and the files that stand for it. */
export interface DecidedVersion {
  readonly version: Version;
  readonly files: ChosenFiles | null;
}

/** What a step of the search came to. `continue` when there is more to do. */
export type StepResult =
  | { readonly kind: 'continue' }
  | { readonly kind: 'solved' }
  | { readonly kind: 'failed'; readonly incompatibility: Incompatibility<VersionRange, UvReason> }
  | { readonly kind: 'incomplete'; readonly missing: readonly MissingFact[] }
  /** A version was chosen, and its dependencies are wanted: `decideWith` or `rejectVersion` goes on. */
  | { readonly kind: 'dependencies'; readonly package: UvPackage; readonly decided: DecidedVersion }
  /** Universal mode: the version needs a newer Python than all of this fork's environments have. */
  | { readonly kind: 'newer-python'; readonly version: Version; readonly reason: VersionReason }
  /** Universal mode: the version has no wheels for a part of this fork's environments. */
  | { readonly kind: 'platforms'; readonly parts: readonly PlatformPart[] }
  /** An address is in the way: uv ends here. */
  | { readonly kind: 'complaint'; readonly complaint: UrlComplaint };
