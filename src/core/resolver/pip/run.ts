/** One resolution of pip's: puts the parts together, runs the search, and says how it ended. */
import { evaluateMarker, formatMarker } from '../../packaging/marker.ts';
import { Search, type SearchResult } from '../backtracking/search.ts';
import { SEARCH_VARIANTS } from '../backtracking/variants.ts';
import type { ResolveRequest } from '../engine.ts';
import type { Outcome } from '../outcome.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import { checkPins } from '../pin-checker.ts';
import { announce, filesToInstall } from './aftermath.ts';
import { BuildRuns } from './build-runs.ts';
import type { PipCandidate } from './candidate.ts';
import type { StoreContext } from './candidate-store.ts';
import { collectConstraints, type Constraint } from './constraints.ts';
import { type EngineParts, makeEngineParts } from './engine-parts.ts';
import type { PipEra } from './era.ts';
import { installationError } from './installation-error.ts';
import { type InstallRequirement, withoutMarker } from './install-requirement.ts';
import { Narrowing } from './narrowing.ts';
import { pinsOf } from './pins.ts';
import { PipProvider } from './pip-provider.ts';
import { Preference } from './preference.ts';
import type { ProjectStore } from './project-store.ts';
import type { PipNotice, PipReport } from './report.ts';
import type { PipRequirement } from './requirement.ts';
import { choiceListener, PipSearchReporter } from './search-reporter.ts';
import { AbortSignal, CrashSignal, MissingFactSignal } from './stop-signals.ts';

export interface RunEnd {
  readonly outcome: Outcome;
  /** Null when it was solved, or stopped for a reason of ours. */
  readonly report: PipReport | null;
}

export class PipRun {
  readonly #request: ResolveRequest;
  readonly #era: PipEra;
  readonly #recorder: TraceRecorder;
  readonly #depth: number;
  readonly builds: BuildRuns;
  readonly #parts: EngineParts;
  readonly #context: StoreContext;
  /** Place of what the user named, among constraints and requirements. */
  readonly #userOrder = new Map<number, number>();

  /** `depth` counts the builds that this run is for. */
  constructor(request: ResolveRequest, era: PipEra, recorder: TraceRecorder, depth = 0) {
    this.#request = request;
    this.#era = era;
    this.#recorder = recorder;
    this.#depth = depth;
    const runNested = (nested: ResolveRequest): Outcome =>
      new PipRun(nested, era, recorder, depth + 1).run().outcome;
    this.builds = new BuildRuns({ request, era, recorder, depth, runNested });
    this.#parts = makeEngineParts(request, era, recorder, (file, row, ireq) => {
      return this.builds.build({ file, row, ireq }, this.#parts.context.notify);
    });
    this.#context = this.#parts.context;
  }

  get projects(): ProjectStore {
    return this.#context.projects;
  }

  get notices(): readonly PipNotice[] {
    return this.#parts.notices;
  }

  run(): RunEnd {
    const end = this.#runToEnd();
    const { leftOut } = this.#parts.store;
    if (leftOut.length > 0) {
      const projects = [...new Set(leftOut)].sort();
      this.#context.notify({ kind: 'unknown-left-out', files: leftOut.length, projects });
    }
    return end;
  }

  #runToEnd(): RunEnd {
    try {
      return this.#resolve();
    } catch (signal) {
      return endOfSignal(signal);
    }
  }

  #resolve(): RunEnd {
    if (
      this.#depth === 0 &&
      !this.#era.hasBuildConstraints &&
      (this.#request.buildConstraints ?? []).length > 0
    )
      this.#context.notify({ kind: 'no-build-constraints' });
    const constraints = collectConstraints(this.#request, this.#era, (set) => this.projects.intern(set));
    this.#addConstraintRows();
    const roots = this.#roots();
    const reporter = new PipSearchReporter(
      this.#recorder,
      this.#context.rows,
      this.#context.notify,
      this.#era.texts,
    );
    const provider = this.#provider(constraints);
    reporter.choosing = choiceListener(this.#recorder, provider);
    const search = new Search(provider, reporter, SEARCH_VARIANTS[this.#era.search], {
      maxRounds: this.#era.maxRounds,
      budget: this.#request.options.maxRounds,
    });
    return this.#end(search.resolve(roots), constraints);
  }

  #provider(constraints: ReadonlyMap<string, Constraint>): PipProvider {
    const python = this.#context.identifiers.python();
    const narrowing = new Narrowing(python, this.#era.promotesConflicts);
    const preference = new Preference({
      era: this.#era,
      python,
      setuptools: this.#context.identifiers.of('setuptools'),
      userOrder: this.#userOrder,
      promoted: narrowing.promoted,
      ...(this.#request.preference === undefined ? {} : { order: this.#request.preference }),
    });
    return new PipProvider({
      context: this.#context,
      store: this.#parts.store,
      maker: this.#parts.maker,
      files: this.#parts.files,
      constraints,
      narrowing,
      preference,
      userOrder: this.#userOrder,
    });
  }

  #addConstraintRows(): void {
    for (const { requirement, source } of this.#request.constraints) {
      this.#context.rows.constraint(requirement.normalizedName, requirement.text, source);
    }
  }

  /** The user's requirements, those with extras last (23.3), so that the others narrow them from the start. */
  #roots(): readonly PipRequirement[] {
    const roots: PipRequirement[] = [];
    this.#request.requirements.forEach(({ requirement, hashes, source, isEditable }, index) => {
      const { marker } = requirement;
      const place = this.#request.constraints.length + index;
      if (this.#era.userNames === 'project') {
        this.#nameByUser(this.#context.identifiers.of(requirement.normalizedName), place);
      }
      const holds =
        marker === null || evaluateMarker(marker, this.#request.target.markers, '', this.#era.policy);
      if (!holds) {
        this.#context.notify({
          kind: 'ignored-marker',
          name: requirement.name,
          marker: formatMarker(marker, this.#era.policy),
        });
        return;
      }
      const ireq: InstallRequirement = {
        requirement,
        comesFrom: null,
        hashes: hashes.length === 0 ? null : hashes,
        ...(isEditable ? { isEditable } : {}),
      };
      const made = this.#parts.maker.make(withoutMarker(ireq), [], this.#depth === 0 ? source : undefined);
      const [first] = made;
      if (first !== undefined && this.#era.userNames === 'identifier') {
        this.#nameByUser(first.identifier, place);
      }
      for (const item of made) roots.push(item);
    });
    return this.#era.splitsExtras ? this.#extrasLast(roots) : roots;
  }

  /** The first place counts. */
  #nameByUser(identifier: number, place: number): void {
    if (!this.#userOrder.has(identifier)) this.#userOrder.set(identifier, place);
  }

  #extrasLast(roots: readonly PipRequirement[]): readonly PipRequirement[] {
    const hasExtras = ({ identifier }: PipRequirement): number => {
      return this.#context.identifiers.entry(identifier).extras.length > 0 ? 1 : 0;
    };
    return roots.toSorted((a, b) => hasExtras(a) - hasExtras(b));
  }

  #end(
    result: SearchResult<PipRequirement, PipCandidate>,
    constraints: ReadonlyMap<string, Constraint>,
  ): RunEnd {
    switch (result.kind) {
      case 'solved':
        return this.#solved(result.pins);
      case 'impossible': {
        const { causes } = result;
        const report = installationError(causes, { store: this.#context, constraints });
        const outcome = { kind: 'unsolvable', causes: this.#context.rows.causes(causes) } as const;
        return { outcome, report };
      }
      case 'crash': {
        const { exception } = result;
        const pins = pinsOf(result.pins);
        return {
          outcome: { kind: 'stopped', reason: 'crash', detail: exception, pins },
          report: { kind: 'crash', exception },
        };
      }
      case 'too-deep':
      case 'livelock':
      case 'budget': {
        const reason = result.kind === 'too-deep' ? 'limit' : result.kind;
        const outcome: Outcome = {
          kind: 'stopped',
          reason,
          detail: String(result.rounds),
          pins: pinsOf(result.pins),
        };
        const report =
          result.kind === 'budget' ? null : ({ kind: 'too-deep', rounds: result.rounds } as const);
        return { outcome, report };
      }
    }
  }

  #solved(candidates: readonly PipCandidate[]): RunEnd {
    const files = filesToInstall(candidates, this.#parts);
    announce(files, this.#parts);
    const pins = pinsOf(candidates, new Set(files));
    const broken = checkPins(this.#request, pins);
    return { outcome: { kind: 'solved', pins, broken }, report: null };
  }
}

/** Signals become outcomes; anything else is a bug and goes on. */
function endOfSignal(signal: unknown): RunEnd {
  if (signal instanceof MissingFactSignal) {
    return { outcome: { kind: 'incomplete', missing: [signal.fact] }, report: null };
  }
  if (signal instanceof CrashSignal) {
    const { exception, said } = signal;
    return {
      outcome: { kind: 'stopped', reason: 'crash', detail: exception, pins: [] },
      report: { kind: 'crash', exception, said },
    };
  }
  if (signal instanceof AbortSignal) {
    return {
      outcome: { kind: 'unsolvable' },
      report: { kind: 'abort', abort: signal.report },
    };
  }
  throw signal;
}
