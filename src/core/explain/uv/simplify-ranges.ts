/** Reduction 8: ranges in the words of the listing: bounds that keep no listed version out are dropped. */
import { simplifyRange } from '../../packaging/range-listing.ts';
import { VersionRange } from '../../packaging/version-range.ts';
import { isPrerelease } from '../../packaging/version.ts';
import { mapDerivationTree } from '../../resolver/pubgrub/derivation-tree.ts';
import type { UvFailure } from '../../resolver/uv/failure.ts';
import { projectName } from '../../resolver/uv/package.ts';
import { leaf, withCauses, type ErrorTree, type Fact } from './error-tree.ts';

/** Whether a bound of the range is a pre-release. */
export function namesPrereleaseBound(range: VersionRange): boolean {
  return range
    .segments()
    .some(
      ({ lower, upper }) =>
        (lower !== null && isPrerelease(lower.version)) || (upper !== null && isPrerelease(upper.version)),
    );
}

function simplify(range: VersionRange, packageNumber: number, failure: UvFailure): VersionRange {
  const name = projectName(failure.packages[packageNumber]!);
  const listing = name === null ? undefined : failure.included.get(name);
  if (name === null || listing === undefined || range.isFull) return range;
  const [first] = listing;
  if (listing.length === 1 && first !== undefined && range.contains(first))
    return VersionRange.singleton(first);
  const selection = failure.prereleases.selection(name);
  const isStableOnly =
    (selection === 'disallow' || selection === 'only-without-stable') && !namesPrereleaseBound(range);
  return simplifyRange(range, isStableOnly ? listing.filter((version) => !isPrerelease(version)) : listing);
}

function simplifyFact(fact: Fact, failure: UvFailure): Fact {
  switch (fact.kind) {
    case 'root':
      return fact;
    case 'dependency':
      return {
        ...fact,
        versions: simplify(fact.versions, fact.dependent, failure),
        required: simplify(fact.required, fact.dependency, failure),
      };
    case 'no-versions':
    case 'unavailable':
      return { ...fact, versions: simplify(fact.versions, fact.package, failure) };
  }
}

export function simplifyRanges(tree: ErrorTree, failure: UvFailure): ErrorTree {
  const simplified = mapDerivationTree(
    tree,
    (node) => leaf(simplifyFact(node.cause, failure)),
    (node, first, second) => {
      const terms = node.terms.map(({ isPositive, versions }, index) => ({
        isPositive,
        versions: simplify(versions, node.packages[index]!, failure),
      }));
      return withCauses({ ...node, terms }, first!, second!);
    },
  );
  return simplified!;
}
