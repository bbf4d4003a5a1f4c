/**
 * Releases that a run knew of and never looked at: what was asked for and met needs one, and no release may meet all that
 * clashed.
 */
import type { Requirement } from '../../../packaging/requirement.ts';
import { specifierSetContains, type SpecifierSet } from '../../../packaging/specifier.ts';
import { compareVersions, formatVersion, parseVersion, type Version } from '../../../packaging/version.ts';
import { candidateVersions } from '../witness-versions.ts';

/** So many different limits of one project are looked at; a log of hours has more and tells nothing new by them. */
const MOST_SETS = 60;

interface Project {
  readonly known: Version[];
  /** Limits that some release met, by their text. */
  readonly met: Map<string, SpecifierSet>;
  /** Limits that no release met together, by their text. */
  readonly clashes: Map<string, readonly SpecifierSet[]>;
}

export class UnseenReleases {
  readonly #projects = new Map<string, Project>();

  know(project: string, text: string): void {
    const version = parseVersion(text);
    if (version.ok) this.#project(project).known.push(version.value);
  }

  /** The run took these as they came: each had a release. */
  wasMet(requirements: readonly Requirement[]): void {
    for (const { normalizedName, specifier } of requirements) {
      const { met } = this.#project(normalizedName);
      if (met.size < MOST_SETS) met.set(specifier.text, specifier);
    }
  }

  /** Together these left no release. */
  clash(requirements: readonly Requirement[]): void {
    const [first] = requirements;
    if (first === undefined) return;
    const sets = requirements.map(({ specifier }) => specifier);
    const { clashes } = this.#project(first.normalizedName);
    // Each for itself is taken to have a release: else it would stand in the way alone.
    if (sets.length > 1) this.wasMet(requirements);
    if (clashes.size < MOST_SETS) clashes.set(sets.map(({ text }) => text).join(' & '), sets);
  }

  projects(): Iterable<string> {
    return this.#projects.keys();
  }

  /** The releases that have to be made up. */
  *needed(): Generator<{ readonly project: string; readonly version: string }> {
    for (const [project, { known, met, clashes }] of this.#projects) {
      const sets = [...met.values()];
      const all = [...sets, ...[...clashes.values()].flat()];
      for (const set of sets) {
        if (known.some((version) => contains(set, version))) continue;
        const witness = bestWitness(set, all, [...clashes.values()]);
        if (witness === null) continue;
        known.push(witness);
        yield { project, version: formatVersion(witness) };
      }
    }
  }

  #project(name: string): Project {
    let project = this.#projects.get(name);
    if (project === undefined) {
      project = { known: [], met: new Map(), clashes: new Map() };
      this.#projects.set(name, project);
    }
    return project;
  }
}

/** The version in a set that is in most of the others, too; of equals the newest. */
function bestWitness(
  set: SpecifierSet,
  others: readonly SpecifierSet[],
  clashes: readonly (readonly SpecifierSet[])[],
): Version | null {
  let best: Version | null = null;
  let most = -1;
  for (const version of candidateVersions([set, ...others])) {
    if (!contains(set, version)) continue;
    if (clashes.some((sets) => sets.every((each) => contains(each, version)))) continue;
    const count = others.filter((other) => contains(other, version)).length;
    if (count < most || (count === most && best !== null && compareVersions(version, best) < 0)) continue;
    best = version;
    most = count;
  }
  return best;
}

function contains(set: SpecifierSet, version: Version): boolean {
  return specifierSetContains(set, version, { prereleases: true });
}
