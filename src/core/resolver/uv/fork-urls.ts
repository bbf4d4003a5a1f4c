/**
 * Packages that come from an address (`a @ https://…`) in one fork. An address is not a version: it stands for whatever
 * version it holds, in place of the index. Source: uv-resolver/resolver/urls and fork_urls.
 */
import type { Requirement } from '../../packaging/requirement.ts';
import { canonicalAddress } from '../pip/address.ts';
import type { UvDependency } from './dependencies.ts';

/** Why a requirement with an address ends the resolution. The words are in `explain/uv/url-words.ts`. */
export type UrlComplaint =
  /** Two addresses for one project. */
  | { readonly kind: 'conflict'; readonly project: string; readonly urls: readonly [string, string] }
  /** An address that a package from an index asks for, and the user has not named. */
  | { readonly kind: 'disallowed'; readonly project: string; readonly url: string };

export class ForkUrls {
  /** Canonical addresses that the user names, by project. */
  readonly #declared: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #chosen: Map<string, string>;

  constructor(firstParty: readonly Requirement[] | ForkUrls) {
    if (firstParty instanceof ForkUrls) {
      this.#declared = firstParty.#declared;
      this.#chosen = new Map(firstParty.#chosen);
      return;
    }
    const declared = new Map<string, Set<string>>();
    for (const { normalizedName, url } of firstParty) {
      if (url === null) continue;
      const known = declared.get(normalizedName);
      if (known === undefined) declared.set(normalizedName, new Set([canonicalAddress(url)]));
      else known.add(canonicalAddress(url));
    }
    this.#declared = declared;
    this.#chosen = new Map();
  }

  clone(): ForkUrls {
    return new ForkUrls(this);
  }

  /** The address of a project as it was written; null when it is looked for in the index. */
  of(project: string): string | null {
    return this.#chosen.get(project) ?? null;
  }

  /** Takes in the addresses that a package asks for; `parent` is null for the user. Null when they are fine. */
  add(parent: string | null, dependencies: readonly UvDependency[]): UrlComplaint | null {
    for (const { requirement } of dependencies) {
      const url = requirement?.url ?? null;
      if (requirement === null || url === null) continue;
      const project = requirement.normalizedName;
      // What comes from an address may name addresses itself: the user chose it as it is.
      const isTrusted = parent === null || this.#chosen.has(parent);
      if (!isTrusted && this.#declared.get(project)?.has(canonicalAddress(url)) !== true)
        return { kind: 'disallowed', project, url };
      const known = this.#chosen.get(project);
      if (known === undefined) this.#chosen.set(project, url);
      else if (canonicalAddress(known) !== canonicalAddress(url))
        return { kind: 'conflict', project, urls: [known, url].sort() as [string, string] };
    }
    return null;
  }
}
