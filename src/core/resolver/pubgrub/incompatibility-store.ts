/** All incompatibilities known, by package, with dependents that need the same thing merged. README.md#merging. */
import {
  dependencyIncompatibility,
  type Incompatibility,
  type IncompatibilityCause,
} from './incompatibility.ts';
import { positive } from './term.ts';
import type { VersionSets } from './version-sets.ts';

type DependencyCause<Versions, Reason> = Extract<
  IncompatibilityCause<Versions, Reason>,
  { kind: 'dependency' }
>;

export class IncompatibilityStore<Versions, Reason> {
  readonly #sets: VersionSets<Versions>;
  readonly #mergesDependents: boolean;
  #count = 0;
  /** Those that say something of a package, oldest first. */
  readonly #byPackage: Incompatibility<Versions, Reason>[][] = [];
  /** The dependency incompatibilities in the lists, by dependent, then by dependency. */
  readonly #dependencies: (Map<number, Incompatibility<Versions, Reason>[]> | undefined)[] = [];

  /** `mergesDependents`: whether dependents that need the same thing share an incompatibility. */
  constructor(sets: VersionSets<Versions>, mergesDependents = true) {
    this.#sets = sets;
    this.#mergesDependents = mergesDependents;
  }

  /** An independent copy with the same incompatibilities. */
  clone(): IncompatibilityStore<Versions, Reason> {
    const copy = new IncompatibilityStore<Versions, Reason>(this.#sets, this.#mergesDependents);
    copy.#count = this.#count;
    this.#byPackage.forEach((list, packageId) => (copy.#byPackage[packageId] = [...list]));
    this.#dependencies.forEach((byDependency, dependent) => {
      if (byDependency === undefined) return;
      copy.#dependencies[dependent] = new Map([...byDependency].map(([id, list]) => [id, [...list]]));
    });
    return copy;
  }

  /** The id for the next incompatibility: ids rise in order of creation. */
  nextId(): number {
    return this.#count++;
  }

  /** Those that say something of a package, oldest first. The list changes with `add`. */
  ofPackage(packageId: number): readonly Incompatibility<Versions, Reason>[] {
    return this.#byPackage[packageId] ?? NONE;
  }

  /** An incompatibility from a fact on one package. It is not in the lists yet: see `add`. */
  fact(
    packageId: number,
    versions: Versions,
    cause: IncompatibilityCause<Versions, Reason>,
  ): Incompatibility<Versions, Reason> {
    return { id: this.nextId(), packages: [packageId], terms: [positive(versions)], cause };
  }

  dependency(cause: DependencyCause<Versions, Reason>): Incompatibility<Versions, Reason> {
    return dependencyIncompatibility(this.#sets, this.nextId(), cause);
  }

  /**
   * Puts an incompatibility into the lists of its packages, merged with an earlier one of the same dependent,
   * dependency and requirement. Returns the one that is now in the lists.
   */
  add(incompatibility: Incompatibility<Versions, Reason>): Incompatibility<Versions, Reason> {
    const added = this.#merge(incompatibility);
    for (const packageId of added.packages) (this.#byPackage[packageId] ??= []).push(added);
    return added;
  }

  #merge(incompatibility: Incompatibility<Versions, Reason>): Incompatibility<Versions, Reason> {
    const { cause } = incompatibility;
    // A self-dependency either always holds or never does; there is nothing to merge.
    if (!this.#mergesDependents) return incompatibility;
    if (cause.kind !== 'dependency' || cause.dependent === cause.dependency) return incompatibility;
    const byDependency = (this.#dependencies[cause.dependent] ??= new Map<
      number,
      Incompatibility<Versions, Reason>[]
    >());
    const earlier = byDependency.get(cause.dependency) ?? [];
    if (earlier.length === 0) byDependency.set(cause.dependency, earlier);
    // At most one has the same requirement; the likeliest is that of the version tried before.
    for (let index = earlier.length - 1; index >= 0; index--) {
      const past = earlier[index]!;
      const pastCause = past.cause as DependencyCause<Versions, Reason>;
      if (!this.#sets.equals(pastCause.required, cause.required)) continue;
      const merged = this.dependency({
        ...cause,
        versions: this.#sets.union(cause.versions, pastCause.versions),
      });
      this.#remove(past);
      earlier[index] = merged;
      return merged;
    }
    earlier.push(incompatibility);
    return incompatibility;
  }

  #remove(incompatibility: Incompatibility<Versions, Reason>): void {
    for (const packageId of incompatibility.packages) {
      const list = this.#byPackage[packageId]!;
      // Dependents come in runs: the one to replace is near the end.
      const index = list.lastIndexOf(incompatibility);
      if (index >= 0) list.splice(index, 1);
    }
  }
}

const NONE: readonly never[] = [];
