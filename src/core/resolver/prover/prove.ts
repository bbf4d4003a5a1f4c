/**
 * The prover behind explanations: whether a request has a solution at all under a tool's rules for candidates, with the
 * proof when it has none. It is PubGrub on integer versions; it follows no tool's order of search.
 */
import type { ResolveRequest } from '../engine.ts';
import { derivationTree, mapDerivationTree, type DerivationTree } from '../pubgrub/derivation-tree.ts';
import {
  ALL_INTEGERS,
  countIntegers,
  highestInteger,
  integer,
  INTEGER_SETS,
  widenInteger,
  type IntegerSet,
} from '../pubgrub/integer-sets.ts';
import { solve, type DependencyProvider, type Exclusion, type Solution } from '../pubgrub/solve.ts';
import { pipRules, uvRules, type RuleStrength } from './candidate-rules.ts';
import type { Proof, ProofFact, ProofNode, ProofTerm, UnusableReason } from './proof.ts';
import { ProverUniverse, type NumberedDependency } from './prover-universe.ts';

/** Versions tried at most, unless the caller says otherwise. */
export const DEFAULT_PROOF_BUDGET = 20_000;

export interface ProveOptions {
  /** Whose rules decide which versions can be used. */
  readonly rules: 'pip' | 'uv';
  /** Versions tried at most. */
  readonly budget?: number;
}

/** Combinations that are tried one by one when it depends on the company whether pip takes a version. */
const MAX_COMBINATIONS = 64;

/** Why versions are left out: a property of theirs, or a constraint of the user's (its position). */
type Reason = UnusableReason | { readonly constraint: number };

type CombinationExclusion = Exclusion<IntegerSet, Reason>;

/**
 * Decides whether the request can be met in its target environment. `impossible` and `possible` are certain; what cannot
 * be told in the budget is `stopped`. Of a universal request (uv), `possible` says only that this environment is no
 * obstacle.
 */
export function prove(
  request: ResolveRequest,
  { rules, budget = DEFAULT_PROOF_BUDGET }: ProveOptions,
): Proof {
  if (rules === 'uv') return new Prover(request, rules, 'lenient').run(budget, []).proof;
  const strict = new Prover(request, rules, 'strict').run(budget, []).proof;
  if (strict.kind !== 'impossible') return strict;
  return proveByCompany(request, budget);
}

/**
 * Solves with every version that pip could admit. If that fails, nothing can succeed. A solution is held against pip's
 * rules on company; one that they refuse is put aside, and the next one looked at.
 */
function proveByCompany(request: ResolveRequest, budget: number): Proof {
  const prover = new Prover(request, 'pip', 'lenient');
  const exclusions: CombinationExclusion[] = [];
  let decisions = 0;
  while (exclusions.length < MAX_COMBINATIONS && decisions < budget) {
    const { proof, solution } = prover.run(budget - decisions, exclusions);
    decisions += solution.decisions;
    if (solution.kind === 'failed' && exclusions.length > 0) break;
    if (solution.kind !== 'solved' || proof.kind !== 'possible') return proof;
    const refused = prover.universe.notAdmitted(solution.versions);
    if (refused === null) return { ...proof, decisions };
    exclusions.push(excludeCombination(solution.versions, refused));
  }
  return { kind: 'stopped', reason: decisions < budget ? 'undecided' : 'budget', decisions };
}

/** Rules out one combination. It has all that it needs, so whoever adds to it adds what nobody needs. */
function excludeCombination(
  solution: ReadonlyMap<number, IntegerSet>,
  { package: refused, reason }: { readonly package: number; readonly reason: 'prerelease' | 'yanked' },
): CombinationExclusion {
  const company = [...solution].filter(([number]) => number !== 0);
  return {
    packages: company.map(([number]) => number),
    terms: company.map(([, versions]) => ({ isPositive: true, versions })),
    package: refused,
    reason: { kind: reason, detail: '' },
  };
}

class Prover {
  readonly universe: ProverUniverse;
  readonly #lines: readonly Line[];
  readonly #constraints: readonly Line[];

  constructor(request: ResolveRequest, rules: 'pip' | 'uv', strength: RuleStrength) {
    const candidateRules = rules === 'uv' ? uvRules(request) : pipRules(request, strength);
    this.universe = new ProverUniverse(request, candidateRules, rules === 'uv');
    this.#lines = this.universe.lines();
    this.#constraints = this.universe.constraints();
  }

  run(
    budget: number,
    exclusions: readonly CombinationExclusion[],
  ): { readonly proof: Proof; readonly solution: Solution<IntegerSet, Reason> } {
    const { universe } = this;
    const provider = makeProvider(universe, this.#lines, this.#constraints);
    const solution = solve(INTEGER_SETS, 0, integer(0), provider, { maxDecisions: budget, exclusions });
    const proof: Proof =
      universe.missing.length > 0
        ? { kind: 'incomplete', missing: universe.missing }
        : readSolution(universe, this.#lines, this.#constraints, solution);
    return { proof, solution };
  }
}

type Line = NumberedDependency & { readonly line: number };

function makeProvider(
  universe: ProverUniverse,
  lines: readonly Line[],
  constraints: readonly Line[],
): DependencyProvider<IntegerSet, Reason> {
  const limits = new Map<number, readonly Line[]>();
  for (const constraint of constraints) {
    limits.set(constraint.package, [...(limits.get(constraint.package) ?? []), constraint]);
  }
  const size = (packageNumber: number): number => universe.packages[packageNumber]!.versions.length;
  return {
    prioritize: (packageNumber, versions) => -countIntegers(versions, size(packageNumber)),
    chooseVersion(packageNumber, versions) {
      const version = highestInteger(versions, size(packageNumber));
      return version < 0 ? null : integer(version);
    },
    readVersion(packageNumber, versions) {
      if (packageNumber === 0) return { kind: 'available', versions, dependencies: lines };
      const version = versions[0]!;
      for (const { versions: allowed, line } of limits.get(packageNumber) ?? []) {
        if (INTEGER_SETS.relation(versions, allowed) === 'subset') continue;
        const outside = INTEGER_SETS.difference(ALL_INTEGERS, allowed);
        return { kind: 'unavailable', versions: outside, reason: { constraint: line } };
      }
      const reading = universe.read(packageNumber, version);
      const widened = widenInteger(version, size(packageNumber));
      if (reading.kind === 'unusable')
        return { kind: 'unavailable', versions: widened, reason: reading.reason };
      return { kind: 'available', versions: widened, dependencies: reading.dependencies };
    },
  };
}

function readSolution(
  universe: ProverUniverse,
  lines: readonly Line[],
  constraints: readonly Line[],
  solution: Solution<IntegerSet, Reason>,
): Proof {
  const { decisions } = solution;
  switch (solution.kind) {
    case 'stopped':
      return { kind: 'stopped', reason: 'budget', decisions };
    case 'solved': {
      const pins = new Map<string, string>();
      for (const [number, versions] of solution.versions) {
        const { name, extra, versions: texts } = universe.packages[number]!;
        if (number !== 0 && extra === null) pins.set(name, texts[versions[0]!]!);
      }
      return { kind: 'possible', pins, decisions };
    }
    case 'failed': {
      const tree = derivationTree(solution.incompatibility);
      const root = new ProofReader(universe, lines, constraints).read(tree);
      return { kind: 'impossible', proof: { packages: universe.packages, root }, decisions };
    }
  }
}

type Leaf = Extract<DerivationTree<IntegerSet, Reason>, { kind: 'external' }>;

/** Turns the solver's derivation into a proof over facts. */
class ProofReader {
  readonly #universe: ProverUniverse;
  readonly #lines: readonly Line[];
  readonly #constraints: readonly Line[];

  constructor(universe: ProverUniverse, lines: readonly Line[], constraints: readonly Line[]) {
    this.#universe = universe;
    this.#lines = lines;
    this.#constraints = constraints;
  }

  read(tree: DerivationTree<IntegerSet, Reason>): ProofNode {
    const nodes = new Map<DerivationTree<IntegerSet, Reason>, ProofNode>();
    mapDerivationTree(
      tree,
      (leaf) => {
        nodes.set(leaf, { kind: 'fact', fact: this.#fact(leaf) });
        return leaf;
      },
      (node) => {
        const terms = node.packages.map((number, index): ProofTerm => ({
          package: number,
          ...node.terms[index]!,
        }));
        const step = { terms, first: nodes.get(node.first)!, second: nodes.get(node.second)! };
        nodes.set(node, { kind: 'step', ...step });
        return node;
      },
    );
    return nodes.get(tree)!;
  }

  #fact({ cause }: Leaf): ProofFact {
    switch (cause.kind) {
      case 'root':
        return { kind: 'root' };
      case 'no-versions':
        return { kind: 'no-versions', package: cause.package, versions: cause.versions };
      case 'unavailable': {
        const { package: packageNumber, versions, reason } = cause;
        if (!('constraint' in reason)) return { kind: 'unusable', package: packageNumber, versions, reason };
        const constraint = this.#constraints.find(
          (item) => item.line === reason.constraint && item.package === packageNumber,
        )!;
        return {
          kind: 'constraint',
          line: constraint.line,
          package: packageNumber,
          allowed: constraint.versions,
        };
      }
      case 'dependency': {
        const { dependent, versions, dependency, required } = cause;
        const isSame = (item: NumberedDependency): boolean =>
          item.package === dependency && INTEGER_SETS.equals(item.versions, required);
        if (dependent === 0) {
          const line = this.#lines.find(isSame)!;
          return { kind: 'line', line: line.line, package: dependency, allowed: required };
        }
        const reading = this.#universe.read(dependent, versions[0]!);
        const text = reading.kind === 'usable' ? (reading.dependencies.find(isSame)?.text ?? '') : '';
        return { kind: 'dependency', package: dependent, versions, dependency, allowed: required, text };
      }
    }
  }
}
