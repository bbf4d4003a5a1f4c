/**
 * Which versions a tool could use. Some of pip's rules look at all requirements on a project together (a yanked release
 * only when nothing else fits, a pre-release only when named or when nothing else fits); a proof must hold whatever they
 * say. So rules come in two strengths:
 *
 *     lenient   every version that could be admitted by some combination    "impossible" is certain
 *     strict    only versions that every combination admits                 "possible" is certain
 */
import type { Distribution } from '../../package-index/package-index.ts';
import { isPackaging26 } from '../../packaging/prerelease-policy.ts';
import type { SpecifierSet } from '../../packaging/specifier.ts';
import { isPrerelease, type Version } from '../../packaging/version.ts';
import type { ResolveRequest } from '../engine.ts';
import {
  admitsPython as admitsPythonOfPip,
  compareFiles,
  finderRules,
  judgeFiles,
  type FileObjection,
  type FinderRules,
} from '../pip/finder/judge-files.ts';
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
import { admissionProblem, type AdmissionQuestion } from './pip-admission.ts';
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
    .filter((requirement) => namesPrerelease(requirement.specifier))
    .map((requirement) => requirement.normalizedName);
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

/**
 * pip's rules. Yanked and pre-releases are admitted by the lenient reading; the strict one admits those that the user's
 * own requirements on the project admit, since further requirements never take that back.
 */
export function pipRules(request: ResolveRequest, strength: RuleStrength): CandidateRules {
  const { target, options } = request;
  const era = eraOfTool(request.toolVersion);
  const rules = new Map<string, FinderRules>();
  const rulesOf = (project: string): FinderRules => {
    let known = rules.get(project);
    if (known === undefined) rules.set(project, (known = finderRules(project, request, era)));
    return known;
  };
  const judge = (project: string, release: Release): ReleaseVerdict => {
    const own = rulesOf(project);
    if (isPrerelease(release.version) && own.allowsPrereleases === false) return unusable('prerelease');
    return judgeFilesOfPip(
      release.files.map(({ distribution }) => distribution),
      own,
    );
  };
  return {
    hasTwoStrengths: true,
    pythonReason: (specifiers) =>
      specifiers === null || options.ignoreRequiresPython || admitsPythonOfPip(specifiers, { target, era })
        ? null
        : { kind: 'requires-python', detail: specifiers },
    judge: strength === 'lenient' ? judge : strictly(request, judge),
  };
}

/** Without what only the company of other requirements could admit. */
function strictly(
  request: ResolveRequest,
  judge: (project: string, release: Release) => ReleaseVerdict,
): CandidateRules['judge'] {
  const own = new Map<string, SpecifierSet[]>();
  for (const requirement of firstPartyRequirements(request)) {
    const name = requirement.normalizedName;
    own.set(name, [...(own.get(name) ?? []), requirement.specifier]);
  }
  const usable = new Map<ProjectListing, AdmissionQuestion['usable']>();
  const usableOf = (project: string, listing: ProjectListing): AdmissionQuestion['usable'] => {
    let found = usable.get(listing);
    if (found === undefined) {
      found = listing.releases.flatMap((release) => {
        const verdict = judge(project, release);
        if (verdict.kind === 'unusable') return [];
        return [{ version: release.version, isYanked: verdict.described.yanked !== false }];
      });
      usable.set(listing, found);
    }
    return found;
  };
  return (project, release, listing) => {
    const verdict = judge(project, release);
    const { version } = release;
    if (verdict.kind === 'unusable') return verdict;
    const { yanked } = verdict.described;
    if (yanked === false && !isPrerelease(version)) return verdict;
    const specifiers = own.get(project) ?? [];
    const question = { project, version, specifiers, usable: usableOf(project, listing) };
    const problem = admissionProblem(request, question) ?? fallbackProblem(request, version, specifiers);
    return problem === null
      ? verdict
      : unusable(problem, problem === 'yanked' && yanked !== false ? yanked : '');
  };
}

/** Until packaging 25 the empty set admits a pre-release where nothing else is left, and any other set takes that back. */
function fallbackProblem(
  request: ResolveRequest,
  version: Version,
  specifiers: readonly SpecifierSet[],
): 'prerelease' | null {
  const { policy } = eraOfTool(request.toolVersion);
  const { pre, allReleases } = request.options;
  const isBare = specifiers.every((set) => set.specifiers.length === 0);
  return !isPackaging26(policy) && isBare && !pre && allReleases.length === 0 && isPrerelease(version)
    ? 'prerelease'
    : null;
}

/** pip reads the metadata of the file that it would install. Of files that it refuses the first speaks for all. */
function judgeFilesOfPip(files: readonly Distribution[], rules: FinderRules): ReleaseVerdict {
  const judged = judgeFiles(files, rules);
  const passing = judged.filter(({ objections }) => objections.length === 0);
  // Of equal files the last listed is taken, a withdrawn one after all others.
  const [best] = passing.toReversed().sort((a, b) => compareFiles(b, a, rules));
  if (best !== undefined) return { kind: 'usable', described: best.distribution };
  const [objection] = judged[0]?.objections ?? [];
  return objection === undefined ? unusable('format', 'no-distributions') : fromFinder(objection);
}

function fromFinder(objection: FileObjection): ReleaseVerdict {
  switch (objection.kind) {
    case 'format':
      return unusable('format', objection.excluded);
    case 'tags':
      return unusable('tags', objection.tags);
    case 'date':
      return unusable('too-new');
    case 'python':
      return unusable('requires-python', objection.requiresPython);
    case 'version':
      return unusable('format', 'version');
  }
}
