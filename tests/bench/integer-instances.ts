/** The integer instances of the data folder, and our PubGrub core run on them. */
import {
  ALL_INTEGERS,
  countIntegers,
  highestInteger,
  integer,
  integersFromRuns,
  INTEGER_SETS,
  widenInteger,
  type IntegerSet,
} from '../../src/core/resolver/pubgrub/integer-sets.ts';
import { solve, type DependencyProvider, type Solution } from '../../src/core/resolver/pubgrub/solve.ts';
import { readSharedJson } from '../shared-data.ts';

type Edge = readonly [packageNumber: number, runs: readonly (readonly [number, number])[], flags: number];

export interface IntegerInstances {
  readonly universes: Readonly<
    Record<
      string,
      {
        readonly packages: readonly {
          readonly name: string;
          readonly versions: readonly string[];
          readonly deps: readonly (readonly Edge[])[];
        }[];
      }
    >
  >;
  readonly instances: readonly {
    readonly name: string;
    readonly universe: string;
    readonly root: readonly Edge[];
  }[];
}

export interface NativeTimes {
  readonly cases: Readonly<
    Record<
      string,
      {
        readonly native_pubgrub: {
          readonly outcome: string;
          readonly median_us: number;
          readonly decisions: number;
        };
      }
    >
  >;
}

interface IntegerDependency {
  readonly package: number;
  readonly versions: IntegerSet;
}

/** A universe with its version sets made, so that a timed run does not parse. */
export interface IntegerUniverse {
  readonly sizes: readonly number[];
  readonly dependencies: readonly (readonly (readonly IntegerDependency[])[])[];
}

export function readInstances(): IntegerInstances {
  return readSharedJson('perf/instances.json') as IntegerInstances;
}

function readEdges(edges: readonly Edge[], packageId: (original: number) => number): IntegerDependency[] {
  return edges.map(([target, runs]) => ({ package: packageId(target), versions: integersFromRuns(runs) }));
}

/** Package 0 is the root; the universe's package `i` is `i + 1`. */
export function prepareUniverse(instances: IntegerInstances, name: string): IntegerUniverse {
  const { packages } = instances.universes[name]!;
  const shift = (original: number): number => original + 1;
  return {
    sizes: [1, ...packages.map((item) => item.versions.length)],
    dependencies: [[[]], ...packages.map((item) => item.deps.map((edges) => readEdges(edges, shift)))],
  };
}

/** Fewest versions first, highest version first: as the native timings were made. */
export function solveInstance(universe: IntegerUniverse, root: readonly Edge[]): Solution<IntegerSet, never> {
  const { sizes, dependencies } = universe;
  const rootDependencies = readEdges(root, (original) => original + 1);
  const provider: DependencyProvider<IntegerSet, never> = {
    prioritize: (packageId, versions) => -countIntegers(versions, sizes[packageId]!),
    chooseVersion(packageId, versions) {
      const version = highestInteger(versions, sizes[packageId]!);
      return version < 0 ? null : integer(version);
    },
    readVersion(packageId, version) {
      if (packageId === 0)
        return { kind: 'available', versions: ALL_INTEGERS, dependencies: rootDependencies };
      const number = version[0]!;
      return {
        kind: 'available',
        versions: widenInteger(number, sizes[packageId]!),
        dependencies: dependencies[packageId]![number]!,
      };
    },
  };
  return solve(INTEGER_SETS, 0, integer(0), provider, { maxDecisions: 1_000_000 });
}
