/** Turns the solver's derivation into a proof over facts: lines, constraints, requirements quoted word for word. */
import { mapDerivationTree, type DerivationTree } from '../pubgrub/derivation-tree.ts';
import { integersFromRuns, INTEGER_SETS, positionsIn, type IntegerSet } from '../pubgrub/integer-sets.ts';
import type { Exclusion } from '../pubgrub/solve.ts';
import type { ProofFact, ProofNode, ProofTerm, RequirementQuote, UnusableReason } from './proof.ts';
import type { NumberedDependency, ProverUniverse } from './prover-universe.ts';

/** A requirement or constraint of the user's; `line` is its position in the request. */
export type Line = NumberedDependency & { readonly line: number };

/** Why versions are left out: a property of theirs, or a constraint of the user's (its position). */
export type Reason = UnusableReason | { readonly constraint: number };

export type CompanyExclusion = Exclusion<IntegerSet, UnusableReason>;

type Leaf = Extract<DerivationTree<IntegerSet, Reason>, { kind: 'external' }>;
type External = Leaf['cause'];

export class ProofReader {
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
      case 'unavailable':
        return this.#unavailable(cause);
      case 'dependency':
        return cause.dependent === 0 ? this.#line(cause) : this.#dependency(cause);
    }
  }

  #unavailable({ package: row, versions, reason }: Extract<External, { kind: 'unavailable' }>): ProofFact {
    if (!('constraint' in reason)) return { kind: 'unusable', package: row, versions, reason };
    const isIt = (item: Line): boolean => item.line === reason.constraint && item.package === row;
    const { line, versions: allowed } = this.#constraints.find(isIt)!;
    return { kind: 'constraint', line, package: row, allowed };
  }

  #line({ dependency, required }: Extract<External, { kind: 'dependency' }>): ProofFact {
    const { line } = this.#lines.find(
      (item) => item.package === dependency && INTEGER_SETS.equals(item.versions, required),
    )!;
    return { kind: 'line', line, package: dependency, allowed: required };
  }

  #dependency({
    dependent,
    versions,
    dependency,
    required,
  }: Extract<External, { kind: 'dependency' }>): ProofFact {
    const positions = new Map<string, number[]>();
    for (const version of positionsIn(versions, this.#universe.packages[dependent]!.versions.length)) {
      const reading = this.#universe.read(dependent, version);
      const own = reading.kind === 'usable' ? reading.dependencies : [];
      const same = own.find(
        (item) => item.package === dependency && INTEGER_SETS.equals(item.versions, required),
      );
      if (same !== undefined) positions.set(same.text, [...(positions.get(same.text) ?? []), version]);
    }
    const quotes = [...positions].map(([text, list]): RequirementQuote => ({
      text,
      versions: integersFromRuns(list.map((position) => [position, position] as const)),
    }));
    return { kind: 'dependency', package: dependent, versions, dependency, allowed: required, quotes };
  }
}
