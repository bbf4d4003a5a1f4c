/** What `poetry.lock` says of the packages of an answer. poetry 2.5, `packages/locker.py`. */
import { compareVersions } from '../../../packaging/version.ts';
import type { MarkerAlgebra } from '../marker/marker-algebra.ts';
import { reduceMarker } from '../marker/python-of-marker.ts';
import type { Constraint } from '../constraint/constraint.ts';
import type { PoetryDependency } from '../dependency.ts';
import { fullText } from '../requirement-text.ts';
import type { Solved, SolvedPackage } from './merge-runs.ts';

export interface LockedEntry {
  readonly name: string;
  readonly version: string;
  readonly optional: boolean;
  /** `main` first, then by name. */
  readonly groups: readonly string[];
  /** One marker for all groups, or one for each that has one; absent where there is none. */
  readonly markers?: string | Readonly<Record<string, string>>;
  readonly pythonVersions: string;
  /** By name, as the lock spells each. */
  readonly dependencies: readonly LockedDependency[];
  readonly extras: Readonly<Record<string, readonly string[]>>;
}

export interface LockedDependency {
  readonly name: string;
  readonly constraint: string;
  readonly extras: readonly string[];
  readonly optional: boolean;
  readonly marker: string;
}

/** Sorted by name and version. */
export function lockedEntries(
  algebra: MarkerAlgebra,
  solved: Solved,
  python: Constraint,
): readonly LockedEntry[] {
  return [...solved.values()]
    .sort(
      ({ package: { package: a } }, { package: { package: b } }) =>
        (a.name < b.name ? -1 : a.name > b.name ? 1 : 0) || compareVersions(a.version, b.version),
    )
    .map((item) => entryOf(algebra, item, python));
}

function entryOf(algebra: MarkerAlgebra, item: SolvedPackage, python: Constraint): LockedEntry {
  const { package: own } = item.package;
  const groups = [...item.groups].sort((a, b) => groupOrder(a, b));
  const markers = new Map(
    groups.map((group) => [group, reduceMarker(algebra, item.markers.get(group) ?? algebra.any, python)]),
  );
  const texts = groups.map((group) => markers.get(group)!.text);
  const areEqual = texts.every((text) => text === texts[0]);
  const written = areEqual ? (texts[0] ?? '') : markersByGroup(groups, texts);
  return {
    name: own.name,
    version: own.version.text,
    optional: item.isOptional,
    groups,
    ...(written === '' ? {} : { markers: written }),
    pythonVersions: own.pythonText,
    dependencies: lockedDependencies(item.package.requires),
    extras: lockedExtras(algebra, own.extras),
  };
}

function groupOrder(a: string, b: string): number {
  if (a === b) return 0;
  if (a === 'main' || b === 'main') return a === 'main' ? -1 : 1;
  return a < b ? -1 : 1;
}

function markersByGroup(
  groups: readonly string[],
  texts: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    groups.flatMap((group, index) => (texts[index] === '' ? [] : [[group, texts[index]!]])),
  );
}

function lockedDependencies(requires: readonly PoetryDependency[]): readonly LockedDependency[] {
  return [...requires]
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map((dependency) => ({
      name: dependency.prettyName,
      constraint: dependency.pretty,
      extras: dependency.extras,
      optional: dependency.isOptional,
      marker: dependency.marker.text,
    }));
}

/** By extra: what it brings, as a line of PEP 508 without the extra's own condition. */
function lockedExtras(
  algebra: MarkerAlgebra,
  extras: ReadonlyMap<string, readonly PoetryDependency[]>,
): Readonly<Record<string, readonly string[]>> {
  const sorted = [...extras].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([extra, brought]) => [extra, brought.map((each) => extraLine(algebra, each)).sort()]),
  );
}

function extraLine(algebra: MarkerAlgebra, dependency: PoetryDependency): string {
  const marker = algebra.withoutExtras(dependency.marker);
  const isSaid = marker.kind !== 'any' && marker.kind !== 'empty';
  return `${fullText(dependency)}${isSaid ? ` ; ${marker.text}` : ''}`;
}
