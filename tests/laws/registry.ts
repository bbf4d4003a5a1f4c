/** Small random package registries with integer versions, and the brute force that answers for them. */
import fc from 'fast-check';
import {
  ALL_INTEGERS,
  countIntegers,
  highestInteger,
  integer,
  INTEGER_SETS,
  integersFromRuns,
  widenInteger,
  type IntegerSet,
} from '../../src/core/resolver/pubgrub/integer-sets.ts';
import { solve, type Solution } from '../../src/core/resolver/pubgrub/solve.ts';
import type { SolverObserver } from '../../src/core/resolver/pubgrub/solver-observer.ts';

export interface RegistryDependency {
  readonly package: number;
  /** Allowed versions; may name versions that do not exist, or none at all. */
  readonly allowed: readonly number[];
}

/** `registry[p][v]` are the dependencies of version `v` of package `p`; null where that version is unpublished. */
export type Registry = readonly (readonly (readonly RegistryDependency[] | null)[])[];

export const MAX_PACKAGES = 6;
export const MAX_VERSIONS = 4;

const dependency: fc.Arbitrary<RegistryDependency> = fc.record({
  package: fc.integer({ min: 0, max: MAX_PACKAGES - 1 }),
  allowed: fc.uniqueArray(fc.integer({ min: 0, max: MAX_VERSIONS - 1 }), { maxLength: MAX_VERSIONS }),
});

/** Package 0, version 0 is what is asked for. Packages depend on later ones or back on themselves alike. */
export const registries: fc.Arbitrary<Registry> = fc
  .tuple(
    fc.array(dependency, { minLength: 1, maxLength: 4 }),
    fc.array(
      fc.array(fc.option(fc.array(dependency, { maxLength: 3 }), { freq: 8 }), {
        minLength: 1,
        maxLength: MAX_VERSIONS,
      }),
      { minLength: MAX_PACKAGES - 1, maxLength: MAX_PACKAGES - 1 },
    ),
  )
  .map(([root, others]) => [[root.filter((item) => item.package !== 0)], ...others]);

function toSet(allowed: readonly number[]): IntegerSet {
  const sorted = [...allowed].sort((a, b) => a - b);
  return integersFromRuns(sorted.map((version) => [version, version] as const));
}

/** Versions of a package that satisfy all that the chosen versions ask of it. */
function isConsistent(registry: Registry, chosen: ReadonlyMap<number, number>): boolean {
  for (const [packageNumber, version] of chosen) {
    const dependencies = registry[packageNumber]?.[version];
    if (dependencies === undefined || dependencies === null) return false;
    for (const { package: needed, allowed } of dependencies) {
      const found = chosen.get(needed);
      if (found === undefined || !allowed.includes(found)) return false;
    }
  }
  return true;
}

/** Tries every assignment of a version, or none, to every package. */
export function hasSolution(registry: Registry): boolean {
  const assign = (packageNumber: number, chosen: Map<number, number>): boolean => {
    if (packageNumber === registry.length) return isConsistent(registry, chosen);
    if (assign(packageNumber + 1, chosen)) return true;
    for (let version = 0; version < registry[packageNumber]!.length; version++) {
      if (registry[packageNumber]![version] === null) continue;
      chosen.set(packageNumber, version);
      if (assign(packageNumber + 1, chosen)) return true;
      chosen.delete(packageNumber);
    }
    return false;
  };
  return assign(1, new Map([[0, 0]]));
}

/** Our solver's answer. `widens`: whether a version stands for the interval up to its published neighbours. */
export function solveRegistry(
  registry: Registry,
  options: { readonly widens?: boolean; readonly observer?: SolverObserver<IntegerSet, string> } = {},
): Solution<IntegerSet, string> {
  const size = (packageNumber: number): number => registry[packageNumber]?.length ?? 0;
  return solve<IntegerSet, string>(
    INTEGER_SETS,
    0,
    integer(0),
    {
      prioritize: (packageNumber, versions) => -countIntegers(versions, size(packageNumber)),
      chooseVersion(packageNumber, versions) {
        const version = highestInteger(versions, size(packageNumber));
        return version < 0 ? null : integer(version);
      },
      readVersion(packageNumber, versions) {
        const version = versions[0]!;
        const isWide = options.widens === true && packageNumber !== 0;
        const shared = isWide ? widenInteger(version, size(packageNumber)) : versions;
        const dependencies = registry[packageNumber]![version];
        if (dependencies === null || dependencies === undefined) {
          return { kind: 'unavailable', versions: shared, reason: 'unpublished' };
        }
        return {
          kind: 'available',
          versions: packageNumber === 0 ? ALL_INTEGERS : shared,
          dependencies: dependencies.map((item) => ({
            package: item.package,
            versions: toSet(item.allowed),
          })),
        };
      },
    },
    { maxDecisions: 10_000, ...(options.observer ? { observer: options.observer } : {}) },
  );
}

/** The versions of a solution, by package. */
export function chosenVersions(solution: Solution<IntegerSet, string>): ReadonlyMap<number, number> {
  if (solution.kind !== 'solved') return new Map();
  return new Map([...solution.versions].map(([packageNumber, versions]) => [packageNumber, versions[0]!]));
}

export { isConsistent };
