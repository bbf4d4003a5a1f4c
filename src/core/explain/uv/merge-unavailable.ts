/** Reduction 6: versions that cannot be used for the same reason are told in one sentence. */
import { mapDerivationTree } from '../../resolver/pubgrub/derivation-tree.ts';
import { reasonsEqual } from '../../resolver/uv/unavailable-reason.ts';
import {
  factOf,
  leaf,
  soleConclusion,
  withCauses,
  type Conclusion,
  type ErrorTree,
  type Fact,
} from './error-tree.ts';

type Unavailable = Extract<Fact, { kind: 'unavailable' }>;

/** Both facts as one, when they are about one package and for one reason. */
function mergeFacts(fact: Unavailable, other: ErrorTree): Unavailable | null {
  const otherFact = factOf(other, 'unavailable');
  if (otherFact?.package !== fact.package || !reasonsEqual(otherFact.reason, fact.reason)) return null;
  return { ...fact, versions: otherFact.versions.union(fact.versions) };
}

/** The step above a fact and a conclusion that rests on a fact like it: the facts become one, one level down. */
function mergeNested(fact: Unavailable | null, other: ErrorTree): ErrorTree | null {
  if (fact === null || other.kind !== 'derived') return null;
  const inSecond = mergeFacts(fact, other.second);
  const merged = inSecond ?? mergeFacts(fact, other.first);
  if (merged === null) return null;
  const terms = other.terms.map((term, index) =>
    other.packages[index] === fact.package && term.isPositive ? { ...term, versions: merged.versions } : term,
  );
  const node = { ...other, terms };
  return inSecond
    ? withCauses(node, other.first, leaf(merged))
    : withCauses(node, leaf(merged), other.second);
}

/** Two facts on one package side by side: one fact if the reason is the same, else a conclusion that covers both. */
function mergeSiblings(node: Conclusion): ErrorTree | null {
  const first = factOf(node.first, 'unavailable');
  const second = factOf(node.second, 'unavailable');
  const sole = soleConclusion(node);
  if (first === null || second?.package !== first.package || sole?.package !== first.package) return null;
  const versions = first.versions.union(second.versions);
  if (reasonsEqual(first.reason, second.reason)) return leaf({ ...first, versions });
  if (versions.isSubset(sole.versions)) return null;
  return { ...node, terms: [{ isPositive: true, versions: sole.versions.union(versions) }] };
}

/** uv 0.11 merged what is nested, not what stands side by side. */
export function mergeUnavailable(tree: ErrorTree, mergesSiblings = true): ErrorTree {
  const merged = mapDerivationTree(
    tree,
    (node) => node,
    (node, first, second) => {
      const result =
        mergeNested(factOf(first!, 'unavailable'), second!) ??
        mergeNested(factOf(second!, 'unavailable'), first!) ??
        withCauses(node, first!, second!);
      return (mergesSiblings && result.kind === 'derived' ? mergeSiblings(result) : null) ?? result;
    },
  );
  return merged!;
}
