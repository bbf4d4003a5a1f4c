import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derivationTree, type DerivationTree } from '../../src/core/resolver/pubgrub/derivation-tree.ts';
import type { IncompatibilityCause } from '../../src/core/resolver/pubgrub/incompatibility.ts';
import type { IntegerSet } from '../../src/core/resolver/pubgrub/integer-sets.ts';
import type { Term } from '../../src/core/resolver/pubgrub/term.ts';
import {
  chosenVersions,
  hasSolution,
  isConsistent,
  MAX_VERSIONS,
  registries,
  solveRegistry,
  type Registry,
} from './registry.ts';
import { counterexample, type CheckedTerms } from './resolution-rule.ts';

type Tree = DerivationTree<IntegerSet, string>;
type Fact = Exclude<IncompatibilityCause<IntegerSet, string>, { kind: 'derived' }>;

const RUNS = { numRuns: 400, seed: 20260821 };
const VERSIONS = Array.from({ length: MAX_VERSIONS + 1 }, (_, version) => version);

/** Here a solver that forgets what it learned learns it again. */
const RELEARNS: Registry = [
  [
    [
      { package: 4, allowed: [2, 0, 1] },
      { package: 3, allowed: [1] },
    ],
  ],
  [[], [{ package: 5, allowed: [2] }]],
  [null],
  [null, [{ package: 1, allowed: [1, 0] }], null],
  [null, null, [{ package: 2, allowed: [0] }]],
  [null],
];

function member(set: IntegerSet): (version: number) => boolean {
  return (version) => set.filter((cut) => cut <= version).length % 2 === 1;
}

function checked(packages: readonly number[], terms: readonly Term<IntegerSet>[]): CheckedTerms {
  return packages.map((packageNumber, index) => {
    const { isPositive, versions } = terms[index]!;
    return { package: packageNumber, isPositive, contains: member(versions) };
  });
}

function factTerms(fact: Fact): CheckedTerms {
  switch (fact.kind) {
    case 'root':
      return [{ package: 0, isPositive: false, contains: (version) => version === 0 }];
    case 'no-versions':
    case 'unavailable':
      return [{ package: fact.package, isPositive: true, contains: member(fact.versions) }];
    case 'dependency': {
      const dependent = { package: fact.dependent, isPositive: true, contains: member(fact.versions) };
      const needed = { package: fact.dependency, isPositive: false, contains: member(fact.required) };
      // "Not in the empty set" always holds.
      return fact.required.length === 0 ? [dependent] : [dependent, needed];
    }
  }
}

function nodesOf(tree: Tree): readonly Tree[] {
  const seen = new Set<Tree>();
  const open = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'derived') open.push(node.first, node.second);
  }
  return [...seen];
}

function depth(tree: Tree): number {
  return tree.kind === 'external' ? 1 : 1 + Math.max(depth(tree.first), depth(tree.second));
}

function termsOf(tree: Tree): CheckedTerms {
  return tree.kind === 'external' ? factTerms(tree.cause) : checked(tree.packages, tree.terms);
}

/** Whether the registry says what a leaf says, for versions that are published. */
function isFact(registry: Registry, fact: Fact): boolean {
  const published = (packageNumber: number, version: number): boolean =>
    (registry[packageNumber]?.[version] ?? null) !== null;
  switch (fact.kind) {
    case 'root':
      return true;
    case 'no-versions':
      return VERSIONS.every(
        (version) => !member(fact.versions)(version) || registry[fact.package]?.[version] === undefined,
      );
    case 'unavailable':
      return VERSIONS.every(
        (version) => !member(fact.versions)(version) || !published(fact.package, version),
      );
    case 'dependency':
      return VERSIONS.filter(
        (version) => member(fact.versions)(version) && published(fact.dependent, version),
      ).every((version) =>
        registry[fact.dependent]![version]!.some(
          (dependency) =>
            dependency.package === fact.dependency &&
            VERSIONS.every((other) => dependency.allowed.includes(other) === member(fact.required)(other)),
        ),
      );
  }
}

function proofOf(registry: Registry, widens: boolean): Tree | null {
  const solution = solveRegistry(registry, { widens });
  return solution.kind === 'failed' ? derivationTree(solution.incompatibility) : null;
}

describe.each([{ widens: false }, { widens: true }])('PubGrub, widening versions: $widens', ({ widens }) => {
  test('finds a solution exactly where trying everything finds one', () => {
    fc.assert(
      fc.property(registries, (registry) => {
        expect(solveRegistry(registry, { widens }).kind === 'solved').toBe(hasSolution(registry));
      }),
      RUNS,
    );
  });

  test('a solution meets every dependency', () => {
    fc.assert(
      fc.property(registries, (registry) => {
        const solution = solveRegistry(registry, { widens });
        fc.pre(solution.kind === 'solved');
        expect(isConsistent(registry, chosenVersions(solution))).toBe(true);
      }),
      RUNS,
    );
  });

  test('a second run takes the same steps', () => {
    fc.assert(
      fc.property(registries, (registry) => {
        const steps = (): readonly string[] => {
          const log: string[] = [];
          const note =
            (name: string) =>
            (...details: unknown[]): void => {
              const numbers = details.map((detail) =>
                typeof detail === 'number' ? detail : (detail as { id: number }).id,
              );
              log.push(`${name} ${numbers.join()}`);
            };
          const observer = {
            added: note('added'),
            derived: note('derived'),
            clashed: note('clashed'),
            learned: note('learned'),
            undone: note('undone'),
            backjumped: note('backjumped'),
          };
          solveRegistry(registry, { widens, observer });
          return log;
        };
        expect(steps()).toEqual(steps());
      }),
      RUNS,
    );
  });

  test('nothing is learned twice', () => {
    fc.assert(
      fc.property(registries, (registry) => {
        const rootCauses: string[] = [];
        let last: string | null = null;
        const ignore = (): void => undefined;
        const observer = {
          added: ignore,
          derived: ignore,
          clashed: () => (last = null),
          learned: ({ packages, terms }: { packages: readonly number[]; terms: readonly unknown[] }) =>
            (last = JSON.stringify([packages, terms])),
          undone: ignore,
          backjumped: () => {
            if (last !== null) rootCauses.push(last);
            last = null;
          },
        };
        solveRegistry(registry, { widens, observer });
        expect(rootCauses).toEqual([...new Set(rootCauses)]);
      }),
      { ...RUNS, examples: [[RELEARNS]] },
    );
  });

  test('removing a dependency never makes a solvable registry unsolvable', () => {
    fc.assert(
      fc.property(registries, fc.nat(), (registry, pick) => {
        fc.pre(solveRegistry(registry, { widens }).kind === 'solved');
        const places = registry.flatMap((versions, packageNumber) =>
          versions.flatMap((dependencies, version) =>
            (dependencies ?? []).map((_, index) => ({ packageNumber, version, index })),
          ),
        );
        fc.pre(places.length > 0);
        const removed = places[pick % places.length]!;
        const smaller = registry.map((versions, packageNumber) =>
          versions.map((dependencies, version) =>
            packageNumber === removed.packageNumber && version === removed.version
              ? (dependencies?.filter((_, index) => index !== removed.index) ?? null)
              : dependencies,
          ),
        );
        expect(solveRegistry(smaller, { widens }).kind).toBe('solved');
      }),
      RUNS,
    );
  });

  test('versions that were not chosen can be unpublished', () => {
    fc.assert(
      fc.property(registries, (registry) => {
        const solution = solveRegistry(registry, { widens });
        fc.pre(solution.kind === 'solved');
        const chosen = chosenVersions(solution);
        const smaller = registry.map((versions, packageNumber) =>
          versions.map((dependencies, version) =>
            chosen.get(packageNumber) === version ? dependencies : null,
          ),
        );
        expect(chosenVersions(solveRegistry(smaller, { widens }))).toEqual(chosen);
      }),
      RUNS,
    );
  });

  test('every leaf of a proof is a fact of the registry', () => {
    fc.assert(
      fc.property(registries, (registry) => {
        const proof = proofOf(registry, widens);
        fc.pre(proof !== null);
        for (const node of nodesOf(proof)) {
          if (node.kind === 'external')
            expect(isFact(registry, node.cause), JSON.stringify(node.cause)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('every step of a proof follows from its two causes', () => {
    fc.assert(
      fc.property(registries, (registry) => {
        const proof = proofOf(registry, widens);
        fc.pre(proof !== null);
        for (const node of nodesOf(proof)) {
          if (node.kind === 'external') continue;
          expect(
            counterexample(termsOf(node), termsOf(node.first), termsOf(node.second), VERSIONS),
          ).toBeNull();
        }
      }),
      RUNS,
    );
  });

  test('a proof concludes that the root cannot be selected', () => {
    fc.assert(
      fc.property(registries, (registry) => {
        const proof = proofOf(registry, widens);
        fc.pre(proof !== null);
        for (const term of termsOf(proof)) expect(term.package).toBe(0);
      }),
      RUNS,
    );
  });
});

describe('the registries of these laws', () => {
  test('are solvable and unsolvable, and some proofs are deep', () => {
    const sample = fc.sample(registries, { numRuns: 1000, seed: RUNS.seed });
    const proofs = sample.map((registry) => proofOf(registry, false)).filter((proof) => proof !== null);
    expect(proofs.length).toBeGreaterThan(200);
    expect(sample.length - proofs.length).toBeGreaterThan(200);
    expect(Math.max(...proofs.map(depth))).toBeGreaterThanOrEqual(6);
  });

  test('the checker refuses a step that does not follow', () => {
    const only = (packageNumber: number, version: number): CheckedTerms => [
      { package: packageNumber, isPositive: true, contains: (other) => other === version },
    ];
    expect(counterexample(only(1, 2), only(1, 1), only(2, 2), VERSIONS)).toBe('1=2 2=-1');
  });
});
