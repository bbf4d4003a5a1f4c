/**
 * What Poetry calls a dependency: a wish with its marker, or a package that is there, seen as one. Poetry shares these
 * objects between incompatibilities, runs and the metadata they came from, and writes markers into them on the way; what
 * it finds there later decides which packages are derived again. So they are shared and written to here, too.
 */
import { ANY, sameConstraint, type Constraint } from './constraint/constraint.ts';
import { constraintText } from './constraint/constraint-text.ts';
import type { MarkerAlgebra } from './marker/marker-algebra.ts';
import { isSingleLike, type Marker } from './marker/marker.ts';
import { normalizeName } from '../../packaging/name.ts';
import type { LineSource } from '../trace.ts';

export interface DependencyParts {
  /** As written. */
  readonly name: string;
  readonly constraint: Constraint;
  /** As written in Poetry's own tables; by default Poetry's spelling of the constraint. */
  readonly pretty?: string;
  readonly extras?: readonly string[];
  readonly groups?: readonly string[];
  readonly allowsPrereleases?: boolean | null;
  readonly isOptional?: boolean;
  readonly isRoot?: boolean;
  readonly marker: Marker;
  readonly source?: LineSource;
}

export class PoetryDependency {
  readonly name: string;
  readonly prettyName: string;
  /** Extras that are asked for, normalised, sorted. */
  extras: readonly string[];
  /** The same, in the order in which they were written. */
  writtenExtras: readonly string[];
  constraint: Constraint;
  pretty: string;
  groups: readonly string[];
  allowsPrereleases: boolean | null;
  isOptional: boolean;
  readonly isRoot: boolean;
  /** Extras of the dependent that bring it. */
  inExtras: readonly string[] = [];
  /** The user's line. */
  readonly source: LineSource | undefined;
  marker: Marker;
  /** Pythons for which the marker can hold. */
  python: Constraint = ANY;
  #transitiveMarker: Marker | null = null;

  constructor(parts: DependencyParts) {
    this.name = normalizeName(parts.name);
    this.prettyName = parts.name;
    this.writtenExtras = (parts.extras ?? []).map(normalizeName);
    this.extras = [...new Set(this.writtenExtras)].sort();
    this.constraint = parts.constraint;
    this.pretty = parts.pretty ?? constraintText(parts.constraint);
    this.groups = parts.groups ?? ['main'];
    this.allowsPrereleases = parts.allowsPrereleases ?? null;
    this.isOptional = parts.isOptional ?? false;
    this.isRoot = parts.isRoot ?? false;
    this.source = parts.source;
    this.marker = parts.marker;
  }

  /** `name` or `name[extras]`, normalised: what tells packages apart in the search. */
  get completeName(): string {
    return this.extras.length === 0 ? this.name : `${this.name}[${this.extras.join(',')}]`;
  }

  /** When it applies, dependents included: what was written here last, or its own marker. */
  get transitiveMarker(): Marker {
    return this.#transitiveMarker ?? this.marker;
  }

  set transitiveMarker(marker: Marker) {
    this.#transitiveMarker = marker;
  }

  /** Sets the marker and all that follows from it: Pythons, and the extras that bring the dependency. */
  setMarker(algebra: MarkerAlgebra, marker: Marker): void {
    this.marker = marker;
    const extras = extrasOf(algebra, marker);
    if (extras !== null) {
      this.isOptional = true;
      this.inExtras = [...this.inExtras, ...extras.filter((extra) => !this.inExtras.includes(extra))];
    }
    this.python = marker.kind === 'empty' ? ANY : algebra.pythonOf(marker);
  }

  clone(): PoetryDependency {
    const {
      prettyName: name,
      constraint,
      pretty,
      writtenExtras: extras,
      groups,
      allowsPrereleases,
      isOptional,
      isRoot,
    } = this;
    const parts = { name, constraint, pretty, extras, groups, allowsPrereleases, isOptional, isRoot };
    const { source, marker } = this;
    const copy = new PoetryDependency({ ...parts, marker, ...(source === undefined ? {} : { source }) });
    copy.inExtras = this.inExtras;
    copy.python = this.python;
    copy.#transitiveMarker = this.#transitiveMarker;
    return copy;
  }

  withConstraint(constraint: Constraint): PoetryDependency {
    const copy = this.clone();
    copy.constraint = constraint;
    copy.pretty = constraintText(constraint);
    return copy;
  }

  /** With the extras of another. */
  withExtrasOf({
    extras,
    writtenExtras,
  }: Pick<PoetryDependency, 'extras' | 'writtenExtras'>): PoetryDependency {
    const copy = this.clone();
    copy.extras = extras;
    copy.writtenExtras = writtenExtras;
    return copy;
  }
}

/** Whether two say the same, markers aside. */
export function sameDependency(a: PoetryDependency, b: PoetryDependency): boolean {
  return a === b || (a.completeName === b.completeName && sameConstraint(a.constraint, b.constraint));
}

/** Extras that a marker tests for; null when it says nothing of extras. */
function extrasOf(algebra: MarkerAlgebra, marker: Marker): readonly string[] | null {
  let found: string[] | null = null;
  const formed = algebra.normalForm(marker, 'or');
  for (const part of formed.kind === 'or' ? formed.parts : [formed]) {
    for (const single of part.kind === 'multi' ? part.parts : [part]) {
      if (!isSingleLike(single) || single.name !== 'extra') continue;
      found ??= [];
      const { constraint } = single.admits;
      const items = 'parts' in constraint ? constraint.parts : [constraint];
      for (const item of items) {
        if (!('operator' in item) || item.operator !== '==') continue;
        const extra = normalizeName(item.value);
        if (!found.includes(extra)) found.push(extra);
      }
    }
  }
  return found;
}
