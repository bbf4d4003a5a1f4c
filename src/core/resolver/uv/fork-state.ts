/** The search of one fork: uv's loop around PubGrub. In a single environment there is one fork. README.md#the-loop */
import { assert } from '../../packaging/assert.ts';
import { widenRange } from '../../packaging/range-listing.ts';
import { versionOf } from '../../packaging/version-cut.ts';
import { VersionRange } from '../../packaging/version-range.ts';
import type { Version } from '../../packaging/version.ts';
import { PubGrubSolver, type SolverDependency } from '../pubgrub/solver.ts';
import { Agenda } from './agenda.ts';
import { proxyDependencies, type UvDependency } from './dependencies.ts';
import type { DecidedVersion, StepResult } from './fork-step.ts';
import { basePackage, isProxy, projectName, type UvPackage } from './package.ts';
import { TRUE_MARKER, type MarkerTree } from './marker-tree.ts';
import { readRequiresPython, type PythonRequirement } from './python-requirement.ts';
import { ForkUrls, type UrlComplaint } from './fork-urls.ts';
import { NO_SIDES, type ConflictSides } from './conflict-forks.ts';
import { missingPages } from './missing-pages.ts';
import type { UsableVersion } from './platform-forks.ts';
import type { RequirementScope } from './requirement-flattener.ts';
import type { ResolutionContext } from './resolution-context.ts';
import type { UvReason, VersionReason } from './unavailable-reason.ts';
import { unpinnedDirect } from './unpinned.ts';
import { VERSION_RANGE_SETS } from './version-range-sets.ts';
import type { Preferences, VersionChoice } from './version-chooser.ts';

/** The one version of the root package. */
export const ROOT_VERSION = versionOf('0');

const CONTINUE: StepResult = { kind: 'continue' };

export class ForkState {
  readonly scope: RequirementScope;
  readonly python: PythonRequirement;
  /** Universal mode: the environments of this fork. */
  readonly marker: MarkerTree;
  /** Which parts of the project are in and which are out, where some exclude each other. */
  sides: ConflictSides = NO_SIDES;
  readonly #context: ResolutionContext;
  #solver: PubGrubSolver<VersionRange, UvReason>;
  #agenda: Agenda;
  /** By package number: versions whose dependencies the solver has. */
  #added = new Map<number, Set<Version>>();
  /** By package number, as of its last decision. */
  #chosen = new Map<number, DecidedVersion>();
  /** By package number: what each version of it needs. */
  #dependencies = new Map<number, Map<Version, readonly UvDependency[]>>();
  /** By package number: the range for which its version was chosen last. */
  #selections = new Map<number, VersionRange>();
  #next = 0;
  /** The version with which this fork begins, when it was made for the sake of that. */
  begun: DecidedVersion | null = null;
  readonly #preferences: Preferences;
  #urls: ForkUrls;
  #complaint: UrlComplaint | null = null;
  /** Packages that were looked at for the last pick. */
  #waiting = 0;

  constructor(
    context: ResolutionContext,
    scope: RequirementScope,
    python: PythonRequirement,
    preferences: Preferences,
  ) {
    this.#context = context;
    this.scope = scope;
    this.marker = scope.allowed[0] ?? TRUE_MARKER;
    this.python = python;
    this.#preferences = preferences;
    this.#urls = new ForkUrls(context.firstParty);
    this.#agenda = new Agenda(context.table, context.trace, context.log);
    this.#solver = new PubGrubSolver(
      VERSION_RANGE_SETS,
      0,
      VersionRange.singleton(ROOT_VERSION),
      context.trace,
    );
  }

  /** A copy that goes on by itself, for a part of the environments. */
  fork(scope: RequirementScope, python: PythonRequirement, preferences: Preferences): ForkState {
    const copy = new ForkState(this.#context, scope, python, preferences);
    copy.#solver = this.#solver.clone();
    copy.#agenda = this.#agenda.clone();
    copy.#urls = this.#urls.clone();
    copy.#added = new Map([...this.#added].map(([number, versions]) => [number, new Set(versions)]));
    copy.#chosen = new Map(this.#chosen);
    copy.#dependencies = new Map([...this.#dependencies].map(([number, known]) => [number, new Map(known)]));
    copy.#next = this.#next;
    copy.sides = this.sides;
    return copy;
  }

  /** Number of the package at hand. */
  get next(): number {
    return this.#next;
  }

  /** Propagates, picks a package and chooses a version for it. */
  step(): StepResult {
    if (this.#complaint !== null) return { kind: 'complaint', complaint: this.#complaint };
    this.#context.meter.spend('packages', 2 * this.#waiting);
    const { failure, conflicts } = this.#solver.propagate(this.#next);
    if (failure !== null) return { kind: 'failed', incompatibility: failure };
    for (const conflict of conflicts) this.#agenda.recordConflict(this.#next, conflict);
    this.#agenda.moveConflicting((number) => this.#goBackBefore(number));
    const { partialSolution } = this.#solver;
    this.#waiting = partialSolution.knownCount;
    const picked = partialSolution.pickPackage((number) => this.#agenda.priority(number));
    if (picked < 0) return { kind: 'solved' };
    this.#next = picked;
    return this.#chooseVersion(this.#package(picked));
  }

  /** Undoes the decision on a package, and all that came after it. */
  #goBackBefore(number: number): void {
    const before = this.#solver.partialSolution.decisionLevel;
    if (!this.#solver.backtrackPackage(number)) return;
    const levels = before - this.#solver.partialSolution.decisionLevel;
    this.#context.log.tell({ kind: 'backtracked', levels });
  }

  /** Adds the dependencies of the version that `step` chose, and decides it unless they clash already. */
  decideWith(decided: DecidedVersion, dependencies: readonly UvDependency[]): void {
    this.#complaint ??= this.#urls.add(projectName(this.#package(this.#next)), dependencies);
    this.#remarkUnpinned(dependencies);
    this.#tellDependencies(decided.version, dependencies);
    const numbered = distinctDependencies(
      dependencies.map((dependency) => ({
        package: this.#agenda.register(dependency),
        versions: dependency.range,
      })),
    );
    this.#spendOn(numbered);
    const number = this.#next;
    this.#markAdded(number, decided.version);
    const known = this.#dependencies.get(number) ?? new Map<Version, readonly UvDependency[]>();
    this.#dependencies.set(number, known.set(decided.version, dependencies));
    const conflict = this.#solver.addDependenciesAndDecide(
      number,
      VersionRange.singleton(decided.version),
      this.#widened(number, decided.version),
      numbered,
    );
    if (conflict === null) this.#noteDecision(number, decided);
    else
      this.#agenda.recordConflict(
        this.#next,
        { package: number, incompatibility: conflict },
        decided.version,
      );
    this.#bindProxies(numbered);
  }

  /** States that the version that `step` chose cannot be used. */
  rejectVersion(version: Version, reason: VersionReason): void {
    const number = this.#next;
    const versions = this.#context.widensRejections
      ? this.#widened(number, version)
      : VersionRange.singleton(version);
    if (reason.kind !== 'requires-python') {
      this.#solver.addUnavailable(number, versions, reason);
      return;
    }
    // uv states an exclusion by Requires-Python as a dependency on Python, and decides the version all the same.
    const python = this.#context.table.number({ kind: 'python', role: reason.role });
    const supported = readRequiresPython(reason.specifiers) ?? VersionRange.FULL;
    this.#solver.addDependency(number, versions, { package: python, versions: supported });
    this.#solver.partialSolution.decide(number, VersionRange.singleton(version));
    // Of the index, though no file of it is of use: only its Python is wrong, and the search finds that out.
    this.#noteDecision(number, { version, files: null }, 'index');
  }

  /** What is decided, by package. */
  *decisions(): Generator<readonly [UvPackage, DecidedVersion]> {
    for (const number of this.#solver.partialSolution.decidedPackages()) {
      const decided = this.#chosen.get(number);
      assert(decided !== undefined, `no version is noted for package ${number}`);
      yield [this.#package(number), decided];
    }
  }

  /** What the decided versions need, by package. */
  *dependencies(): Generator<readonly [UvPackage, readonly UvDependency[]]> {
    for (const number of this.#solver.partialSolution.decidedPackages()) {
      const version = this.#chosen.get(number)?.version;
      const needed = version === undefined ? undefined : this.#dependencies.get(number)?.get(version);
      if (needed !== undefined) yield [this.#package(number), needed];
    }
  }

  /** The trace goes on with this fork: what stood in the last one and not here is undone. */
  resume(): void {
    const standing = this.#solver.partialSolution.decidedPackages().map((number) => {
      const decided = this.#chosen.get(number)!;
      return { number, version: decided.version, origin: this.#origin(number, decided) };
    });
    this.#context.trace.switchTo(standing);
  }

  #package(number: number): UvPackage {
    return this.#context.table.packages[number]!;
  }

  #chooseVersion(item: UvPackage): StepResult {
    if (item.kind === 'root') return this.#versionChosen({ version: ROOT_VERSION, files: null });
    const { versions } = this.#solver.partialSolution.term(this.#next)!;
    if (item.kind === 'python') {
      // Python is only ever needed by versions that exclude the one at hand.
      this.#context.log.tell({ kind: 'no-version', package: this.#next });
      this.#solver.addNoVersions(this.#next, versions);
      return CONTINUE;
    }
    const { begun } = this;
    if (begun !== null) {
      this.begun = null;
      return this.#versionChosen(begun);
    }
    if (!this.#isRemembered(versions))
      this.#context.log.tell({ kind: 'search', package: this.#next, range: versions });
    return this.#applyChoice(item, versions, this.#choose(item.name, versions));
  }

  #applyChoice(
    item: Exclude<UvPackage, { kind: 'root' | 'python' }>,
    versions: VersionRange,
    choice: VersionChoice,
  ): StepResult {
    switch (choice.kind) {
      case 'missing':
        return { kind: 'incomplete', missing: missingPages(this.#context, choice.missing, this.#pending()) };
      case 'none': {
        this.#context.log.tell({ kind: 'no-version', package: this.#next });
        const isAbsent = this.#context.facts.knownListing(item.name)?.isFound === false;
        if (isAbsent && item.kind === 'package') {
          this.#solver.addUnavailable(this.#next, versions, { kind: 'not-found' });
        } else this.#solver.addNoVersions(this.#next, versions);
        return CONTINUE;
      }
      case 'unusable':
        if (this.scope.environment === null && choice.reason.kind === 'requires-python') {
          return { kind: 'newer-python', version: choice.version, reason: choice.reason };
        }
        this.rejectVersion(choice.version, choice.reason);
        return CONTINUE;
      case 'usable':
        return this.#covered(item, choice);
    }
  }

  /** Universal mode: whether the version has wheels for all environments that it is needed in. */
  #covered(item: { readonly name: string }, chosen: UsableVersion): StepResult {
    const { platforms } = this.#context;
    const verdict =
      platforms?.judge({
        packageNumber: this.#next,
        chosen,
        marker: this.marker,
        solver: this.#solver,
        choosePublic: (version) => {
          const { versions } = this.#solver.partialSolution.term(this.#next)!;
          return this.#choose(item.name, versions.intersection(VersionRange.singleton(version)));
        },
      }) ?? null;
    if (verdict === null) return this.#selected(chosen);
    if (verdict.kind === 'instead') return this.#selected(verdict.chosen);
    if (verdict.kind === 'divide') return { kind: 'platforms', parts: verdict.parts };
    this.rejectVersion(chosen.version, verdict.reason);
    return CONTINUE;
  }

  /**
   * A choice is remembered per package, as long as the range that is left to it is the same; a fork begins without any,
   * and uv 0.11 remembered none in universal mode.
   */
  #selected(decided: DecidedVersion): StepResult {
    const number = this.#next;
    const { versions } = this.#solver.partialSolution.term(number)!;
    if (!this.#isRemembered(versions)) {
      this.#selections.set(number, versions);
      this.#tellSelection(decided);
      if (decided.files !== null && decided.files.url === undefined)
        this.#context.trace.selected(number, decided.version, this.#origin(number, decided));
    }
    return this.#versionChosen(decided);
  }

  #isRemembered(versions: VersionRange): boolean {
    return this.#context.remembersChoices && this.#selections.get(this.#next)?.equals(versions) === true;
  }

  #tellSelection({ version, files }: DecidedVersion): void {
    const number = this.#next;
    if (files?.url !== undefined || this.#isMember(projectName(this.#package(number)))) return;
    const { log } = this.#context;
    if (files === null)
      log.tell({ kind: 'select', package: number, version, from: 'installed', filename: 'installed' });
    else
      log.tell({
        kind: 'select',
        package: number,
        version,
        from: 'compatible',
        filename: files.chosen.filename,
      });
  }

  #choose(project: string, versions: VersionRange): VersionChoice {
    const member = this.#context.request.uvProject?.member;
    if (member?.name === project) {
      return versions.contains(member.version)
        ? { kind: 'usable', version: member.version, files: null }
        : { kind: 'none' };
    }
    return this.#context.chooser.choose(project, versions, {
      python: this.python,
      marker: this.marker,
      preferences: this.#preferences,
      url: this.#urls.of(project),
    });
  }

  #versionChosen(decided: DecidedVersion): StepResult {
    const number = this.#next;
    if (this.#added.get(number)?.has(decided.version) === true) {
      this.#solver.partialSolution.decide(number, VersionRange.singleton(decided.version));
      this.#noteDecision(number, decided);
      return CONTINUE;
    }
    const item = this.#package(number);
    if (item.kind === 'extra' || item.kind === 'marker') {
      this.decideWith(decided, proxyDependencies(item, decided.version));
      return CONTINUE;
    }
    return { kind: 'dependencies', package: item, decided };
  }

  /** Projects that wait for a decision and are looked for in the index. */
  #pending(): readonly string[] {
    return [...this.#solver.partialSolution.pendingPackages()]
      .map((number) => projectName(this.#package(number)))
      .filter((name): name is string => name !== null && this.#urls.of(name) === null);
  }

  /** Bonds of proxies are the solver's own business. */
  #tellDependencies(version: Version, dependencies: readonly UvDependency[]): void {
    const { table, log } = this.#context;
    const parent = this.#next;
    const item = this.#package(parent);
    if (isProxy(item)) return;
    const isDirect = item.kind === 'root' || this.#isMember(projectName(item));
    for (const { package: needed, range } of dependencies)
      log.tell({
        kind: 'dependency',
        parent,
        version: isDirect ? null : version,
        package: table.number(needed),
        range,
      });
  }

  /** The oldest release of what the user asks for without a lower bound is seldom what is meant. */
  #remarkUnpinned(dependencies: readonly UvDependency[]): void {
    const { request, unpinned } = this.#context;
    if (request.options.resolution === 'highest') return;
    const item = this.#package(this.#next);
    const isRoot = item.kind === 'root' && request.uvProject === undefined;
    if (!isRoot && !(item.kind === 'package' && this.#isMember(item.name))) return;
    for (const name of unpinnedDirect(dependencies)) unpinned.add(name);
  }

  #markAdded(number: number, version: Version): void {
    const added = this.#added.get(number);
    if (added) added.add(version);
    else this.#added.set(number, new Set([version]));
  }

  #noteDecision(number: number, decided: DecidedVersion, origin = this.#origin(number, decided)): void {
    this.#chosen.set(number, decided);
    const { decisionLevel } = this.#solver.partialSolution;
    this.#context.trace.decided(number, decided.version, decisionLevel, origin);
  }

  #origin(number: number, { files }: DecidedVersion): 'root' | 'installed' | 'index' | 'url' {
    const item = this.#package(number);
    if (item.kind === 'root') return 'root';
    if (this.#isMember(projectName(item))) return 'url';
    return files === null ? 'installed' : files.url === undefined ? 'index' : 'url';
  }

  /** Whether a name is that of the project whose lock is asked for. */
  #isMember(name: string | null): boolean {
    return name !== null && name === this.#context.request.uvProject?.member.name;
  }

  /** The version, or the largest interval that holds no other known one. README.md#widening */
  #widened(number: number, version: Version): VersionRange {
    const single = VersionRange.singleton(version);
    const name = projectName(this.#package(number));
    if (name === null || this.#urls.of(name) !== null || this.#isMember(name)) return single;
    const known = this.#context.facts.knownVersions(name);
    return known.length === 0 ? single : widenRange(single, known);
  }

  /** Limits of one package are intersected one after the other, and each may make the range longer. */
  #spendOn(dependencies: readonly SolverDependency<VersionRange>[]): void {
    const counts = new Map<number, number>();
    for (const { package: number } of dependencies) counts.set(number, (counts.get(number) ?? 0) + 1);
    for (const count of counts.values()) this.#context.meter.spend('requirements', count * count);
  }

  /** A proxy in a range needs its project in that range: known before any version of the proxy is tried. */
  #bindProxies(dependencies: readonly SolverDependency<VersionRange>[]): void {
    const { table } = this.#context;
    for (const { package: number, versions } of dependencies) {
      const item = this.#package(number);
      if (!isProxy(item)) continue;
      const base = table.number(basePackage(projectName(item)!));
      this.#solver.addDependency(number, versions, { package: base, versions });
    }
  }
}

/** Each once, in its last place: of two that say the same the solver keeps the later one. */
function distinctDependencies(
  dependencies: readonly SolverDependency<VersionRange>[],
): readonly SolverDependency<VersionRange>[] {
  const known = new Map<number, Set<VersionRange>>();
  const kept = dependencies.toReversed().filter(({ package: number, versions }) => {
    const ranges = known.get(number) ?? new Set<VersionRange>();
    if (ranges.has(versions)) return false;
    known.set(number, ranges.add(versions));
    return true;
  });
  return kept.toReversed();
}
