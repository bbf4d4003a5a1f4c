/** What a `poetry.lock` holds fast. poetry 2.5, `Provider.get_locked`. */
import { compareVersions, type Version } from '../../../packaging/version.ts';
import { allows } from '../constraint/constraint.ts';
import type { PoetryDependency } from '../dependency.ts';

export interface LockedPackage {
  readonly name: string;
  readonly version: Version;
  /** Dependencies as the lock lists them. */
  readonly requires: readonly PoetryDependency[];
}

export class LockedPackages {
  readonly #packages = new Map<string, LockedPackage[]>();
  readonly #freed: ReadonlySet<string>;

  /** `freed`: names that `poetry update` was told; nothing is held fast for them. */
  constructor(packages: readonly LockedPackage[], freed: ReadonlySet<string>) {
    this.#freed = freed;
    for (const item of packages) {
      const known = this.#packages.get(item.name);
      if (known === undefined) this.#packages.set(item.name, [item]);
      else known.push(item);
    }
    for (const versions of this.#packages.values())
      versions.sort((a, b) => compareVersions(b.version, a.version));
  }

  isFreed(name: string): boolean {
    return this.#freed.has(name);
  }

  /** The highest locked version that a dependency allows. */
  find({ name, constraint }: PoetryDependency): LockedPackage | null {
    if (this.#freed.has(name)) return null;
    return this.#packages.get(name)?.find(({ version }) => allows(constraint, version)) ?? null;
  }
}
