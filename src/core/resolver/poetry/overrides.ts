/**
 * Overrides: what a run takes for certain dependencies of certain packages, so that those of one name that hold under
 * different markers come one at a time. poetry 2.5, `puzzle/provider.py`.
 */
import { ANY } from './constraint/constraint.ts';
import { PoetryDependency } from './dependency.ts';
import type { MarkerAlgebra } from './marker/marker-algebra.ts';
import type { Marker } from './marker/marker.ts';
import type { PoetryPackage } from './package.ts';

/** What is taken for dependencies of one package, by their name. */
export interface PackageOverrides {
  readonly package: PoetryPackage | typeof MARKER_SPLIT;
  /** As they were written. */
  readonly extras: readonly string[];
  readonly dependencies: ReadonlyMap<string, PoetryDependency>;
}

/** By package, in order of their making. */
export type Overrides = ReadonlyMap<string, PackageOverrides>;

/** Stands for no package: its one override only says under which marker a run looks. */
export const MARKER_SPLIT = '|marker-split|';

/** A run cannot go on: these have to be made instead, one after the other. */
export class OverridesNeeded extends Error {
  readonly overrides: readonly Overrides[];

  constructor(overrides: readonly Overrides[]) {
    super('overrides are needed');
    this.overrides = overrides;
  }
}

export function packageKey(completeName: string, item: PoetryPackage): string {
  return `${completeName} ${item.version.text}`;
}

/** All markers of a run's overrides at once. */
export function markerOfOverrides(algebra: MarkerAlgebra, overrides: Overrides): Marker {
  let marker: Marker = algebra.any;
  for (const { dependencies } of overrides.values())
    for (const dependency of dependencies.values()) marker = algebra.and(marker, dependency.marker);
  return marker;
}

/** One override more. */
export function withOverride(
  overrides: Overrides,
  key: string,
  item: PoetryPackage,
  extras: readonly string[],
  dependency: PoetryDependency,
): Overrides {
  const next = new Map(overrides);
  const dependencies = new Map(overrides.get(key)?.dependencies);
  dependencies.set(dependency.name, dependency);
  next.set(key, { package: item, extras, dependencies });
  return next;
}

/** Two runs, one under the marker and one under its opposite. */
export function splitByMarker(
  algebra: MarkerAlgebra,
  overrides: Overrides,
  marker: Marker,
): readonly Overrides[] {
  return [marker, algebra.invert(marker)].map((side) => {
    const next = new Map(overrides);
    const current = overrides.get(MARKER_SPLIT)?.dependencies.get(MARKER_SPLIT);
    const standIn = new PoetryDependency({ name: MARKER_SPLIT, constraint: ANY, marker: algebra.any });
    standIn.setMarker(algebra, current === undefined ? side : algebra.and(current.marker, side));
    const dependencies = new Map([[MARKER_SPLIT, standIn]]);
    next.set(MARKER_SPLIT, { package: MARKER_SPLIT, extras: [], dependencies });
    return next;
  });
}
