/** The derivation tree that uv's report is made from, and what a node says of a package. */
import { VersionRange } from '../../packaging/version-range.ts';
import type {
  DerivationTree,
  DerivedNode,
  ExternalCause,
  ExternalNode,
} from '../../resolver/pubgrub/derivation-tree.ts';
import type { Term } from '../../resolver/pubgrub/term.ts';
import type { UvReason } from '../../resolver/uv/unavailable-reason.ts';

export type ErrorTree = DerivationTree<VersionRange, UvReason>;
export type Leaf = ExternalNode<VersionRange, UvReason>;
export type Conclusion = DerivedNode<VersionRange, UvReason>;
export type Fact = ExternalCause<VersionRange, UvReason>;
export type RangeTerm = Term<VersionRange>;

export function leaf(cause: Fact): Leaf {
  return { kind: 'external', cause };
}

/** A conclusion on one package: these versions cannot be used. */
export function conclusion(
  packageNumber: number,
  versions: VersionRange,
  first: ErrorTree,
  second: ErrorTree,
): Conclusion {
  return {
    kind: 'derived',
    packages: [packageNumber],
    terms: [{ isPositive: true, versions }],
    first,
    second,
    sharedId: null,
  };
}

/** A conclusion with other causes. */
export function withCauses(node: Conclusion, first: ErrorTree, second: ErrorTree): Conclusion {
  return node.first === first && node.second === second ? node : { ...node, first, second };
}

/** The fact of a leaf if it is of this kind. */
export function factOf<Kind extends Fact['kind']>(
  tree: ErrorTree,
  kind: Kind,
): Extract<Fact, { kind: Kind }> | null {
  if (tree.kind !== 'external' || tree.cause.kind !== kind) return null;
  return tree.cause as Extract<Fact, { kind: Kind }>;
}

export function termOn(node: Conclusion, packageNumber: number): RangeTerm | undefined {
  const index = node.packages.indexOf(packageNumber);
  return index < 0 ? undefined : node.terms[index];
}

/** The package and versions of a conclusion that rules out versions of one package and says nothing else. */
export function soleConclusion(
  node: Conclusion,
): { readonly package: number; readonly versions: VersionRange } | null {
  const [term] = node.terms;
  if (node.terms.length !== 1 || term?.isPositive !== true) return null;
  return { package: node.packages[0]!, versions: term.versions };
}

/** The packages that a node says something of. */
export function packagesOf(tree: ErrorTree): readonly number[] {
  if (tree.kind === 'derived') return tree.packages;
  switch (tree.cause.kind) {
    case 'dependency':
      return [tree.cause.dependent, tree.cause.dependency];
    case 'no-versions':
    case 'unavailable':
      return [tree.cause.package];
    case 'root':
      return [0];
  }
}

/** The versions of a package that a node needs to remain usable. */
export function requiredVersions(tree: ErrorTree, packageNumber: number): VersionRange {
  if (tree.kind === 'derived') {
    const term = termOn(tree, packageNumber);
    return term?.isPositive === false ? term.versions : VersionRange.EMPTY;
  }
  const dependency = factOf(tree, 'dependency');
  return dependency?.dependency === packageNumber ? dependency.required : VersionRange.EMPTY;
}

/** The versions of a package that a node says cannot be used. */
export function ruledOutVersions(tree: ErrorTree, packageNumber: number): VersionRange {
  if (tree.kind === 'derived') {
    const sole = soleConclusion(tree);
    return sole?.package === packageNumber ? sole.versions : VersionRange.EMPTY;
  }
  const unavailable = factOf(tree, 'unavailable');
  return unavailable?.package === packageNumber ? unavailable.versions : VersionRange.EMPTY;
}

/** The versions of a package that a node establishes something about. */
export function reportedVersions(tree: ErrorTree, packageNumber: number): VersionRange {
  if (tree.kind === 'derived') {
    const term = termOn(tree, packageNumber);
    return term?.isPositive === true ? term.versions : VersionRange.EMPTY;
  }
  const { cause } = tree;
  switch (cause.kind) {
    case 'unavailable':
    case 'no-versions':
      return cause.package === packageNumber ? cause.versions : VersionRange.EMPTY;
    case 'dependency':
      return cause.dependent === packageNumber ? cause.versions : VersionRange.EMPTY;
    case 'root':
      return VersionRange.EMPTY;
  }
}
