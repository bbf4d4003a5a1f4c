/**
 * PubGrub: unit propagation and conflict resolution. The caller drives the loop: propagate, pick a package, choose a
 * version, add its dependencies, decide (README.md#the-loop). Packages are small integers, version sets are whatever
 * `VersionSets` says; the solver knows nothing of Python.
 */
import type { Agenda } from './agenda.ts';
import type { IncompatibilityCause, Incompatibility } from './incompatibility.ts';
import { IncompatibilityStore } from './incompatibility-store.ts';
import { PartialSolution } from './partial-solution.ts';
import { SetReading, type Reading } from './reading.ts';
import type { SolverObserver } from './solver-observer.ts';
import { negative, positive, type Term } from './term.ts';
import type { VersionSets } from './version-sets.ts';

/** A step of conflict resolution: the pivot, and the incompatibility that was derived or found to be the root cause. */
export interface ConflictStep<Versions, Reason> {
  readonly package: number;
  readonly incompatibility: Incompatibility<Versions, Reason>;
}

/** `failure` is the incompatibility that proves that there is no solution; null while there may be one. */
export interface Propagation<Versions, Reason> {
  readonly failure: Incompatibility<Versions, Reason> | null;
  readonly conflicts: readonly ConflictStep<Versions, Reason>[];
}

/** A dependency of some versions of a package. */
export interface SolverDependency<Versions> {
  readonly package: number;
  readonly versions: Versions;
}

export class PubGrubSolver<Versions, Reason> {
  #partialSolution: PartialSolution<Versions, Reason>;
  readonly #sets: VersionSets<Versions>;
  #store: IncompatibilityStore<Versions, Reason>;
  readonly #root: number;
  readonly #observer: SolverObserver<Versions, Reason> | null;
  readonly #reading: Reading<Versions, Reason>;
  /** By incompatibility: contradicted now. Saves looking again; undone when the level falls. */
  #isContradicted: boolean[] = [];
  /** Ids marked in `#isContradicted`, with the level at which each was. */
  #contradicted: { readonly id: number; readonly level: number }[] = [];

  /** `rootVersions` holds the one version of the root package. */
  constructor(
    sets: VersionSets<Versions>,
    root: number,
    rootVersions: Versions,
    observer: SolverObserver<Versions, Reason> | null = null,
    reading: Reading<Versions, Reason> = new SetReading<Versions, Reason>(sets),
  ) {
    this.#sets = sets;
    this.#root = root;
    this.#observer = observer;
    this.#reading = reading;
    this.#store = new IncompatibilityStore(sets, reading.mergesDependents);
    this.#partialSolution = new PartialSolution(sets, reading);
    this.#store.add({
      id: this.#store.nextId(),
      packages: [root],
      terms: [negative(rootVersions)],
      cause: { kind: 'root' },
    });
  }

  get partialSolution(): PartialSolution<Versions, Reason> {
    return this.#partialSolution;
  }

  /** A solver in the same state that goes on by itself. Incompatibilities, which never change, are shared. */
  clone(): PubGrubSolver<Versions, Reason> {
    const copy = new PubGrubSolver(this.#sets, this.#root, this.#sets.empty, this.#observer, this.#reading);
    copy.#store = this.#store.clone();
    copy.#partialSolution = this.#partialSolution.clone();
    copy.#isContradicted = [...this.#isContradicted];
    copy.#contradicted = [...this.#contradicted];
    return copy;
  }

  /** Packages of which some version is known to need this one, decided or not; the same one may come twice. */
  *dependentsOf(packageId: number): Generator<number> {
    for (const { cause } of this.#store.ofPackage(packageId)) {
      if (cause.kind === 'dependency' && cause.dependency === packageId && cause.dependent !== packageId)
        yield cause.dependent;
    }
  }

  /** States that the package has no version in the set. README.md#incompatibility */
  addNoVersions(packageId: number, versions: Versions): void {
    this.#addFact(packageId, versions, { kind: 'no-versions', package: packageId, versions });
  }

  /** States that these versions cannot be used. README.md#incompatibility */
  addUnavailable(packageId: number, versions: Versions, reason: Reason): void {
    this.#addFact(packageId, versions, { kind: 'unavailable', package: packageId, versions, reason });
  }

  /** States that these terms must not all hold; `cause` says why. */
  addExclusion(
    packages: readonly number[],
    terms: readonly Term<Versions>[],
    cause: Exclude<IncompatibilityCause<Versions, Reason>, { kind: 'derived' }>,
  ): Incompatibility<Versions, Reason> {
    const incompatibility = this.#store.add({ id: this.#store.nextId(), packages, terms, cause });
    this.#observer?.added(incompatibility);
    return incompatibility;
  }

  /** States that `versions` of a package need the dependency, without deciding anything. */
  addDependency(
    packageId: number,
    versions: Versions,
    dependency: SolverDependency<Versions>,
  ): Incompatibility<Versions, Reason> {
    const incompatibility = this.#store.dependency({
      kind: 'dependency',
      dependent: packageId,
      versions,
      dependency: dependency.package,
      required: dependency.versions,
    });
    const added = this.#store.add(incompatibility);
    this.#observer?.added(added);
    return incompatibility;
  }

  /**
   * Adds the dependencies that `versions` share and decides `version`, one of them. After the first conflict it looks
   * first: if a dependency cannot be met already, nothing is decided and that incompatibility is returned.
   * See README.md#decision-making.
   */
  addDependenciesAndDecide(
    packageId: number,
    version: Versions,
    versions: Versions,
    dependencies: Iterable<SolverDependency<Versions>>,
  ): Incompatibility<Versions, Reason> | null {
    const added: Incompatibility<Versions, Reason>[] = [];
    for (const dependency of dependencies) added.push(this.addDependency(packageId, versions, dependency));
    return this.decide(packageId, version, added);
  }

  /** Decides a version, unless one of its facts, which are known already, would be a conflict at once: returns that. */
  decide(
    packageId: number,
    version: Versions,
    facts: readonly Incompatibility<Versions, Reason>[],
  ): Incompatibility<Versions, Reason> | null {
    if (this.#reading.looksAhead === 'always' || this.#partialSolution.hasBacktracked) {
      const assumed = positive(version);
      for (const fact of facts)
        if (this.#partialSolution.relation(fact, packageId, assumed) === 'satisfied') return fact;
    }
    this.#partialSolution.decide(packageId, version);
    return null;
  }

  /** Derives all that follows once something has changed for a package. See README.md#unit-propagation. */
  propagate(packageId: number): Propagation<Versions, Reason> {
    const conflicts: ConflictStep<Versions, Reason>[] = [];
    const changed = this.#reading.agenda();
    changed.add(packageId);
    for (let current = changed.take(); current !== undefined; current = changed.take()) {
      const conflict = this.#propagatePackage(current, changed);
      if (conflict === null) continue;
      this.#observer?.clashed(conflict);
      const resolution = this.#resolveConflict(conflict, conflicts);
      if (resolution.failure !== null) return { failure: resolution.failure, conflicts };
      changed.clear();
      changed.add(resolution.package);
      this.#derive(resolution.package, resolution.rootCause);
    }
    return { failure: null, conflicts };
  }

  /** Goes back to just before a package was decided; false when it is not decided. README.md#partial-solution */
  backtrackPackage(packageId: number): boolean {
    const level = this.#partialSolution.levelOf(packageId);
    if (level === null) return false;
    this.#backtrack(level - 1);
    return true;
  }

  #addFact(packageId: number, versions: Versions, cause: IncompatibilityCause<Versions, Reason>): void {
    const incompatibility = this.#store.add(this.#store.fact(packageId, versions, cause));
    this.#observer?.added(incompatibility);
  }

  /** The first incompatibility of a package that is satisfied, or null after deriving what the others force. */
  #propagatePackage(packageId: number, changed: Agenda): Incompatibility<Versions, Reason> | null {
    const incompatibilities = this.#store.ofPackage(packageId);
    // Newest first: conflict resolution makes more general ones as time goes on.
    for (let index = incompatibilities.length - 1; index >= 0; index--) {
      const incompatibility = incompatibilities[index]!;
      if (this.#isContradicted[incompatibility.id] === true) continue;
      const relation = this.#partialSolution.relation(incompatibility);
      if (relation === 'satisfied') return incompatibility;
      if (relation === 'contradicted') this.#markContradicted(incompatibility);
      else if (relation !== 'inconclusive') {
        changed.add(relation);
        this.#derive(relation, incompatibility);
      }
    }
    return null;
  }

  #derive(packageId: number, cause: Incompatibility<Versions, Reason>): void {
    this.#partialSolution.derive(packageId, cause);
    this.#markContradicted(cause);
    this.#observer?.derived(packageId, cause, this.#partialSolution.decisionLevel);
  }

  #markContradicted({ id }: Incompatibility<Versions, Reason>): void {
    this.#isContradicted[id] = true;
    this.#contradicted.push({ id, level: this.#partialSolution.decisionLevel });
  }

  /** See README.md#conflict-resolution. */
  #resolveConflict(
    conflict: Incompatibility<Versions, Reason>,
    steps: ConflictStep<Versions, Reason>[],
  ):
    | { readonly failure: Incompatibility<Versions, Reason> }
    | {
        readonly failure: null;
        readonly package: number;
        readonly rootCause: Incompatibility<Versions, Reason>;
      } {
    let current = conflict;
    for (;;) {
      if (this.#isTerminal(current)) return { failure: current };
      const { satisfier, previousLevel, own, term, difference } =
        this.#partialSolution.lastSatisfier(current);
      if (previousLevel < satisfier.level || satisfier.cause === null) {
        this.#backtrack(previousLevel);
        if (current !== conflict) {
          this.#store.add(current);
          this.#observer?.kept?.(current);
        }
        steps.push({ package: satisfier.package, incompatibility: current });
        return { failure: null, package: satisfier.package, rootCause: current };
      }
      const pivot = { package: satisfier.package, term, satisfier: own, difference };
      current = this.#reading.learn(this.#store.nextId(), pivot, current, satisfier.cause);
      this.#observer?.learned(current, pivot);
      steps.push({ package: satisfier.package, incompatibility: current });
    }
  }

  /** Whether the incompatibility says that the root itself cannot be selected. */
  #isTerminal(incompatibility: Incompatibility<Versions, Reason>): boolean {
    const { packages, terms } = incompatibility;
    if (packages.length === 0) return true;
    return packages.length === 1 && packages[0] === this.#root && terms[0]!.isPositive;
  }

  #backtrack(level: number): void {
    const fromLevel = this.#partialSolution.decisionLevel;
    this.#partialSolution.backtrack(level, this.#observer ? (id) => this.#observer?.undone(id) : undefined);
    while (this.#contradicted.length > 0 && this.#contradicted.at(-1)!.level > level) {
      this.#isContradicted[this.#contradicted.pop()!.id] = false;
    }
    this.#observer?.backjumped(fromLevel, level);
  }
}
