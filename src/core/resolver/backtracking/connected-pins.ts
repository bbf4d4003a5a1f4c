/** Which pins the result keeps: those that the user's requirements lead to. Mere leftovers of the search vanish. */
import type { SearchCandidate, SearchRequirement } from './provider.ts';
import type { ResolutionState } from './resolution-state.ts';

/** Python's recursion limit of 1,000 frames, less what pip's own call stack takes. */
const RECURSION_LIMIT = 960;

/**
 * The connected pins in the order in which they were pinned; null when the tool dies of recursion. resolvelib looks
 * for a route to the root depth-first without remembering where it has been, so a ring of orphans is followed for
 * ever. See resolver/README.md#the-result.
 */
export function connectedPins<R extends SearchRequirement, C extends SearchCandidate>(
  state: ResolutionState<R, C>,
): readonly C[] | null {
  const connected = new Set<number>();
  const isTooDeep = { value: false };

  function hasRouteToRoot(identifier: number, level: number): boolean {
    if (connected.has(identifier)) return true;
    if (level > RECURSION_LIMIT) isTooDeep.value = true;
    if (isTooDeep.value) return false;
    for (const { parent } of state.criteria[identifier]?.information ?? []) {
      if (parent !== null && state.pins[parent.identifier] !== parent) continue;
      if (parent !== null && !hasRouteToRoot(parent.identifier, level + 1)) continue;
      connected.add(identifier);
      return true;
    }
    return false;
  }

  for (const identifier of state.known) {
    hasRouteToRoot(identifier, 0);
    if (isTooDeep.value) return null;
  }
  return state.pinOrder.filter((identifier) => connected.has(identifier)).map((i) => state.pins[i]!);
}
