/**
 * Markers as Poetry has them (poetry-core 2.5, `version/markers.py`). Equal markers of one space are one object, so they
 * are compared by identity; two conjunctions of the same parts in another order are not equal.
 */
import type { Constraint } from '../constraint/constraint.ts';
import { TextAlgebra, type TextConstraint, type TextGroup } from './generic-constraint.ts';

interface Numbered {
  /** Unique in its space. */
  readonly id: number;
  /** How it is written. */
  readonly text: string;
}

export interface AnyMarker extends Numbered {
  readonly kind: 'any';
}

export interface EmptyMarker extends Numbered {
  readonly kind: 'empty';
}

/** What a comparison admits: versions of Pythons and platforms, texts of everything else. */
export type MarkerConstraint =
  | { readonly kind: 'versions'; readonly constraint: Constraint }
  | { readonly kind: 'texts'; readonly constraint: TextConstraint };

/** `name operator "value"`; reversed: `"value" operator name`. */
export interface SingleMarker extends Numbered {
  readonly kind: 'single';
  readonly name: string;
  readonly operator: string;
  readonly value: string;
  readonly isReversed: boolean;
  readonly admits: MarkerConstraint;
}

/** Several comparisons of one name that are treated as one: `n == "a" or n == "b"`, `n != "a" and n != "b"`. */
export interface AtomsMarker extends Numbered {
  readonly kind: 'atoms';
  readonly name: string;
  readonly admits: { readonly kind: 'texts'; readonly constraint: TextGroup };
}

/** All parts hold. */
export interface MultiMarker extends Numbered {
  readonly kind: 'multi';
  readonly parts: readonly Marker[];
}

/** Some part holds. */
export interface OrMarker extends Numbered {
  readonly kind: 'or';
  readonly parts: readonly Marker[];
}

export type SingleLike = SingleMarker | AtomsMarker;
export type Marker = AnyMarker | EmptyMarker | SingleLike | MultiMarker | OrMarker;

export const PYTHON_NAMES: readonly string[] = ['python_version', 'python_full_version'];
const VERSION_NAMES: readonly string[] = [...PYTHON_NAMES, 'platform_release'];

export function isPythonName(name: string): boolean {
  return PYTHON_NAMES.includes(name);
}

/** Whether values of this name are compared as versions. */
export function hasVersions(name: string, isReversed: boolean): boolean {
  return VERSION_NAMES.includes(name) && (!isReversed || isPythonName(name));
}

export function isSingleLike(marker: Marker): marker is SingleLike {
  return marker.kind === 'single' || marker.kind === 'atoms';
}

const EXTRA_TEXTS = new TextAlgebra(true);
const PLAIN_TEXTS = new TextAlgebra(false);

export function textAlgebra(name: string): TextAlgebra {
  return name === 'extra' ? EXTRA_TEXTS : PLAIN_TEXTS;
}

/** How much there is to read: comparisons, then comparisons with those of one name as one. */
export function complexityOf(marker: Marker): readonly [number, number] {
  switch (marker.kind) {
    case 'atoms':
      return [marker.admits.constraint.parts.length, 1];
    case 'multi':
    case 'or': {
      let [singles, nodes] = [0, 0];
      for (const part of marker.parts) {
        const [more, further] = complexityOf(part);
        singles += more;
        nodes += further;
      }
      return [singles, nodes];
    }
    default:
      return [1, 1];
  }
}

export function isAtMostTwo(marker: Marker): boolean {
  const [singles, nodes] = complexityOf(marker);
  return singles < 2 || (singles === 2 && nodes <= 2);
}

/** Makes markers; equal ones are made once. */
export class MarkerSpace {
  readonly any: AnyMarker = { kind: 'any', id: 0, text: '' };
  readonly empty: EmptyMarker = { kind: 'empty', id: 1, text: '<empty>' };
  readonly #made = new Map<string, Marker>();
  #count = 2;
  readonly #bracketsAtoms: boolean;

  /** `bracketsAtoms`: whether several comparisons of one name stand in parentheses inside a conjunction in any case. */
  constructor(bracketsAtoms = false) {
    this.#bracketsAtoms = bracketsAtoms;
  }

  single(
    name: string,
    operator: string,
    value: string,
    isReversed: boolean,
    admits: MarkerConstraint,
  ): SingleMarker {
    const text = isReversed ? `"${value}" ${operator} ${name}` : `${name} ${operator} "${value}"`;
    const key = `s${name}\0${operator}\0${value}`;
    return this.#once(key, (id) => ({ kind: 'single', id, text, name, operator, value, isReversed, admits }));
  }

  atoms(name: string, constraint: TextGroup): AtomsMarker {
    const parts = constraint.parts.flatMap((part) => (part.kind === 'item' ? [part] : []));
    const words = parts.map(({ operator, value }) => `${name} ${operator} "${value}"`);
    const text = words.join(constraint.kind === 'all' ? ' and ' : ' or ');
    const key = `a${constraint.kind}${text}`;
    return this.#once(key, (id) => ({
      kind: 'atoms',
      id,
      text,
      name,
      admits: { kind: 'texts', constraint },
    }));
  }

  /** Flat, each part once; nothing else is simplified. */
  multi(parts: readonly Marker[]): MultiMarker {
    const flat = flatten(parts, 'multi');
    const key = `m${flat.map(({ id }) => id).join()}`;
    return this.#once(key, (id) => {
      const texts = flat.map((part) =>
        needsParentheses(part, this.#bracketsAtoms) ? `(${part.text})` : part.text,
      );
      return { kind: 'multi', id, text: texts.join(' and '), parts: flat };
    });
  }

  or(parts: readonly Marker[]): OrMarker {
    const flat = flatten(parts, 'or');
    const key = `o${flat.map(({ id }) => id).join()}`;
    return this.#once(key, (id) => ({
      kind: 'or',
      id,
      text: flat.map(({ text }) => text).join(' or '),
      parts: flat,
    }));
  }

  #once<Kind extends Marker>(key: string, make: (id: number) => Kind): Kind {
    let marker = this.#made.get(key);
    if (marker === undefined) this.#made.set(key, (marker = make(this.#count++)));
    return marker as Kind;
  }
}

function needsParentheses(marker: Marker, bracketsAtoms: boolean): boolean {
  if (marker.kind === 'atoms') return bracketsAtoms || marker.admits.constraint.kind === 'some';
  return marker.kind === 'or';
}

/** Parts of the same kind give way to their own parts; each part comes once. */
export function flatten(markers: readonly Marker[], kind: 'multi' | 'or'): readonly Marker[] {
  const found = new Set<Marker>();
  for (const marker of markers) {
    if (marker.kind === kind) for (const part of marker.parts) found.add(part);
    else found.add(marker);
  }
  return [...found];
}
