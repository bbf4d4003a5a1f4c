/** A version of a project with what its metadata says, and the project that is resolved for. */
import type { Version } from '../../packaging/version.ts';
import { isAny, exactly, type Constraint } from './constraint/constraint.ts';
import { PoetryDependency } from './dependency.ts';
import type { MarkerAlgebra } from './marker/marker-algebra.ts';
import { markerOfPython } from './marker/python-of-marker.ts';

/** One object for a version of a project: its dependencies are shared by all runs. */
export interface PoetryPackage {
  readonly name: string;
  readonly version: Version;
  readonly isRoot: boolean;
  /** Poetry's `requires`, in metadata order; of the root those of all groups. */
  readonly requires: readonly PoetryDependency[];
  /** By extra: the dependencies that it brings. */
  readonly extras: ReadonlyMap<string, readonly PoetryDependency[]>;
  /** As the metadata spells it; `*` for none. */
  readonly pythonText: string;
  readonly python: Constraint;
}

/** A package with extras, chosen in a run, with the dependencies that count there. */
export interface ChosenPackage {
  readonly package: PoetryPackage;
  readonly extras: readonly string[];
  /** `name` or `name[extras]`. */
  readonly completeName: string;
  /** Grows when runs are merged. */
  requires: PoetryDependency[];
}

export function completeNameOf(name: string, extras: readonly string[]): string {
  return extras.length === 0 ? name : `${name}[${extras.join(',')}]`;
}

/** A package seen as a dependency on exactly itself. It holds for the Pythons that the package supports. */
export function asDependency(
  algebra: MarkerAlgebra,
  item: PoetryPackage,
  extras: readonly string[],
): PoetryDependency {
  const dependency = new PoetryDependency({
    name: item.name,
    constraint: exactly(item.version),
    extras,
    isRoot: item.isRoot,
    marker: algebra.any,
  });
  if (!item.isRoot && !isAny(item.python)) {
    dependency.marker = markerOfPython(algebra, item.python);
    dependency.python = item.python;
  }
  return dependency;
}
