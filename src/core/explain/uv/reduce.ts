/** From the solver's proof to the tree that is told, in uv's order of reductions (README.md#reductions of resolver/uv). */
import type { UvFailure } from '../../resolver/uv/failure.ts';
import { collapseProxies, dropMember, stripLocalSentinels } from './collapse-proxies.ts';
import { collapseRedundantNoVersions, dropNeedlessNoVersions } from './drop-no-versions.ts';
import type { ErrorTree } from './error-tree.ts';
import { mergeUnavailable } from './merge-unavailable.ts';
import { narrowWidened } from './narrow-widened.ts';
import { restateAvailability } from './restate-availability.ts';
import { simplifyRanges } from './simplify-ranges.ts';

/** uv before 0.12 recorded versions that cannot be used one by one, so it had nothing to restate. */
export function reduceTree(failure: UvFailure): ErrorTree {
  let tree = collapseProxies(failure.tree, failure.packages);
  tree = stripLocalSentinels(tree);
  tree = narrowWidened(tree, failure);
  tree = dropMember(tree, failure.packages, failure.member);
  tree = mergeUnavailable(tree, failure.widensRejections);
  tree = collapseRedundantNoVersions(tree);
  tree = simplifyRanges(tree, failure);
  if (failure.widensRejections) tree = restateAvailability(tree, failure);
  return dropNeedlessNoVersions(tree);
}
