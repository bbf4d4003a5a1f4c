/** Reductions 1 and 2 of uv's report: proxies and the places above local labels are the solver's business only. */
import { mapDerivationTree } from '../../resolver/pubgrub/derivation-tree.ts';
import { isProxy, projectName, type UvPackage } from '../../resolver/uv/package.ts';
import {
  factOf,
  leaf,
  withCauses,
  type Conclusion,
  type ErrorTree,
  type Fact,
  type Leaf,
} from './error-tree.ts';
import type { VersionRange } from '../../packaging/version-range.ts';

/** What is left of a conclusion when causes may be gone. */
function keepCauses(node: Conclusion, first: ErrorTree | null, second: ErrorTree | null): ErrorTree | null {
  if (first === null || second === null) return first ?? second;
  return withCauses(node, first, second);
}

/** Drops "proxy depends on …": the other cause takes the place of the step. */
export function collapseProxies(tree: ErrorTree, packages: readonly UvPackage[]): ErrorTree {
  const isBond = (cause: ErrorTree | null): boolean => {
    const dependency = cause === null ? null : factOf(cause, 'dependency');
    return dependency !== null && isProxy(packages[dependency.dependent]!);
  };
  const collapsed = mapDerivationTree(
    tree,
    (node) => node,
    (node, first, second) => {
      if (isBond(first)) return isBond(second) ? null : second;
      return isBond(second) ? first : keepCauses(node, first, second);
    },
  );
  return collapsed ?? tree;
}

/** A project of one: that the root needs it, and which versions of it there are, goes without saying. */
export function dropMember(
  tree: ErrorTree,
  packages: readonly UvPackage[],
  member: string | null,
): ErrorTree {
  if (member === null) return tree;
  const isBase = (number: number): boolean => {
    const item = packages[number]!;
    return item.kind === 'package' && item.name === member && item.extra === null;
  };
  const isNeedless = (cause: Fact): boolean => {
    if (cause.kind === 'dependency') return cause.dependent === 0 && isBase(cause.dependency);
    return cause.kind === 'no-versions' && projectName(packages[cause.package]!) === member;
  };
  const dropped = mapDerivationTree(
    tree,
    (node) => (isNeedless(node.cause) ? null : node),
    (node, first, second) => keepCauses(node, first, second),
  );
  return dropped ?? tree;
}

/** Whether a range holds nothing but local variants of one version. */
function isOnlyLocals(range: VersionRange): boolean {
  return range
    .segments()
    .every(
      ({ lower, upper }) =>
        lower?.isAfter === true &&
        lower.sentinel === 'none' &&
        upper?.sentinel === 'local-max' &&
        !upper.isAfter &&
        upper.version.text === lower.version.text,
    );
}

function stripFact(fact: Fact): Fact {
  switch (fact.kind) {
    case 'root':
      return fact;
    case 'dependency':
      return {
        ...fact,
        versions: fact.versions.withoutLocalSentinels(),
        required: fact.required.withoutLocalSentinels(),
      };
    case 'no-versions':
    case 'unavailable':
      return { ...fact, versions: fact.versions.withoutLocalSentinels() };
  }
}

/** `>=1.0, <1.0+` becomes `==1.0`; "there are no local variants of 1.0" goes unsaid. */
export function stripLocalSentinels(tree: ErrorTree): ErrorTree {
  const stripLeaf = (node: Leaf): ErrorTree | null => {
    const none = factOf(node, 'no-versions');
    return none !== null && isOnlyLocals(none.versions) ? null : leaf(stripFact(node.cause));
  };
  const stripped = mapDerivationTree(tree, stripLeaf, (node, first, second) => {
    const terms = node.terms.map(({ isPositive, versions }) => ({
      isPositive,
      versions: versions.withoutLocalSentinels(),
    }));
    return keepCauses({ ...node, terms }, first, second);
  });
  return stripped ?? tree;
}
