/**
 * What is decided and what follows from it, in order. The trail is the only truth; everything else is derived from it
 * and undone with it. See README.md#partial-solution.
 *
 *     level      0      1             2
 *     trail   [ root | root=1  a b  | a=2  b c ]      package of each assignment
 */
import { assert } from '../../packaging/assert.ts';
import type { PackageAssignments } from './assignment.ts';
import { termOf, type Incompatibility } from './incompatibility.ts';
import { PendingOrder } from './pending-order.ts';
import { SetReading, type Reading } from './reading.ts';
import { areDisjoint, intersectTerms, negate, type Term } from './term.ts';
import type { VersionSets } from './version-sets.ts';

/** How the partial solution stands to an incompatibility; a number is the one package whose term is open. */
export type IncompatibilityRelation = 'satisfied' | 'contradicted' | 'inconclusive' | number;

/** The earliest assignment at which a term is satisfied. */
export interface Satisfier<Versions, Reason> {
  readonly package: number;
  readonly index: number;
  readonly level: number;
  /** Null for a decision. */
  readonly cause: Incompatibility<Versions, Reason> | null;
}

/** Where an incompatibility came to be satisfied. */
export interface LastSatisfier<Versions, Reason> {
  readonly satisfier: Satisfier<Versions, Reason>;
  readonly previousLevel: number;
  /** What the satisfier says by itself. */
  readonly own: Term<Versions>;
  /** The term that it satisfied. */
  readonly term: Term<Versions>;
  /** What it leaves open of the term, in readings that ask. */
  readonly difference: Term<Versions> | null;
}

export class PartialSolution<Versions, Reason> {
  /** Whether anything was ever undone. */
  hasBacktracked = false;
  readonly #sets: VersionSets<Versions>;
  readonly #trail: number[] = [];
  /** Trail length at which each level began. */
  readonly #levelStarts: number[] = [0];
  /** By package; undefined for packages that nothing is known of. */
  readonly #assignments: (PackageAssignments<Versions, Reason> | undefined)[] = [];
  /** Packages that something is known of, in the order of their first assignment. */
  readonly #known: number[] = [];
  readonly #reading: Reading<Versions, Reason>;
  /** Only where packages are queued again. */
  readonly #pending: PendingOrder | null;

  constructor(
    sets: VersionSets<Versions>,
    reading: Reading<Versions, Reason> = new SetReading<Versions, Reason>(sets),
  ) {
    this.#sets = sets;
    this.#reading = reading;
    this.#pending = reading.requeues ? new PendingOrder() : null;
  }

  /** An independent copy. */
  clone(): PartialSolution<Versions, Reason> {
    assert(this.#pending === null, 'a search that queues packages again is not copied');
    const copy = new PartialSolution<Versions, Reason>(this.#sets, this.#reading);
    copy.hasBacktracked = this.hasBacktracked;
    for (const item of this.#trail) copy.#trail.push(item);
    copy.#levelStarts.length = 0;
    for (const item of this.#levelStarts) copy.#levelStarts.push(item);
    for (const item of this.#known) copy.#known.push(item);
    this.#assignments.forEach((assignments, packageId) => {
      if (assignments === undefined) return;
      const { derivations, later } = assignments;
      copy.#assignments[packageId] = { ...assignments, derivations: [...derivations], later: [...later] };
    });
    return copy;
  }

  /** The level of the last decision; 0 before the first one. */
  get decisionLevel(): number {
    return this.#levelStarts.length - 1;
  }

  /** What is known of a package. */
  term(packageId: number): Term<Versions> | undefined {
    return this.#assignments[packageId]?.term;
  }

  isDecided(packageId: number): boolean {
    return (this.#assignments[packageId]?.decision ?? null) !== null;
  }

  /** Decided packages, by level. */
  decidedPackages(): readonly number[] {
    return this.#levelStarts.slice(1).map((start) => this.#trail[start]!);
  }

  /** Chooses a version; `versions` holds just that one. See README.md#decision-making. */
  decide(packageId: number, versions: Versions): void {
    const assignments = this.#assignments[packageId];
    assert(
      assignments !== undefined && assignments.decision === null,
      `package ${packageId} cannot be decided`,
    );
    this.#levelStarts.push(this.#trail.length);
    const term = { isPositive: true, versions };
    const accumulated = this.#reading.decided(assignments.term, term);
    assignments.decision = { index: this.#trail.length, level: this.decisionLevel, term, accumulated };
    assignments.term = accumulated;
    this.#trail.push(packageId);
  }

  /** Records that the incompatibility forces the negation of its term on this package. README.md#unit-propagation */
  derive(packageId: number, cause: Incompatibility<Versions, Reason>): void {
    const causeTerm = termOf(cause, packageId);
    assert(causeTerm !== undefined, `incompatibility ${cause.id} says nothing of package ${packageId}`);
    const index = this.#trail.length;
    const assignments = this.#assignments[packageId];
    const derived = negate(causeTerm);
    const accumulated = assignments ? this.#reading.accumulate(assignments.term, derived) : derived;
    if (accumulated.isPositive) this.#pending?.add(packageId);
    const derivation = { index, level: this.decisionLevel, cause, accumulated };
    if (assignments === undefined) {
      const derivations = [derivation];
      this.#assignments[packageId] = {
        derivations,
        decision: null,
        later: [],
        term: accumulated,
        priority: 0,
        isPrioritized: false,
      };
      this.#known.push(packageId);
    } else {
      const isLater = assignments.decision !== null;
      assert(!isLater || this.#reading.derivesDecided, `package ${packageId} is decided already`);
      (isLater ? assignments.later : assignments.derivations).push(derivation);
      assignments.term = accumulated;
      assignments.isPrioritized = false;
    }
    this.#trail.push(packageId);
  }

  /** How this solution, with `assumed` in place of what it knows of one package, stands to an incompatibility. */
  relation(
    incompatibility: Incompatibility<Versions, Reason>,
    assumedPackage = -1,
    assumed?: Term<Versions>,
  ): IncompatibilityRelation {
    let open = -1;
    const { packages, terms } = incompatibility;
    for (let index = 0; index < packages.length; index++) {
      const packageId = packages[index]!;
      const known = packageId === assumedPackage ? assumed : this.#assignments[packageId]?.term;
      const relation = known === undefined ? 'inconclusive' : this.#reading.relate(known, terms[index]!);
      if (relation === 'contradicted') return 'contradicted';
      if (relation === 'satisfied') continue;
      if (open >= 0) return 'inconclusive';
      open = packageId;
    }
    return open < 0 ? 'satisfied' : open;
  }

  /**
   * The undecided package with the highest priority, ties by lowest number; -1 when all that must be selected is
   * decided. `prioritize` is asked again only for packages of which more or less is known than when it was last asked,
   * so that a priority that changes by itself takes effect late, as it does in uv.
   */
  pickPackage(prioritize: (packageId: number, versions: Versions) => number): number {
    let best = -1;
    let bestPriority = 0;
    for (const packageId of this.#known) {
      const assignments = this.#assignments[packageId]!;
      if (assignments.decision !== null || !assignments.term.isPositive) continue;
      if (!assignments.isPrioritized) {
        assignments.priority = prioritize(packageId, assignments.term.versions);
        assignments.isPrioritized = true;
      }
      const { priority } = assignments;
      if (best < 0 || priority > bestPriority || (priority === bestPriority && packageId < best)) {
        best = packageId;
        bestPriority = priority;
      }
    }
    return best;
  }

  /** Packages that anything is known of: what `pickPackage` looks at. */
  get knownCount(): number {
    return this.#known.length;
  }

  /** Packages that must be selected and are not decided, in the order in which they came to wait. */
  pendingPackages(): readonly number[] {
    return (this.#pending?.packages() ?? this.#known).filter((packageId) => {
      const { decision, term } = this.#assignments[packageId]!;
      return decision === null && term.isPositive;
    });
  }

  /** Undoes everything above a level; `undone` hears each decision that falls, last first. README.md#partial-solution */
  backtrack(level: number, undone?: (packageId: number) => void): void {
    this.hasBacktracked = true;
    if (level >= this.decisionLevel) return;
    const start = this.#levelStarts[level + 1]!;
    for (let index = this.#trail.length - 1; index >= start; index--) {
      const packageId = this.#trail[index]!;
      const assignments = this.#assignments[packageId]!;
      if (assignments.later.length > 0) assignments.later.pop();
      else if (assignments.decision !== null) {
        assignments.decision = null;
        undone?.(packageId);
      } else assignments.derivations.pop();
      assignments.isPrioritized = false;
      const last = assignments.later.at(-1) ?? assignments.decision ?? assignments.derivations.at(-1);
      if (last !== undefined) assignments.term = last.accumulated;
      else {
        this.#assignments[packageId] = undefined;
        // Packages become known in trail order, so this one is the last.
        this.#known.pop();
      }
    }
    if (this.#pending !== null) this.#requeue(this.#pending, new Set(this.#trail.slice(start)));
    this.#trail.length = start;
    this.#levelStarts.length = level + 1;
  }

  /** Packages that lost assignments wait again from where they must be selected, after all others. */
  #requeue(pending: PendingOrder, touched: ReadonlySet<number>): void {
    pending.requeue(touched, (packageId) => {
      const derivations = this.#assignments[packageId]?.derivations ?? [];
      return derivations.find(({ accumulated }) => accumulated.isPositive)?.index ?? null;
    });
  }

  /** The level that a package's decision opened, or null. */
  levelOf(packageId: number): number | null {
    return this.#assignments[packageId]?.decision?.level ?? null;
  }

  /** See README.md#satisfier. */
  satisfier(packageId: number, term: Term<Versions>): Satisfier<Versions, Reason> {
    return this.#firstDisjoint(packageId, negate(term));
  }

  /**
   * The last satisfier among an incompatibility's terms, and the level up to which the others already hold: at least
   * 1, and the level of `satisfier` itself when it cannot be told apart. See README.md#satisfier.
   */
  lastSatisfier(incompatibility: Incompatibility<Versions, Reason>): LastSatisfier<Versions, Reason> {
    const { packages, terms } = incompatibility;
    const { rest } = this.#reading;
    let last: Satisfier<Versions, Reason> | null = null;
    let lastTerm = terms[0]!;
    let difference: Term<Versions> | null = null;
    let previousLevel = 1;
    for (let index = 0; index < packages.length; index++) {
      const satisfier = this.satisfier(packages[index]!, terms[index]!);
      if (last === null || satisfier.index > last.index) {
        if (last !== null) previousLevel = Math.max(previousLevel, last.level);
        last = satisfier;
        lastTerm = terms[index]!;
        if (rest === 'last') continue;
        difference = this.#reading.difference(this.#ownTerm(last), lastTerm);
        if (difference !== null)
          previousLevel = Math.max(previousLevel, this.#firstDisjoint(last.package, difference).level);
      } else previousLevel = Math.max(previousLevel, satisfier.level);
    }
    assert(last !== null, 'an incompatibility without terms has no satisfier');
    const own = this.#ownTerm(last);
    // The satisfier may need earlier assignments of its package to satisfy the term: when did the rest hold?
    if (rest === 'last') {
      const open = intersectTerms(this.#sets, own, negate(lastTerm));
      previousLevel = Math.max(previousLevel, this.#firstDisjoint(last.package, open).level);
    }
    return { satisfier: last, previousLevel, own, term: lastTerm, difference };
  }

  /** What an assignment says by itself. */
  #ownTerm({ package: packageId, cause }: Satisfier<Versions, Reason>): Term<Versions> {
    return cause === null ? this.#assignments[packageId]!.decision!.term : negate(termOf(cause, packageId)!);
  }

  /** The first assignment of a package from which on nothing that is known of it fits `term`. */
  #firstDisjoint(packageId: number, term: Term<Versions>): Satisfier<Versions, Reason> {
    const assignments = this.#assignments[packageId];
    assert(assignments !== undefined, `no satisfier: nothing is known of package ${packageId}`);
    const { derivations, decision, later } = assignments;
    let low = 0;
    let high = derivations.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (areDisjoint(this.#sets, derivations[middle]!.accumulated, term)) high = middle;
      else low = middle + 1;
    }
    const found = derivations[low];
    if (found !== undefined)
      return { package: packageId, index: found.index, level: found.level, cause: found.cause };
    assert(decision !== null, `no satisfier: package ${packageId} does not satisfy the term`);
    const after =
      later.length === 0 || areDisjoint(this.#sets, decision.accumulated, term)
        ? undefined
        : later.find(({ accumulated }) => areDisjoint(this.#sets, accumulated, term));
    if (after !== undefined)
      return { package: packageId, index: after.index, level: after.level, cause: after.cause };
    return { package: packageId, index: decision.index, level: decision.level, cause: null };
  }
}
