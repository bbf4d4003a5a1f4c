/**
 * Which projects share a shard. A resolve reads a project, then its dependencies: projects that are read together
 * should travel together, popular ones first, and no shard should be so large that one project of it costs much.
 *
 *   by popularity:  six │ requests + urllib3 + idna + … │ numpy + … ║ …      ║ a shard ends when it is full
 */
import { normalizeName } from '../../packaging/name.ts';
import type { NamedProject } from './shard-encoder.ts';

/** What decides which projects lie together. */
export interface ShardPlanOptions {
  /** A shard is full at this many deflated bytes; README.md says what other sizes cost. */
  readonly shardBytes: number;
  /** Estimate of the deflated bytes that a project adds to a shard. */
  readonly sizeOf: (project: NamedProject) => number;
}

export interface ShardPlan {
  /** Names of the projects of each shard. */
  readonly shards: readonly (readonly string[])[];
  /** Names that recent releases of each project depend on without an extra, projects of the snapshot only. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** For each name, how many projects depend on it in any release. */
  readonly dependants: ReadonlyMap<string, number>;
}

/** Releases whose dependencies a first resolve will most likely read. */
const RECENT_RELEASES = 3;

const NAME = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/u;
const NEEDS_EXTRA = /;[^]*\bextra\b/u;

/** Normalised name of a requirement; null when the text is none. */
function requiredName(text: string): string | null {
  const name = NAME.exec(text)?.[1];
  return name === undefined ? null : normalizeName(name);
}

/** Names that some release of the project requires; each once, in the order of their first appearance. */
export function requiredNames(releases: NamedProject['releases'], isRecentOnly: boolean): readonly string[] {
  const all = Object.values(releases);
  const names = new Set<string>();
  for (const { requires } of isRecentOnly ? all.slice(-RECENT_RELEASES) : all) {
    for (const text of requires) {
      if (isRecentOnly && NEEDS_EXTRA.test(text)) continue;
      const name = requiredName(text);
      if (name !== null) names.add(name);
    }
  }
  return [...names];
}

/** Everything that can be reached from `name`, itself first, breadth first. */
export function closureOf(
  name: string,
  dependencies: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const reached = new Set([name]);
  for (const next of reached) for (const dependency of dependencies.get(next) ?? []) reached.add(dependency);
  return [...reached];
}

function countDependants(projects: readonly NamedProject[]): ReadonlyMap<string, number> {
  const dependants = new Map<string, number>();
  for (const { releases } of projects)
    for (const name of requiredNames(releases, false)) dependants.set(name, (dependants.get(name) ?? 0) + 1);
  return dependants;
}

/** Deals the projects out to shards. Every project is in exactly one. */
export function planShards(projects: readonly NamedProject[], options: ShardPlanOptions): ShardPlan {
  const byName = new Map(projects.map((project) => [project.name, project]));
  const dependencies = new Map(
    projects.map(({ name, releases }): [string, readonly string[]] => [
      name,
      requiredNames(releases, true).filter((dependency) => byName.has(dependency)),
    ]),
  );
  const dependants = countDependants(projects);
  const planned = projects.map((project) => ({
    name: project.name,
    size: options.sizeOf(project),
    recent: dependencies.get(project.name) ?? [],
  }));
  return { shards: dealShards(planned, dependants, options.shardBytes), dependencies, dependants };
}

/** What decides where a project lies. */
export interface PlannedProject {
  readonly name: string;
  /** Deflated bytes that it adds to a shard, about. */
  readonly size: number;
  /** Names that its recent releases need without an extra. */
  readonly recent: readonly string[];
}

/** Deals projects out to shards: the most needed first, each followed by what it needs. */
export function dealShards(
  projects: readonly PlannedProject[],
  dependants: ReadonlyMap<string, number>,
  shardBytes: number,
): readonly (readonly string[])[] {
  const byName = new Map(projects.map((project) => [project.name, project]));
  const dependencies = new Map(
    projects.map(({ name, recent }) => [name, recent.filter((need) => byName.has(need))] as const),
  );
  const order = [...byName.keys()].sort(
    (a, b) => (dependants.get(b) ?? 0) - (dependants.get(a) ?? 0) || (a < b ? -1 : 1),
  );
  const dealt = new Set<string>();
  const shards: string[][] = [];
  let open: string[] = [];
  let filled = 0;
  const close = () => {
    if (open.length > 0) shards.push(open);
    open = [];
    filled = 0;
  };
  for (const seed of order) {
    if (dealt.has(seed)) continue;
    for (const name of closureOf(seed, dependencies)) {
      if (dealt.has(name)) continue;
      dealt.add(name);
      const { size } = byName.get(name)!;
      if (size > shardBytes / 2) {
        shards.push([name]);
        continue;
      }
      if (filled + size > shardBytes) close();
      open.push(name);
      filled += size;
    }
  }
  close();
  return shards;
}
