/** What every engine is given. Everything is parsed and normalised; an engine reads no pasted text. */
import type { PackageIndex } from '../package-index/package-index.ts';
import type { Requirement } from '../packaging/requirement.ts';
import type { TargetEnvironment } from '../packaging/target-environment.ts';
import type { Version } from '../packaging/version.ts';
import type { EngineResult } from './outcome.ts';
import type { PreferencePart } from './pip/preference-parts.ts';
import type { TomlTable } from './poetry/project/project-text.ts';
import type { LineSource } from './trace.ts';
import type { TraceRecorder } from './trace-recorder.ts';
import type { UvProject } from './uv/project.ts';

/** A requirement of the user's, and the line it stands on. */
export interface UserRequirement {
  readonly requirement: Requirement;
  readonly source: LineSource;
  /** `--hash` options of the line, `sha256:…`. */
  readonly hashes: readonly string[];
  readonly isEditable: boolean;
}

/** Something that is in the environment already. */
export interface InstalledDistribution {
  readonly name: string;
  readonly version: string;
  readonly requiresDist: readonly string[];
  readonly requiresPython: string | null;
  readonly providesExtra: readonly string[];
}

/** Options in pip's and uv's sense; an engine ignores those its tool does not have. See problem/problem.ts. */
export interface ResolverOptions {
  readonly pre: boolean;
  readonly allReleases: readonly string[];
  readonly onlyFinal: readonly string[];
  /** Normalised names, `:all:` or `:none:`, in the order given. uv's `--no-build` is `:all:`. */
  readonly onlyBinary: readonly string[];
  readonly noBinary: readonly string[];
  readonly preferBinary: boolean;
  readonly noDeps: boolean;
  readonly ignoreRequiresPython: boolean;
  readonly requireHashes: boolean;
  /** RFC 3339; also uv's `--exclude-newer`. */
  readonly uploadedPriorTo: string | null;
  readonly upgrade: boolean;
  readonly upgradeStrategy: 'only-if-needed' | 'eager';
  readonly forceReinstall: boolean;
  readonly ignoreInstalled: boolean;
  /** uv's `--resolution`. */
  readonly resolution: 'highest' | 'lowest' | 'lowest-direct';
  /** uv's `--prerelease`; null is the version's default. */
  readonly prerelease: 'allow' | 'disallow' | 'if-necessary' | 'explicit' | 'if-necessary-or-explicit' | null;
  readonly universal: boolean;
  /** uv's `--python-version`: the target, where it differs from the interpreter that runs the tool. */
  readonly pythonVersion: string | null;
  /** The project's `requires-python`, for uv's universal mode. */
  readonly requiresPython: string | null;
  /** uv's `tool.uv.required-environments`: markers. */
  readonly requiredEnvironments: readonly string[];
  /** Names that the lock does not hold fast. */
  readonly update?: readonly string[];
  /** uv's `--fork-strategy`. */
  readonly forkStrategy: 'requires-python' | 'fewest';
  readonly indexStrategy: 'first-index' | 'unsafe-first-match' | 'unsafe-best-match';
  /** Rounds (or decisions) at most; null is the tool's own limit. */
  readonly maxRounds: number | null;
  /** What to do with a file whose metadata no layer knows: stop with `incomplete`, or leave the file out. */
  readonly unknownMetadata: 'stop' | 'leave-out';
}

export interface ResolveRequest {
  /** Release of the tool: `26.2`, `20.3`, `0.12`. */
  readonly toolVersion: string;
  readonly requirements: readonly UserRequirement[];
  readonly constraints: readonly UserRequirement[];
  /** uv's overrides; other tools have none. */
  readonly overrides: readonly UserRequirement[];
  /** uv's `--excludes`: normalised names of projects that are dropped wherever they are asked for. */
  readonly excludes?: readonly string[];
  readonly installed: readonly InstalledDistribution[];
  /** `--build-constraint` (pip 25.3): what limits build requirements, and nothing else. */
  readonly buildConstraints?: readonly UserRequirement[];
  /** A `pyproject.toml`, for tools that resolve projects. */
  readonly project?: TomlTable;
  /** The lock file beside it. */
  readonly lock?: TomlTable;
  readonly target: TargetEnvironment;
  /** The Python that runs the tool, where the target is another one (uv's `--python-version`). */
  readonly interpreter?: Version;
  readonly options: ResolverOptions;
  readonly index: PackageIndex;
  /** uv: versions of the lock beside the project, which are tried first; by project, highest first. */
  readonly locked?: ReadonlyMap<string, readonly Version[]>;
  /** uv: the project whose lock is asked for. */
  readonly uvProject?: UvProject;
  /** pip's newest preference with its parts in another order, to try a change of heuristic; no release has it. */
  readonly preference?: readonly PreferencePart[];
  /** Poetry: the seed of Python's string hashes, on which the order of its propagation hangs; 0 if absent. */
  readonly hashSeed?: number;
}

/** Pure and synchronous: same request, same trace. */
export type Engine = (request: ResolveRequest, recorder: TraceRecorder) => EngineResult;
