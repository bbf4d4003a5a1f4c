/**
 * Dependencies of one name whose markers may overlap become such whose markers do not. poetry 2.5,
 * `Provider._resolve_overlapping_markers`.
 */
import { ANY, EMPTY, sameConstraint, type Constraint } from '../constraint/constraint.ts';
import { allowsAny, intersect } from '../constraint/operations.ts';
import type { PoetryDependency } from '../dependency.ts';
import type { MarkerAlgebra } from '../marker/marker-algebra.ts';
import type { Marker } from '../marker/marker.ts';
import { holdsWithExtras } from '../marker/python-of-marker.ts';
import { requirementText } from '../requirement-text.ts';

/** Requirements of one package on another that nothing can meet together. */
export class IncompatibleRequirements extends Error {
  readonly owner: string;
  readonly lines: readonly string[];

  constructor(owner: string, lines: readonly string[]) {
    super('incompatible constraints');
    this.owner = owner;
    this.lines = lines;
  }
}

export interface OverlapContext {
  readonly algebra: MarkerAlgebra;
  /** Pythons of the run. */
  readonly python: Constraint;
  /** The package, as messages name it: `name (version)`. */
  readonly owner: string;
  /** Extras that count; null of the project, whose extras are told apart by markers. */
  readonly extras: ReadonlySet<string> | null;
  /** Whether what is left when none applies is an answer of its own. */
  readonly coversRest: boolean;
}

/** More dependencies of one name than this make more combinations than can be tried. */
const MAXIMUM_DEPENDENCIES = 14;

export class TooManyCombinations extends Error {}

/** Dependencies with markers of which at most one holds at a time. */
export function separate(
  context: OverlapContext,
  dependencies: readonly PoetryDependency[],
): readonly PoetryDependency[] {
  const merged = mergeEqual(context.algebra, dependencies);
  if (merged.length > MAXIMUM_DEPENDENCIES) throw new TooManyCombinations();
  const separated: PoetryDependency[] = [];
  for (let unused = 0; unused < 2 ** merged.length; unused++) {
    const uses = merged.map((_, index) => ((unused >> (merged.length - 1 - index)) & 1) === 0);
    const dependency = combine(context, merged, uses);
    if (dependency !== null) separated.push(dependency);
  }
  return mergeEqual(context.algebra, separated);
}

/** Those with one constraint become one, that holds where any of them did. The first one's marker is written to. */
function mergeEqual(
  algebra: MarkerAlgebra,
  dependencies: readonly PoetryDependency[],
): readonly PoetryDependency[] {
  const groups: PoetryDependency[][] = [];
  for (const dependency of dependencies) {
    const group = groups.find(([first]) => sameConstraint(first!.constraint, dependency.constraint));
    if (group === undefined) groups.push([dependency]);
    else group.push(dependency);
  }
  return groups.map((group) => {
    const first = group[0]!;
    if (group.length > 1) first.setMarker(algebra, algebra.union(group.map(({ marker }) => marker)));
    return first;
  });
}

/** What applies where some of the dependencies do and the others do not; null when that is nowhere. */
function combine(
  context: OverlapContext,
  dependencies: readonly PoetryDependency[],
  uses: readonly boolean[],
): PoetryDependency | null {
  const { algebra } = context;
  const used = dependencies.filter((_, index) => uses[index]!);
  let marker: Marker = algebra.any;
  for (const dependency of used) marker = algebra.and(marker, dependency.marker);
  dependencies.forEach((dependency, index) => {
    if (!uses[index]!) marker = algebra.and(marker, algebra.invert(dependency.marker));
  });
  if (!isRelevant(context, marker)) return null;
  let constraint: Constraint = ANY;
  for (const dependency of used) constraint = intersect(constraint, dependency.constraint);
  if (constraint.kind === 'empty')
    throw new IncompatibleRequirements(context.owner, used.map(requirementText));
  if (used.length === 0 && !context.coversRest) return null;
  const first = used[0] ?? dependencies[0]!;
  const combined = first.withConstraint(used.length === 0 ? EMPTY : constraint);
  combined.setMarker(algebra, marker);
  return combined;
}

function isRelevant({ algebra, python, extras }: OverlapContext, marker: Marker): boolean {
  if (marker === algebra.empty || !allowsAny(python, algebra.pythonOf(marker))) return false;
  return extras === null || holdsWithExtras(marker, extras);
}

/** Of a dependency as `Different requirements found for …` names it. */
export interface NamedRequirement {
  readonly name: string;
  readonly pretty: string;
  readonly marker: string;
}

export function namedRequirement({ name, pretty, marker }: PoetryDependency): NamedRequirement {
  return { name, pretty, marker: marker.text };
}
