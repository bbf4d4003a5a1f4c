/** What a run of the uv engine hands back, and how it is put together. */
import type { VersionRange } from '../../packaging/version-range.ts';
import type { EngineResult, Metrics, Pin } from '../outcome.ts';
import { derivationTree } from '../pubgrub/derivation-tree.ts';
import type { Incompatibility } from '../pubgrub/incompatibility.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import type { UvFailure } from './failure.ts';
import { cutOff } from './file-policy.ts';
import type { UrlComplaint } from './fork-urls.ts';
import type { ForkState } from './fork-state.ts';
import type { DecidedVersion } from './fork-step.ts';
import { evaluateTree, pythonVersionTree, withinPython } from './marker-from-text.ts';
import { markerText } from './marker-text.ts';
import { FALSE_MARKER } from './marker-tree.ts';
import type { UvPackage } from './package.ts';
import type { PythonRequirement } from './python-requirement.ts';
import type { ResolutionContext } from './resolution-context.ts';
import type { UvLock } from './lock-graph.ts';
import type { UvReason } from './unavailable-reason.ts';
import type { UvWarning } from './warnings.ts';

/** Decisions at most when the user sets no limit: uv has none, but a browser has. */
export const DEFAULT_MAX_DECISIONS = 200_000;

/** A fork that was solved, in the order of solving. */
export interface UvLane {
  /** The environments; null for all. */
  readonly marker: string | null;
  readonly pins: readonly Pin[];
}

/** The engine's result, and what its report is to be made from. `message` is empty. */
export interface UvResult extends EngineResult {
  readonly failure: UvFailure | null;
  /** Outcome `invalid`: which address is in the way. */
  readonly complaint?: UrlComplaint & {
    /** Universal mode: the fork's marker; '' for all environments. */
    readonly environments?: string;
  };
  /** Universal mode: one for each fork; empty otherwise. */
  readonly lanes: readonly UvLane[];
  readonly warnings: readonly UvWarning[];
  /** What the log is made from. */
  readonly search: Pick<ResolutionContext, 'log' | 'table'>;
  /** Universal mode, solved: what a lock file says. */
  readonly lock?: UvLock;
}

/** `setAside`: decisions that were taken off because another fork went on. */
export function metricsOf(recorder: TraceRecorder, rounds: number, setAside = 0): Metrics {
  return {
    rounds,
    pinned: recorder.count('decide'),
    rejected: 0,
    undone: recorder.count('unpin') - setAside,
    requirements: 0,
    pages: recorder.count('page'),
    metadata: recorder.count('metadata'),
  };
}

/** The decided projects by name, with the extras that were decided beside them. */
export function pinsOf(
  decisions: Iterable<readonly [UvPackage, DecidedVersion]>,
  member: string | null = null,
): readonly Pin[] {
  const projects = new Map<string, DecidedVersion>();
  const extras = new Map<string, Set<string>>();
  for (const [item, decided] of decisions) {
    if (item.kind !== 'package' || item.name === member) continue;
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
    origin: files === null ? 'installed' : files.url === undefined ? 'index' : 'url',
    yanked: files?.chosen.yanked ?? false,
    ...(files?.url === undefined ? {} : { url: files.url }),
  };
}

/** The package with what its marker asks of Pythons outside the target left out. */
function withinTarget(context: ResolutionContext, item: UvPackage, python: PythonRequirement): UvPackage {
  if (item.kind === 'root' || item.kind === 'python') return item;
  return { ...item, marker: withinPython(context.algebra, item.marker, python.target) };
}

/** Whether a fork leaves out the environment at hand: by its Python alone, or otherwise. */
function elsewhereOf(
  { algebra, request }: ResolutionContext,
  fork: ForkState,
): 'python' | 'environment' | null {
  if (!request.options.universal) return null;
  const current = pythonVersionTree(algebra, request.target.python);
  if (algebra.and(fork.marker, current) === FALSE_MARKER) return 'python';
  return evaluateTree(fork.marker, request.target.markers) ? null : 'environment';
}

/** What the report on a failed fork is made from. `python` is the whole resolution's: uv does not tell of the fork's. */
export function failureOf(
  context: ResolutionContext,
  fork: ForkState,
  python: PythonRequirement,
  incompatibility: Incompatibility<VersionRange, UvReason>,
  split: string | null = null,
): UvFailure {
  const { facts, request, table, prereleases, tags, widensRejections, chooser } = context;
  const visited = facts.visitedProjects();
  const included = visited.flatMap((project) => {
    const versions = facts.includedVersions(project);
    return versions === null ? [] : [[project, versions] as const];
  });
  return {
    tree: derivationTree(incompatibility),
    packages: table.packages.map((item) => withinTarget(context, item, python)),
    included: new Map(included),
    known: new Map(visited.map((project) => [project, facts.knownVersions(project)])),
    python,
    prereleases,
    facts,
    select: (project, range) => chooser.select(project, range, fork.marker),
    tags,
    indexOrder: request.options.indexStrategy === 'first-index' ? (request.index.indexOrder ?? []) : [],
    isNoBuildForAll: request.options.onlyBinary.includes(':all:'),
    isNoBinaryForAll: request.options.noBinary.includes(':all:'),
    excludeNewer: cutOff(request.options),
    widensRejections,
    isProject: request.options.universal && request.options.requiresPython !== null,
    elsewhere: elsewhereOf(context, fork),
    split,
    splitMarker: markerText(fork.marker),
    member: request.uvProject?.member.name ?? null,
  };
}
