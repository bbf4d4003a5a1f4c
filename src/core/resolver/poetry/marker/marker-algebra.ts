/**
 * Conjunction, disjunction and normal forms of markers, in Poetry's way of simplifying, which decides what its lock files
 * say. poetry-core 2.5, `MultiMarker.of`, `MarkerUnion.of`, `cnf`, `dnf`, `intersection`, `union`.
 */
import { type Constraint } from '../constraint/constraint.ts';
import { allowsAll } from '../constraint/operations.ts';
import { inverseOperator, makeSingle } from './make-single.ts';
import {
  complexityOf,
  flatten,
  isAtMostTwo,
  isPythonName,
  isSingleLike,
  MarkerSpace,
  PYTHON_NAMES,
  type Marker,
  type MultiMarker,
  type OrMarker,
  type SingleLike,
  type SingleMarker,
} from './marker.ts';
import { textItem, opposite, type TextItem } from './generic-constraint.ts';
import { mergeSingles, type Join } from './merge-singles.ts';
import { readMarkerParts } from './parse-marker.ts';
import { pythonOfMarker } from './python-of-marker.ts';

/** A conjunction or disjunction came to be asked for inside itself. */
class CircularMarker extends Error {}

/** A marker whose normal form has more alternatives than can be made. */
export class MarkerTooComplex extends Error {}

const MAXIMUM_CHOICES = 50_000;

export class MarkerAlgebra {
  readonly space = new MarkerSpace();
  readonly any = this.space.any;
  readonly empty = this.space.empty;
  readonly #normalForms: Record<Join, Map<Marker, Marker>> = { and: new Map(), or: new Map() };
  readonly #merged = new Map<string, Marker | null>();
  readonly #pythons = new Map<Marker, Constraint>();
  readonly #parsed = new Map<string, Marker | null>();
  readonly #pairs = new Map<string, Marker>();
  readonly #withoutExtras = new Map<Marker, Marker>();
  /** What is being made: by join, the ids of its parts. */
  readonly #open: Record<Join, Set<string>> = { and: new Set(), or: new Set() };

  /** Reads a marker; null where Poetry cannot. */
  parse(text: string): Marker | null {
    let marker = this.#parsed.get(text);
    if (marker === undefined) this.#parsed.set(text, (marker = this.#parse(text)));
    return marker;
  }

  #parse(text: string): Marker | null {
    if (text === '' || text === '*') return this.any;
    if (text === '<empty>') return this.empty;
    const read = readMarkerParts(this.space, text);
    return read.kind === 'parts' ? this.union(read.parts) : null;
  }

  /** Both hold. */
  and(a: Marker, b: Marker): Marker {
    return this.#join(a, b, 'and');
  }

  /** Either holds. */
  or(a: Marker, b: Marker): Marker {
    return this.#join(a, b, 'or');
  }

  #join(a: Marker, b: Marker, join: Join): Marker {
    const [neutral, absorbing] = join === 'and' ? [this.any, this.empty] : [this.empty, this.any];
    if (a === neutral) return b;
    if (a === absorbing) return a;
    if (isSingleLike(a)) {
      if (isSingleLike(b)) return this.merge(a, b, join) ?? this.#compound([a, b], join);
      if (b === neutral || b === absorbing) return b === neutral ? a : b;
    }
    // What is compound already is made anew even with what changes nothing, and can come out in another form.
    // A comparison leaves the work to the other, which comes first then.
    const [first, second] = isSingleLike(a) ? [b, a] : [a, b];
    const key = `${join}${first.id},${second.id}`;
    // Inside another one the answer can be cut short.
    const isOutermost = this.#open.and.size + this.#open.or.size === 0;
    let joined = isOutermost ? this.#pairs.get(key) : undefined;
    joined ??= join === 'and' ? this.intersection([first, second]) : this.union([first, second]);
    if (isOutermost) this.#pairs.set(key, joined);
    return joined;
  }

  #compound(parts: readonly Marker[], join: Join): MultiMarker | OrMarker {
    return join === 'and' ? this.space.multi(parts) : this.space.or(parts);
  }

  merge(a: SingleLike, b: SingleLike, join: Join): Marker | null {
    const key = `${join}${a.id},${b.id}`;
    let merged = this.#merged.get(key);
    if (merged === undefined) this.#merged.set(key, (merged = mergeSingles(this, a, b, join)));
    return merged;
  }

  /** The Pythons for which a marker can hold. */
  pythonOf(marker: Marker): Constraint {
    let python = this.#pythons.get(marker);
    if (python === undefined) this.#pythons.set(marker, (python = pythonOfMarker(this, marker)));
    return python;
  }

  /** All of them, in the form with the least to read. */
  intersection(markers: readonly Marker[]): Marker {
    return this.#simplest(markers, 'and');
  }

  /** Some of them, in the form with the least to read. */
  union(markers: readonly Marker[]): Marker {
    return this.#simplest(markers, 'or');
  }

  #simplest(markers: readonly Marker[], join: Join): Marker {
    const open = this.#open[join];
    const key = markers.map(({ id }) => id).join();
    if (open.has(key)) throw new CircularMarker();
    open.add(key);
    try {
      return this.#leastOf(markers, join);
    } finally {
      open.delete(key);
    }
  }

  #leastOf(markers: readonly Marker[], join: Join): Marker {
    let plain: Marker = this.#compound(markers, join);
    while ((plain.kind === 'multi' || plain.kind === 'or') && plain.parts.length === 1)
      plain = plain.parts[0]!;
    const other: Join = join === 'and' ? 'or' : 'and';
    const first = this.normalForm(plain, other);
    if (first.kind !== compoundKind(other)) return first;
    let candidates: readonly Marker[];
    try {
      const second = this.normalForm(first, join);
      if (second.kind !== compoundKind(join)) return second;
      candidates = join === 'and' ? [first, second, plain] : [second, first, plain];
    } catch (error) {
      if (!(error instanceof CircularMarker)) throw error;
      candidates = [first, plain];
    }
    return leastComplex(candidates);
  }

  /** `or`: alternatives of conjunctions (disjunctive); `and`: conjunction of alternatives. */
  normalForm(marker: Marker, join: Join): Marker {
    if (marker.kind !== 'multi' && marker.kind !== 'or') return marker;
    const known = this.#normalForms[join].get(marker);
    if (known !== undefined) return known;
    const parts = marker.parts.map((part) => this.normalForm(part, join));
    const kind = compoundKind(join);
    const inner: Join = join === 'and' ? 'or' : 'and';
    const formed =
      marker.kind === kind
        ? this.of(parts, join)
        : this.of(
            uniqueProduct(parts.map((part) => (part.kind === kind ? part.parts : [part]))).map((choice) =>
              this.of(choice, inner),
            ),
            join,
          );
    this.#normalForms[join].set(marker, formed);
    return formed;
  }

  /** All or some of the parts, with what two of them say together said once. */
  of(markers: readonly Marker[], join: Join): Marker {
    const [neutral, absorbing] = join === 'and' ? [this.any, this.empty] : [this.empty, this.any];
    const kind = compoundKind(join);
    let parts = flatten(markers, kind);
    let before: readonly Marker[] = [];
    while (!sameList(before, parts)) {
      before = parts;
      const kept = this.#pass(before, join, neutral, absorbing);
      if (kept === null) return absorbing;
      parts = kept;
    }
    if (parts.includes(absorbing)) return absorbing;
    if (parts.length === 0) return neutral;
    return parts.length === 1 ? parts[0]! : this.#compound(parts, join);
  }

  /** One pass over the parts; null when nothing but the absorbing marker is left. */
  #pass(markers: readonly Marker[], join: Join, neutral: Marker, absorbing: Marker): Marker[] | null {
    let kept: Marker[] = [];
    for (const marker of markers) {
      if (marker === neutral || kept.includes(marker)) continue;
      const place = this.#absorb(kept, marker, join, absorbing);
      if (place === null) return null;
      if (place) kept = [...flatten(kept, compoundKind(join))];
      else kept.push(marker);
    }
    return kept;
  }

  /** Whether a part went into one that is kept; null when together they are the absorbing marker. */
  #absorb(kept: Marker[], marker: Marker, join: Join, absorbing: Marker): boolean | null {
    const inner = join === 'and' ? 'or' : 'multi';
    for (let index = 0; index < kept.length; index++) {
      const known = kept[index]!;
      let together: Marker | null = null;
      if (known.kind === inner) together = this.#simplify(known, marker, join);
      else if (marker.kind === inner) together = this.#simplify(marker, known, join);
      else if (isSingleLike(known)) {
        const joined = this.#join(known, marker, join);
        if (joined === absorbing) return null;
        if (isSingleLike(joined) || (join === 'or' && joined.kind === 'multi' && isAtMostTwo(joined)))
          together = joined;
      }
      if (together !== null) {
        kept[index] = together;
        return true;
      }
    }
    return false;
  }

  /** A disjunction and one more part of a conjunction (or the dual) as one marker; null when they stay two. */
  #simplify(compound: MultiMarker | OrMarker, other: Marker, join: Join): Marker | null {
    if (compound.parts.includes(other)) return other;
    if (other.kind === 'single' && isPythonName(other.name) && this.#coversPython(compound, other, join))
      return other;
    return other.kind === compound.kind ? this.#simplifyTwo(compound, other, join) : null;
  }

  #coversPython(compound: MultiMarker | OrMarker, other: SingleMarker, join: Join): boolean {
    const theirs = this.pythonOf(other);
    return compound.parts.some((part) => {
      if (part.kind !== 'single' || !isPythonName(part.name)) return false;
      const ours = this.pythonOf(part);
      return join === 'and' ? allowsAll(ours, theirs) : allowsAll(theirs, ours);
    });
  }

  #simplifyTwo(ours: MultiMarker | OrMarker, theirs: MultiMarker | OrMarker, join: Join): Marker | null {
    const [mine, others] = [new Set(ours.parts), new Set(theirs.parts)];
    if (ours.parts.every((part) => others.has(part))) return ours;
    if (theirs.parts.every((part) => mine.has(part))) return theirs;
    const shared = ours.parts.filter((part) => others.has(part));
    if (shared.length === 0) return null;
    const inner: Join = join === 'and' ? 'or' : 'and';
    const rest = this.#join(
      this.#compound(
        ours.parts.filter((part) => !others.has(part)),
        inner,
      ),
      this.#compound(
        theirs.parts.filter((part) => !mine.has(part)),
        inner,
      ),
      join,
    );
    const absorbing = join === 'and' ? this.empty : this.any;
    const isShort = rest.kind === compoundKind(inner) && isAtMostTwo(rest);
    if (!isSingleLike(rest) && rest !== absorbing && !isShort) return null;
    return this.#join(rest, this.#compound(shared, inner), inner);
  }

  /** The opposite; nothing is simplified. */
  invert(marker: Marker): Marker {
    switch (marker.kind) {
      case 'any':
        return this.empty;
      case 'empty':
        return this.any;
      case 'single':
        return this.#invertSingle(marker);
      case 'atoms': {
        const { kind, parts } = marker.admits.constraint;
        const items = (parts as readonly TextItem[]).map((item) =>
          textItem(item.value, opposite(item.operator)),
        );
        return this.space.atoms(marker.name, { kind: kind === 'all' ? 'some' : 'all', parts: items });
      }
      case 'multi':
        return this.space.or(marker.parts.map((part) => this.invert(part)));
      case 'or':
        return this.space.multi(marker.parts.map((part) => this.invert(part)));
    }
  }

  #invertSingle(marker: SingleMarker): Marker {
    const { name, operator, value, isReversed, admits } = marker;
    if (operator === '~=' && admits.kind === 'versions' && admits.constraint.kind === 'range') {
      const { min, max } = admits.constraint;
      const bounds = [
        makeSingle(this.space, name, '>=', min!.text, false)!,
        makeSingle(this.space, name, '<', max!.text, false)!,
      ];
      return this.invert(this.space.multi(bounds));
    }
    return makeSingle(this.space, name, inverseOperator(operator), value, isReversed) ?? marker;
  }

  /** Without what it says of extras. */
  withoutExtras(marker: Marker): Marker {
    let rest = this.#withoutExtras.get(marker);
    if (rest === undefined) this.#withoutExtras.set(marker, (rest = this.#exclude(marker, 'extra')));
    return rest;
  }

  #exclude(marker: Marker, name: string): Marker {
    if (isSingleLike(marker)) return marker.name === name ? this.any : marker;
    if (marker.kind !== 'multi' && marker.kind !== 'or') return marker;
    const rest: Marker[] = [];
    for (const part of marker.parts) {
      if (isSingleLike(part) && part.name === name) {
        // It can hold, whatever else does.
        if (marker.kind === 'or') return this.any;
        continue;
      }
      const kept = this.#exclude(part, name);
      if (marker.kind === 'or' || kept !== this.empty) rest.push(kept);
    }
    if (marker.kind === 'multi') return this.intersection(rest);
    return rest.length === 0 ? this.any : this.union(rest);
  }

  /** What it says of some names; everything else counts as true. */
  only(marker: Marker, names: readonly string[] = PYTHON_NAMES): Marker {
    if (isSingleLike(marker)) return names.includes(marker.name) ? marker : this.any;
    if (marker.kind !== 'multi' && marker.kind !== 'or') return marker;
    const parts = marker.parts.map((part) => this.only(part, names));
    return this.of(parts, marker.kind === 'multi' ? 'and' : 'or');
  }
}

function compoundKind(join: Join): 'multi' | 'or' {
  return join === 'and' ? 'multi' : 'or';
}

function sameList(a: readonly Marker[], b: readonly Marker[]): boolean {
  return a.length === b.length && a.every((marker, index) => marker === b[index]);
}

/** The first of those with the least to read. */
function leastComplex(candidates: readonly Marker[]): Marker {
  let best = candidates[0]!;
  let [bestSingles, bestNodes] = complexityOf(best);
  for (const candidate of candidates.slice(1)) {
    const [singles, nodes] = complexityOf(candidate);
    if (singles > bestSingles || (singles === bestSingles && nodes >= bestNodes)) continue;
    [best, bestSingles, bestNodes] = [candidate, singles, nodes];
  }
  return best;
}

/** Every choice of one from each list, in order; choices of the same markers come once. */
function uniqueProduct(lists: readonly (readonly Marker[])[]): readonly (readonly Marker[])[] {
  let choices: (readonly Marker[])[] = [[]];
  for (const list of lists) {
    if (choices.length * list.length > MAXIMUM_CHOICES) throw new MarkerTooComplex();
    choices = choices.flatMap((choice) => list.map((marker) => [...choice, marker]));
  }
  const seen = new Set<string>();
  return choices.filter((choice) => {
    const key = [...new Set(choice.map(({ id }) => id))].sort((a, b) => a - b).join();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
