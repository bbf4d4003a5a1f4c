/** What the user's options allow of files, as `release.ts` asks it. */
import { readCutOff } from '../../package-index/facts/cut-off.ts';
import { evaluateMarker } from '../../packaging/marker.ts';
import { versionsEqual, type Version } from '../../packaging/version.ts';
import type { Requirement } from '../../packaging/requirement.ts';
import type { ResolveRequest, ResolverOptions } from '../engine.ts';
import { MemberRequirements } from './project.ts';
import type { FilePolicy } from './release.ts';
import { tooOldForPython, type TagTable } from './wheel-tags.ts';

/** Whether a list of names, `:all:` and `:none:` holds a project; later entries overrule earlier ones. */
function listHolds(list: readonly string[], project: string): boolean {
  let holds = false;
  for (const entry of list) {
    if (entry === ':none:') holds = false;
    else if (entry === ':all:' || entry === project) holds = true;
  }
  return holds;
}

/** Requirements, constraints and overrides whose markers hold; all of them in universal mode. */
export function firstPartyRequirements(request: ResolveRequest): readonly Requirement[] {
  const { uvProject: project } = request;
  const lines = [...request.requirements, ...request.constraints, ...request.overrides];
  const all = [
    ...lines.map(({ requirement }) => requirement),
    ...(project === undefined ? [] : new MemberRequirements(project.member).all()),
  ];
  if (request.options.universal) return all;
  return all.filter(({ marker }) => marker === null || evaluateMarker(marker, request.target.markers));
}

/** Versions that the user pinned by `==` or `===`, by project. Only a pin of the user's own allows a yanked version. */
function pinnedVersions(requirements: readonly Requirement[]): ReadonlyMap<string, readonly Version[]> {
  const pins = new Map<string, Version[]>();
  for (const requirement of requirements) {
    const [specifier, ...others] = requirement.specifier.specifiers;
    if (specifier === undefined || others.length > 0 || specifier.version === null || specifier.isWildcard)
      continue;
    if (specifier.operator !== '==' && specifier.operator !== '===') continue;
    const known = pins.get(requirement.normalizedName);
    if (known) known.push(specifier.version);
    else pins.set(requirement.normalizedName, [specifier.version]);
  }
  return pins;
}

/** A text that names no moment is refused before anything runs. */
export function cutOff(options: ResolverOptions): number | null {
  const read = options.uploadedPriorTo === null ? null : readCutOff(options.uploadedPriorTo, 'uv');
  return read?.ok ? read.value : null;
}

/**
 * `tags` is null in universal mode, where wheels of every platform count, and only those that are too old for every
 * Python of the target are left out.
 */
export function filePolicy(
  request: ResolveRequest,
  tags: TagTable | null,
  lowestPython: Version,
): FilePolicy {
  const { options } = request;
  const pins = pinnedVersions(firstPartyRequirements(request));
  return {
    isNoBinary: (project) => listHolds(options.noBinary, project),
    isNoBuild: (project) => listHolds(options.onlyBinary, project),
    excludeNewer: cutOff(options),
    isYankAllowed: (project, version) =>
      pins.get(project)?.some((pin) => versionsEqual(pin, version)) ?? false,
    tagMismatch: (wheel) => (tags === null ? tooOldForPython(wheel, lowestPython) : tags.mismatch(wheel)),
    tagRank: (wheel) => tags?.rank(wheel) ?? 0,
  };
}
