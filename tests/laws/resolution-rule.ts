/**
 * Checks a derivation step by itself: it shares no code with the solver. A state of the world says, for each package,
 * which version is selected, or none. A step follows from its causes when every state that its terms allow is
 * forbidden by one cause or the other. Versions are tried one by one, so nothing is assumed of sets but membership.
 */

export interface CheckedTerm {
  readonly package: number;
  readonly isPositive: boolean;
  contains(version: number): boolean;
}

/** Terms that must not all hold. */
export type CheckedTerms = readonly CheckedTerm[];

const NOT_SELECTED = -1;

function holds(term: CheckedTerm, version: number): boolean {
  const isInside = version !== NOT_SELECTED && term.contains(version);
  return term.isPositive ? isInside : !isInside;
}

function allHold(terms: CheckedTerms, state: ReadonlyMap<number, number>): boolean {
  return terms.every((term) => holds(term, state.get(term.package)!));
}

/** A state that satisfies the conclusion and neither cause, as text; null when the step is sound. */
export function counterexample(
  conclusion: CheckedTerms,
  first: CheckedTerms,
  second: CheckedTerms,
  versions: readonly number[],
): string | null {
  const packages = [...new Set([...conclusion, ...first, ...second].map((term) => term.package))];
  const search = (index: number, state: Map<number, number>): string | null => {
    const current = packages[index];
    if (current === undefined) {
      const escapes = allHold(conclusion, state) && !allHold(first, state) && !allHold(second, state);
      return escapes ? [...state].map(([name, version]) => `${name}=${version}`).join(' ') : null;
    }
    for (const version of [NOT_SELECTED, ...versions]) {
      const found = search(index + 1, state.set(current, version));
      if (found !== null) return found;
    }
    state.delete(current);
    return null;
  };
  return search(0, new Map());
}
