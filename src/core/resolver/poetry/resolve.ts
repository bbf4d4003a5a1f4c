/** Poetry's answer to a project: runs of its solver, one after another, merged. poetry 2.5, `puzzle/solver.py`. */
import type { TraceRecorder } from '../trace-recorder.ts';
import { OUTCOME_KINDS, type Metrics, type Outcome, type Pin } from '../outcome.ts';
import type { PackageIndex } from '../../package-index/package-index.ts';
import type { LogLine } from './log.ts';
import type { MarkerAlgebra } from './marker/marker-algebra.ts';
import { MarkerTooComplex } from './marker/marker-algebra.ts';
import { OverridesNeeded, packageKey, type Overrides } from './overrides.ts';
import type { ChosenPackage } from './package.ts';
import { runSetting } from './provider/complete-package.ts';
import type { LockedPackages } from './provider/locked-packages.ts';
import { IncompatibleRequirements, TooManyCombinations } from './provider/overlap.ts';
import { BadMetadata, FactsMissing, Repository } from './repository.ts';
import { lockedEntries, type LockedEntry } from './result/lock.ts';
import { mergeRuns, type Solved, type SolvedPackage, type SolvedRun } from './result/merge-runs.ts';
import { packageMarkers } from './result/package-markers.ts';
import { reachedPackages } from './result/reached-packages.ts';
import { PoetryRun, SolveFailure, type RunContext } from './run.ts';
import { RunRecorder } from './run-recorder.ts';
import { PackageNumbers, PoetryCrash, type PoetryIncompatibility } from './terms.ts';
import type { PoetryProject } from './project/read-project.ts';

/** Decisions of all runs together, where nobody sets a limit. */
const DECISION_BUDGET = 100_000;
/** Overrides can double with every package. */
const RUN_BUDGET = 512;

export interface PoetryQuestion {
  readonly algebra: MarkerAlgebra;
  readonly project: PoetryProject;
  readonly index: PackageIndex;
  readonly locked: LockedPackages;
  readonly maxDecisions: number | null;
  readonly leavesOutUnknown: boolean;
  /** That of `PYTHONHASHSEED`. */
  readonly hashSeed: number;
}

/** How it ended, apart from the words. */
export type PoetryEnd =
  | { readonly kind: 'solved'; readonly entries: readonly LockedEntry[] }
  | { readonly kind: 'failed'; readonly failure: PoetryIncompatibility }
  | { readonly kind: 'incompatible'; readonly owner: string; readonly lines: readonly string[] }
  | { readonly kind: 'other' };

export interface PoetryAnswer {
  readonly outcome: Outcome;
  readonly end: PoetryEnd;
  readonly metrics: Metrics;
  readonly log: readonly LogLine[];
  /** How often the solver ran. */
  readonly runs: number;
}

class BudgetSpent extends Error {}

export function resolveProject(question: PoetryQuestion, recorder: TraceRecorder): PoetryAnswer {
  return new ProjectSolver(question, recorder).solve();
}

class ProjectSolver {
  readonly #question: PoetryQuestion;
  readonly #recorder: TraceRecorder;
  readonly #run: RunRecorder;
  readonly #context: RunContext;
  /** Overrides of all runs that had any. */
  readonly #overridden: Overrides[] = [];
  #runs = 0;
  /** Runs that found versions, and what they chose. */
  #finished = 0;
  readonly #finishedPins = new Map<string, Pin>();
  #decisions = 0;

  constructor(question: PoetryQuestion, recorder: TraceRecorder) {
    const { algebra, project, index, locked, leavesOutUnknown, hashSeed } = question;
    const numbers = new PackageNumbers(hashSeed);
    this.#question = question;
    this.#recorder = recorder;
    this.#run = new RunRecorder(recorder, numbers, project.root.name);
    this.#context = {
      root: project.root,
      repository: new Repository(index, algebra, this.#run, leavesOutUnknown),
      recorder: this.#run,
      numbers,
      locked,
      spend: () => this.#spend(),
    };
  }

  solve(): PoetryAnswer {
    const { end, outcome } = this.#end();
    this.#recorder.record('done', OUTCOME_KINDS.indexOf(outcome.kind), 0);
    return { end, outcome, metrics: this.#metrics(), log: this.#run.log, runs: this.#runs };
  }

  #end(): { readonly end: PoetryEnd; readonly outcome: Outcome } {
    const { algebra, project } = this.#question;
    try {
      const solved = this.#solveUnder(new Map());
      const entries = lockedEntries(algebra, solved, project.root.python);
      if (this.#overridden.length > 1) this.#run.say({ kind: 'all-ended', overrides: this.#overridden });
      return {
        end: { kind: 'solved', entries },
        outcome: { kind: 'solved', pins: pinsOf(entries), broken: [] },
      };
    } catch (error) {
      return this.#failed(error);
    }
  }

  #failed(error: unknown): { readonly end: PoetryEnd; readonly outcome: Outcome } {
    const end = { kind: 'other' } as const;
    const stopped = (reason: 'budget' | 'crash', detail: string): { end: PoetryEnd; outcome: Outcome } => ({
      end,
      outcome: { kind: 'stopped', reason, detail, pins: this.#standingPins() },
    });
    if (error instanceof SolveFailure) {
      const { incompatibility: failure } = error;
      return {
        end: { kind: 'failed', failure },
        outcome: { kind: 'unsolvable', incompatibility: this.#run.row(failure) },
      };
    }
    if (error instanceof IncompatibleRequirements) {
      const { owner, lines } = error;
      return { end: { kind: 'incompatible', owner, lines }, outcome: { kind: 'unsolvable' } };
    }
    if (error instanceof FactsMissing) return { end, outcome: { kind: 'incomplete', missing: error.facts } };
    if (error instanceof BudgetSpent) return this.#cutShort(stopped('budget', ''));
    if (error instanceof MarkerTooComplex || error instanceof TooManyCombinations)
      return stopped('budget', 'markers');
    if (error instanceof PoetryCrash || error instanceof BadMetadata) return stopped('crash', error.message);
    throw error;
  }

  /** Of runs under overrides some may have ended: what they chose is known. */
  #cutShort(stopped: { readonly end: PoetryEnd; readonly outcome: Outcome }): typeof stopped {
    if (this.#finished === 0 || stopped.outcome.kind !== 'stopped') return stopped;
    const pins = [...this.#finishedPins.values()];
    const outcome: Outcome = {
      ...stopped.outcome,
      detail: `overrides: ${this.#finished}`,
      pins,
      partial: { kind: 'solved', pins },
    };
    return { end: stopped.end, outcome };
  }

  #keepFinished(solved: Solved): void {
    this.#finished++;
    for (const { package: item } of solved.values()) {
      const { name, version } = item.package;
      this.#finishedPins.set(`${name} ${version.text}`, pinOf(name, version.text));
    }
  }

  #spend(): void {
    this.#decisions++;
    if (this.#decisions > (this.#question.maxDecisions ?? DECISION_BUDGET) || this.#runs > RUN_BUDGET)
      throw new BudgetSpent();
  }

  #solveUnder(overrides: Overrides): Solved {
    const { algebra, project } = this.#question;
    if (overrides.size > 0) this.#overridden.push(overrides);
    if (this.#runs > 0) this.#run.nextRun();
    this.#runs++;
    try {
      const setting = runSetting(algebra, overrides, project.root.python, this.#run.say);
      const solved = this.#aggregate(new PoetryRun(this.#context, setting).solve());
      this.#keepFinished(solved);
      return solved;
    } catch (error) {
      if (!(error instanceof OverridesNeeded)) throw error;
      return this.#solveEach(error.overrides);
    }
  }

  #solveEach(all: readonly Overrides[]): Solved {
    const { algebra, project } = this.#question;
    const runs = all.map((overrides): SolvedRun => {
      this.#run.say({ kind: 'retrying', overrides });
      return { overrides, packages: this.#solveUnder(overrides) };
    });
    return mergeRuns(algebra, runs, project.root.python);
  }

  /** What the project reaches of the packages that a run chose; those with extras go into those without. */
  #aggregate(chosen: readonly ChosenPackage[]): Solved {
    const { algebra, project } = this.#question;
    const { root } = project;
    const rootChosen = { package: root, extras: [], completeName: root.name, requires: [...root.requires] };
    const reach = reachedPackages(algebra, rootChosen, chosen);
    const markers = packageMarkers(algebra, reach);
    const reached = new Map(reach.packages.map((item) => [item.package, item]));
    const solved = new Map<string, SolvedPackage>();
    for (const item of chosen) {
      const { completeName, package: own } = item;
      const found = reached.get(item);
      if (found === undefined) {
        this.#run.say({ kind: 'orphan', completeName, version: own.version.text });
        continue;
      }
      if (item.extras.length > 0) addToBase(item, chosen);
      else {
        const { groups, isOptional } = found;
        solved.set(packageKey(own.name, own), {
          package: item,
          groups,
          isOptional,
          markers: markers.get(item)!,
        });
      }
    }
    return solved;
  }

  #standingPins(): readonly Pin[] {
    return this.#run.standing().map(({ name, version }) => pinOf(name, version));
  }

  #metrics(): Metrics {
    const count = (kind: Parameters<TraceRecorder['count']>[0]): number => this.#recorder.count(kind);
    return {
      rounds: this.#decisions,
      pinned: count('decide'),
      rejected: 0,
      undone: count('unpin') - this.#run.setAside,
      requirements: count('incompatibility'),
      pages: count('page'),
      metadata: count('metadata'),
    };
  }
}

/** A package with extras needs what its base does; the lock lists it there. */
function addToBase(item: ChosenPackage, chosen: readonly ChosenPackage[]): void {
  for (const base of chosen) {
    if (base.extras.length > 0 || base.package !== item.package) continue;
    for (const dependency of item.requires) {
      if (dependency.name === item.package.name) continue;
      const isKnown = base.requires.some(
        (known) =>
          known === dependency ||
          (known.completeName === dependency.completeName &&
            known.marker === dependency.marker &&
            known.pretty === dependency.pretty),
      );
      if (!isKnown) base.requires.push(dependency);
    }
  }
}

function pinOf(name: string, version: string, marker = ''): Pin {
  const pin = { name, version, extras: [], filename: null, origin: 'index', yanked: false } as const;
  return marker === '' ? pin : { ...pin, marker };
}

function pinsOf(entries: readonly LockedEntry[]): readonly Pin[] {
  return entries.map(({ name, version, markers }) =>
    pinOf(name, version, typeof markers === 'string' ? markers : ''),
  );
}
