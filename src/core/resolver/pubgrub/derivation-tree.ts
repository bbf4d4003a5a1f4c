/**
 * The proof that there is no solution, as a value: facts at the leaves, conclusions above them. The root concludes that
 * the root package cannot be selected. Nodes that are used twice are shared and carry an id.
 * See README.md#derivation-tree.
 */
import { assert } from '../../packaging/assert.ts';
import type { Incompatibility, IncompatibilityCause } from './incompatibility.ts';
import type { Term } from './term.ts';

/** A fact. */
export type ExternalCause<Versions, Reason> = Exclude<
  IncompatibilityCause<Versions, Reason>,
  { kind: 'derived' }
>;

export interface ExternalNode<Versions, Reason> {
  readonly kind: 'external';
  readonly cause: ExternalCause<Versions, Reason>;
}

export interface DerivedNode<Versions, Reason> {
  readonly kind: 'derived';
  /** What is concluded: these terms cannot all hold. */
  readonly packages: readonly number[];
  readonly terms: readonly Term<Versions>[];
  readonly first: DerivationTree<Versions, Reason>;
  readonly second: DerivationTree<Versions, Reason>;
  /** Set when the conclusion is used more than once. */
  readonly sharedId: number | null;
}

export type DerivationTree<Versions, Reason> = ExternalNode<Versions, Reason> | DerivedNode<Versions, Reason>;

/** The tree below an incompatibility. Linear in the number of incompatibilities, however often one is used. */
export function derivationTree<Versions, Reason>(
  root: Incompatibility<Versions, Reason>,
): DerivationTree<Versions, Reason> {
  const seen = new Map<number, Incompatibility<Versions, Reason>>();
  const shared = new Set<number>();
  const open = [root];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    if (current.cause.kind === 'derived') {
      if (seen.has(current.id)) shared.add(current.id);
      else open.push(current.cause.first, current.cause.second);
    }
    seen.set(current.id, current);
  }
  const nodes = new Map<number, DerivationTree<Versions, Reason>>();
  // Causes have lower ids than what follows from them.
  for (const id of [...seen.keys()].sort((a, b) => a - b)) {
    const { packages, terms, cause } = seen.get(id)!;
    if (cause.kind !== 'derived') {
      nodes.set(id, { kind: 'external', cause });
      continue;
    }
    const first = nodes.get(cause.first.id);
    const second = nodes.get(cause.second.id);
    assert(first !== undefined && second !== undefined, `incompatibility ${id} is older than its causes`);
    nodes.set(id, { kind: 'derived', packages, terms, first, second, sharedId: shared.has(id) ? id : null });
  }
  return nodes.get(root.id)!;
}

/**
 * Rebuilds a tree from its leaves up: each leaf and each conclusion is replaced by what the functions make of it. A
 * function that returns null drops the node. Shared nodes are rebuilt once.
 */
export function mapDerivationTree<Versions, Reason>(
  root: DerivationTree<Versions, Reason>,
  mapLeaf: (leaf: ExternalNode<Versions, Reason>) => DerivationTree<Versions, Reason> | null,
  mapConclusion: (
    node: DerivedNode<Versions, Reason>,
    first: DerivationTree<Versions, Reason> | null,
    second: DerivationTree<Versions, Reason> | null,
  ) => DerivationTree<Versions, Reason> | null,
): DerivationTree<Versions, Reason> | null {
  const done = new Map<DerivationTree<Versions, Reason>, DerivationTree<Versions, Reason> | null>();
  const open: DerivationTree<Versions, Reason>[] = [root];
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    if (done.has(current)) {
      open.pop();
      continue;
    }
    if (current.kind === 'external') {
      done.set(current, mapLeaf(current));
      continue;
    }
    const { first, second } = current;
    const missing = [first, second].filter((cause) => !done.has(cause));
    if (missing.length > 0) for (const item of missing) open.push(item);
    else done.set(current, mapConclusion(current, done.get(first)!, done.get(second)!));
  }
  return done.get(root)!;
}
