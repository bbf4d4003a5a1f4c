/**
 * The prover behind explanations: whether a request has a solution at all under a tool's rules for candidates, with the
 * proof when it has none. It is PubGrub on integer versions; it follows no tool's order of search.
 */
import type { ResolveRequest } from '../engine.ts';
import type { MissingFact } from '../../package-index/package-index.ts';
import { derivationTree } from '../pubgrub/derivation-tree.ts';
import {
  ALL_INTEGERS,
  countIntegers,
  highestInteger,
  integer,
  INTEGER_SETS,
  widenInteger,
  type IntegerSet,
} from '../pubgrub/integer-sets.ts';
import { solve, type DependencyProvider, type Solution } from '../pubgrub/solve.ts';
import { pipRules, uvRules, type RuleStrength } from './candidate-rules.ts';
import { Company } from './company.ts';
import { proofFacts, type ImpossibilityProof, type Proof } from './proof.ts';
import { ProofReader, type CompanyExclusion, type Line, type Reason } from './proof-reader.ts';
import { ProverUniverse, type UnknownFacts } from './prover-universe.ts';
import { LEGACY_ERA, PROTOTYPE_ERA } from '../pip/era.ts';
import { eraOfTool } from './tool-era.ts';

/** Versions tried at most, unless the caller says otherwise. */
export const DEFAULT_PROOF_BUDGET = 20_000;

export interface ProveOptions {
  /** Whose rules decide which versions can be used. */
  readonly rules: 'pip' | 'uv';
  /** Versions tried at most. */
  readonly budget?: number;
}

/** Refusals of pip that are looked at, one after the other, where it depends on the company whether it takes a version. */
const MAX_REFUSALS = 300;

/**
 * Decides whether the request can be met in its target environment. `impossible` and `possible` are certain; what cannot
 * be told in the budget is `stopped`, what rests on facts that nobody has, `incomplete`. Of a universal request (uv),
 * `possible` says only that this environment is no obstacle.
 */
export function prove(
  request: ResolveRequest,
  { rules, budget = DEFAULT_PROOF_BUDGET }: ProveOptions,
): Proof {
  const prover = new Prover(request, rules, rules === 'uv' ? 'lenient' : 'strict');
  const { proof } = prover.run(budget, []);
  if (proof.kind !== 'impossible') return proof;
  if (prover.universe.missing.length > 0 && restsOnUnknown(prover.universe, proof.proof))
    return proveWhateverIsUnknown(request, rules, budget, prover.universe.missing);
  return rules === 'uv' ? proof : proveByCompany(request, budget, proof);
}

/**
 * Nothing is known to be a solution. If nothing would be one even if everything unknown needed nothing and fitted
 * everything, that is certain.
 */
function proveWhateverIsUnknown(
  request: ResolveRequest,
  rules: ProveOptions['rules'],
  budget: number,
  missing: readonly MissingFact[],
): Proof {
  const { proof } = new Prover(request, rules, 'lenient', 'fits').run(budget, []);
  return proof.kind === 'impossible' ? proof : { kind: 'incomplete', missing };
}

/** Whether a proof counts versions out of which nobody knows whether they could be used. */
function restsOnUnknown(universe: ProverUniverse, { root, packages }: ImpossibilityProof): boolean {
  return proofFacts(root).some((fact) => {
    if (fact.kind === 'root') return false;
    if (packages[fact.package]!.status === 'unknown') return true;
    if (fact.kind === 'dependency' && packages[fact.dependency]!.status === 'unknown') return true;
    return fact.kind === 'unusable' && universe.isUnknown(fact.package, fact.versions);
  });
}

/**
 * Solves with every version that pip could admit. If that fails, nothing can succeed. A solution is held against pip's
 * rules on company; where they refuse it, what follows from that is added, and the next one looked at.
 */
function proveByCompany(
  request: ResolveRequest,
  budget: number,
  strict: Extract<Proof, { kind: 'impossible' }>,
): Proof {
  const prover = new Prover(request, 'pip', 'lenient');
  const company = new Company(prover.universe);
  const exclusions: CompanyExclusion[] = [];
  let decisions = 0;
  while (exclusions.length < MAX_REFUSALS && decisions < budget) {
    const { proof, solution } = prover.run(budget - decisions, exclusions);
    decisions += solution.decisions;
    if (proof.kind === 'impossible' && restsOnUnknown(prover.universe, proof.proof))
      return { kind: 'incomplete', missing: prover.universe.missing };
    if (proof.kind === 'impossible' && exclusions.length > 0 && isFirstFoundWins(request)) break;
    if (proof.kind === 'impossible' && exclusions.length > 0)
      // The plain proof says it without cases; what company could have brought rests on further lines.
      return { ...strict, proof: { ...strict.proof, company: ownFacts(proof.proof) }, decisions };
    if (solution.kind !== 'solved' || proof.kind !== 'possible') return proof;
    const refusal = prover.universe.notAdmitted(solution.versions);
    if (refusal === null) return { ...proof, decisions };
    exclusions.push(company.exclude(solution.versions, refusal));
  }
  return { kind: 'stopped', reason: decisions < budget ? 'undecided' : 'budget', decisions };
}

/** Tools that look at the first requirement on a project only, and so take what all of them would not admit. */
function isFirstFoundWins({ toolVersion }: ResolveRequest): boolean {
  const era = eraOfTool(toolVersion);
  return era === LEGACY_ERA || era === PROTOTYPE_ERA;
}

function ownFacts({ root }: ImpossibilityProof): NonNullable<ImpossibilityProof['company']> {
  return proofFacts(root).filter((fact) => fact.kind === 'line' || fact.kind === 'constraint');
}

class Prover {
  readonly universe: ProverUniverse;
  readonly #lines: readonly Line[];
  readonly #constraints: readonly Line[];

  constructor(
    request: ResolveRequest,
    rules: 'pip' | 'uv',
    strength: RuleStrength,
    unknown: UnknownFacts = 'unusable',
  ) {
    const candidateRules = rules === 'uv' ? uvRules(request) : pipRules(request, strength);
    this.universe = new ProverUniverse(request, candidateRules, { isUv: rules === 'uv', unknown });
    this.#lines = this.universe.lines();
    this.#constraints = this.universe.constraints();
  }

  run(
    budget: number,
    exclusions: readonly CompanyExclusion[],
  ): { readonly proof: Proof; readonly solution: Solution<IntegerSet, Reason> } {
    const { universe } = this;
    const provider = makeProvider(universe, this.#lines, this.#constraints);
    const solution = solve(INTEGER_SETS, 0, integer(0), provider, { maxDecisions: budget, exclusions });
    return { proof: readSolution(universe, this.#lines, this.#constraints, solution), solution };
  }
}

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
