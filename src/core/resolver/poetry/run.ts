/** One run of Poetry's solver, under one set of overrides. poetry 2.5, `mixology/version_solver.py`. */
import { hasUpperBound, isAny } from './constraint/constraint.ts';
import { allowsAll, allowsAny, intersect, subtract } from './constraint/operations.ts';
import { constraintText } from './constraint/constraint-text.ts';
import type { PoetryDependency } from './dependency.ts';
import { dividingMarker } from './marker-conflict.ts';
import { asDependency, type ChosenPackage, type PoetryPackage } from './package.ts';
import {
  completePackage,
  markerSplit,
  statedDependencies,
  type RunSetting,
} from './provider/complete-package.ts';
import { Candidates } from './provider/candidates.ts';
import type { LockedPackages } from './provider/locked-packages.ts';
import type { Repository } from './repository.ts';
import type { RunRecorder } from './run-recorder.ts';
import { PubGrubSolver } from '../pubgrub/solver.ts';
import { negative, positive } from '../pubgrub/term.ts';
import {
  DEPENDENCY_SETS,
  PoetryReading,
  type PackageNumbers,
  type PoetryIncompatibility,
  type PythonReason,
} from './terms.ts';

/** No set of versions meets the project's needs. */
export class SolveFailure extends Error {
  readonly incompatibility: PoetryIncompatibility;

  constructor(incompatibility: PoetryIncompatibility) {
    super('version solving failed');
    this.incompatibility = incompatibility;
  }
}

/** What all runs of one answer share. */
export interface RunContext {
  readonly root: PoetryPackage;
  readonly repository: Repository;
  readonly recorder: RunRecorder;
  readonly numbers: PackageNumbers;
  readonly locked: LockedPackages;
  /** Called before each decision; throws when there were enough. */
  readonly spend: () => void;
}

/** Which package is decided first: the lowest, compared part by part. */
type Precedence = readonly [kind: number, bounds: number, hasNone: number, count: number];

const NO_CHOICE = 1;
const USE_LATEST = 2;
const LOCKED = 3;
const DEFAULT = 4;

export class PoetryRun {
  readonly #context: RunContext;
  readonly #setting: RunSetting;
  readonly #candidates: Candidates;
  readonly #solver: PubGrubSolver<PoetryDependency, PythonReason>;
  readonly #rootNumber: number;
  readonly #chosen = new Map<number, ChosenPackage>();
  readonly #precedences = new Map<string, Precedence>();
  #isBacktracking = false;

  constructor(context: RunContext, setting: RunSetting) {
    const { root, numbers, recorder, repository } = context;
    const { algebra } = setting;
    this.#context = context;
    this.#setting = setting;
    this.#candidates = new Candidates(repository);
    this.#rootNumber = numbers.of(root.name);
    const rootDependency = asDependency(algebra, root, []);
    const sets = DEPENDENCY_SETS(algebra);
    const reading = new PoetryReading(algebra, numbers);
    this.#solver = new PubGrubSolver(sets, this.#rootNumber, rootDependency, recorder, reading);
    recorder.onBackjump = (from, to) => {
      this.#isBacktracking = true;
      for (let level = from; level > to; level--) this.#candidates.clearLevel(level);
    };
    const fact = {
      id: 0,
      packages: [this.#rootNumber],
      terms: [negative(rootDependency)],
      cause: { kind: 'root' },
    } as const;
    recorder.added(fact);
  }

  /** The packages that were chosen, in order; throws `SolveFailure`, `OverridesNeeded` and what providers throw. */
  solve(): readonly ChosenPackage[] {
    const { recorder } = this.#context;
    try {
      for (let next: number | null = this.#rootNumber; next !== null;) {
        const { failure } = this.#solver.propagate(next);
        if (failure !== null) this.#fail(failure);
        next = this.#choose();
      }
    } finally {
      recorder.tell({ kind: 'run-ended', tries: recorder.attempt });
    }
    return this.#solver.partialSolution
      .decidedPackages()
      .filter((number) => number !== this.#rootNumber)
      .map((number) => this.#chosen.get(number)!);
  }

  #fail(failure: PoetryIncompatibility): never {
    const marker = dividingMarker(this.#setting, failure);
    if (marker !== null) throw markerSplit(this.#setting, marker);
    throw new SolveFailure(failure);
  }

  /** Tries to decide a package; the number of the one that has to be looked at next, or null when all is decided. */
  #choose(): number | null {
    const number = this.#nextPackage();
    if (number === null) return null;
    this.#context.spend();
    const { partialSolution } = this.#solver;
    const dependency = partialSolution.term(number)!.versions;
    const chosen = this.#candidateFor(number, dependency);
    if (chosen === null) {
      const cause = { kind: 'no-versions', package: number, versions: dependency } as const;
      this.#solver.addExclusion([number], [positive(dependency)], cause);
      return number;
    }
    const { item, holder } = chosen;
    const complete = completePackage(this.#setting, item, holder);
    const facts = this.#stateFacts(number, complete, holder);
    const own = asDependency(this.#setting.algebra, item, complete.extras);
    if (this.#solver.decide(number, own, facts) !== null) return number;
    this.#chosen.set(number, complete);
    const { recorder } = this.#context;
    if (this.#isBacktracking) recorder.attempt++;
    this.#isBacktracking = false;
    recorder.decided(number, item.version, partialSolution.decisionLevel, item.isRoot);
    return number;
  }

  #nextPackage(): number | null {
    const { partialSolution } = this.#solver;
    let best: number | null = null;
    let least: Precedence | null = null;
    for (const number of partialSolution.pendingPackages()) {
      const precedence = this.#precedenceOf(partialSolution.term(number)!.versions);
      if (least !== null && !isBefore(precedence, least)) continue;
      best = number;
      least = precedence;
    }
    return best;
  }

  #candidateFor(
    number: number,
    dependency: PoetryDependency,
  ): { readonly item: PoetryPackage; readonly holder: PoetryDependency } | null {
    const { root, repository, locked } = this.#context;
    if (number === this.#rootNumber) return { item: root, holder: dependency };
    const kept = locked.find(dependency);
    if (kept !== null) return { item: repository.package(kept.name, kept.version), holder: dependency };
    const [first] = this.#candidates.search(dependency, this.#solver.partialSolution.decisionLevel);
    if (first === undefined) return null;
    first.holder.transitiveMarker = dependency.transitiveMarker;
    const { name, version } = first.release;
    return { item: repository.package(name, version), holder: first.holder };
  }

  /** Adds what must hold with the package: its dependencies, or that it cannot be used. */
  #stateFacts(
    number: number,
    complete: ChosenPackage,
    holder: PoetryDependency,
  ): readonly PoetryIncompatibility[] {
    const { algebra } = this.#setting;
    const { numbers } = this.#context;
    const { package: item, extras } = complete;
    if (!item.isRoot && this.#lacksPythons(item, holder)) {
      const own = asDependency(algebra, item, extras);
      const reason = {
        kind: 'python',
        required: item.pythonText,
        project: constraintText(this.#setting.python),
      } as const;
      const cause = { kind: 'unavailable', package: number, versions: own, reason } as const;
      return [this.#solver.addExclusion([number], [positive(own)], cause)];
    }
    return statedDependencies(this.#setting, complete).map((required) => {
      const own = asDependency(algebra, item, extras);
      const dependency = numbers.of(required.completeName);
      return this.#solver.addExclusion([number, dependency], [positive(own), negative(required)], {
        kind: 'dependency',
        dependent: number,
        versions: own,
        dependency,
        required,
      });
    });
  }

  /** Whether the package is wanted for Pythons of the project that it does not support. */
  #lacksPythons(item: PoetryPackage, holder: PoetryDependency): boolean {
    const { algebra, python } = this.#setting;
    if (allowsAll(item.python, python)) return false;
    const wanted = algebra.pythonOf(holder.transitiveMarker);
    if (isAny(wanted) || !allowsAny(python, holder.python)) return true;
    const supported = intersect(item.python, wanted);
    if (supported.kind === 'empty') return true;
    return intersect(subtract(wanted, supported), python).kind !== 'empty';
  }

  #precedenceOf(dependency: PoetryDependency): Precedence {
    const key = `${dependency.completeName} ${constraintText(dependency.constraint)}`;
    let precedence = this.#precedences.get(key);
    if (precedence === undefined) this.#precedences.set(key, (precedence = this.#weigh(dependency)));
    return precedence;
  }

  #weigh(dependency: PoetryDependency): Precedence {
    const { root, repository, locked } = this.#context;
    if (dependency.name === root.name && dependency.isRoot) return precedence(NO_CHOICE, root.requires, 1);
    const kept = locked.find(dependency);
    if (kept !== null) return precedence(LOCKED, countedRequires(kept.requires, dependency), 1);
    const found = this.#candidates.search(dependency, this.#solver.partialSolution.decisionLevel);
    const isFree = locked.isFreed(dependency.name);
    const kind = found.length < 2 ? NO_CHOICE : isFree ? USE_LATEST : DEFAULT;
    const [first] = found;
    if (first === undefined) return precedence(kind, [], 0);
    const { requires } = repository.package(first.release.name, first.release.version);
    return precedence(kind, countedRequires(requires, dependency), found.length);
  }
}

/** Dependencies without extras, and those of the extras that are asked for. */
function countedRequires(
  requires: readonly PoetryDependency[],
  { extras }: PoetryDependency,
): readonly PoetryDependency[] {
  return requires.filter(
    ({ inExtras }) => inExtras.length === 0 || inExtras.some((extra) => extras.includes(extra)),
  );
}

function precedence(kind: number, requires: readonly PoetryDependency[], count: number): Precedence {
  const bounds = requires.filter(({ constraint }) => hasUpperBound(constraint)).length;
  return [kind, -bounds, requires.length === 0 ? 1 : 0, -count];
}

function isBefore(a: Precedence, b: Precedence): boolean {
  for (const [index, part] of a.entries()) if (part !== b[index]!) return part < b[index]!;
  return false;
}
