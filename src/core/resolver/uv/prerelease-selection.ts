/** Which pre-releases uv considers for a project. README.md#pre-releases */
import type { SpecifierSet } from '../../packaging/specifier.ts';
import { isPrerelease } from '../../packaging/version.ts';
import type { ResolverOptions } from '../engine.ts';
import { uvEra } from './uv-era.ts';

/**
 * `allow`: in plain order. `disallow`: never. `stable-first`: after all stable versions in the range. `only-without-stable`:
 * where the project has no stable release at all (uv 0.11).
 */
export type PrereleaseSelection = 'allow' | 'disallow' | 'stable-first' | 'only-without-stable';

/** Whether a specifier names a pre-release; `!=` does not count. */
export function namesPrerelease(set: SpecifierSet): boolean {
  return set.specifiers.some(
    ({ operator, version }) => operator !== '!=' && version !== null && isPrerelease(version),
  );
}

export class PrereleasePolicy {
  readonly #options: ResolverOptions;
  readonly #isStableFirst: boolean;
  /** Projects that a requirement or constraint of the user's names a pre-release of. */
  readonly #explicit: ReadonlySet<string>;

  constructor(options: ResolverOptions, toolVersion: string, explicit: ReadonlySet<string>) {
    this.#options = options;
    this.#isStableFirst = uvEra(toolVersion).prefersStable;
    this.#explicit = explicit;
  }

  /** uv's `--prerelease-package` for this project, or null. */
  override(project: string): 'allow' | 'disallow' | null {
    const { allReleases, onlyFinal } = this.#options;
    if (onlyFinal.includes(project)) return 'disallow';
    return allReleases.includes(project) ? 'allow' : null;
  }

  selection(project: string): PrereleaseSelection {
    const override = this.override(project);
    if (override !== null) return override;
    const { prerelease, pre, allReleases, onlyFinal } = this.#options;
    if (pre || allReleases.includes(':all:')) return 'allow';
    if (onlyFinal.includes(':all:')) return 'disallow';
    const isExplicit = this.#explicit.has(project);
    switch (prerelease) {
      case 'allow':
      case 'disallow':
        return prerelease;
      case 'explicit':
        if (!isExplicit) return 'disallow';
        return this.#isStableFirst ? 'stable-first' : 'allow';
      case 'if-necessary':
        return this.#isStableFirst ? 'stable-first' : 'only-without-stable';
      case 'if-necessary-or-explicit':
      case null:
        if (this.#isStableFirst) return 'stable-first';
        return isExplicit ? 'allow' : 'only-without-stable';
    }
  }
}
