/** Conflict facts of a toy index, made without any resolver: name → version → requirements. */
import { compareVersions, parseVersion, type Version } from '../../../src/core/packaging/version.ts';
import { parseRequirement, type Requirement } from '../../../src/core/packaging/requirement.ts';
import { specifierSetContains } from '../../../src/core/packaging/specifier.ts';
import type {
  ConflictFact,
  ConflictFacts,
  ConflictPackage,
  VersionBits,
} from '../../../src/core/explain/conflict-facts.ts';

export type ToyIndex = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

function requirementOf(text: string): Requirement {
  const parsed = parseRequirement(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function versionOf(text: string): Version {
  const parsed = parseVersion(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

/** `roots` are lines 1, 2, … of the requirements. */
export function toyFacts(roots: readonly string[], index: ToyIndex): ConflictFacts {
  const packages: ConflictPackage[] = [];
  const rows = new Map<string, number>();
  const facts: ConflictFact[] = [];
  const rowOf = (name: string): number => {
    const known = rows.get(name);
    if (known !== undefined) return known;
    const versions = Object.keys(index[name] ?? {}).sort((a, b) =>
      compareVersions(versionOf(a), versionOf(b)),
    );
    rows.set(name, packages.length);
    const row = packages.push({ identifier: name, versions }) - 1;
    versions.forEach((version, position) => {
      for (const text of index[name]?.[version] ?? []) {
        const requirement = requirementOf(text);
        const dependency = rowOf(requirement.normalizedName);
        const allowed = admitted(requirement, packages[dependency]!.versions);
        addNeed(facts, { row, position, dependency, allowed, text });
      }
    });
    return row;
  };
  roots.forEach((text, at) => {
    const requirement = requirementOf(text);
    const row = rowOf(requirement.normalizedName);
    const source = { pane: 'requirements', line: at + 1 } as const;
    facts.push({
      kind: 'line',
      source,
      package: row,
      allowed: admitted(requirement, packages[row]!.versions),
      text,
    });
  });
  return { packages, facts };
}

function admitted(requirement: Requirement, versions: readonly string[]): VersionBits {
  return versions.reduce(
    (bits, text, position) =>
      specifierSetContains(requirement.specifier, versionOf(text)) ? bits | (1n << BigInt(position)) : bits,
    0n,
  );
}

function addNeed(
  facts: ConflictFact[],
  need: { row: number; position: number; dependency: number; allowed: VersionBits; text: string },
): void {
  const bit = 1n << BigInt(need.position);
  const same = facts.findIndex(
    (fact) => fact.kind === 'needs' && fact.package === need.row && fact.text === need.text,
  );
  const known = facts[same];
  if (known?.kind === 'needs') facts[same] = { ...known, versions: known.versions | bit };
  else
    facts.push({
      kind: 'needs',
      package: need.row,
      versions: bit,
      dependency: need.dependency,
      allowed: need.allowed,
      text: need.text,
    });
}
