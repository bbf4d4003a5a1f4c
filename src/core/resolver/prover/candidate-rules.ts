/**
 * Which versions a tool could use. Some of pip's rules look at all requirements on a project together (a yanked release
 * only when nothing else fits, a pre-release only when named or when nothing else fits); a proof must hold whatever they
 * say. So rules come in two strengths:
 *
 *     lenient   every version that could be admitted by some combination    "impossible" is certain
 *     strict    only versions that every combination admits                 "possible" is certain
 */
import type { Distribution } from '../../package-index/package-index.ts';
import type { PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import { specifierSetContains, parseSpecifierSet } from '../../packaging/specifier.ts';
import { isPrerelease, type Version } from '../../packaging/version.ts';
import type { ResolveRequest } from '../engine.ts';
import { filePolicy, firstPartyRequirements } from '../uv/file-policy.ts';
import { namesPrerelease, PrereleasePolicy as UvPrereleases } from '../uv/prerelease-selection.ts';
import {
  admitsPython,
  interpreterRequirement,
  pythonVersionRequirement,
  readRequiresPython,
} from '../uv/python-requirement.ts';
import type { ProjectListing } from '../uv/project-listing.ts';
import { judgeRelease, type Release } from '../uv/release.ts';
import type { VersionReason } from '../uv/unavailable-reason.ts';
import { TagTable } from '../uv/wheel-tags.ts';
import { versionOf } from '../../packaging/version-cut.ts';
import type { UnusableReason } from './proof.ts';
import { eraOfTool } from './tool-era.ts';

export type RuleStrength = 'lenient' | 'strict';

export type ReleaseVerdict =
  | { readonly kind: 'usable'; readonly described: Distribution }
  | { readonly kind: 'unusable'; readonly reason: UnusableReason };

export interface CandidateRules {
  judge(project: string, release: Release, listing: ProjectListing): ReleaseVerdict;
  /** Why a version whose metadata says this cannot be used; null when it can. */
  pythonReason(requiresPython: string | null): UnusableReason | null;
  /** Whether a weaker reading of the rules could admit more: then `strict` and `lenient` differ. */
  readonly hasTwoStrengths: boolean;
}

function unusable(kind: UnusableReason['kind'], detail = ''): ReleaseVerdict {
  return { kind: 'unusable', reason: { kind, detail } };
}

function fromUv(reason: VersionReason): ReleaseVerdict {
  switch (reason.kind) {
    case 'yanked':
      return unusable('yanked', reason.reason);
    case 'tag':
      return unusable('tags', reason.mismatch);
    case 'missing-platform':
      return unusable('tags', reason.marker);
    case 'no-build':
    case 'no-binary':
    case 'no-distributions':
      return unusable('format', reason.kind);
    case 'exclude-newer':
    case 'no-publish-time':
      return unusable('too-new');
    case 'requires-python':
    case 'metadata-requires-python':
      return unusable('requires-python', reason.specifiers);
    case 'unknown-metadata':
      return unusable('unknown-metadata');
    case 'invalid-metadata':
    case 'unsatisfiable-dependency':
      return unusable('invalid-metadata');
  }
}

/** uv's rules: which versions are candidates never depends on the search. */
export function uvRules(request: ResolveRequest): CandidateRules {
  const { pythonVersion, universal } = request.options;
  // For all environments, a version counts whatever machine its wheels are for.
  const tags = universal ? null : new TagTable(request.target);
  const policy = filePolicy(request, tags, request.target.python);
  const python =
    pythonVersion === null
      ? interpreterRequirement(request.target.python)
      : pythonVersionRequirement(request.target.python, versionOf(pythonVersion));
  const explicit = firstPartyRequirements(request)
    .filter(({ requirement }) => namesPrerelease(requirement.specifier))
    .map(({ requirement }) => requirement.normalizedName);
  const prereleases = new UvPrereleases(request.options, request.toolVersion, new Set(explicit));
  const pythonReason = (specifiers: string | null): UnusableReason | null => {
    const supported = specifiers === null ? null : readRequiresPython(specifiers);
    if (supported === null || admitsPython(python, supported)) return null;
    return { kind: 'requires-python', detail: specifiers! };
  };
  return {
    hasTwoStrengths: false,
    pythonReason,
    judge(project, release, listing) {
      if (isPrerelease(release.version) && !uvAllows(prereleases.selection(project), listing)) {
        return unusable('prerelease');
      }
      const usability = judgeRelease(release, policy);
      if (usability.kind === 'hidden') return unusable('too-new');
      if (usability.kind === 'unusable') return fromUv(usability.reason);
      const reason = pythonReason(usability.chosen.requiresPython);
      return reason === null
        ? { kind: 'usable', described: usability.described }
        : { kind: 'unusable', reason };
    },
  };
}

function uvAllows(selection: ReturnType<UvPrereleases['selection']>, listing: ProjectListing): boolean {
  if (selection === 'only-without-stable') return listing.versions.every(isPrerelease);
  return selection !== 'disallow';
}

/** pip's rules. Yanked and pre-releases are admitted by the lenient reading only, unless the user's options settle it. */
export function pipRules(request: ResolveRequest, strength: RuleStrength): CandidateRules {
  const { options, target } = request;
  const { policy: reading, yanked } = eraOfTool(request.toolVersion);
  const uvPolicy = filePolicy(request, new TagTable(target), target.python);
  const policy = { ...uvPolicy, isYankAllowed: () => strength === 'lenient' || yanked === 'last' };
  const named = new Set(
    firstPartyRequirements(request)
      .filter(({ requirement }) => namesPrerelease(requirement.specifier))
      .map(({ requirement }) => requirement.normalizedName),
  );
  const holds = (list: readonly string[], project: string): boolean =>
    list.includes(':all:') || list.includes(project);
  const allowsPrereleases = (project: string): boolean => {
    if (holds(options.onlyFinal, project)) return false;
    return strength === 'lenient' || options.pre || holds(options.allReleases, project) || named.has(project);
  };
  const pythonReason = (specifiers: string | null): UnusableReason | null =>
    specifiers === null || options.ignoreRequiresPython || pipAdmitsPython(specifiers, target.python, reading)
      ? null
      : { kind: 'requires-python', detail: specifiers };
  return {
    hasTwoStrengths: true,
    pythonReason,
    judge(project, release) {
      if (isPrerelease(release.version) && !allowsPrereleases(project)) return unusable('prerelease');
      const files = release.files.filter((file) => pythonReason(file.distribution.requiresPython) === null);
      if (files.length === 0) {
        return unusable('requires-python', release.files[0]?.distribution.requiresPython ?? '');
      }
      const usability = judgeRelease({ ...release, files }, policy);
      if (usability.kind === 'hidden') return unusable('too-new');
      // pip reads the metadata of the file that it would install.
      if (usability.kind === 'usable') return { kind: 'usable', described: usability.chosen };
      return fromUv(usability.reason);
    },
  };
}

/** pip asks whether the Python is in the set, upper bounds included; what it cannot read it lets pass. */
function pipAdmitsPython(specifiers: string, python: Version, policy: PrereleasePolicy): boolean {
  const parsed = parseSpecifierSet(specifiers, policy);
  return !parsed.ok || specifierSetContains(parsed.value, python, { prereleases: true, policy });
}
