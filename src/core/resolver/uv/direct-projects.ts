/** Which projects the user asks for, and where: `lowest-direct` chooses differently for these. */
import { evaluateMarker } from '../../packaging/marker.ts';
import type { Requirement } from '../../packaging/requirement.ts';
import type { ResolveRequest } from '../engine.ts';
import { markerTree } from './marker-from-text.ts';
import { MemberRequirements } from './project.ts';
import { TRUE_MARKER, type MarkerAlgebra, type MarkerTree } from './marker-tree.ts';

/**
 * Whether a project is asked for in some of the environments of a marker. An override stands in place of what it
 * overrides. Source: uv-resolver/resolution_mode and fork_map.
 */
export function directProjects(
  algebra: MarkerAlgebra,
  request: ResolveRequest,
): (project: string, marker: MarkerTree) => boolean {
  const overrides = new Map<string, Requirement[]>();
  for (const { requirement } of request.overrides) {
    const known = overrides.get(requirement.normalizedName);
    if (known === undefined) overrides.set(requirement.normalizedName, [requirement]);
    else known.push(requirement);
  }
  const wanted = new Map<string, Set<MarkerTree>>();
  const add = ({ normalizedName, marker }: Requirement): void => {
    if (!request.options.universal && marker !== null && !evaluateMarker(marker, request.target.markers))
      return;
    const tree = request.options.universal ? markerTree(algebra, marker) : TRUE_MARKER;
    const trees = wanted.get(normalizedName);
    if (trees === undefined) wanted.set(normalizedName, new Set([tree]));
    else trees.add(tree);
  };
  const overridden = new Set<string>();
  const ofProject =
    request.uvProject === undefined ? [] : new MemberRequirements(request.uvProject.member).all();
  for (const requirement of [...request.requirements.map((line) => line.requirement), ...ofProject]) {
    const own = overrides.get(requirement.normalizedName);
    if (own === undefined) add(requirement);
    else if (!overridden.has(requirement.normalizedName)) own.forEach(add);
    if (own !== undefined) overridden.add(requirement.normalizedName);
  }
  return (project, marker) => {
    for (const tree of wanted.get(project) ?? []) if (!algebra.isDisjoint(tree, marker)) return true;
    return false;
  };
}
