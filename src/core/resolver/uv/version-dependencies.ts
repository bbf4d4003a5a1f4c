/** What a chosen version needs. */
import type { MissingFact } from '../../package-index/package-index.ts';
import type { DecidedVersion } from './fork-step.ts';
import type { VersionMetadata } from './fact-reader.ts';
import type { UvPackage } from './package.ts';
import { admitsPython, readRequiresPython, type PythonRequirement } from './python-requirement.ts';
import type { AppliedRequirement, RequirementScope } from './requirement-flattener.ts';
import type { ResolutionContext } from './resolution-context.ts';
import { rootDependencies, type UvProject } from './project.ts';
import type { UvDependency } from './dependencies.ts';
import type { VersionReason } from './unavailable-reason.ts';

export type ReadDependencies =
  | {
      readonly kind: 'read';
      readonly requirements: readonly AppliedRequirement[];
      /** The root of a project asks for packages, not by requirements. */
      readonly direct?: readonly UvDependency[];
    }
  | { readonly kind: 'unusable'; readonly reason: VersionReason }
  | { readonly kind: 'missing'; readonly missing: MissingFact };

/** Reads the dependencies of the root or of a project's version (with one extra), as they apply in a scope. */
export function readDependencies(
  context: ResolutionContext,
  item: UvPackage,
  decided: DecidedVersion,
  scope: RequirementScope,
  python: PythonRequirement,
): ReadDependencies {
  const { flattener, requirements, request } = context;
  const { uvProject: project } = request;
  if (item.kind === 'root') {
    return project === undefined
      ? read(flattener.flatten(requirements, null, null, scope))
      : { kind: 'read', requirements: [], direct: rootDependencies(project) };
  }
  if (item.kind === 'package' && item.name === project?.member.name)
    return read(memberRequirements(context, project, item.extra, scope));
  if (item.kind !== 'package' || request.options.noDeps) return read([]);
  const metadata = metadataOf(context, item.name, decided);
  if ('missing' in metadata) {
    return request.options.unknownMetadata === 'leave-out' && !metadata.loadable
      ? { kind: 'unusable', reason: { kind: 'unknown-metadata' } }
      : { kind: 'missing', missing: metadata };
  }
  if (metadata.requirements === null) return { kind: 'unusable', reason: { kind: 'invalid-metadata' } };
  const specifiers = metadata.requiresPython;
  const supported = specifiers === null ? null : readRequiresPython(specifiers);
  if (specifiers !== null && supported !== null && !admitsPython(python, supported)) {
    return { kind: 'unusable', reason: { kind: 'metadata-requires-python', specifiers } };
  }
  return read(flattener.flatten(metadata.requirements, item.name, item.extra, scope));
}

/** What the project, one of its extras or one of its groups asks for. */
function memberRequirements(
  { flattener, ofMember }: ResolutionContext,
  { member }: UvProject,
  part: string | null,
  scope: RequirementScope,
): readonly AppliedRequirement[] {
  if (part?.startsWith(':') === true)
    return flattener.flatten(member.groups.get(part.slice(1)) ?? [], null, null, scope);
  return flattener.flatten(ofMember ?? [], member.name, part, scope);
}

function read(requirements: readonly AppliedRequirement[]): ReadDependencies {
  return { kind: 'read', requirements };
}

function metadataOf(
  context: ResolutionContext,
  project: string,
  decided: DecidedVersion,
): VersionMetadata | MissingFact {
  if (decided.files !== null) return context.facts.metadata(decided.files.described);
  return context.facts.installed(project)?.metadata ?? NO_METADATA;
}

const NO_METADATA: VersionMetadata = { requirements: [], requiresPython: null, extras: [] };
