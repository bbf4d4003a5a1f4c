/** Markers as PDM simplifies them (dep-logic 0.7): like Poetry's, with forms and an order of their own. */
import {
  parseMarker as parseSyntax,
  type Marker as MarkerSyntax,
  type MarkerComparison,
} from '../../packaging/marker-syntax.ts';
import {
  isAny,
  isSimple,
  sameConstraint,
  type Constraint,
  ANY,
  EMPTY,
} from '../poetry/constraint/constraint.ts';
import { intersect, unite } from '../poetry/constraint/operations.ts';
import { parseConstraint } from '../poetry/constraint/parse-constraint.ts';
import { sameText, TextAlgebra } from '../poetry/marker/generic-constraint.ts';
import { makeSingle, singleOfText, singleOfVersions, versionListText } from '../poetry/marker/make-single.ts';
import {
  complexityOf,
  flatten,
  isPythonName,
  isSingleLike,
  MarkerSpace,
  PYTHON_NAMES,
  type Marker,
  type MultiMarker,
  type OrMarker,
  type SingleLike,
  type SingleMarker,
} from '../poetry/marker/marker.ts';
import { nextMinor } from '../poetry/constraint/version-steps.ts';
import { parseVersion } from '../../packaging/version.ts';
import { MarkerTooComplex } from '../poetry/marker/marker-algebra.ts';
import { rangeClauses } from './python-set.ts';

type Join = 'and' | 'or';

const TEXTS = new TextAlgebra(false);

export class PdmMarkers {
  readonly space = new MarkerSpace(true);
  readonly any = this.space.any;
  readonly empty = this.space.empty;
  readonly #forms: Record<Join, Map<Marker, Marker>> = { and: new Map(), or: new Map() };

  /** Null for what is no marker. */
  read(syntax: MarkerSyntax): Marker | null {
    const alternatives: Marker[] = [];
    for (const atoms of syntax.alternatives) {
      let all: Marker = this.any;
      for (const atom of atoms) {
        const part = atom.kind === 'group' ? this.read(atom) : this.#comparison(atom);
        if (part === null) return null;
        all = this.and(all, part);
      }
      alternatives.push(all);
    }
    return this.of(alternatives, 'or');
  }

  parse(text: string): Marker | null {
    const syntax = parseSyntax(text, 'packaging-26');
    return syntax.ok ? this.read(syntax.value) : null;
  }

  #comparison({ left, right, operator, isReversed, literal }: MarkerComparison): Marker | null {
    if (left.kind === right.kind) return null;
    const name = isReversed ? right.text : left.text;
    if (isReversed && operator !== 'in' && operator !== 'not in') {
      const turned =
        ({ '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as Record<string, string>)[operator] ?? operator;
      return makeSingle(this.space, name, turned, literal, false, false);
    }
    return makeSingle(this.space, name, operator, literal, isReversed, false);
  }

  and(a: Marker, b: Marker): Marker {
    if (a === this.any || b === this.empty) return b;
    if (b === this.any || a === this.empty) return a;
    const merged = this.#merged(a, b, 'and');
    if (merged !== null) return merged;
    return this.form(this.space.multi(inOrder(a, b)), 'or');
  }

  or(a: Marker, b: Marker): Marker {
    if (a === this.empty || b === this.any) return b;
    if (b === this.empty || a === this.any) return a;
    const merged = this.#merged(a, b, 'or');
    if (merged !== null) return merged;
    const plain = this.space.or(inOrder(a, b));
    const conjunction = this.form(plain, 'and');
    if (conjunction.kind !== 'multi') return conjunction;
    const disjunction = this.form(conjunction, 'or');
    if (disjunction.kind !== 'or') return disjunction;
    return shortest([disjunction, conjunction, plain]);
  }

  /** Two comparisons; null when one of the markers is more than one. */
  #merged(a: Marker, b: Marker, join: Join): Marker | null {
    if (!isSingleLike(a) || !isSingleLike(b)) return null;
    const merged = this.#mergeSingles(a, b, join);
    if (merged !== null) return merged;
    const parts = inOrder(a, b);
    return join === 'and' ? this.space.multi(parts) : this.space.or(parts);
  }

  #mergeSingles(a: SingleLike, b: SingleLike, join: Join): Marker | null {
    if (a.name !== b.name)
      return isPythonName(a.name) && isPythonName(b.name)
        ? this.#mergePythons(a as SingleMarker, b as SingleMarker, join)
        : null;
    const [left, right] = [a.admits, b.admits];
    if (left.kind === 'versions' && right.kind === 'versions')
      return this.#mergeVersions(a, b, a.name, [left.constraint, right.constraint], join);
    if (left.kind !== 'texts' || right.kind !== 'texts') return null;
    const result =
      join === 'and'
        ? TEXTS.intersect(left.constraint, right.constraint)
        : TEXTS.unite(left.constraint, right.constraint);
    if (sameText(result, left.constraint)) return a;
    if (sameText(result, right.constraint)) return b;
    // An extra can be one of many at once.
    if (a.name === 'extra') {
      const [one, two] = [left.constraint, right.constraint];
      const isOpposite = one.kind === 'item' && two.kind === 'item' && one.value === two.value;
      if (!isOpposite) return null;
    }
    if (result.kind === 'none') return this.empty;
    if (result.kind === 'any') return this.any;
    if (result.kind === 'item') return singleOfText(this.space, a.name, result);
    const wanted = result.kind === 'some' ? '==' : '!=';
    const areAtoms = result.parts.every((part) => part.kind === 'item' && part.operator === wanted);
    return areAtoms ? this.space.atoms(a.name, result) : null;
  }

  #mergeVersions(
    a: SingleLike,
    b: SingleLike,
    name: string,
    [left, right]: readonly [Constraint, Constraint],
    join: Join,
  ): Marker | null {
    const result = join === 'and' ? intersect(left, right) : unite(left, right);
    if (sameConstraint(result, left)) return a;
    if (sameConstraint(result, right)) return b;
    if (result.kind === 'empty') return this.empty;
    if (isAny(result)) return this.any;
    return this.#oneClause(name, result);
  }

  #oneClause(name: string, constraint: Constraint): Marker | null {
    if (isSimple(constraint)) return singleOfVersions(this.space, name, constraint);
    if (constraint.kind !== 'range') return null;
    const clauses = rangeClauses(constraint);
    const match = clauses.length === 1 ? /^(~=)(.*)$/.exec(clauses[0]!) : null;
    return match === null ? null : makeSingle(this.space, name, match[1]!, match[2]!, false, false);
  }

  #mergePythons(a: SingleMarker, b: SingleMarker, join: Join): Marker | null {
    const [short, full] = a.name === 'python_version' ? [a, b] : [b, a];
    if (full.admits.kind !== 'versions') return null;
    const sets = [this.#fullRange(short), full.admits.constraint] as const;
    return this.#mergeVersions(short, full, 'python_full_version', sets, join);
  }

  /** A comparison of `python_version` as one of full versions. */
  #fullRange(single: SingleMarker): Constraint {
    return single.name === 'python_version' ? pythonsOf([single]) : constraintOf(single);
  }

  form(marker: Marker, join: Join): Marker {
    if (marker.kind !== 'multi' && marker.kind !== 'or') return marker;
    const known = this.#forms[join].get(marker);
    if (known !== undefined) return known;
    const kind = join === 'and' ? 'multi' : 'or';
    const parts = marker.parts.map((part) => this.form(part, join));
    const inner: Join = join === 'and' ? 'or' : 'and';
    const formed =
      marker.kind === kind
        ? this.of(parts, join)
        : this.of(
            product(parts.map((part) => (part.kind === kind ? part.parts : [part]))).map((choice) =>
              this.of(choice, inner),
            ),
            join,
          );
    this.#forms[join].set(marker, formed);
    return formed;
  }

  of(markers: readonly Marker[], join: Join): Marker {
    const [neutral, absorbing] = join === 'and' ? [this.any, this.empty] : [this.empty, this.any];
    const kind = join === 'and' ? 'multi' : 'or';
    let parts = flatten(markers, kind);
    for (let before: readonly Marker[] | null = null; before === null || !same(before, parts);) {
      before = parts;
      const kept: Marker[] = [];
      for (const marker of before) {
        if (marker === neutral || kept.includes(marker)) continue;
        const absorbed = this.#absorb(kept, marker, join, absorbing);
        if (absorbed === null) return absorbing;
        if (!absorbed) kept.push(marker);
      }
      parts = flatten(kept, kind);
    }
    if (parts.includes(absorbing)) return absorbing;
    if (parts.length === 0) return neutral;
    if (parts.length === 1) return parts[0]!;
    return join === 'and' ? this.space.multi(parts) : this.space.or(parts);
  }

  #absorb(kept: Marker[], marker: Marker, join: Join, absorbing: Marker): boolean | null {
    for (const [index, known] of kept.entries()) {
      let together: Marker | null = null;
      if (isSingleLike(known)) {
        if (!isSingleLike(marker)) continue;
        const merged = this.#mergeSingles(known, marker, join);
        if (merged === absorbing) return null;
        if (merged !== null && isSingleLike(merged)) together = merged;
      } else if (known.kind === (join === 'and' ? 'or' : 'multi')) {
        together = this.#simplify(known, marker, join);
      }
      if (together === null) continue;
      kept[index] = together;
      return true;
    }
    return false;
  }

  #simplify(known: MultiMarker | OrMarker, marker: Marker, join: Join): Marker | null {
    if (known.parts.includes(marker)) return marker;
    if (marker.kind !== known.kind) return null;
    if (known.parts.every((part) => marker.parts.includes(part))) return known;
    if (marker.parts.every((part) => known.parts.includes(part))) return marker;
    const shared = known.parts.filter((part) => marker.parts.includes(part));
    if (shared.length === 0) return null;
    const inner: Join = join === 'and' ? 'or' : 'and';
    const mine = this.of(
      known.parts.filter((part) => !shared.includes(part)),
      inner,
    );
    const theirs = this.of(
      marker.parts.filter((part) => !shared.includes(part)),
      inner,
    );
    const rest = join === 'and' ? this.and(mine, theirs) : this.or(mine, theirs);
    const absorbing = join === 'and' ? this.empty : this.any;
    if (!isSingleLike(rest) && rest !== absorbing) return null;
    const common = this.of(shared, inner);
    return join === 'and' ? this.or(rest, common) : this.and(rest, common);
  }

  only(marker: Marker, names: readonly string[]): Marker {
    if (isSingleLike(marker)) return names.includes(marker.name) ? marker : this.any;
    if (marker.kind !== 'multi' && marker.kind !== 'or') return marker;
    return this.of(
      marker.parts.map((part) => this.only(part, names)),
      marker.kind === 'multi' ? 'and' : 'or',
    );
  }

  exclude(marker: Marker, names: readonly string[]): Marker {
    if (isSingleLike(marker)) return names.includes(marker.name) ? this.any : marker;
    if (marker.kind !== 'multi' && marker.kind !== 'or') return marker;
    const rest = marker.parts
      .filter((part) => !(isSingleLike(part) && names.includes(part.name)))
      .map((part) => this.exclude(part, names));
    if (marker.kind === 'or' && rest.length === 0) return this.any;
    return this.of(rest, marker.kind === 'multi' ? 'and' : 'or');
  }

  /** The Pythons of a marker, and the rest of it. */
  splitPython(marker: Marker): { readonly python: Constraint; readonly rest: Marker } {
    const ofPython = this.only(marker, PYTHON_NAMES);
    if (ofPython === this.any) return { python: ANY, rest: marker };
    return { python: this.#pythons(ofPython), rest: this.exclude(marker, PYTHON_NAMES) };
  }

  #pythons(marker: Marker): Constraint {
    if (marker === this.any) return ANY;
    if (marker === this.empty) return EMPTY;
    if (isSingleLike(marker)) return marker.kind === 'single' ? this.#fullRange(marker) : ANY;
    if (marker.kind === 'multi')
      return marker.parts
        .map((part) => this.#pythons(part))
        .reduce<Constraint>((a, b) => intersect(a, b), ANY);
    return (marker as OrMarker).parts.map((part) => this.#pythons(part)).reduce((a, b) => unite(a, b), EMPTY);
  }
}

function constraintOf(single: SingleMarker): Constraint {
  return single.admits.kind === 'versions' ? single.admits.constraint : ANY;
}

/** `python_version` comparisons as full versions: `== "3.8"` is all of 3.8. */
function pythonsOf(singles: readonly SingleMarker[]): Constraint {
  const clauses = singles.map(({ operator, value }) => {
    if (operator === '==' || operator === '===')
      return value.split('.').length < 3 && !value.includes('*') ? `==${value}.*` : `==${value}`;
    if (operator === '!=')
      return value.split('.').length < 3 && !value.includes('*') ? `!=${value}.*` : `!=${value}`;
    if (operator === 'in' || operator === 'not in') return versionListText(operator, value);
    return (operator === '>' || operator === '<=') && value.split('.').length === 1
      ? pythonClauseText(operator, `${value}.0`)
      : pythonClauseText(operator, value);
  });
  const read = parseConstraint(clauses.join(','), 'pythons');
  return read.ok ? read.value : ANY;
}

/** `python_version` has two parts: above 3.8 begins with 3.9, and up to 3.8 ends with it. */
function pythonClauseText(operator: string, value: string): string {
  const version = parseVersion(value);
  const isBumped = operator === '>' || operator === '<=';
  if (!isBumped || !version.ok || version.value.release.length > 2) return operator + value;
  return `${operator === '>' ? '>=' : '<'}${nextMinor(version.value).text}`;
}

/** A comparison comes after what is more than one. */
function inOrder(a: Marker, b: Marker): readonly Marker[] {
  return a.kind === 'single' && b.kind !== 'single' ? [b, a] : [a, b];
}

function same(a: readonly Marker[], b: readonly Marker[]): boolean {
  return a.length === b.length && a.every((marker, index) => marker === b[index]);
}

function shortest(candidates: readonly Marker[]): Marker {
  return candidates.reduce((best, each) => {
    const [singles, nodes] = complexityOf(each);
    const [bestSingles, bestNodes] = complexityOf(best);
    return singles < bestSingles || (singles === bestSingles && nodes < bestNodes) ? each : best;
  });
}

const MAXIMUM_CHOICES = 50_000;

function product(lists: readonly (readonly Marker[])[]): readonly (readonly Marker[])[] {
  let choices: (readonly Marker[])[] = [[]];
  for (const list of lists) {
    if (choices.length * list.length > MAXIMUM_CHOICES) throw new MarkerTooComplex();
    choices = choices.flatMap((choice) => list.map((marker) => [...choice, marker]));
  }
  return choices;
}
