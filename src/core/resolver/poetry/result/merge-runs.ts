/** What several runs say of a package as one answer. poetry 2.5, `merge_override_packages`. */
import type { Constraint } from '../constraint/constraint.ts';
import type { MarkerAlgebra } from '../marker/marker-algebra.ts';
import type { Marker } from '../marker/marker.ts';
import { reduceMarker } from '../marker/python-of-marker.ts';
import type { Overrides } from '../overrides.ts';
import type { ChosenPackage } from '../package.ts';
import { sameDependency } from '../dependency.ts';
import type { GroupMarkers } from './package-markers.ts';

/** A package of the answer. */
export interface SolvedPackage {
  readonly package: ChosenPackage;
  readonly groups: readonly string[];
  readonly isOptional: boolean;
  readonly markers: GroupMarkers;
}

export type Solved = ReadonlyMap<string, SolvedPackage>;

export interface SolvedRun {
  readonly overrides: Overrides;
  readonly packages: Solved;
}

interface Share {
  readonly item: SolvedPackage;
  readonly marker: Marker;
  readonly markers: GroupMarkers;
}

export function mergeRuns(algebra: MarkerAlgebra, runs: readonly SolvedRun[], python: Constraint): Solved {
  const shares = new Map<string, Share[]>();
  for (const { overrides, packages } of runs) {
    let marker: Marker = algebra.any;
    for (const { dependencies } of overrides.values())
      for (const dependency of dependencies.values())
        marker = algebra.and(marker, algebra.withoutExtras(dependency.marker));
    marker = reduceMarker(algebra, marker, python);
    for (const [key, item] of packages) {
      const markers = new Map(
        [...item.markers].map(([group, own]) => [group, without(algebra, own, marker)]),
      );
      const share = { item, marker, markers };
      const known = shares.get(key);
      if (known === undefined) shares.set(key, [share]);
      else known.push(share);
    }
  }
  return new Map([...shares].map(([key, own]) => [key, mergeShares(algebra, own)]));
}

function mergeShares(algebra: MarkerAlgebra, shares: readonly Share[]): SolvedPackage {
  const first = shares[0]!;
  for (const { item } of shares.slice(1)) addRequires(first.item.package, item.package);
  return {
    package: first.item.package,
    groups: [...new Set(shares.flatMap(({ item }) => item.groups))],
    isOptional: shares.at(-1)!.item.isOptional,
    markers: shares.every((share) => sameMarkers(share.markers, first.markers))
      ? commonMarkers(algebra, shares)
      : unitedMarkers(algebra, shares),
  };
}

function addRequires(base: ChosenPackage, other: ChosenPackage): void {
  if (base === other) return;
  for (const dependency of other.requires)
    if (!base.requires.some((known) => sameDependency(known, dependency))) base.requires.push(dependency);
}

function sameMarkers(a: GroupMarkers, b: GroupMarkers): boolean {
  return a.size === b.size && [...a].every(([group, marker]) => b.get(group) === marker);
}

function commonMarkers(algebra: MarkerAlgebra, shares: readonly Share[]): GroupMarkers {
  let where: Marker = algebra.empty;
  for (const { marker } of shares) where = algebra.or(where, marker);
  return new Map([...shares[0]!.markers].map(([group, marker]) => [group, algebra.and(where, marker)]));
}

function unitedMarkers(algebra: MarkerAlgebra, shares: readonly Share[]): GroupMarkers {
  const united = new Map<string, Marker>();
  shares.forEach(({ marker: where, markers }, index) => {
    for (const [group, marker] of markers) {
      const here = algebra.and(where, marker);
      united.set(group, index === 0 ? here : algebra.or(united.get(group) ?? algebra.empty, here));
    }
  });
  return united;
}

/** A conjunction without parts that are said anyway. */
function without(algebra: MarkerAlgebra, marker: Marker, other: Marker): Marker {
  if (marker.kind !== 'multi') return marker;
  const said = other.kind === 'single' ? [other] : other.kind === 'multi' ? other.parts : [];
  if (said.length === 0 || !said.every((part) => marker.parts.includes(part))) return marker;
  return algebra.of(
    marker.parts.filter((part) => !said.includes(part)),
    'and',
  );
}
