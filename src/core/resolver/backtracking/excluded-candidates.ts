/**
 * Candidates known not to work for a criterion (resolvelib's "incompatibilities"; the word belongs to PubGrub here).
 *
 * resolvelib keeps lists that are concatenated at every backjump, duplicates and all, and grow with the number of
 * rounds. Only membership and emptiness can be observed, so here they are sets, and equal sets are one object: two
 * criteria that exclude the same candidates share it, and what follows from a set can be remembered by its `id`.
 */
import type { SearchCandidate } from './provider.ts';

export interface ExcludedCandidates<C> {
  /** Different for different sets of one pool. 0 is the empty set. */
  readonly id: number;
  readonly members: ReadonlySet<C>;
}

/** Sets remembered at most; beyond that the memory is emptied, which costs time, never correctness. */
const MAX_REMEMBERED = 20_000;

export class ExcludedPool<C extends SearchCandidate> {
  readonly none: ExcludedCandidates<C> = { id: 0, members: new Set() };
  #nextId = 1;
  readonly #byMembers = new Map<string, ExcludedCandidates<C>>();
  readonly #unions = new Map<number, ExcludedCandidates<C>>();

  /** The set of one candidate. */
  only(candidate: C): ExcludedCandidates<C> {
    return this.#intern(String(candidate.serial), () => new Set([candidate]));
  }

  union(left: ExcludedCandidates<C>, right: ExcludedCandidates<C>): ExcludedCandidates<C> {
    if (left === right || right.id === 0) return left;
    if (left.id === 0) return right;
    const key = Math.min(left.id, right.id) * 0x4000000 + Math.max(left.id, right.id);
    let union = this.#unions.get(key);
    if (union === undefined) {
      union = this.#unite(left, right);
      if (this.#unions.size >= MAX_REMEMBERED) this.#unions.clear();
      this.#unions.set(key, union);
    }
    return union;
  }

  #unite(left: ExcludedCandidates<C>, right: ExcludedCandidates<C>): ExcludedCandidates<C> {
    const [larger, smaller] = left.members.size >= right.members.size ? [left, right] : [right, left];
    let isInside = true;
    for (const candidate of smaller.members) isInside &&= larger.members.has(candidate);
    if (isInside) return larger;
    const members = new Set(larger.members);
    for (const candidate of smaller.members) members.add(candidate);
    const serials = Array.from(members, (candidate) => candidate.serial).sort((a, b) => a - b);
    return this.#intern(serials.join(), () => members);
  }

  #intern(key: string, members: () => ReadonlySet<C>): ExcludedCandidates<C> {
    let found = this.#byMembers.get(key);
    if (found === undefined) {
      found = { id: this.#nextId, members: members() };
      this.#nextId += 1;
      if (this.#byMembers.size >= MAX_REMEMBERED) this.#byMembers.clear();
      this.#byMembers.set(key, found);
    }
    return found;
  }
}
