/** One version of a project: its files, and which of them uv could use. README.md#usability */
import type { Distribution } from '../../package-index/package-index.ts';
import type { Version } from '../../packaging/version.ts';
import { TAG_MISMATCHES, type TagMismatch, type VersionReason } from './unavailable-reason.ts';
import type { WheelTags } from './wheel-tags.ts';

/** What the user allows. Names are normalised. */
export interface FilePolicy {
  /** Whether wheels of this project must not be used. */
  isNoBinary(project: string): boolean;
  /** Whether source distributions of this project must not be built. */
  isNoBuild(project: string): boolean;
  /** Milliseconds since 1970; files uploaded at or after it do not exist. */
  readonly excludeNewer: number | null;
  /** Whether this yanked version was asked for by name. */
  isYankAllowed(project: string, version: Version): boolean;
  /** How a wheel's tags fit: null when they do. Universal mode asks only about its Python. */
  tagMismatch(tags: WheelTags): TagMismatch | null;
  /** Place of the best tag; lower is better. */
  tagRank(tags: WheelTags): number;
}

export interface ReleaseFile {
  readonly distribution: Distribution;
  readonly tags: WheelTags | null;
  /** Whether an sdist's name follows PEP 625 well enough to tell its version. */
  readonly hasValidName: boolean;
}

export interface Release {
  readonly version: Version;
  readonly files: readonly ReleaseFile[];
}

/** What can be done with a release. */
export type Usability =
  | {
      readonly kind: 'usable';
      /** The file that would be installed. */
      readonly chosen: Distribution;
      /** The file whose metadata is read: a wheel where there is one, even one that does not fit. */
      readonly described: Distribution;
      /** The wheels that can be used; null when a source distribution serves every environment. */
      readonly wheels: readonly WheelTags[] | null;
    }
  | { readonly kind: 'unusable'; readonly reason: VersionReason }
  /** Only files that are too new: the version is passed over in silence. */
  | { readonly kind: 'hidden' };

/** The reasons by how near they are to usable: of several files the nearest is told. */
const REASON_ORDER: readonly VersionReason['kind'][] = [
  'no-build',
  'no-binary',
  'yanked',
  'requires-python',
  'tag',
  'no-publish-time',
  'exclude-newer',
];

function nearness(reason: VersionReason): number {
  const order = REASON_ORDER.indexOf(reason.kind) * TAG_MISMATCHES.length;
  return reason.kind === 'tag' ? order + TAG_MISMATCHES.indexOf(reason.mismatch) : order;
}

function ageReason(file: Distribution, policy: FilePolicy): VersionReason | null {
  if (policy.excludeNewer === null) return null;
  if (file.uploadTime === null) return { kind: 'no-publish-time' };
  return Date.parse(file.uploadTime) >= policy.excludeNewer ? { kind: 'exclude-newer' } : null;
}

function yankReason(file: Distribution, version: Version, policy: FilePolicy): VersionReason | null {
  if (file.yanked === false || policy.isYankAllowed(file.project, version)) return null;
  return { kind: 'yanked', reason: file.yanked };
}

/** In uv's order: no-binary, age, yanked, tags. */
function wheelReason(file: ReleaseFile, version: Version, policy: FilePolicy): VersionReason | null {
  const { distribution } = file;
  if (policy.isNoBinary(distribution.project)) return { kind: 'no-binary' };
  const reason = ageReason(distribution, policy) ?? yankReason(distribution, version, policy);
  if (reason !== null) return reason;
  const mismatch = file.tags === null ? 'invalid' : policy.tagMismatch(file.tags);
  return mismatch === null ? null : { kind: 'tag', mismatch };
}

/** In uv's order: no-build, age, yanked. */
function sdistReason(file: ReleaseFile, version: Version, policy: FilePolicy): VersionReason | null {
  const { distribution } = file;
  if (policy.isNoBuild(distribution.project)) return { kind: 'no-build' };
  return ageReason(distribution, policy) ?? yankReason(distribution, version, policy);
}

interface Judged {
  readonly file: ReleaseFile;
  readonly reason: VersionReason | null;
}

function nearest(judged: readonly Judged[]): Judged | null {
  let best: Judged | null = null;
  for (const item of judged) {
    if (
      best === null ||
      (item.reason !== null && best.reason !== null && nearness(item.reason) > nearness(best.reason))
    )
      best = item;
  }
  return best;
}

/**
 * Which file uv would use. A usable sdist rescues a wheel that does not fit, and then the wheel's metadata is still
 * what is read. When nothing is usable the sdist's reason is told rather than the wheel's.
 */
export function judgeRelease(release: Release, policy: FilePolicy): Usability {
  const { version, files } = release;
  const wheels: Judged[] = [];
  const sdists: Judged[] = [];
  for (const file of files) {
    if (file.distribution.kind === 'wheel') wheels.push({ file, reason: wheelReason(file, version, policy) });
    else if (file.hasValidName) sdists.push({ file, reason: sdistReason(file, version, policy) });
  }
  const sdist = sdists.find((item) => item.reason === null);
  const fitting = wheels.filter((wheel) => wheel.reason === null).map((wheel) => wheel.file);
  if (fitting.length > 0) {
    const chosen = fitting.reduce((best, file) =>
      policy.tagRank(file.tags!) < policy.tagRank(best.tags!) ? file : best,
    ).distribution;
    const tags = sdist === undefined ? fitting.map((file) => file.tags!) : null;
    return { kind: 'usable', chosen, described: chosen, wheels: tags };
  }
  const wheel = nearest(wheels);
  if (sdist !== undefined) {
    const chosen = sdist.file.distribution;
    return { kind: 'usable', chosen, described: wheel?.file.distribution ?? chosen, wheels: null };
  }
  const told = nearest(sdists) ?? wheel;
  if (told === null) return { kind: 'unusable', reason: { kind: 'no-distributions' } };
  const reason = told.reason!;
  return reason.kind === 'exclude-newer' || reason.kind === 'no-publish-time'
    ? { kind: 'hidden' }
    : { kind: 'unusable', reason };
}

/** Whether a cut-off date hides the version, so that it is not even counted as existing. */
export function isHidden(release: Release, policy: FilePolicy): boolean {
  if (policy.excludeNewer === null) return false;
  return release.files.every((file) => ageReason(file.distribution, policy) !== null);
}
