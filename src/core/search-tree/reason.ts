/** Why attempts failed: which causes a node has, and whether two nodes failed for the same reason. */
import type { Cause, Trace } from '../resolver/trace.ts';
import { NEVER, NODE_CODE, NONE, type SearchTree } from './search-tree.ts';

/** Stands for the skipped candidate itself among its causes, so that five versions with one fault share a reason. */
const ITSELF = -2;

/**
 * A number that is equal for nodes whose causes are the same requirements of the same parents, where a skipped
 * candidate counts as itself. Nodes without causes have 0. Order and repeats of causes do not matter.
 */
export function reasonKey(tree: SearchTree, trace: Trace, node: number): number {
  const reason = tree.reason.at(node);
  if (reason < 0) return 0;
  if (tree.reasonIsRule) return reason + 1;
  const causes = trace.causeLists[reason] ?? [];
  const candidate = tree.candidate.at(node);
  let key = 0;
  const seen = new Set<number>();
  for (const cause of causes) {
    const hash = causeHash(trace, cause, candidate);
    if (seen.has(hash)) continue;
    seen.add(hash);
    key = (key + hash) | 0;
  }
  return key === 0 ? 1 : key;
}

function causeHash(trace: Trace, cause: Cause, candidate: number): number {
  const row = trace.requirements[cause.requirement]!;
  let hash = cause.parent === candidate ? ITSELF : cause.parent;
  hash = Math.imul(hash, 0x9e3779b1) ^ row.package;
  for (let place = 0; place < row.text.length; place++)
    hash = Math.imul(hash ^ row.text.charCodeAt(place), 0x01000193);
  return hash;
}

/**
 * The node that says why another failed: a skip or a conflict itself; for a pin that was given up, the last conflict
 * before it was; `NONE` for what has not failed.
 */
export function failureNode(tree: SearchTree, node: number): number {
  const kind = tree.kind.at(node);
  if (kind === NODE_CODE.skip || kind === NODE_CODE.conflict) return node;
  const settledAt = tree.settledAt.at(node);
  if (settledAt === NEVER) return NONE;
  let last = tree.bornAt.lastNotAbove(settledAt);
  while (last > node && tree.kind.at(last) !== NODE_CODE.conflict) last -= 1;
  return last > node ? last : NONE;
}
