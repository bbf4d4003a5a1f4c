/**
 * A marker's diagram as few clauses as uv makes of it: a cover between a lower and an upper bound, which begin as the
 * marker itself. Where an alternative holds anyway, because the rest says so, its guard is not repeated.
 *
 *     cover(L, U): each stretch of the first variable is covered by itself, but for what holds in all of them;
 *                  what is left over is covered without asking for the variable
 */
import { compareMarkerCuts, type MarkerCut } from './marker-cut.ts';
import { FALSE_MARKER, forPieces, TRUE_MARKER, type MarkerAlgebra, type MarkerTree } from './marker-tree.ts';

/** A stretch of a variable's line; null is unbounded. */
export interface Stretch {
  readonly lower: MarkerCut | null;
  readonly upper: MarkerCut | null;
}

/** Alternatives: where the guard holds (null: anywhere), one of the inner alternatives must; none inside: true. */
export interface Cover {
  /** What it comes to. */
  readonly marker: MarkerTree;
  /** Null for a cover that asks for nothing more. */
  readonly branches: readonly CoverBranch[] | null;
}

export interface CoverBranch {
  readonly guard: { readonly variable: string; readonly stretches: readonly Stretch[] } | null;
  readonly inner: Cover;
}

const NOTHING: Cover = { marker: FALSE_MARKER, branches: [] };
const EVERYTHING: Cover = { marker: TRUE_MARKER, branches: null };

interface Part {
  readonly low: MarkerTree;
  readonly high: MarkerTree;
  readonly stretches: Stretch[];
}

export class CoverMaker {
  readonly #algebra: MarkerAlgebra;
  readonly #known = new Map<string, Cover>();

  constructor(algebra: MarkerAlgebra) {
    this.#algebra = algebra;
  }

  /** A cover that holds wherever `low` does and nowhere beyond `high`. */
  cover(low: MarkerTree, high: MarkerTree): Cover {
    if (low === FALSE_MARKER) return NOTHING;
    if (high === TRUE_MARKER) return EVERYTHING;
    const key = `${low.id},${high.id}`;
    let cover = this.#known.get(key);
    if (cover === undefined) this.#known.set(key, (cover = this.#make(low, high)));
    return cover;
  }

  #make(low: MarkerTree, high: MarkerTree): Cover {
    const variable = low.rank <= high.rank ? low.variable : high.variable;
    const parts = this.#parts(low, high, variable);
    if (low === high && low.children.every((child) => child.children.length === 0)) {
      const { stretches } = parts.find((part) => part.low === TRUE_MARKER)!;
      return { marker: low, branches: [{ guard: { variable, stretches }, inner: EVERYTHING }] };
    }
    const algebra = this.#algebra;
    const common = parts.reduce((all, part) => algebra.plainAnd(all, part.high), TRUE_MARKER);
    const branches: { stretches: Stretch[] | null; inner: Cover }[] = [];
    let rest: MarkerTree = FALSE_MARKER;
    for (const part of parts) {
      const inner = this.cover(algebra.plainAnd(part.low, algebra.not(common)), part.high);
      rest = this.#or(rest, algebra.plainAnd(part.low, algebra.not(inner.marker)));
      if (inner.marker === FALSE_MARKER) continue;
      const same = branches.find((branch) => branch.inner.marker === inner.marker);
      if (same === undefined) branches.push({ stretches: [...part.stretches], inner });
      else for (const item of part.stretches) same.stretches!.push(item);
    }
    const left = this.cover(rest, common);
    if (left.marker !== FALSE_MARKER) {
      const same = branches.findIndex((branch) => branch.inner.marker === left.marker);
      if (same >= 0) branches[same] = { stretches: null, inner: left };
      else branches.push({ stretches: null, inner: left });
    }
    return this.#joined(variable, branches);
  }

  #joined(variable: string, branches: readonly { stretches: Stretch[] | null; inner: Cover }[]): Cover {
    let marker: MarkerTree = FALSE_MARKER;
    const made = branches.map(({ stretches, inner }): CoverBranch => {
      if (stretches === null) {
        marker = this.#or(marker, inner.marker);
        return { guard: null, inner };
      }
      const sorted = joinedStretches(stretches);
      marker = this.#or(marker, this.#guarded(variable, sorted, inner.marker));
      return { guard: { variable, stretches: sorted }, inner };
    });
    return { marker, branches: made };
  }

  #guarded(variable: string, stretches: readonly Stretch[], inner: MarkerTree): MarkerTree {
    const cuts: MarkerCut[] = [];
    const children: MarkerTree[] = [];
    let isInside = stretches[0]?.lower === null;
    children.push(isInside ? inner : FALSE_MARKER);
    for (const { lower, upper } of stretches) {
      for (const cut of [lower, upper]) {
        if (cut === null) continue;
        isInside = !isInside;
        cuts.push(cut);
        children.push(isInside ? inner : FALSE_MARKER);
      }
    }
    return this.#algebra.node(variable, cuts, children);
  }

  #or(a: MarkerTree, b: MarkerTree): MarkerTree {
    const algebra = this.#algebra;
    return algebra.not(algebra.plainAnd(algebra.not(a), algebra.not(b)));
  }

  /** The stretches of the variable's line by what the bounds are there, in order of first appearance. */
  #parts(low: MarkerTree, high: MarkerTree, variable: string): readonly Part[] {
    const parts = new Map<string, Part>();
    let last: Part | null = null;
    const of = (tree: MarkerTree): MarkerTree =>
      tree.variable === variable ? tree : { ...tree, variable, cuts: [], children: [tree] };
    forPieces(of(low), of(high), (left, right, cut) => {
      if (cut !== null && last !== null) {
        const open = last.stretches.pop()!;
        last.stretches.push({ ...open, upper: cut });
      }
      const key = `${left.id},${right.id}`;
      let part = parts.get(key);
      if (part === undefined) parts.set(key, (part = { low: left, high: right, stretches: [] }));
      part.stretches.push({ lower: cut, upper: null });
      last = part;
    });
    return [...parts.values()];
  }
}

/** In order, neighbours joined. */
function joinedStretches(stretches: readonly Stretch[]): readonly Stretch[] {
  const sorted = stretches.toSorted((a, b) =>
    a.lower === null ? -1 : b.lower === null ? 1 : compareMarkerCuts(a.lower, b.lower),
  );
  const joined: Stretch[] = [];
  for (const stretch of sorted) {
    const last = joined.at(-1);
    const meets =
      last !== undefined &&
      last.upper !== null &&
      stretch.lower !== null &&
      compareMarkerCuts(last.upper, stretch.lower) === 0;
    if (meets) joined[joined.length - 1] = { lower: last.lower, upper: stretch.upper };
    else joined.push(stretch);
  }
  return joined;
}
