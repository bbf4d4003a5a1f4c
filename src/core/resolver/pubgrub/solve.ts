/** The plain loop around the solver, for callers that need no more than a provider. See README.md#the-loop. */
import type { Incompatibility } from './incompatibility.ts';
import type { SolverObserver } from './solver-observer.ts';
import { PubGrubSolver, type ConflictStep, type SolverDependency } from './solver.ts';
import type { Term } from './term.ts';
import type { VersionSets } from './version-sets.ts';

/** What a provider says of one version. */
export type VersionFacts<Versions, Reason> =
  | {
      readonly kind: 'available';
      /** All versions that share these dependencies; holds the version asked for. */
      readonly versions: Versions;
      readonly dependencies: readonly SolverDependency<Versions>[];
    }
  /** None of `versions` can be used. */
  | { readonly kind: 'unavailable'; readonly versions: Versions; readonly reason: Reason };

export interface DependencyProvider<Versions, Reason> {
  /** Higher is decided first. */
  prioritize(packageId: number, versions: Versions): number;
  /** The version to try, as a set that holds only it; null when none of `versions` exists. */
  chooseVersion(packageId: number, versions: Versions): Versions | null;
  readVersion(packageId: number, version: Versions): VersionFacts<Versions, Reason>;
  /** Hears of each step of conflict resolution. */
  conflicted?(step: ConflictStep<Versions, Reason>): void;
}

export type Solution<Versions, Reason> =
  | { readonly kind: 'solved'; readonly versions: ReadonlyMap<number, Versions>; readonly decisions: number }
  | {
      readonly kind: 'failed';
      readonly incompatibility: Incompatibility<Versions, Reason>;
      readonly decisions: number;
    }
  | { readonly kind: 'stopped'; readonly decisions: number };

export interface SolveOptions<Versions, Reason> {
  /** Versions chosen at most. */
  readonly maxDecisions: number;
  readonly observer?: SolverObserver<Versions, Reason>;
  /** Combinations that are ruled out from the start. */
  readonly exclusions?: readonly Exclusion<Versions, Reason>[];
}

/** Terms that must not all hold, for a reason that is about one of the packages. */
export interface Exclusion<Versions, Reason> {
  readonly packages: readonly number[];
  readonly terms: readonly Term<Versions>[];
  readonly package: number;
  readonly reason: Reason;
}

/** Solves for the dependencies of `root`, whose only version is `rootVersions`. */
export function solve<Versions, Reason>(
  sets: VersionSets<Versions>,
  root: number,
  rootVersions: Versions,
  provider: DependencyProvider<Versions, Reason>,
  options: SolveOptions<Versions, Reason>,
): Solution<Versions, Reason> {
  const solver = new PubGrubSolver<Versions, Reason>(sets, root, rootVersions, options.observer ?? null);
  for (const { packages, terms, package: packageId, reason } of options.exclusions ?? []) {
    const { versions } = terms[packages.indexOf(packageId)]!;
    solver.addExclusion(packages, terms, { kind: 'unavailable', package: packageId, versions, reason });
  }
  const seen = new SeenVersions(sets);
  const prioritize = (packageId: number, versions: Versions): number =>
    provider.prioritize(packageId, versions);
  let next = root;
  for (let decisions = 0; ; decisions++) {
    const { failure, conflicts } = solver.propagate(next);
    if (failure !== null) return { kind: 'failed', incompatibility: failure, decisions };
    if (provider.conflicted) for (const step of conflicts) provider.conflicted(step);
    next = solver.partialSolution.pickPackage(prioritize);
    if (next < 0) return { kind: 'solved', versions: decidedVersions(solver), decisions };
    if (decisions >= options.maxDecisions) return { kind: 'stopped', decisions };
    tryVersion(solver, provider, next, seen);
  }
}

function tryVersion<Versions, Reason>(
  solver: PubGrubSolver<Versions, Reason>,
  provider: DependencyProvider<Versions, Reason>,
  packageId: number,
  seen: SeenVersions<Versions>,
): void {
  const { versions } = solver.partialSolution.term(packageId)!;
  const version = provider.chooseVersion(packageId, versions);
  if (version === null) {
    solver.addNoVersions(packageId, versions);
    return;
  }
  if (seen.has(packageId, version)) {
    solver.partialSolution.decide(packageId, version);
    return;
  }
  const facts = provider.readVersion(packageId, version);
  if (facts.kind === 'unavailable') {
    solver.addUnavailable(packageId, facts.versions, facts.reason);
    return;
  }
  seen.add(packageId, facts.versions);
  solver.addDependenciesAndDecide(packageId, version, facts.versions, facts.dependencies);
}

/** The versions whose dependencies the solver has. */
class SeenVersions<Versions> {
  readonly #sets: VersionSets<Versions>;
  readonly #byPackage: (Versions | undefined)[] = [];

  constructor(sets: VersionSets<Versions>) {
    this.#sets = sets;
  }

  has(packageId: number, version: Versions): boolean {
    const seen = this.#byPackage[packageId];
    return seen !== undefined && this.#sets.relation(version, seen) === 'subset';
  }

  add(packageId: number, versions: Versions): void {
    const seen = this.#byPackage[packageId];
    this.#byPackage[packageId] = seen === undefined ? versions : this.#sets.union(seen, versions);
  }
}

function decidedVersions<Versions, Reason>(solver: PubGrubSolver<Versions, Reason>): Map<number, Versions> {
  const { partialSolution } = solver;
  return new Map(partialSolution.decidedPackages().map((id) => [id, partialSolution.term(id)!.versions]));
}
