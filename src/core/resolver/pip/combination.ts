/**
 * All that is asked of one identifier's version at the same time, and the files that meet it.
 *
 * Combinations form a tree: the search adds one requirement after the other, in any order, and comes back to the same
 * sets a thousand times. Walking from node to node finds what is known already; only a new node costs work.
 *
 *   (anything) ──>=1──▶ (>=1) ──<3──▶ (>=1, <3)
 *              ──<3──▶ (<3)  ──>=1──▶ (<3, >=1)        the same files, found twice
 */
import type { SpecifierSet } from '../../packaging/specifier.ts';
import { isPrerelease } from '../../packaging/version.ts';
import type { FinderRules } from './finder/judge-files.ts';
import {
  hasAllowedHash,
  hidesLegacyVersions,
  hidesPrereleases,
  hidesYanked,
} from './finder/judge-together.ts';
import type { FoundFile, ProjectFiles } from './finder/project-files.ts';
import type { VersionTable } from './version-table.ts';

/** What the project's files and pip's options say to every combination. */
export interface CombinationContext {
  readonly table: VersionTable;
  /** Reads the page when it is first needed. */
  readonly files: () => ProjectFiles;
  readonly rules: FinderRules;
}

export class Combination {
  readonly #context: CombinationContext;
  /** Each once, in the order of the walk. */
  readonly sets: readonly SpecifierSet[];
  readonly #children = new Map<SpecifierSet, Combination>();
  readonly #applicable = new Map<string, readonly FoundFile[]>();
  /** Kept for the sequence of candidates: place of the first one left (-1: none), by id of what is excluded. */
  readonly firstByExcluded = new Map<number, number>();

  constructor(context: CombinationContext, sets: readonly SpecifierSet[]) {
    this.#context = context;
    this.sets = sets;
  }

  /** This, and `set` too. Sets are compared as objects. */
  and(set: SpecifierSet): Combination {
    if (set.specifiers.length === 0) return this;
    let child = this.#children.get(set);
    if (child === undefined) {
      child = this.sets.includes(set) ? this : new Combination(this.#context, [...this.sets, set]);
      this.#children.set(set, child);
    }
    return child;
  }

  /** Whether all sets admit a version, pre-releases allowed. */
  admits(versionIndex: number): boolean {
    for (const set of this.sets) if (!this.#context.table.admits(set, versionIndex)) return false;
    return true;
  }

  /** Files that pip would try, best first. `hashes` are those that the user allows; null: any. */
  applicable(hashes: readonly string[] | null): readonly FoundFile[] {
    const key = hashes === null ? '' : hashes.join();
    let applicable = this.#applicable.get(key);
    if (applicable === undefined) this.#applicable.set(key, (applicable = this.#find(hashes)));
    return applicable;
  }

  #find(hashes: readonly string[] | null): readonly FoundFile[] {
    const { files, rules } = this.#context;
    const matching = this.#withoutPrereleases(
      files().ascending.filter((file) => this.admits(file.versionIndex)),
    );
    const best = preferHashes(matching, hashes).toReversed();
    const hasUnyanked = best.some((file) => !file.isYanked);
    return hidesYanked(this.sets, rules.era, hasUnyanked) ? best.filter((file) => !file.isYanked) : best;
  }

  /** See pip.md section 3, "Prereleases". */
  #withoutPrereleases(matching: readonly FoundFile[]): readonly FoundFile[] {
    const { rules } = this.#context;
    const known = hidesLegacyVersions(this.sets, rules.era)
      ? matching.filter((file) => file.version.legacy === null)
      : matching;
    const finals = known.filter((file) => !isPrerelease(file.version));
    return hidesPrereleases(this.sets, rules, finals.length > 0) ? finals : known;
  }
}

/** If one file has an allowed hash, those with another one are dropped, and those with it come last (best). */
function preferHashes(
  ascending: readonly FoundFile[],
  hashes: readonly string[] | null,
): readonly FoundFile[] {
  if (hashes === null) return ascending;
  const allowed = ascending.filter(({ distribution }) => hasAllowedHash(distribution, hashes));
  if (allowed.length === 0) return ascending;
  return [...ascending.filter((file) => file.distribution.sha256 === null), ...allowed];
}
