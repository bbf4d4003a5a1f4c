/** What all forks of one resolution share: facts, rules and the trace. */
import type { Requirement } from '../../packaging/requirement.ts';
import type { Version } from '../../packaging/version.ts';
import type { ResolveRequest, UserRequirement } from '../engine.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import { directProjects } from './direct-projects.ts';
import { FactReader } from './fact-reader.ts';
import { filePolicy, firstPartyRequirements } from './file-policy.ts';
import { makeMarkerAlgebra } from './marker-algebra.ts';
import type { MarkerAlgebra } from './marker-tree.ts';
import { PackageTable } from './package.ts';
import { PlatformForks } from './platform-forks.ts';
import { MemberRequirements, namesExtra, type UvMember } from './project.ts';
import { namesPrerelease, PrereleasePolicy } from './prerelease-selection.ts';
import { RequirementFlattener } from './requirement-flattener.ts';
import { TraceWriter } from './trace-writer.ts';
import { VersionChooser } from './version-chooser.ts';
import { WorkMeter } from './work-meter.ts';
import { UvLog } from './uv-log.ts';
import { uvEra } from './uv-era.ts';
import { TagTable } from './wheel-tags.ts';

export interface ResolutionContext {
  readonly request: ResolveRequest;
  readonly meter: WorkMeter;
  readonly requirements: readonly Requirement[];
  /** The user's own requirements, constraints and overrides where their markers hold. */
  readonly firstParty: readonly Requirement[];
  readonly algebra: MarkerAlgebra;
  readonly table: PackageTable;
  readonly facts: FactReader;
  readonly flattener: RequirementFlattener;
  /** What the project asks for that is resolved, if one is. */
  readonly ofMember: MemberRequirements | null;
  readonly chooser: VersionChooser;
  readonly prereleases: PrereleasePolicy;
  readonly trace: TraceWriter;
  readonly log: UvLog;
  /** Null in a single environment. */
  readonly platforms: PlatformForks | null;
  /** Null in universal mode. */
  readonly tags: TagTable | null;
  /** Projects that the user asks for without a lower bound, as met; for `--resolution lowest` and `lowest-direct`. */
  readonly unpinned: Set<string>;
  /** Whether a choice is remembered while the range that it was made from stays. */
  readonly remembersChoices: boolean;
  /** Whether versions that cannot be used are recorded as intervals (0.12) or one by one (0.11). */
  readonly widensRejections: boolean;
}

function byProject(requirements: readonly UserRequirement[]): ReadonlyMap<string, readonly Requirement[]> {
  const result = new Map<string, Requirement[]>();
  for (const { requirement } of requirements) {
    const known = result.get(requirement.normalizedName);
    if (known) known.push(requirement);
    else result.set(requirement.normalizedName, [requirement]);
  }
  return result;
}

function memberRequirements(
  member: UvMember,
  overrides: ReadonlyMap<string, readonly Requirement[]>,
): MemberRequirements {
  const ofExtras = [...overrides].filter(([, list]) =>
    list.some(({ marker }) => marker !== null && namesExtra(marker)),
  );
  const names = new Set(ofExtras.map(([name]) => name));
  return new MemberRequirements(member, ({ normalizedName }) => names.has(normalizedName));
}

/** `lowestPython`: the lowest that the resolution must hold for. */
export function makeContext(
  request: ResolveRequest,
  recorder: TraceRecorder,
  lowestPython: Version,
): ResolutionContext {
  const { options, toolVersion } = request;
  const table = new PackageTable();
  const trace = new TraceWriter(recorder, table);
  const tags = options.universal ? null : new TagTable(request.target);
  const facts = new FactReader(
    request.index,
    filePolicy(request, tags, lowestPython),
    request.installed,
    trace,
  );
  const meter = new WorkMeter();
  const order = uvEra(toolVersion).factorsMarkers ? 'texts-first' : 'versions-first';
  const algebra = makeMarkerAlgebra(order, meter);
  const firstParty = firstPartyRequirements(request);
  const explicit = firstParty
    .filter((requirement) => namesPrerelease(requirement.specifier))
    .map((requirement) => requirement.normalizedName);
  const prereleases = new PrereleasePolicy(options, toolVersion, new Set(explicit));
  const isDirect = directProjects(algebra, request);
  const overrides = byProject(request.overrides);
  const member = request.uvProject?.member;
  return {
    request,
    meter,
    requirements: request.requirements.map(({ requirement }) => requirement),
    firstParty,
    algebra,
    table,
    facts,
    flattener: new RequirementFlattener(
      algebra,
      {
        constraints: byProject(request.constraints),
        overrides,
        excludes: new Set(request.excludes),
      },
      meter,
    ),
    ofMember: member === undefined ? null : memberRequirements(member, overrides),
    chooser: new VersionChooser(facts, { options, isDirect, prereleases }),
    prereleases,
    trace,
    log: new UvLog(recorder),
    platforms: options.universal ? new PlatformForks(algebra, table, options.requiredEnvironments) : null,
    tags,
    unpinned: new Set(),
    remembersChoices: !options.universal || uvEra(toolVersion).prefersStable,
    widensRejections: uvEra(toolVersion).prefersStable,
  };
}
