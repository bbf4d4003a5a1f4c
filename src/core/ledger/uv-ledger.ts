/**
 * The ledger under uv's rules: limits choose versions, then each file is judged by itself, then what the files of a
 * version amount to. The judgements are the engine's own (`resolver/uv/`); what it never says, which is everything but
 * the first reason, is collected here.
 */
import {
  assembleLedger,
  type JudgedFile,
  type Ledger,
  type LedgerReason,
  type VersionVerdict,
} from './ledger.ts';
import { limitReasons, type LedgerLimit } from './pip-ledger.ts';
import { isMissing, type Distribution, type ProjectPage } from '../package-index/package-index.ts';
import { isPrerelease, type Version } from '../packaging/version.ts';
import { versionOf } from '../packaging/version-cut.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import { rangeOfSpecifiers } from '../resolver/uv/dependencies.ts';
import { filePolicy, firstPartyRequirements } from '../resolver/uv/file-policy.ts';
import { readLenientRequirement } from '../resolver/uv/lenient-requirement.ts';
import { namesPrerelease, PrereleasePolicy } from '../resolver/uv/prerelease-selection.ts';
import { listingOf, type ProjectListing } from '../resolver/uv/project-listing.ts';
import {
  admitsPython,
  interpreterRequirement,
  pythonVersionRequirement,
  readRequiresPython,
} from '../resolver/uv/python-requirement.ts';
import {
  isHidden,
  judgeRelease,
  type FilePolicy,
  type Release,
  type ReleaseFile,
} from '../resolver/uv/release.ts';
import type { VersionReason } from '../resolver/uv/unavailable-reason.ts';
import { TagTable } from '../resolver/uv/wheel-tags.ts';

/** What of a request decides about files; made once for all projects. */
interface UvRules {
  readonly request: ResolveRequest;
  readonly policy: FilePolicy;
  readonly selectionOf: (project: string) => ReturnType<PrereleasePolicy['selection']>;
  readonly admitsPython: (requiresPython: string | null) => boolean;
}

function uvLedgerRules(request: ResolveRequest): UvRules {
  const { options, target, toolVersion } = request;
  const tags = options.universal ? null : new TagTable(target);
  const { pythonVersion } = options;
  const python =
    pythonVersion === null
      ? interpreterRequirement(target.python)
      : pythonVersionRequirement(target.python, versionOf(pythonVersion));
  const explicit = firstPartyRequirements(request)
    .filter((requirement) => namesPrerelease(requirement.specifier))
    .map((requirement) => requirement.normalizedName);
  const prereleases = new PrereleasePolicy(options, toolVersion, new Set(explicit));
  return {
    request,
    policy: filePolicy(request, tags, target.python),
    selectionOf: (project) => prereleases.selection(project),
    admitsPython: (requiresPython) => {
      const supported = requiresPython === null ? null : readRequiresPython(requiresPython);
      return supported === null || admitsPython(python, supported);
    },
  };
}

function dateReasons(file: Distribution, { excludeNewer }: FilePolicy): readonly LedgerReason[] {
  if (excludeNewer === null) return [];
  const isEarlier = file.uploadTime !== null && Date.parse(file.uploadTime) < excludeNewer;
  return isEarlier ? [] : [{ kind: 'date', uploadTime: file.uploadTime }];
}

function fileReasons(file: ReleaseFile, version: Version, rules: UvRules): readonly LedgerReason[] {
  const { distribution, tags, hasValidName } = file;
  const { policy } = rules;
  const { project, yanked, requiresPython } = distribution;
  const isWheel = distribution.kind === 'wheel';
  const reasons: LedgerReason[] = [];
  if (!hasValidName) reasons.push({ kind: 'format', excluded: 'archive' });
  if (isWheel ? policy.isNoBinary(project) : policy.isNoBuild(project))
    reasons.push({ kind: 'format', excluded: isWheel ? 'wheel' : 'sdist' });
  reasons.push(...dateReasons(distribution, policy));
  if (yanked !== false && !policy.isYankAllowed(project, version))
    reasons.push({ kind: 'yanked', reason: yanked });
  if (isWheel && (tags === null || policy.tagMismatch(tags) !== null))
    reasons.push({ kind: 'tags', tags: distribution.tags });
  if (requiresPython !== null && !rules.admitsPython(requiresPython))
    reasons.push({ kind: 'python', requiresPython });
  return reasons;
}

/** Versions that the limits leave, and that a cut-off date does not hide. */
function versionsInRange(listing: ProjectListing, limits: readonly LedgerLimit[], policy: FilePolicy) {
  return listing.releases
    .filter((release) => !isHidden(release, policy) && isInRange(release.version, limits))
    .map(({ version }) => version);
}

function isInRange(version: Version, limits: readonly LedgerLimit[]): boolean {
  return limits.every(({ specifier }) => rangeOfSpecifiers(specifier).contains(version));
}

/** Why pre-releases of a project are not offered at first; null when they are. */
function prereleaseReason(
  project: string,
  listing: ProjectListing,
  limits: readonly LedgerLimit[],
  rules: UvRules,
): LedgerReason | null {
  const isStable = (version: Version): boolean => !isPrerelease(version);
  switch (rules.selectionOf(project)) {
    case 'allow':
      return null;
    case 'disallow':
      return { kind: 'prerelease', isLastResort: false };
    case 'only-without-stable':
      return listing.versions.some(isStable) ? { kind: 'prerelease', isLastResort: false } : null;
    case 'stable-first':
      return versionsInRange(listing, limits, rules.policy).some(isStable)
        ? { kind: 'prerelease', isLastResort: true }
        : null;
  }
}

/** The engine's one reason, as the ledger calls it. */
function fromEngine(reason: VersionReason, file: Distribution): LedgerReason {
  switch (reason.kind) {
    case 'yanked':
      return { kind: 'yanked', reason: reason.reason };
    case 'no-build':
      return { kind: 'format', excluded: 'sdist' };
    case 'no-binary':
      return { kind: 'format', excluded: 'wheel' };
    case 'tag':
    case 'missing-platform':
      return { kind: 'tags', tags: file.tags };
    case 'exclude-newer':
    case 'no-publish-time':
      return { kind: 'date', uploadTime: file.uploadTime };
    case 'no-distributions':
      return { kind: 'format', excluded: 'archive' };
    case 'requires-python':
    case 'metadata-requires-python':
      return { kind: 'python', requiresPython: reason.specifiers };
    case 'unknown-metadata':
      return { kind: 'metadata', state: 'unknown' };
    case 'invalid-metadata':
    case 'unsatisfiable-dependency':
      return { kind: 'metadata', state: 'invalid' };
  }
}

function metadataReason(described: Distribution, { request }: UvRules): LedgerReason | null {
  const metadata = request.index.metadata(described);
  if (isMissing(metadata)) return metadata.loadable ? null : { kind: 'metadata', state: 'unknown' };
  const isReadable = metadata.requiresDist.every((text) => readLenientRequirement(text).ok);
  return isReadable ? null : { kind: 'metadata', state: 'invalid' };
}

/** What uv says of a version whose limits and kind of release are fine. */
function judgeFiles(
  release: Release,
  rules: UvRules,
): { reason: LedgerReason | null; best: Distribution | null } {
  const usability = judgeRelease(release, rules.policy);
  const first = release.files[0]!.distribution;
  if (usability.kind === 'hidden')
    return { reason: { kind: 'date', uploadTime: first.uploadTime }, best: null };
  if (usability.kind === 'unusable') return { reason: fromEngine(usability.reason, first), best: null };
  const { requiresPython } = usability.chosen;
  if (requiresPython !== null && !rules.admitsPython(requiresPython))
    return { reason: { kind: 'python', requiresPython }, best: null };
  const reason = metadataReason(usability.described, rules);
  return { reason, best: reason === null ? usability.chosen : null };
}

/** Makes the ledgers of a request's projects, each from its page and the limits on it. */
export function makeUvLedgers(
  request: ResolveRequest,
): (page: ProjectPage, limits: readonly LedgerLimit[]) => Ledger {
  const rules = uvLedgerRules(request);
  return (page, limits) => makeUvLedger(page, limits, rules);
}

function makeUvLedger(page: ProjectPage, limits: readonly LedgerLimit[], rules: UvRules): Ledger {
  const listing = listingOf(page);
  const releaseOf = new Map<Distribution, Release>();
  const fileOf = new Map<Distribution, ReleaseFile>();
  for (const release of listing.releases)
    for (const file of release.files) {
      releaseOf.set(file.distribution, release);
      fileOf.set(file.distribution, file);
    }
  const ofPrereleases = prereleaseReason(page.name, listing, limits, rules);
  const versionReasons = (version: Version): readonly LedgerReason[] => [
    ...limitReasons(limits, (at) => rangeOfSpecifiers(limits[at]!.specifier).contains(version)),
    ...(isPrerelease(version) && ofPrereleases !== null ? [ofPrereleases] : []),
  ];
  const judged = page.distributions.map((file): JudgedFile => {
    const version = releaseOf.get(file)?.version;
    if (version === undefined) return { file, version: null, reasons: [{ kind: 'version' }] };
    const reasons = [...versionReasons(version), ...fileReasons(fileOf.get(file)!, version, rules)];
    return { file, version, reasons };
  });
  const judgeVersion = (files: readonly number[]): VersionVerdict => {
    const first = judged[files[0]!]!;
    const release = releaseOf.get(first.file);
    if (release === undefined) return { reason: { kind: 'version' }, best: null };
    const [earlier] = versionReasons(release.version);
    if (earlier !== undefined) return { reason: earlier, best: null };
    const { reason, best } = judgeFiles(release, rules);
    return { reason, best: best === null ? null : (files.find((at) => judged[at]!.file === best) ?? null) };
  };
  const rows = limits.map(({ specifier, isConstraint, asker }) => ({
    text: specifier.text,
    isConstraint,
    asker,
  }));
  return assembleLedger(page, judged, rows, judgeVersion);
}
