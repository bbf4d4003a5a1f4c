/**
 * The versions of one project as small integers, and which of them a specifier set admits. Equal versions (`1.0`,
 * `1.0.0`) are one. The answers are kept, so that a question that the search asks a million times is worked out once.
 */
import type { PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import { type SpecifierSet, specifierSetContains } from '../../packaging/specifier.ts';
import type { Version } from '../../packaging/version.ts';

const UNKNOWN = 0;
const ADMITTED = 1;
const REFUSED = 2;

export class VersionTable {
  readonly #policy: PrereleasePolicy;
  readonly versions: Version[] = [];
  readonly #indexByKey = new Map<string, number>();
  readonly #answers = new Map<SpecifierSet, Uint8Array>();

  constructor(policy: PrereleasePolicy) {
    this.#policy = policy;
  }

  /** The integer of a version. */
  indexOf(version: Version): number {
    const key = `${version.key.join()}+${(version.local ?? version.legacy)?.join('.') ?? ''}`;
    let index = this.#indexByKey.get(key);
    if (index === undefined) {
      index = this.versions.push(version) - 1;
      this.#indexByKey.set(key, index);
    }
    return index;
  }

  /** Whether the set admits the version, pre-releases allowed. Sets are compared as objects. */
  admits(set: SpecifierSet, index: number): boolean {
    if (set.specifiers.length === 0) return true;
    let answers = this.#answers.get(set);
    if (answers === undefined || answers.length <= index) {
      const grown = new Uint8Array(Math.max(this.versions.length, index + 1));
      if (answers !== undefined) grown.set(answers);
      this.#answers.set(set, (answers = grown));
    }
    if (answers[index] === UNKNOWN) {
      const isAdmitted = specifierSetContains(set, this.versions[index]!, {
        prereleases: true,
        policy: this.#policy,
      });
      answers[index] = isAdmitted ? ADMITTED : REFUSED;
    }
    return answers[index] === ADMITTED;
  }
}
