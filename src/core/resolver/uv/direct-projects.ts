/** Which projects the user asks for, and where: `lowest-direct` chooses differently for these. */
import { evaluateMarker } from '../../packaging/marker.ts';
import type { Requirement } from '../../packaging/requirement.ts';
import type { ResolveRequest } from '../engine.ts';
import { markerTree } from './marker-from-text.ts';
import { projectRequirements } from './project.ts';
import { TRUE_MARKER, type MarkerAlgebra, type MarkerTree } from './marker-tree.ts';

/**
 * Whether a project is asked for in some of the environments of a marker. An override stands in place of what it
 * overrides. Source: uv-resolver/resolution_mode and fork_map.
 */
export function directProjects(
  algebra: MarkerAlgebra,
  request: ResolveRequest,
): (project: string, marker: MarkerTree) => boolean {
  const overrides = request.overrides.map(({ requirement }) => requirement);
  const wanted = new Map<string, MarkerTree[]>();
  const add = ({ normalizedName, marker }: Requirement): void => {
    if (!request.options.universal && marker !== null && !evaluateMarker(marker, request.target.markers))
      return;
    const tree = request.options.universal ? markerTree(algebra, marker) : TRUE_MARKER;
    wanted.set(normalizedName, [...(wanted.get(normalizedName) ?? []), tree]);
  };
  const ofProject = request.uvProject === undefined ? [] : projectRequirements(request.uvProject.member);
  for (const requirement of [...request.requirements.map((line) => line.requirement), ...ofProject]) {
    const own = overrides.filter((override) => override.normalizedName === requirement.normalizedName);
    if (own.length === 0) add(requirement);
    else own.forEach(add);
  }
  return (project, marker) => wanted.get(project)?.some((tree) => !algebra.isDisjoint(tree, marker)) ?? false;
}
