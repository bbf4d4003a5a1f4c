/**
 * Which dependencies of a package count in a run. poetry 2.5, `Provider.complete_package`: extras, the run's Pythons and
 * overrides, several dependencies of one name, and the marker under which the package itself is wanted.
 */
import { isAny, type Constraint } from '../constraint/constraint.ts';
import { allowsAny, intersect } from '../constraint/operations.ts';
import type { PoetryDependency } from '../dependency.ts';
import type { LogEntry } from '../log.ts';
import type { MarkerAlgebra } from '../marker/marker-algebra.ts';
import type { Marker } from '../marker/marker.ts';
import {
  markerOfOverrides,
  OverridesNeeded,
  packageKey,
  splitByMarker,
  withOverride,
  type Overrides,
} from '../overrides.ts';
import { asDependency, completeNameOf, type ChosenPackage, type PoetryPackage } from '../package.ts';
import { namedRequirement, separate } from './overlap.ts';

/** What all packages of a run share. */
export interface RunSetting {
  readonly algebra: MarkerAlgebra;
  readonly overrides: Overrides;
  /** Markers of the overrides, together. */
  readonly marker: Marker;
  /** Pythons of the project that the run looks at. */
  readonly python: Constraint;
  readonly say: (entry: LogEntry) => void;
}

export function runSetting(
  algebra: MarkerAlgebra,
  overrides: Overrides,
  projectPython: Constraint,
  say: (entry: LogEntry) => void,
): RunSetting {
  const marker = markerOfOverrides(algebra, overrides);
  return { algebra, overrides, marker, python: intersect(projectPython, algebra.pythonOf(marker)), say };
}

/** The package with the dependencies that count. Throws `OverridesNeeded`. `holder` is the wish that it meets. */
export function completePackage(
  setting: RunSetting,
  item: PoetryPackage,
  holder: PoetryDependency,
): ChosenPackage {
  const { extras } = holder;
  const { found, wanted } = collectExtras(item, holder);
  const completeName = completeNameOf(item.name, extras);
  const taken: PoetryDependency[] = [];
  if (extras.length > 0) taken.push(baseDependency(setting.algebra, item, holder));
  for (const dependency of item.requires) {
    const counted = takeDependency(setting, item, dependency, found, wanted);
    if (counted !== null) taken.push(counted);
  }
  const key = packageKey(completeName, item);
  const overridden = applyOverrides(taken, setting.overrides.get(key)?.dependencies);
  const separated = separateDuplicates(setting, item, holder, overridden, item.isRoot ? null : found);
  const requires = separated.filter((dependency) => isNeeded(setting.algebra, holder, dependency));
  return { package: item, extras, completeName, requires };
}

interface Extras {
  /** Extras that are asked for, and those that they ask for in turn. */
  readonly found: ReadonlySet<string>;
  /** Names of optional dependencies that they bring. */
  readonly wanted: ReadonlySet<string>;
}

function collectExtras(item: PoetryPackage, holder: PoetryDependency): Extras {
  const found = new Set<string>();
  const wanted = new Set<string>();
  const stack = [...holder.extras];
  for (let extra = stack.pop(); extra !== undefined; extra = stack.pop()) {
    if (found.has(extra)) continue;
    found.add(extra);
    for (const dependency of item.extras.get(extra) ?? []) {
      if (dependency.name === holder.name) stack.push(...dependency.extras);
      else wanted.add(dependency.name);
    }
  }
  return { found, wanted };
}

/** `name[extra]` needs `name` at its own version. */
function baseDependency(
  algebra: MarkerAlgebra,
  item: PoetryPackage,
  holder: PoetryDependency,
): PoetryDependency {
  const base = asDependency(algebra, item, []);
  base.setMarker(algebra, holder.marker);
  return base;
}

/** A dependency that can count in the run; null for one that cannot. */
function takeDependency(
  setting: RunSetting,
  item: PoetryPackage,
  dependency: PoetryDependency,
  found: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
): PoetryDependency | null {
  const { algebra } = setting;
  if (!allowsAny(setting.python, dependency.python)) return null;
  let { marker } = dependency;
  const ofExtras = item.isRoot && dependency.inExtras.length > 0;
  if (ofExtras) marker = algebra.and(marker, extrasMarker(algebra, dependency.inExtras));
  if (algebra.and(setting.marker, marker) === algebra.empty) return null;
  if (!item.isRoot) {
    if (dependency.isOptional && !wanted.has(dependency.name)) return null;
    if (dependency.inExtras.length > 0 && !dependency.inExtras.some((extra) => found.has(extra))) return null;
  }
  if (!ofExtras) return dependency;
  const copy = dependency.clone();
  copy.setMarker(algebra, marker);
  return copy;
}

/** One of these extras of the project is asked for. */
export function extrasMarker(algebra: MarkerAlgebra, extras: readonly string[]): Marker {
  return algebra.parse(extras.map((extra) => `extra == "${extra}"`).join(' or ')) ?? algebra.any;
}

function applyOverrides(
  dependencies: readonly PoetryDependency[],
  overrides: ReadonlyMap<string, PoetryDependency> | undefined,
): readonly PoetryDependency[] {
  if (overrides === undefined) return dependencies;
  const done = new Set<string>();
  return dependencies.flatMap((dependency) => {
    const override = overrides.get(dependency.name);
    if (override === undefined) return [dependency];
    if (done.has(dependency.name)) return [];
    done.add(dependency.name);
    return override.constraint.kind === 'empty' ? [] : [override];
  });
}

/** The incompatibilities of a package: one a dependency, after overrides, of those that count. */
export function statedDependencies(setting: RunSetting, chosen: ChosenPackage): readonly PoetryDependency[] {
  const key = packageKey(chosen.completeName, chosen.package);
  return applyOverrides(chosen.requires, setting.overrides.get(key)?.dependencies);
}

function separateDuplicates(
  setting: RunSetting,
  item: PoetryPackage,
  holder: PoetryDependency,
  dependencies: readonly PoetryDependency[],
  found: ReadonlySet<string> | null,
): readonly PoetryDependency[] {
  const byName = new Map<string, PoetryDependency[]>();
  for (const dependency of dependencies) {
    const known = byName.get(dependency.name);
    if (known === undefined) byName.set(dependency.name, [dependency]);
    else known.push(dependency);
  }
  return [...byName].flatMap(([name, group]) =>
    group.length === 1 ? group : separateGroup(setting, item, holder, name, group, found),
  );
}

/** Dependencies of one name. Several that hold at different times need a run each. */
function separateGroup(
  setting: RunSetting,
  item: PoetryPackage,
  holder: PoetryDependency,
  name: string,
  group: readonly PoetryDependency[],
  found: ReadonlySet<string> | null,
): readonly PoetryDependency[] {
  const { algebra, say } = setting;
  say({ kind: 'duplicates', name });
  const { deps, areFinal } = untangle(setting, item, group, found);
  if (areFinal) return deps;
  if (deps.length === 1) {
    say({ kind: 'merging', name });
    return deps;
  }
  const relevant = deps.filter(({ marker }) => algebra.and(setting.marker, marker) !== algebra.empty);
  if (relevant.length < 2) {
    const [only] = relevant;
    const isNone = only === undefined || only.constraint.kind === 'empty';
    say({ kind: isNone ? 'none-relevant' : 'one-relevant', name });
    return isNone ? [] : [only];
  }
  say({ kind: 'different', requirements: relevant.map(namedRequirement) });
  const key = packageKey(completeNameOf(item.name, holder.extras), item);
  throw new OverridesNeeded(
    relevant.map((dependency) =>
      withOverride(setting.overrides, key, item, holder.writtenExtras, dependency),
    ),
  );
}

/** Dependencies of one name of which at most one holds at a time; final where that is not to be had. */
function untangle(
  setting: RunSetting,
  item: PoetryPackage,
  group: readonly PoetryDependency[],
  found: ReadonlySet<string> | null,
): { readonly deps: readonly PoetryDependency[]; readonly areFinal: boolean } {
  const { algebra, python } = setting;
  const owner = `${item.name} (${item.version.text})`;
  const byExtras = new Map<string, readonly PoetryDependency[]>();
  for (const dependency of group) {
    const { completeName } = dependency;
    byExtras.set(completeName, [...(byExtras.get(completeName) ?? []), dependency]);
  }
  if (byExtras.size === 1) {
    const context = { algebra, python, owner, extras: found, coversRest: true };
    return { deps: separate(context, group), areFinal: false };
  }
  const parts = [...byExtras.values()].map((part) =>
    part.length === 1 ? part : separate({ algebra, python, owner, extras: null, coversRest: false }, part),
  );
  const deps = parts.flat();
  const areApart =
    parts.every((part) => part.length === 1) &&
    deps.every((one, index) =>
      deps.slice(index + 1).every((two) => algebra.and(one.marker, two.marker) === algebra.empty),
    );
  return { deps, areFinal: !areApart };
}

/** Whether a dependency is needed where the package is; writes down where that is. */
function isNeeded(algebra: MarkerAlgebra, holder: PoetryDependency, dependency: PoetryDependency): boolean {
  const outer = algebra.withoutExtras(holder.transitiveMarker);
  if (outer !== algebra.any) {
    const both = algebra.and(outer, algebra.withoutExtras(dependency.marker));
    if (both === algebra.empty) return false;
    dependency.transitiveMarker = both;
  }
  return isAny(holder.python) || allowsAny(dependency.python, holder.python);
}

/** Two runs in place of one, under a marker and its opposite. */
export function markerSplit(setting: RunSetting, marker: Marker): OverridesNeeded {
  return new OverridesNeeded(splitByMarker(setting.algebra, setting.overrides, marker));
}
