/**
 * Builds of sdists, as far as resolving goes: their build requirements are resolved in an empty environment of their
 * own, between `build-begin` and `build-end`. Nothing of it touches the main search. See resolver/README.md#builds.
 */
import {
  isMissing,
  type DistributionMetadata,
  type MissingFact,
  type ProjectPage,
} from '../../package-index/package-index.ts';
import { evaluateMarker } from '../../packaging/marker.ts';
import { parseRequirement } from '../../packaging/requirement.ts';
import { type SpecifierSet, specifierSetContains } from '../../packaging/specifier.ts';
import { parseVersion } from '../../packaging/version.ts';
import type { ResolveRequest, UserRequirement } from '../engine.ts';
import type { EventKind } from '../events.ts';
import { type Outcome, OUTCOME_KINDS } from '../outcome.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import type { PipEra } from './era.ts';
import type { InstallRequirement } from './install-requirement.ts';
import { requestedText } from './link-text.ts';
import type { FoundFile } from './finder/project-files.ts';
import type { AbortReport, PipNotice } from './report.ts';
import { AbortSignal, MissingFactSignal } from './stop-signals.ts';

/** PEP 518: what a project without `build-system.requires` is built with. */
const DEFAULT_REQUIREMENTS = ['setuptools>=40.8.0'];
/** Builds inside builds; deeper ones are taken to work. */
const MAX_DEPTH = 4;
/** What a result counts. */
const COUNTED = ['round', 'pin', 'reject', 'unpin', 'require'] as const satisfies readonly EventKind[];

export interface BuildContext {
  readonly request: ResolveRequest;
  readonly era: PipEra;
  readonly recorder: TraceRecorder;
  /** 0 for the user's own run. */
  readonly depth: number;
  /** Runs a nested request on the same recorder. */
  readonly runNested: (request: ResolveRequest) => Outcome;
}

/** What is to be built, and for which requirement. `row` is its candidate's. */
export interface BuildTask {
  readonly file: FoundFile;
  readonly row: number;
  readonly ireq: InstallRequirement;
}

export class BuildRuns {
  readonly #context: BuildContext;
  /** By the requirements, joined. */
  readonly #outcomes = new Map<string, Outcome>();
  readonly #counts = new Map<EventKind, number>();

  constructor(context: BuildContext) {
    this.#context = context;
  }

  /** Events of this kind that belong to builds, not to the main search. */
  count(kind: EventKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  /**
   * Whether the file can be built; false where the release passes over what cannot. What the project states comes first;
   * what its backend then asks for and is not there yet is a second run.
   */
  build(task: BuildTask, notify: (notice: PipNotice) => void): boolean {
    const stated = this.#requirements(task, notify);
    if (stated.length > 0 && this.#resolve(stated, task.row).kind === 'unsolvable')
      return this.#fail({ kind: 'build-failure', project: task.file.distribution.project, step: 'build' });
    const missing = this.#missingForBackend(task, stated);
    if (missing.length > 0 && this.#resolve(missing, task.row).kind === 'unsolvable')
      return this.#fail({ kind: 'build-failure', project: task.file.distribution.project, step: 'backend' });
    return true;
  }

  #fail(report: AbortReport): false {
    if (this.#context.era.abortsOnBuildFailure) throw new AbortSignal(report);
    return false;
  }

  /** Empty when there is nothing to resolve, or nothing to resolve it with. */
  #requirements({ file }: BuildTask, notify: (notice: PipNotice) => void): readonly string[] {
    const { index } = this.#context.request;
    const metadata = known(index.metadata(file.original ?? file.distribution));
    if (metadata === null || this.#context.depth >= MAX_DEPTH) return [];
    const stated = metadata.buildRequires ?? null;
    if (stated !== null) return stated;
    // Not read yet is not absent: the run must not depend on how much of the index is loaded.
    if (known(index.page('setuptools'))?.status === 'present') return DEFAULT_REQUIREMENTS;
    notify({ kind: 'assumed-setuptools', filename: file.distribution.filename });
    return [];
  }

  /** What the backend asks for and the first run did not bring. Throws where it brought another version. */
  #missingForBackend({ file, ireq }: BuildTask, stated: readonly string[]): readonly string[] {
    const { request } = this.#context;
    const metadata = known(request.index.metadata(file.original ?? file.distribution));
    if (metadata === null || this.#context.depth >= MAX_DEPTH) return [];
    const outcome = this.#outcomes.get(keyOf(stated));
    const present = new Map(
      (outcome?.kind === 'solved' ? outcome.pins : []).map(({ name, version }) => [name, version]),
    );
    const wanted = (metadata.backendRequires ?? []).flatMap(asUserRequirement).filter(({ requirement }) => {
      return requirement.marker === null || evaluateMarker(requirement.marker, request.target.markers);
    });
    const conflicts = wanted.flatMap(({ requirement }) => {
      const version = present.get(requirement.normalizedName);
      if (version === undefined || admits(requirement.specifier, version)) return [];
      return [{ installed: `${requirement.normalizedName}==${version}`, wanted: requirement.text }];
    });
    if (conflicts.length > 0) {
      const requirement = requestedText(ireq, file.distribution);
      throw new AbortSignal({ kind: 'build-conflict', requirement, conflicts });
    }
    return wanted
      .filter(({ requirement }) => !present.has(requirement.normalizedName))
      .map(({ requirement }) => requirement.text);
  }

  #resolve(requirements: readonly string[], row: number): Outcome {
    const { recorder } = this.#context;
    recorder.record('build-begin', row);
    const key = keyOf(requirements);
    let outcome = this.#outcomes.get(key);
    if (outcome === undefined) {
      const before = COUNTED.map((kind) => recorder.count(kind));
      outcome = this.#context.runNested(this.#nestedRequest(requirements));
      COUNTED.forEach((kind, place) => {
        this.#counts.set(kind, this.count(kind) + recorder.count(kind) - (before[place] ?? 0));
      });
      this.#outcomes.set(key, outcome);
    }
    recorder.record('build-end', row, OUTCOME_KINDS.indexOf(outcome.kind));
    const loadable =
      outcome.kind === 'incomplete' ? outcome.missing.find((fact) => fact.loadable) : undefined;
    if (loadable !== undefined) throw new MissingFactSignal(loadable);
    return outcome;
  }

  /**
   * `-c` never applies to builds; neither does what is installed, nor what the user lets pass for the main run alone.
   * `--build-constraint` does (25.3), also inside nested builds; `--pre` is handed on until 25.3.
   */
  #nestedRequest(requirements: readonly string[]): ResolveRequest {
    const { request, era } = this.#context;
    const options = {
      ...request.options,
      pre: era.forwardsPreToBuilds && request.options.pre,
      upgrade: false,
      forceReinstall: false,
      ignoreInstalled: true,
      noDeps: false,
      ignoreRequiresPython: false,
      requireHashes: false,
    };
    return {
      ...request,
      requirements: requirements.flatMap(asUserRequirement),
      constraints: era.hasBuildConstraints ? (request.buildConstraints ?? []) : [],
      installed: [],
      options,
    };
  }
}

/** Nothing for a text that is no requirement: building it fails in ways that are not about resolving. */
function asUserRequirement(text: string): readonly UserRequirement[] {
  const parsed = parseRequirement(text);
  if (!parsed.ok) return [];
  return [
    { requirement: parsed.value, source: { pane: 'pyproject', line: 0 }, hashes: [], isEditable: false },
  ];
}

/** The fact, null where nobody has it. Throws where it only has not been loaded yet: then nothing is known of it. */
function known<Fact extends ProjectPage | DistributionMetadata>(fact: Fact | MissingFact): Fact | null {
  if (!isMissing(fact)) return fact;
  if (fact.loadable) throw new MissingFactSignal(fact);
  return null;
}

function keyOf(requirements: readonly string[]): string {
  return requirements.join('\n');
}

/** Pre-releases fit what is there already. */
function admits(specifier: SpecifierSet, text: string): boolean {
  const version = parseVersion(text);
  return version.ok && specifierSetContains(specifier, version.value, { prereleases: true });
}
