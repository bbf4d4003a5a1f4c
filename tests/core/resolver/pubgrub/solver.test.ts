import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  mapDerivationTree,
  type DerivationTree,
} from '../../../../src/core/resolver/pubgrub/derivation-tree.ts';
import {
  ALL_INTEGERS,
  countIntegers,
  highestInteger,
  integer,
  integersFromRuns,
  INTEGER_SETS,
  widenInteger,
  type IntegerSet,
} from '../../../../src/core/resolver/pubgrub/integer-sets.ts';
import { PubGrubSolver } from '../../../../src/core/resolver/pubgrub/solver.ts';
import {
  areDisjoint,
  intersectTerms,
  negate,
  relateTerm,
  uniteTerms,
  type Term,
} from '../../../../src/core/resolver/pubgrub/term.ts';

const UNIVERSE = [0, 1, 2, 3, 4, 5];
const sets: fc.Arbitrary<IntegerSet> = fc
  .uniqueArray(fc.constantFrom(...UNIVERSE), { maxLength: 6 })
  .map((members) => integersFromRuns([...members].sort((a, b) => a - b).map((n) => [n, n] as const)));
const terms: fc.Arbitrary<Term<IntegerSet>> = fc.record({ isPositive: fc.boolean(), versions: sets });

function has(set: IntegerSet, version: number): boolean {
  return set.filter((cut) => cut <= version).length % 2 === 1;
}

/** States of a package in which a term holds; -1 is "not selected". */
function states({ isPositive, versions }: Term<IntegerSet>): readonly number[] {
  return [-1, ...UNIVERSE].filter((state) => (state >= 0 && has(versions, state)) === isPositive);
}

describe('integer sets', () => {
  test('operations agree with sets of numbers', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const both = (keep: (inA: boolean, inB: boolean) => boolean): readonly number[] =>
          UNIVERSE.filter((version) => keep(has(a, version), has(b, version)));
        const members = (set: IntegerSet): readonly number[] =>
          UNIVERSE.filter((version) => has(set, version));
        expect(members(INTEGER_SETS.intersection(a, b))).toEqual(both((inA, inB) => inA && inB));
        expect(members(INTEGER_SETS.union(a, b))).toEqual(both((inA, inB) => inA || inB));
        expect(members(INTEGER_SETS.difference(a, b))).toEqual(both((inA, inB) => inA && !inB));
        expect(countIntegers(a, 6)).toBe(members(a).length);
        expect(highestInteger(a, 6)).toBe(members(a).at(-1) ?? -1);
      }),
    );
  });

  test('relations of open sets look past the last number', () => {
    expect(INTEGER_SETS.relation([3], [1])).toBe('subset');
    expect(INTEGER_SETS.relation([3], [1, 9])).toBe('overlapping');
    expect(INTEGER_SETS.relation([3], [0, 3])).toBe('disjoint');
    expect(INTEGER_SETS.relation([], [0, 3])).toBe('subset');
    expect(INTEGER_SETS.relation([0], [4, 5])).toBe('overlapping');
  });

  test('the highest version stands for everything above it', () => {
    expect(widenInteger(3, 4)).toEqual([3]);
    expect(widenInteger(2, 4)).toEqual([2, 3]);
  });
});

describe('terms', () => {
  test('mean sets of states, "not selected" among them', () => {
    fc.assert(
      fc.property(terms, terms, (a, b) => {
        const inB = new Set(states(b));
        expect(states(intersectTerms(INTEGER_SETS, a, b))).toEqual(
          states(a).filter((state) => inB.has(state)),
        );
        expect(states(uniteTerms(INTEGER_SETS, a, b))).toEqual(
          [-1, ...UNIVERSE].filter((state) => states(a).includes(state) || inB.has(state)),
        );
        expect(states(negate(a))).toEqual([-1, ...UNIVERSE].filter((state) => !states(a).includes(state)));
      }),
    );
  });

  test('relate to what is known as their states do', () => {
    fc.assert(
      fc.property(terms, terms, (known, term) => {
        const possible = states(known);
        const inside = possible.filter((state) => states(term).includes(state));
        const relation = relateTerm(INTEGER_SETS, known, term);
        const isCertain = possible.length > 0 && (inside.length === 0 || inside.length === possible.length);
        if (isCertain) expect(relation).toBe(inside.length === 0 ? 'contradicted' : 'satisfied');
        else if (possible.length > 0) expect(relation).toBe('inconclusive');
        expect(areDisjoint(INTEGER_SETS, known, term)).toBe(inside.length === 0);
      }),
    );
  });
});

describe('solver', () => {
  const makeSolver = (): PubGrubSolver<IntegerSet, string> => new PubGrubSolver(INTEGER_SETS, 0, integer(0));

  test('merges dependents that need the same thing', () => {
    const solver = makeSolver();
    solver.addDependency(1, integer(1), { package: 2, versions: [5] });
    solver.addDependency(1, integer(2), { package: 2, versions: [5] });
    solver.propagate(0);
    solver.addDependenciesAndDecide(0, integer(0), integer(0), [{ package: 1, versions: [1, 3] }]);
    solver.propagate(0);
    // Only the merged incompatibility is satisfied by "1 or 2".
    expect(solver.partialSolution.term(2)).toEqual({ isPositive: true, versions: [5] });
  });

  test('a clone goes its own way', () => {
    const solver = makeSolver();
    solver.propagate(0);
    solver.addDependenciesAndDecide(0, integer(0), integer(0), [{ package: 1, versions: ALL_INTEGERS }]);
    solver.propagate(0);
    const copy = solver.clone();
    copy.addUnavailable(1, ALL_INTEGERS, 'gone');
    expect(copy.propagate(1).failure).not.toBeNull();
    expect(solver.propagate(1).failure).toBeNull();
    expect(solver.partialSolution.isDecided(0)).toBe(true);
  });

  test('goes back to before a decision on request', () => {
    const solver = makeSolver();
    solver.propagate(0);
    solver.addDependenciesAndDecide(0, integer(0), integer(0), [{ package: 1, versions: ALL_INTEGERS }]);
    solver.propagate(0);
    solver.addDependenciesAndDecide(1, integer(4), integer(4), [{ package: 2, versions: ALL_INTEGERS }]);
    solver.propagate(1);
    expect(solver.partialSolution.decisionLevel).toBe(2);
    expect(solver.backtrackPackage(1)).toBe(true);
    expect(solver.partialSolution.decisionLevel).toBe(1);
    expect(solver.partialSolution.term(2)).toBeUndefined();
    expect(solver.backtrackPackage(2)).toBe(false);
  });

  test('after the first conflict, a version whose dependency cannot be met is not decided', () => {
    const solver = makeSolver();
    solver.propagate(0);
    solver.addDependenciesAndDecide(0, integer(0), integer(0), [
      { package: 1, versions: ALL_INTEGERS },
      { package: 2, versions: integer(1) },
    ]);
    solver.propagate(0);
    const needsOther = [{ package: 2, versions: integer(2) }];
    // Before it, the version is decided unseen, and the clash is found by propagation.
    expect(solver.addDependenciesAndDecide(1, integer(4), [4], needsOther)).toBeNull();
    expect(solver.partialSolution.isDecided(1)).toBe(true);
    expect(solver.propagate(1)).toMatchObject({ failure: null, conflicts: [{ package: 1 }] });
    expect(solver.partialSolution.isDecided(1)).toBe(false);
    const conflict = solver.addDependenciesAndDecide(1, integer(3), [3, 4], needsOther);
    expect(conflict?.cause).toMatchObject({ kind: 'dependency', dependent: 1, dependency: 2 });
    expect(solver.partialSolution.isDecided(1)).toBe(false);
  });

  test('asks for a priority again only when more or less is known of a package', () => {
    const solver = makeSolver();
    const asked: number[] = [];
    const pick = (): number =>
      solver.partialSolution.pickPackage((packageId) => {
        asked.push(packageId);
        return -packageId;
      });
    solver.propagate(0);
    pick();
    pick();
    expect(asked).toEqual([0]);
  });
});

describe('derivation trees', () => {
  test('a shared node is rebuilt once', () => {
    let tree: DerivationTree<IntegerSet, string> = { kind: 'external', cause: { kind: 'root' } };
    for (let level = 0; level < 60; level++) {
      tree = { kind: 'derived', packages: [], terms: [], first: tree, second: tree, sharedId: null };
    }
    let calls = 0;
    mapDerivationTree(
      tree,
      (node) => node,
      (node) => {
        calls += 1;
        return node;
      },
    );
    expect(calls).toBe(60);
  });
});
