/** Reductions 7 and 10: "there are no other versions" goes unsaid where the rest of the step says it. */
import { mapDerivationTree } from '../../resolver/pubgrub/derivation-tree.ts';
import type { VersionRange } from '../../packaging/version-range.ts';
import {
  factOf,
  leaf,
  termOn,
  withCauses,
  type Conclusion,
  type ErrorTree,
  type Fact,
} from './error-tree.ts';

type Dependency = Extract<Fact, { kind: 'dependency' }>;
type NoVersions = Extract<Fact, { kind: 'no-versions' }>;

/**
 * Below "A in R depends on …": a step {there are no other versions of A, X depends on A in S} is only its dependency,
 * when R lies within S.
 */
function collapseBelow(dependency: Dependency, tree: ErrorTree): ErrorTree {
  if (tree.kind !== 'derived') return tree;
  for (const [none, other] of [
    [tree.first, tree.second],
    [tree.second, tree.first],
  ] as const) {
    const noVersions = factOf(none, 'no-versions');
    const needed = factOf(other, 'dependency');
    if (
      noVersions !== null &&
      needed?.dependency === noVersions.package &&
      dependency.dependent === noVersions.package &&
      dependency.versions.isSubset(needed.required)
    ) {
      return other;
    }
  }
  return tree;
}

export function collapseRedundantNoVersions(tree: ErrorTree): ErrorTree {
  const collapsed = mapDerivationTree(
    tree,
    (node) => node,
    (node, first, second) => {
      const above = factOf(first!, 'dependency');
      if (above !== null) return withCauses(node, first!, collapseBelow(above, second!));
      const below = factOf(second!, 'dependency');
      return withCauses(node, below === null ? first! : collapseBelow(below, first!), second!);
    },
  );
  return collapsed!;
}

/** Whether the statement adds nothing: the conclusion is everything, or exactly what the statement leaves. */
function isNeedless(
  { package: packageNumber, versions }: NoVersions,
  other: ErrorTree,
  node: Conclusion,
): boolean {
  const term = termOn(other.kind === 'derived' ? other : node, packageNumber);
  if (term?.isPositive !== true) return false;
  const left: VersionRange = versions.complement();
  // "Only a==1.0 is available" is worth saying.
  if (left.singleVersion !== null) return false;
  return term.versions.isFull || term.versions.equals(left);
}

function dropNeedless(tree: ErrorTree): ErrorTree {
  const dropped = mapDerivationTree(
    tree,
    (node) => node,
    (node, first, second) => {
      const one = factOf(first!, 'no-versions');
      if (one !== null && isNeedless(one, second!, node)) return second;
      const two = factOf(second!, 'no-versions');
      if (two !== null && isNeedless(two, first!, node)) return first;
      return withCauses(node, first!, second!);
    },
  );
  return dropped!;
}

/** Two "no versions" of one package that make up a conclusion become that conclusion. One pass reaches all levels. */
function mergeNoVersions(tree: ErrorTree): ErrorTree {
  const merged = mapDerivationTree(
    tree,
    (node) => node,
    (node, first, second) => {
      const one = factOf(first!, 'no-versions');
      const two = factOf(second!, 'no-versions');
      const term = one === null ? undefined : termOn(node, one.package);
      if (
        one !== null &&
        two?.package === one.package &&
        term?.isPositive === true &&
        one.versions.isSubset(term.versions) &&
        two.versions.isSubset(term.versions)
      ) {
        return leaf({ kind: 'no-versions', package: one.package, versions: term.versions });
      }
      return withCauses(node, first!, second!);
    },
  );
  return merged!;
}

export function dropNeedlessNoVersions(tree: ErrorTree): ErrorTree {
  return mergeNoVersions(dropNeedless(tree));
}
