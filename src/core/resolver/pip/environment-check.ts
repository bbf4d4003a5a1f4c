/**
 * What is broken in an environment: `pip check`, and the check that pip makes of what an installation would leave.
 * Packages are gone through in order, those that miss something first; pre-releases always satisfy.
 */
import { isMissing } from '../../package-index/package-index.ts';
import { evaluateMarker } from '../../packaging/marker.ts';
import type { MarkerEnvironment } from '../../packaging/marker-environment.ts';
import { normalizeName } from '../../packaging/name.ts';
import { parseRequirement, type Requirement } from '../../packaging/requirement.ts';
import { specifierSetContains } from '../../packaging/specifier.ts';
import { parseVersion } from '../../packaging/version.ts';
import type { ResolveRequest } from '../engine.ts';
import type { Pin } from '../outcome.ts';
import { pinnedFile } from '../pinned-file.ts';

/** A package of the environment; only what is needed without any extra counts as its dependencies. */
export interface CheckedPackage {
  /** Normalised. */
  readonly name: string;
  readonly version: string;
  readonly dependencies: readonly Requirement[];
}

export type EnvironmentProblem =
  | {
      readonly kind: 'missing';
      readonly name: string;
      readonly version: string;
      readonly requirement: Requirement;
    }
  | {
      readonly kind: 'incompatible';
      readonly name: string;
      readonly version: string;
      readonly requirement: Requirement;
      /** Version that is there. */
      readonly found: string;
    };

/** Dependencies that hold in an environment without extras. */
export function plainDependencies(
  dependencies: readonly Requirement[],
  markers: MarkerEnvironment,
): readonly Requirement[] {
  return dependencies.filter(({ marker }) => marker === null || evaluateMarker(marker, markers));
}

/**
 * The environment after an installation: what was there, with the pins in place of other versions. A file whose
 * dependencies nobody knows needs nothing.
 */
export function environmentAfter(request: ResolveRequest, pins: readonly Pin[]): readonly CheckedPackage[] {
  const packages = new Map<string, CheckedPackage>();
  const add = (name: string, version: string, requiresDist: readonly string[]): void => {
    const dependencies = requiresDist.flatMap((text) => {
      const parsed = parseRequirement(text);
      return parsed.ok ? [parsed.value] : [];
    });
    packages.set(name, {
      name,
      version,
      dependencies: plainDependencies(dependencies, request.target.markers),
    });
  };
  for (const { name, version, requiresDist } of request.installed)
    add(normalizeName(name), version, requiresDist);
  for (const pin of pins) {
    const { name, version, filename } = pin;
    if (filename === null) continue;
    const file = pinnedFile(request.index, pin);
    const metadata = file === undefined ? undefined : request.index.metadata(file);
    add(name, version, metadata === undefined || isMissing(metadata) ? [] : metadata.requiresDist);
  }
  return [...packages.values()];
}

/** Problems of the packages named by `among` (all when it is absent), missing dependencies of all of them first. */
export function checkEnvironment(
  packages: readonly CheckedPackage[],
  among?: ReadonlySet<string>,
): readonly EnvironmentProblem[] {
  const byName = new Map(packages.map((entry) => [entry.name, entry]));
  const missing: EnvironmentProblem[] = [];
  const incompatible: EnvironmentProblem[] = [];
  for (const { name, version, dependencies } of byName.values()) {
    if (among !== undefined && !among.has(name)) continue;
    for (const requirement of sortedByText(dependencies)) {
      const found = byName.get(requirement.normalizedName);
      if (found === undefined) missing.push({ kind: 'missing', name, version, requirement });
      else if (!admits(requirement, found.version)) {
        incompatible.push({ kind: 'incompatible', name, version, requirement, found: found.version });
      }
    }
  }
  return [...missing, ...incompatible];
}

/**
 * What is new, and what depends on it directly. `followsDependants`: and what depends on those, as far as they come
 * earlier in the environment.
 */
export function affectedPackages(
  fresh: ReadonlySet<string>,
  packages: readonly CheckedPackage[],
  followsDependants: boolean,
): ReadonlySet<string> {
  const affected = new Set(fresh);
  const causes = followsDependants ? affected : fresh;
  for (const { name, dependencies } of packages) {
    if (dependencies.some(({ normalizedName }) => causes.has(normalizedName))) affected.add(name);
  }
  return affected;
}

function admits({ specifier }: Requirement, text: string): boolean {
  const version = parseVersion(text);
  return version.ok && specifierSetContains(specifier, version.value, { prereleases: true });
}

function sortedByText(requirements: readonly Requirement[]): readonly Requirement[] {
  return requirements.toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}
