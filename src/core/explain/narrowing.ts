/**
 * A proof that people can follow: from the lines on, versions are ruled out one reason at a time, until a package that
 * is needed has none left. No case is ever split, so each step is a plain "therefore". Where that does not get to the
 * end (the conflict needs cases), `narrow` answers null and the derivation graph has to speak.
 *
 *     line 1      menu ≥1        menu {1.0 … 1.5} is needed
 *     needs       menu → dropdown      dropdown {1.8, 2.0 … 2.3} is needed
 *     line 3      intl ≥5        intl {5} is needed
 *     clash       dropdown 1.8 needs intl 3, which is ruled out: dropdown {2.0 … 2.3}
 */
import {
  allBits,
  positionsOf,
  type ConflictFact,
  type ConflictFacts,
  type VersionBits,
} from './conflict-facts.ts';

/** A fact that some versions need another package. */
export type Needs = Extract<ConflictFact, { kind: 'needs' }>;

/** Why a step holds. `clash` removes versions that need what is ruled out; `needed` follows from a needed package. */
export type NarrowingReason =
  | { readonly kind: 'fact'; readonly fact: Exclude<ConflictFact, Needs> }
  | { readonly kind: 'needed'; readonly by: number; readonly facts: readonly Needs[] }
  | { readonly kind: 'clash'; readonly fact: Needs };

/** One step: versions of a package are ruled out, or the package turns out to be needed, or both. */
export interface NarrowingStep {
  readonly package: number;
  readonly removed: VersionBits;
  /** What is left after the step. */
  readonly kept: VersionBits;
  readonly makesNeeded: boolean;
  readonly reason: NarrowingReason;
}

/** All steps, the last of which leaves nothing of a package that is needed. */
export interface Narrowing {
  readonly steps: readonly NarrowingStep[];
  readonly emptied: number;
}

/** Rules out versions until a needed package has none; null if it does not come to that. */
export function narrow(facts: ConflictFacts): Narrowing | null {
  return new Narrower(facts).run();
}

class Narrower {
  readonly #facts: ConflictFacts;
  readonly #kept: VersionBits[];
  readonly #isNeeded: boolean[];
  readonly #steps: NarrowingStep[] = [];
  /** By package: its needs, by dependency. */
  readonly #needs: readonly ReadonlyMap<number, readonly Needs[]>[];
  #emptied: number | null = null;

  constructor(facts: ConflictFacts) {
    this.#facts = facts;
    this.#kept = facts.packages.map(({ versions }) => allBits(versions));
    this.#isNeeded = facts.packages.map(() => false);
    this.#needs = facts.packages.map((_package, row) => needsByDependency(facts.facts, row));
  }

  run(): Narrowing | null {
    for (const fact of this.#facts.facts) this.#applyFact(fact);
    let before = -1;
    while (this.#emptied === null && before !== this.#steps.length) {
      before = this.#steps.length;
      // Needs first: two needs that meet in one package are easier to follow than a clash further up.
      this.#needs.forEach((_needs, row) => this.#applyNeeded(row));
      this.#needs.forEach((_needs, row) => this.#applyClashes(row));
    }
    return this.#emptied === null ? null : { steps: this.#steps, emptied: this.#emptied };
  }

  #applyFact(fact: ConflictFact): void {
    if (fact.kind === 'needs') return;
    const gone = fact.kind === 'unusable' ? fact.versions : this.#kept[fact.package]! & ~fact.allowed;
    this.#rule(fact.package, gone, fact.kind === 'line', { kind: 'fact', fact });
  }

  /** Versions that need what is ruled out are ruled out. */
  #applyClashes(row: number): void {
    for (const needs of this.#needs[row]!.values())
      for (const fact of needs)
        if ((this.#kept[fact.dependency]! & fact.allowed) === 0n)
          this.#rule(row, fact.versions, false, { kind: 'clash', fact });
  }

  /** What every version that is left needs, is needed. */
  #applyNeeded(row: number): void {
    if (!this.#isNeeded[row]!) return;
    for (const [dependency, facts] of this.#needs[row]!) {
      const kept = this.#kept[row]!;
      const relevant = facts.filter((fact) => (fact.versions & kept) !== 0n);
      if ((kept & ~unionOf(relevant)) !== 0n || kept === 0n) continue;
      const allowed = allowedBy(relevant, kept);
      const gone = this.#kept[dependency]! & ~allowed;
      this.#rule(dependency, gone, true, { kind: 'needed', by: row, facts: relevant });
    }
  }

  #rule(row: number, versions: VersionBits, makesNeeded: boolean, reason: NarrowingReason): void {
    if (this.#emptied !== null) return;
    const removed = this.#kept[row]! & versions;
    const isNews = makesNeeded && !this.#isNeeded[row]!;
    if (removed === 0n && !isNews) return;
    const kept = this.#kept[row]! & ~removed;
    this.#kept[row] = kept;
    if (isNews) this.#isNeeded[row] = true;
    this.#steps.push({ package: row, removed, kept, makesNeeded: isNews, reason });
    if (kept === 0n && this.#isNeeded[row]!) this.#emptied = row;
  }
}

function needsByDependency(
  facts: readonly ConflictFact[],
  row: number,
): ReadonlyMap<number, readonly Needs[]> {
  const groups = new Map<number, Needs[]>();
  for (const fact of facts) {
    if (fact.kind !== 'needs' || fact.package !== row) continue;
    const group = groups.get(fact.dependency);
    if (group) group.push(fact);
    else groups.set(fact.dependency, [fact]);
  }
  return groups;
}

/** All that is known of how one package needs another. */
export function needsOf(facts: ConflictFacts, row: number, dependency: number): readonly Needs[] {
  return facts.facts.filter(
    (fact): fact is Needs => fact.kind === 'needs' && fact.package === row && fact.dependency === dependency,
  );
}

function unionOf(facts: readonly Needs[]): VersionBits {
  return facts.reduce((bits, fact) => bits | fact.versions, 0n);
}

/** What at least one of `versions` would accept, all of its needs taken together. */
export function allowedBy(facts: readonly Needs[], versions: VersionBits): VersionBits {
  let allowed = 0n;
  for (const position of positionsOf(versions)) {
    const bit = 1n << BigInt(position);
    const own = facts.filter((fact) => (fact.versions & bit) !== 0n);
    if (own.length > 0) allowed |= own.reduce((bits, fact) => bits & fact.allowed, own[0]!.allowed);
  }
  return allowed;
}
