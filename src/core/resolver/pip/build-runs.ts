/**
 * Builds of sdists, as far as resolving goes: their build requirements are resolved in an empty environment of their
 * own, between `build-begin` and `build-end`. Nothing of it touches the main search. See resolver/README.md#builds.
 */
import { isMissing } from '../../package-index/package-index.ts';
import { parseRequirement } from '../../packaging/requirement.ts';
import type { ResolveRequest, UserRequirement } from '../engine.ts';
import type { EventKind } from '../events.ts';
import { type Outcome, OUTCOME_KINDS } from '../outcome.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import type { PipEra } from './era.ts';
import type { FoundFile } from './project-files.ts';
import type { PipNotice } from './report.ts';
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

  /** Whether the file can be built; false where the release passes over what cannot. `row` is its candidate's. */
  build(file: FoundFile, row: number, notify: (notice: PipNotice) => void): boolean {
    const requirements = this.#requirements(file, notify);
    if (requirements.length === 0) return true;
    const outcome = this.#resolve(requirements, row);
    if (outcome.kind !== 'unsolvable') return true;
    if (!this.#context.era.abortsOnBuildFailure) return false;
    throw new AbortSignal({ kind: 'build-failure', project: file.distribution.project });
  }

  /** Empty when there is nothing to resolve, or nothing to resolve it with. */
  #requirements({ distribution }: FoundFile, notify: (notice: PipNotice) => void): readonly string[] {
    const { index } = this.#context.request;
    const metadata = index.metadata(distribution);
    if (isMissing(metadata) || this.#context.depth >= MAX_DEPTH) return [];
    const known = metadata.buildRequires ?? null;
    if (known !== null) return known;
    const setuptools = index.page('setuptools');
    if (!isMissing(setuptools) && setuptools.status === 'present') return DEFAULT_REQUIREMENTS;
    notify({ kind: 'assumed-setuptools', filename: distribution.filename });
    return [];
  }

  #resolve(requirements: readonly string[], row: number): Outcome {
    const { recorder } = this.#context;
    recorder.record('build-begin', row);
    const key = requirements.join('\n');
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

  /** Constraints never apply to builds; neither does what is installed. `--pre` is handed on until 25.3. */
  #nestedRequest(requirements: readonly string[]): ResolveRequest {
    const { request, era } = this.#context;
    const options = {
      ...request.options,
      pre: era.forwardsPreToBuilds && request.options.pre,
      upgrade: false,
      forceReinstall: false,
      ignoreInstalled: true,
      noDeps: false,
      requireHashes: false,
    };
    return {
      ...request,
      requirements: requirements.flatMap(asUserRequirement),
      constraints: [],
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
