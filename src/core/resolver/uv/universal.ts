/** uv's universal mode: one resolution for all environments, in forks where they differ. README.md#universal-mode */
import { parseSpecifierSet } from '../../packaging/specifier.ts';
import { compareVersions, parseVersion, type Version } from '../../packaging/version.ts';
import { versionOf } from '../../packaging/version-cut.ts';
import type { ResolveRequest } from '../engine.ts';
import { OUTCOME_KINDS, type Outcome, type Pin } from '../outcome.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import { dependenciesOf, unsatisfiableDependency } from './dependencies.ts';
import { ForkState } from './fork-state.ts';
import type { DecidedVersion, StepResult } from './fork-step.ts';
import { ForkPlanner, sortForks, splitByPython } from './forks.ts';
import { compareCuts } from '../../packaging/version-cut.ts';
import { ConflictForks, type SidedFork } from './conflict-forks.ts';
import { pinsIn } from './lock-document.ts';
import { makeLock } from './lock-graph.ts';
import { pythonRange, readMarkerTree, versionTree, withinPython } from './marker-from-text.ts';
import { markerText } from './marker-text.ts';
import { FALSE_MARKER, TRUE_MARKER, type MarkerTree } from './marker-tree.ts';
import { lowerCut, projectRequirement, raisedTo, type PythonRequirement } from './python-requirement.ts';
import type { PlatformPart } from './platform-forks.ts';
import { isProject, reachableProjects } from './reachability.ts';
import type { RequirementScope } from './requirement-flattener.ts';
import { makeContext, type ResolutionContext } from './resolution-context.ts';
import {
  DEFAULT_MAX_DECISIONS,
  failureOf,
  metricsOf,
  pinsOf,
  type UvLane,
  type UvResult,
} from './uv-result.ts';
import { readDependencies } from './version-dependencies.ts';
import { warningsOn } from './warnings.ts';

type Stopped = Extract<Outcome, { kind: 'incomplete' | 'stopped' }>;

interface SolvedFork {
  readonly fork: ForkState;
  /** By project: where it is needed. */
  readonly markers: ReadonlyMap<string, MarkerTree>;
}

/** What ended the resolution before all forks were solved. */
type Ended =
  | { readonly kind: 'failed'; readonly result: UvResult }
  | { readonly kind: 'stopped'; readonly outcome: Stopped };

/** The project's `requires-python`; without one, the interpreter's minor version and everything above. */
function pythonOf(request: ResolveRequest): PythonRequirement {
  const { requiresPython, pythonVersion } = request.options;
  const installed = request.target.python;
  const asked = pythonVersion === null ? null : parseVersion(pythonVersion);
  const [major = 3, minor = 0] = installed.release;
  const text = requiresPython ?? `>=${asked?.ok === true ? asked.value.text : `${major}.${minor}`}`;
  const parsed = parseSpecifierSet(text);
  if (parsed.ok) return projectRequirement(installed, parsed.value);
  const fallback = parseSpecifierSet(`>=${major}.${minor}`);
  return projectRequirement(installed, fallback.ok ? fallback.value : { specifiers: [], text: '' });
}

/** Decisions at most where declared conflicts divide the search: each part begins a new one. */
const MAX_DECISIONS_OF_PARTS = 60_000;

/** So many environments are ordinary. */
const MAX_UNCOUNTED_ENVIRONMENTS = 100;

class UniversalResolution {
  readonly #context: ResolutionContext;
  readonly #recorder: TraceRecorder;
  readonly #python: PythonRequirement;
  readonly #conflicts: ConflictForks;
  /** Whether declared conflicts make so many combinations that only the simplest are looked at. */
  #isCut = false;
  /** Whether they divide the search at all, or many environments do. */
  #isDivided = false;
  /** Forks that wait, the next one last. A fork is made when its turn comes. */
  readonly #open: (() => ForkState)[] = [];
  readonly #solved: SolvedFork[] = [];
  /** Versions that solved forks chose, and those of the lock beside the project. */
  readonly #preferences = new Map<string, Version[]>();
  #rounds = 0;

  constructor(request: ResolveRequest, recorder: TraceRecorder) {
    this.#recorder = recorder;
    this.#python = pythonOf(request);
    for (const [name, versions] of request.locked ?? []) this.#preferences.set(name, [...versions]);
    this.#conflicts = new ConflictForks(request.uvProject?.conflicts ?? []);
    this.#context = makeContext(request, recorder, lowerCut(this.#python.target).version);
    this.#context.log.tell({ kind: 'python', python: this.#python });
    const first = this.#firstMarkers();
    this.#isDivided = first.length > MAX_UNCOUNTED_ENVIRONMENTS;
    for (const marker of first) {
      const range = pythonRange(marker);
      const python = range.isFull ? this.#python : raisedTo(this.#python, range);
      const scope = this.#scope(marker, python);
      this.#open.push(() => {
        const fork = new ForkState(this.#context, scope, python, this.#preferences);
        if (this.#solved.length > 0) fork.resume();
        return fork;
      });
    }
  }

  run(): UvResult {
    for (let begin = this.#open.pop(); begin !== undefined; begin = this.#open.pop()) {
      const fork = begin();
      this.#tellSplit(fork, 'split-begins');
      const ended = this.#runFork(fork);
      if (ended?.kind === 'failed') return ended.result;
      if (ended?.kind === 'stopped') return this.#result(ended.outcome);
    }
    return this.#isCut
      ? this.#cutResult()
      : this.#result({ kind: 'solved', pins: this.#mergedPins(), broken: [] });
  }

  /** Each part of the project was resolved by itself; the combinations of parts were not. */
  #cutResult(): UvResult {
    const { uvProject: project, target } = this.#context.request;
    const forks = this.#solved.map(({ fork }) => fork);
    const lock = makeLock(this.#context, this.#python, forks, { simplifies: false });
    const pinned = project === undefined ? null : pinsIn(lock, project, target.markers);
    const pins = this.#mergedPins()
      .filter(({ name, version }) => pinned?.get(name) === version)
      .map((pin) => withMarker(pin, null));
    const partial = { kind: 'solved', pins } as const;
    return this.#result({ kind: 'stopped', reason: 'budget', detail: 'conflicts', pins, partial });
  }

  /**
   * Where the search begins: everywhere, or in each environment that the project supports. The last is solved first:
   * that of the highest Python, and of several the one that is written first.
   */
  #firstMarkers(): readonly MarkerTree[] {
    const { algebra, request } = this.#context;
    const environments = request.uvProject?.environments ?? [];
    if (environments.length === 0) return [TRUE_MARKER];
    const markers = environments.map((text) => readMarkerTree(algebra, text) ?? TRUE_MARKER);
    return markers
      .toReversed()
      .sort((a, b) => compareCuts(lowerCut(pythonRange(a)), lowerCut(pythonRange(b))));
  }

  #scope(marker: MarkerTree, python: PythonRequirement): RequirementScope {
    const pythonMarker = versionTree(this.#context.algebra, 'python_full_version', python.target);
    return { environment: null, allowed: [marker, pythonMarker] };
  }

  /** Solves a fork, or divides it; null when there is nothing to report. */
  #runFork(fork: ForkState): Ended | null {
    const { options } = this.#context.request;
    const maxDecisions =
      options.maxRounds ?? (this.#isDivided ? MAX_DECISIONS_OF_PARTS : DEFAULT_MAX_DECISIONS);
    for (;;) {
      if (this.#rounds++ >= maxDecisions) {
        const pins = pinsOf(fork.decisions());
        return { kind: 'stopped', outcome: { kind: 'stopped', reason: 'budget', detail: '', pins } };
      }
      const step = fork.step();
      const ended = this.#advance(fork, step);
      if (ended !== 'continue') return ended;
    }
  }

  #advance(fork: ForkState, step: StepResult): Ended | null | 'continue' {
    switch (step.kind) {
      case 'continue':
        return 'continue';
      case 'solved':
        this.#finishFork(fork);
        return null;
      case 'failed':
        return { kind: 'failed', result: this.#failed(fork, step.incompatibility) };
      case 'complaint': {
        const environments = markerText(fork.marker) ?? '';
        const complaint = { ...step.complaint, environments };
        return { kind: 'failed', result: { ...this.#result({ kind: 'invalid' }), complaint } };
      }
      case 'incomplete':
        return { kind: 'stopped', outcome: step };
      case 'newer-python':
        return this.#splitByPython(fork, step) ? null : 'continue';
      case 'platforms':
        this.#splitByPlatform(fork, step.parts);
        return null;
      case 'dependencies':
        return this.#addDependencies(fork, step);
    }
  }

  #splitByPython(fork: ForkState, step: Extract<StepResult, { kind: 'newer-python' }>): boolean {
    const { algebra, request } = this.#context;
    const { version, reason } = step;
    const regions =
      reason.kind === 'requires-python' && request.options.forkStrategy === 'requires-python'
        ? splitByPython(algebra, fork.marker, fork.python, reason.specifiers)
        : [];
    if (regions.length === 0) {
      fork.rejectVersion(version, reason);
      return false;
    }
    this.#tellDivision(fork, version, regions.length);
    for (const region of regions) this.#open.push(() => this.#fork(fork, region));
    return true;
  }

  #tellDivision(fork: ForkState, version: Version, parts: number): void {
    this.#context.log.tell({ kind: 'divided', package: fork.next, version, parts });
  }

  #splitByPlatform(fork: ForkState, parts: readonly PlatformPart[]): void {
    for (const { marker, chosen } of parts) {
      this.#open.push(() => {
        const copy = this.#fork(fork, marker);
        copy.begun = chosen;
        return copy;
      });
    }
  }

  #addDependencies(
    fork: ForkState,
    step: Extract<StepResult, { kind: 'dependencies' }>,
  ): Ended | null | 'continue' {
    const { decided, package: item } = step;
    const read = readDependencies(this.#context, item, decided, fork.scope, fork.python);
    if (read.kind === 'missing')
      return { kind: 'stopped', outcome: { kind: 'incomplete', missing: [read.missing] } };
    const reason = read.kind === 'unusable' ? read.reason : unsatisfiableDependency(read.requirements);
    if (reason !== null) {
      fork.rejectVersion(decided.version, reason);
      return 'continue';
    }
    const dependencies =
      read.kind === 'read' ? (read.direct ?? read.requirements.flatMap(dependenciesOf)) : [];
    const planned = new ForkPlanner(this.#context.algebra, fork.marker, fork.python).plan(dependencies);
    const { forks, isCut } = this.#conflicts.divide(planned.map((part) => ({ ...part, sides: fork.sides })));
    this.#isCut ||= isCut;
    this.#isDivided ||= forks.length > planned.length;
    if (forks.length <= 1) {
      fork.sides = forks[0]?.sides ?? fork.sides;
      fork.decideWith(decided, forks[0]?.dependencies ?? []);
      return 'continue';
    }
    this.#divide(fork, decided, forks);
    return null;
  }

  #divide(fork: ForkState, decided: DecidedVersion, forks: readonly SidedFork[]): void {
    const { resolution, forkStrategy } = this.#context.request.options;
    this.#tellDivision(fork, decided.version, forks.length);
    const isLowest = resolution === 'lowest' || forkStrategy === 'fewest';
    for (const { marker, dependencies, sides } of sortForks(forks, isLowest)) {
      this.#open.push(() => {
        const copy = this.#fork(fork, marker);
        copy.sides = sides;
        copy.decideWith(decided, dependencies);
        return copy;
      });
    }
  }

  #fork(fork: ForkState, marker: MarkerTree): ForkState {
    const range = pythonRange(marker);
    const python = range.isFull ? fork.python : raisedTo(fork.python, range);
    const copy = fork.fork(this.#scope(marker, python), python, this.#preferences);
    copy.resume();
    return copy;
  }

  /** The whole is no split. */
  #tellSplit({ marker, python }: ForkState, kind: 'split-begins' | 'split-ends'): void {
    if (marker !== TRUE_MARKER) this.#context.log.tell({ kind, marker, target: python.targetText });
  }

  #finishFork(fork: ForkState): void {
    this.#tellSplit(fork, 'split-ends');
    const { algebra, request } = this.#context;
    const pythonMarker = versionTree(algebra, 'python_full_version', this.#python.target);
    const start = algebra.and(fork.marker, pythonMarker);
    this.#solved.push({ fork, markers: reachableProjects(algebra, start, fork.dependencies()) });
    // What is direct in one fork may be transitive in another, where `lowest-direct` would choose differently.
    if (request.options.resolution === 'lowest-direct') return;
    for (const [item, { version }] of fork.decisions()) {
      if (item.kind !== 'package' || !isProject(item) || item.name === request.uvProject?.member.name)
        continue;
      const known = this.#preferences.get(item.name) ?? [];
      if (!known.includes(version)) this.#preferences.set(item.name, [...known, version].sort(newestFirst));
    }
  }

  #failed(fork: ForkState, incompatibility: Parameters<typeof failureOf>[3]): UvResult {
    const outcome: Outcome = {
      kind: 'unsolvable',
      incompatibility: this.#context.trace.row(incompatibility),
    };
    const split = splitText(fork);
    return {
      ...this.#result(outcome),
      failure: failureOf(this.#context, fork, this.#python, incompatibility, split),
    };
  }

  #result(outcome: Outcome): UvResult {
    this.#recorder.record('done', OUTCOME_KINDS.indexOf(outcome.kind));
    const metrics = metricsOf(this.#recorder, this.#rounds, this.#context.trace.setAside);
    const decided = this.#solved.flatMap(({ fork }) => [...fork.decisions()]);
    const warnings = warningsOn(
      this.#context,
      outcome.kind === 'solved' ? { pins: outcome.pins, decided } : null,
    );
    const base = {
      message: '',
      notices: [],
      metrics,
      failure: null,
      lanes: this.#lanes(),
      warnings,
      search: this.#context,
    };
    const { uvProject: project, target } = this.#context.request;
    if (outcome.kind !== 'solved' || project === undefined) return { ...base, outcome };
    const lock = makeLock(
      this.#context,
      this.#python,
      this.#solved.map(({ fork }) => fork),
    );
    const pinned = pinsIn(lock, project, target.markers);
    const pins = outcome.pins
      .filter(({ name, version }) => pinned.get(name) === version)
      .map((pin) => withMarker(pin, null));
    return { ...base, outcome: { ...outcome, pins }, lock };
  }

  #lanes(): readonly UvLane[] {
    return this.#solved.map(({ fork, markers }) => ({
      marker: markerText(this.#shown(fork.marker)),
      pins: pinsOf(fork.decisions()).filter(
        (pin) => (markers.get(pin.name) ?? FALSE_MARKER) !== FALSE_MARKER,
      ),
    }));
  }

  /** A marker for people: Pythons that the project does not support are left out of it. */
  #shown(marker: MarkerTree): MarkerTree {
    return withinPython(this.#context.algebra, marker, this.#python.target);
  }

  /** Every version that some fork needs, once, with the marker under which it is needed. */
  #mergedPins(): readonly Pin[] {
    const { algebra } = this.#context;
    const merged = new Map<string, { pin: Pin; marker: MarkerTree }>();
    for (const { fork, markers } of this.#solved) {
      for (const pin of pinsOf(fork.decisions(), this.#context.request.uvProject?.member.name ?? null)) {
        const marker = markers.get(pin.name) ?? FALSE_MARKER;
        if (marker === FALSE_MARKER) continue;
        const key = `${pin.name}==${pin.version}`;
        const known = merged.get(key);
        merged.set(key, { pin, marker: known ? algebra.or(known.marker, marker) : marker });
      }
    }
    return [...merged.values()]
      .map(({ pin, marker }) => withMarker(pin, markerText(this.#shown(marker))))
      .sort((a, b) => (a.name === b.name ? byVersion(a, b) : a.name < b.name ? -1 : 1));
  }
}

/** `markers: M; included: a, b; excluded: c`, parts left out when empty; null for the whole. */
function splitText({ marker, sides }: ForkState): string | null {
  const text = markerText(marker);
  const list = (items: ReadonlySet<string>): string => [...items].sort().join(', ');
  const parts = [
    text === null ? '' : `markers: ${text}`,
    sides.included.size === 0 ? '' : `included: ${list(sides.included)}`,
    sides.excluded.size === 0 ? '' : `excluded: ${list(sides.excluded)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join('; ');
}

function withMarker(pin: Pin, marker: string | null): Pin {
  if (marker !== null) return { ...pin, marker };
  const bare = { ...pin };
  delete bare.marker;
  return bare;
}

function byVersion(a: Pin, b: Pin): number {
  return -newestFirst(versionOf(a.version), versionOf(b.version));
}

function newestFirst(a: Version, b: Version): number {
  return compareVersions(b, a);
}

/** Resolves for all environments that the project's `requires-python` allows. */
export function resolveUniversal(request: ResolveRequest, recorder: TraceRecorder): UvResult {
  return new UniversalResolution(request, recorder).run();
}
