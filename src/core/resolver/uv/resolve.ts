/** uv's resolver: Problem's request in, outcome out. The report on a failure is written by `explain/uv/`. */
import type { VersionRange } from '../../packaging/version-range.ts';
import type { ResolveRequest } from '../engine.ts';
import { OUTCOME_KINDS, type EngineResult, type Metrics, type Outcome, type Pin } from '../outcome.ts';
import type { Incompatibility } from '../pubgrub/incompatibility.ts';
import { derivationTree } from '../pubgrub/derivation-tree.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import { parseVersion } from '../../packaging/version.ts';
import type { UvFailure } from './failure.ts';
import { dependenciesOf, unsatisfiableDependency, type UvDependency } from './dependencies.ts';
import { ForkState, type DecidedVersion } from './fork-state.ts';
import { withinPython } from './marker-from-text.ts';
import { TRUE_MARKER } from './marker-tree.ts';
import type { UvPackage } from './package.ts';
import {
  interpreterRequirement,
  pythonVersionRequirement,
  type PythonRequirement,
} from './python-requirement.ts';
import { makeContext, type ResolutionContext } from './resolution-context.ts';
import type { UvReason } from './unavailable-reason.ts';
import { readDependencies } from './version-dependencies.ts';

/** Decisions at most when the user sets no limit: uv has none, but a browser has. */
export const DEFAULT_MAX_DECISIONS = 200_000;

/** The engine's result, and what its report is to be made from. `message` is empty. */
export interface UvResult extends EngineResult {
  readonly failure: UvFailure | null;
}

type Ended =
  | { readonly kind: 'solved' }
  | { readonly kind: 'failed'; readonly incompatibility: Incompatibility<VersionRange, UvReason> }
  | Extract<Outcome, { kind: 'incomplete' }>
  | { readonly kind: 'budget' };

function pythonOf(request: ResolveRequest): PythonRequirement {
  const { pythonVersion } = request.options;
  const version = pythonVersion === null ? null : parseVersion(pythonVersion);
  if (version?.ok !== true) return interpreterRequirement(request.target.python);
  return pythonVersionRequirement(request.target.python, version.value);
}

/** Resolves for one environment. */
export function resolveSingle(request: ResolveRequest, recorder: TraceRecorder): UvResult {
  const context = makeContext(request, recorder);
  const scope = { environment: request.target.markers, allowed: TRUE_MARKER };
  const fork = new ForkState(context, scope, pythonOf(request), new Map());
  const maxDecisions = request.options.maxRounds ?? DEFAULT_MAX_DECISIONS;
  let rounds = 0;
  let ended: Ended | null = null;
  while (ended === null) {
    ended = rounds++ < maxDecisions ? advance(context, fork) : { kind: 'budget' };
  }
  return finish(context, fork, ended, rounds, recorder);
}

/** One turn of the loop; null when there is more to do. */
function advance(context: ResolutionContext, fork: ForkState): Ended | null {
  const result = fork.step();
  if (result.kind === 'continue') return null;
  if (result.kind !== 'dependencies') return result;
  const { package: item, decided } = result;
  const read = readDependencies(context, item, decided, fork.scope, fork.python);
  if (read.kind === 'missing') return { kind: 'incomplete', missing: [read.missing] };
  if (read.kind === 'unusable') {
    fork.rejectVersion(decided.version, read.reason);
    return null;
  }
  const unsatisfiable = unsatisfiableDependency(read.requirements);
  if (unsatisfiable !== null) fork.rejectVersion(decided.version, unsatisfiable);
  else
    fork.decideWith(
      decided,
      read.requirements.flatMap((item): readonly UvDependency[] => dependenciesOf(item)),
    );
  return null;
}

function finish(
  context: ResolutionContext,
  fork: ForkState,
  ended: Ended,
  rounds: number,
  recorder: TraceRecorder,
): UvResult {
  const outcome = outcomeOf(context, fork, ended);
  recorder.record('done', OUTCOME_KINDS.indexOf(outcome.kind));
  const failure = ended.kind === 'failed' ? failureOf(context, fork, ended.incompatibility) : null;
  return { outcome, message: '', notices: [], metrics: metricsOf(recorder, rounds), failure };
}

function outcomeOf(context: ResolutionContext, fork: ForkState, ended: Ended): Outcome {
  switch (ended.kind) {
    case 'solved':
      return { kind: 'solved', pins: pinsOf(fork.decisions()), broken: [] };
    case 'failed':
      return { kind: 'unsolvable', incompatibility: context.trace.row(ended.incompatibility) };
    case 'incomplete':
      return ended;
    case 'budget':
      return { kind: 'stopped', reason: 'budget', detail: '', pins: pinsOf(fork.decisions()) };
  }
}

export function metricsOf(recorder: TraceRecorder, rounds: number): Metrics {
  return {
    rounds,
    pinned: recorder.count('decide'),
    rejected: 0,
    undone: recorder.count('unpin'),
    requirements: 0,
    pages: recorder.count('page'),
    metadata: recorder.count('metadata'),
  };
}

/** The decided projects by name, with the extras that were decided beside them. */
export function pinsOf(decisions: Iterable<readonly [UvPackage, DecidedVersion]>): readonly Pin[] {
  const projects = new Map<string, DecidedVersion>();
  const extras = new Map<string, Set<string>>();
  for (const [item, decided] of decisions) {
    if (item.kind !== 'package') continue;
    projects.set(item.name, decided);
    if (item.extra === null) continue;
    const known = extras.get(item.name);
    if (known) known.add(item.extra);
    else extras.set(item.name, new Set([item.extra]));
  }
  return [...projects]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, decided]) => pinOf(name, decided, [...(extras.get(name) ?? [])].sort()));
}

function pinOf(name: string, { version, files }: DecidedVersion, extras: readonly string[]): Pin {
  return {
    name,
    version: version.text,
    extras,
    filename: files?.chosen.filename ?? null,
    origin: files === null ? 'installed' : 'index',
    yanked: files?.chosen.yanked ?? false,
  };
}

/** The package with what its marker asks of Pythons outside the target left out. */
function withinTarget(context: ResolutionContext, item: UvPackage, python: PythonRequirement): UvPackage {
  if (item.kind === 'root' || item.kind === 'python') return item;
  return { ...item, marker: withinPython(context.algebra, item.marker, python.target) };
}

/** What the report on a failed fork is made from. */
export function failureOf(
  context: ResolutionContext,
  fork: ForkState,
  incompatibility: Incompatibility<VersionRange, UvReason>,
  split: string | null = null,
): UvFailure {
  const { facts, request, table, prereleases, tags, widensRejections } = context;
  const visited = facts.visitedProjects();
  const included = visited.flatMap((project) => {
    const versions = facts.includedVersions(project);
    return versions === null ? [] : [[project, versions] as const];
  });
  return {
    tree: derivationTree(incompatibility),
    packages: table.packages.map((item) => withinTarget(context, item, fork.python)),
    included: new Map(included),
    known: new Map(visited.map((project) => [project, facts.knownVersions(project)])),
    python: fork.python,
    prereleases,
    facts,
    tags,
    isNoBuildForAll: request.options.onlyBinary.includes(':all:'),
    isNoBinaryForAll: request.options.noBinary.includes(':all:'),
    excludeNewer: request.options.uploadedPriorTo,
    widensRejections,
    split,
  };
}
