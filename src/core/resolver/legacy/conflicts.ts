/** What the legacy resolver leaves broken, as it says itself before it installs: `check_install_conflicts`. */
import { evaluateMarker } from '../../packaging/marker.ts';
import { normalizeName } from '../../packaging/name.ts';
import type { Requirement } from '../../packaging/requirement.ts';
import { specifierSetContains } from '../../packaging/specifier.ts';
import { parseVersion } from '../../packaging/version.ts';
import type { ResolveRequest } from '../engine.ts';
import { MetadataReader } from '../pip/candidate-metadata.ts';
import { LEGACY_ERA } from '../pip/era.ts';
import { extraNaming } from '../pip/extra-name.ts';
import type { LegacyNotice } from './report.ts';
import type { LegacyRequirement } from './requirement-set.ts';

interface Package {
  readonly version: string;
  readonly dependencies: readonly Requirement[];
}

/** Missing ones of all packages first. `order` is that of the installation. */
export function brokenByInstalling(
  request: ResolveRequest,
  order: readonly LegacyRequirement[],
): readonly LegacyNotice[] {
  if (request.options.noDeps) return [];
  const packages = installedPackages(request);
  for (const { requirement, choice } of order) {
    if (choice === null) continue;
    const dependencies = choice.metadata.dependencies.filter((dependency) => applies(dependency, request));
    packages.set(requirement.normalizedName, { version: choice.version, dependencies });
  }
  const affected = affectedBy(new Set(order.map(({ requirement }) => requirement.normalizedName)), packages);
  const missing: LegacyNotice[] = [];
  const incompatible: LegacyNotice[] = [];
  for (const [name, { version, dependencies }] of packages) {
    if (!affected.has(name)) continue;
    for (const { text, normalizedName, specifier } of sortedByText(dependencies)) {
      const found = packages.get(normalizedName);
      const subject = { package: `${name} ${version}`, requirement: text };
      if (found === undefined) missing.push({ kind: 'missing', ...subject });
      else if (!admits(specifier, found.version)) {
        incompatible.push({ kind: 'incompatible', ...subject, found: `${normalizedName} ${found.version}` });
      }
    }
  }
  return [...missing, ...incompatible];
}

function installedPackages(request: ResolveRequest): Map<string, Package> {
  const reader = new MetadataReader(LEGACY_ERA.policy, extraNaming(LEGACY_ERA), true);
  const packages = new Map<string, Package>();
  for (const distribution of request.installed) {
    const read = reader.read(distribution);
    const dependencies = 'invalid' in read ? [] : read.metadata.dependencies;
    packages.set(normalizeName(distribution.name), {
      version: distribution.version,
      dependencies: dependencies.filter((dependency) => applies(dependency, request)),
    });
  }
  return packages;
}

function applies({ marker }: Requirement, { target }: ResolveRequest): boolean {
  return marker === null || evaluateMarker(marker, target.markers, '', LEGACY_ERA.policy);
}

function admits(specifier: Requirement['specifier'], text: string): boolean {
  const version = parseVersion(text);
  return (
    version.ok &&
    specifierSetContains(specifier, version.value, { prereleases: true, policy: LEGACY_ERA.policy })
  );
}

/** What is new, and whatever depends on it; of chains only what comes later in the list is seen. */
function affectedBy(names: ReadonlySet<string>, packages: ReadonlyMap<string, Package>): ReadonlySet<string> {
  const affected = new Set(names);
  for (const [name, { dependencies }] of packages) {
    if (dependencies.some(({ normalizedName }) => affected.has(normalizedName))) affected.add(name);
  }
  return affected;
}

function sortedByText(dependencies: readonly Requirement[]): readonly Requirement[] {
  return dependencies.toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}
