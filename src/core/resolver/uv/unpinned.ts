/**
 * What `--resolution lowest` warns of: dependencies without a lower bound, for which the oldest release is taken. Source:
 * uv-resolver, `State::add_package_version_dependencies` and `Resolution::report_missing_lower_bounds`.
 */
import type { Requirement } from '../../packaging/requirement.ts';
import type { UvDependency } from './dependencies.ts';
import { projectName, type UvPackage } from './package.ts';
import { MemberRequirements } from './project.ts';
import type { ResolutionContext } from './resolution-context.ts';
import type { DecidedVersion } from './fork-step.ts';

function hasLowerBound({ range }: UvDependency): boolean {
  const [first] = range.segments();
  return first !== undefined && first.lower !== null;
}

/** Projects in a list of the user's own that have no lower bound in it, in order. */
export function unpinnedDirect(dependencies: readonly UvDependency[]): readonly string[] {
  const bounded = new Set(dependencies.filter(hasLowerBound).map((item) => projectName(item.package)));
  const names = dependencies
    .filter((dependency) => !dependency.isDirectUrl && !hasLowerBound(dependency))
    .map((dependency) => projectName(dependency.package));
  return [...new Set(names)].filter((name) => name !== null && !bounded.has(name)) as string[];
}

const BOUNDING: ReadonlySet<string> = new Set(['==', '===', '~=', '>', '>=']);

function bounds({ specifier, url }: Requirement): boolean {
  return url !== null || specifier.specifiers.some(({ operator }) => BOUNDING.has(operator));
}

type Decided = Iterable<readonly [UvPackage, DecidedVersion]>;

/**
 * Decided projects, by name, that others ask for and for which neither these nor the user's constraints give a lower
 * bound.
 */
export function unpinnedTransitive(context: ResolutionContext, decided: Decided): readonly string[] {
  const { request, facts } = context;
  const member = request.uvProject?.member;
  const own = new Set(
    [...context.requirements, ...(member === undefined ? [] : new MemberRequirements(member).all())].map(
      ({ normalizedName }) => normalizedName,
    ),
  );
  const limits = [...request.constraints, ...request.overrides].map(({ requirement }) => requirement);
  const bounded = new Set(limits.filter(bounds).map(({ normalizedName }) => normalizedName));
  const names = new Set<string>();
  for (const [item, { files }] of decided) {
    if (item.kind !== 'package' || item.name === member?.name) continue;
    names.add(item.name);
    const metadata = files === null ? null : facts.metadata(files.described);
    if (metadata === null || 'missing' in metadata) continue;
    for (const requirement of metadata.requirements ?? [])
      if (bounds(requirement)) bounded.add(requirement.normalizedName);
  }
  return [...names].filter((name) => !own.has(name) && !bounded.has(name)).sort();
}
