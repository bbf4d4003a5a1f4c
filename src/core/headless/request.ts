/** Problem → ResolveRequest: everything that is text becomes values, and every complaint a diagnostic with a span. */
import type { Diagnostic, Pane } from '../manifest/syntax/diagnostic.ts';
import { parseRequirementsFile, type RequirementsFile } from '../manifest/requirements/requirements-file.ts';
import { readCutOff } from '../package-index/facts/cut-off.ts';
import {
  isMissing,
  type DistributionMetadata,
  type MissingFact,
  type PackageIndex,
} from '../package-index/package-index.ts';
import { evaluateMarker } from '../packaging/marker.ts';
import { normalizeName } from '../packaging/name.ts';
import type { Result } from '../packaging/result.ts';
import { targetOfEra } from '../resolver/pip/supported-tags.ts';
import { makeTargetEnvironment, type TargetEnvironment } from '../packaging/target-environment.ts';
import { readVersion } from '../packaging/legacy-version.ts';
import type { PrereleasePolicy } from '../packaging/prerelease-policy.ts';
import { compareVersions, type Version } from '../packaging/version.ts';
import { locksProjects, parseEngineId } from '../problem/engine-id.ts';
import type { Problem } from '../problem/problem.ts';
import { excludedNames } from './excluded-names.ts';
import { interpreterRefusal, readUvProject, UvProjectError, type UvProjectReading } from './uv-project.ts';
import { uvLockPreferences } from './uv-lock-preferences.ts';
import type { Requirement } from '../packaging/requirement.ts';
import { mergedControls } from './control-lists.ts';
import { eraOf, readingPolicy } from '../ledger/engine-era.ts';
import { readProjectText } from './project-text.ts';
import type {
  InstalledDistribution,
  ResolverOptions,
  ResolveRequest,
  UserRequirement,
} from '../resolver/engine.ts';

export interface PreparedRequest {
  readonly request: ResolveRequest;
  /** In the order of the panes and of their texts. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the real tool would refuse the texts before it resolves anything. */
  readonly isRefused: boolean;
  /** Why uv does not even begin with the project, in its own words. */
  readonly refusal?: string;
  /** What uv says of the project before it goes on. */
  readonly warning?: string;
  /** Facts about installed packages that can be loaded; run again when they are there. */
  readonly missing: readonly MissingFact[];
}

/** The project of a question for uv, or why uv refuses it. */
function projectOf({ engine, pyproject, environment }: Problem): {
  readonly reading: UvProjectReading | null;
  readonly refusal: string | null;
} {
  if (!engine.startsWith('uv@') || pyproject === undefined || pyproject.trim() === '')
    return { reading: null, refusal: null };
  try {
    const reading = readUvProject(pyproject);
    return { reading, refusal: interpreterRefusal(reading, environment.python) };
  } catch (error) {
    if (error instanceof UvProjectError) return { reading: null, refusal: error.message };
    throw error;
  }
}

function asLines(
  requirements: readonly Requirement[] = [],
  pane: 'constraints' | 'overrides',
): readonly UserRequirement[] {
  return requirements.map((requirement, index) => ({
    requirement,
    source: { pane, line: index + 1 },
    hashes: [],
    isEditable: false,
  }));
}

/** Fails only for an environment or a date that does not exist; its error's message names the field. */
export function prepareRequest(problem: Problem, index: PackageIndex): Result<PreparedRequest> {
  const target = targetOf(problem);
  if (!target.ok) return target;
  const asked = askedTarget(problem, target.value);
  const cutOff = cutOffOf(problem);
  if (cutOff?.ok === false)
    return { ok: false, error: { ...cutOff.error, message: `uploaded prior to: ${cutOff.error.message}` } };
  const policy = readingPolicy(problem.engine);
  const read = (text: string | undefined, pane: Pane): RequirementsFile => {
    return parseRequirementsFile(text ?? '', { pane, policy });
  };
  const requirements = read(problem.requirements, 'requirements');
  const constraints = read(problem.constraints, 'constraints');
  const overrides = read(problem.overrides, 'overrides');
  const installed = read(problem.installed, 'installed');
  const buildConstraints = read(problem.buildConstraints, 'constraints');
  const files = [requirements, constraints, overrides, installed, buildConstraints];
  const engine = parseEngineId(problem.engine);
  const era = engine.ok ? eraOf(engine.value) : null;
  const missing: MissingFact[] = [];
  const lines = userRequirements(requirements);
  const project = engine.ok && locksProjects(engine.value) ? readProjectText(problem, lines) : null;
  const uvProject = projectOf(problem);
  const ofProject = uvProject.reading;
  const refusal = uvProject.refusal ?? project?.refusal ?? null;
  const warning = uvProject.reading?.warning ?? null;
  return {
    ok: true,
    value: {
      ...(refusal === null ? {} : { refusal }),
      ...(warning === null ? {} : { warning }),
      request: {
        toolVersion: engine.ok ? engine.value.version : '',
        requirements: ofProject === null ? lines : [],
        constraints: [...userRequirements(constraints), ...asLines(ofProject?.constraints, 'constraints')],
        overrides: [...userRequirements(overrides), ...asLines(ofProject?.overrides, 'overrides')],
        ...(ofProject === null ? {} : { uvProject: ofProject.project, locked: uvLockPreferences(problem) }),
        excludes: [...excludedNames(problem.excludes ?? ''), ...(ofProject?.excludes ?? [])],
        installed: installedDistributions(installed, { index, policy, missing, target: target.value }),
        ...(buildConstraints.entries.length === 0
          ? {}
          : { buildConstraints: userRequirements(buildConstraints) }),
        ...(project === null ? {} : { project: project.project }),
        ...(project === null || project.lock === null ? {} : { lock: project.lock }),
        target: era === null ? asked : targetOfEra(target.value, era),
        ...(asked === target.value ? {} : { interpreter: target.value.python }),
        options: { ...mergeOptions(problem, requirements, constraints), ...ofProject?.options },
        index,
      },
      diagnostics: [...files.flatMap((file) => file.diagnostics), ...(project?.diagnostics ?? [])],
      isRefused: project?.isRefused ?? files.some((file) => file.isRefused),
      missing,
    },
  };
}

function targetOf(problem: Problem): Result<TargetEnvironment> {
  const { python, platform, implementation, markers } = problem.environment;
  return makeTargetEnvironment({
    python,
    platform,
    ...(implementation === undefined ? {} : { implementation }),
    ...(markers === undefined ? {} : { markers }),
  });
}

/**
 * The request for another Python on the same machine: that of uv's `--python-version` where it is given, else the
 * interpreter. Null where there is no such Python.
 */
export function requestWithPython(
  problem: Problem,
  request: ResolveRequest,
  python: string,
): ResolveRequest | null {
  if (request.options.pythonVersion !== null) {
    const changed = { ...problem, options: { ...problem.options, pythonVersion: python } };
    const options = { ...request.options, pythonVersion: python };
    return { ...request, options, target: askedTarget(changed, request.target) };
  }
  const target = targetOf({ ...problem, environment: { ...problem.environment, python } });
  if (!target.ok) return null;
  const engine = parseEngineId(problem.engine);
  const era = engine.ok ? eraOf(engine.value) : null;
  return { ...request, target: era === null ? target.value : targetOfEra(target.value, era) };
}

/**
 * uv's `--python-version` names a Python that need not be there: markers and tags are its, the platform is the
 * machine's. What the version leaves out is 0. In universal mode only its lower bound counts.
 */
function askedTarget(
  { engine, options, environment }: Problem,
  target: TargetEnvironment,
): TargetEnvironment {
  const { pythonVersion, universal } = options;
  if (!engine.startsWith('uv@') || universal || pythonVersion === null) return target;
  const { platform, implementation = target.implementation, markers } = environment;
  const asked = makeTargetEnvironment({
    python: pythonVersion,
    platform,
    implementation,
    ...(markers === undefined ? {} : { markers }),
  });
  return asked.ok ? asked.value : target;
}

/** The moment that the options name, as the problem's tool reads it; null when there is none. */
export function cutOffOf({ engine, options }: Problem): Result<number> | null {
  if (options.uploadedPriorTo === null) return null;
  return readCutOff(options.uploadedPriorTo, engine.startsWith('uv@') ? 'uv' : 'pip');
}

function userRequirements(file: RequirementsFile): UserRequirement[] {
  return file.entries.map((entry) => ({
    requirement: entry.requirement,
    source: { pane: sourcePane(file.pane), line: entry.line },
    hashes: entry.hashes,
    isEditable: entry.isEditable,
  }));
}

/** The overlay pane holds an index, never requirements. */
function sourcePane(pane: Pane): UserRequirement['source']['pane'] {
  return pane === 'overlay' ? 'requirements' : pane;
}

/**
 * Options that stand in the requirements text come after those of the command line. pip's lists that exclude each other
 * let the later one win; uv joins each of them.
 */
function mergeOptions(problem: Problem, file: RequirementsFile, limits: RequirementsFile): ResolverOptions {
  const { options } = problem;
  const inFile = file.options;
  const joined = {
    allReleases: [...controlNames(options.allReleases), ...inFile.allReleases],
    onlyFinal: [...controlNames(options.onlyFinal), ...inFile.onlyFinal],
    onlyBinary: [...controlNames(options.onlyBinary), ...inFile.onlyBinary],
    noBinary: [...controlNames(options.noBinary), ...inFile.noBinary],
  };
  return {
    ...options,
    pre: options.pre || inFile.pre,
    preferBinary: options.preferBinary || inFile.preferBinary,
    requireHashes: options.requireHashes || (inFile.requireHashes ?? [file, limits].some(hasHashes)),
    ...(problem.engine.startsWith('pip@') ? exclusiveLists(options, inFile) : joined),
  };
}

type Lists = Pick<ResolverOptions, 'allReleases' | 'onlyFinal' | 'onlyBinary' | 'noBinary'>;

function exclusiveLists(options: Lists, inFile: Lists): Lists {
  const binary = mergedControls(
    { first: controlNames(options.onlyBinary), second: controlNames(options.noBinary) },
    { first: inFile.onlyBinary, second: inFile.noBinary },
  );
  const releases = mergedControls(
    { first: controlNames(options.allReleases), second: controlNames(options.onlyFinal) },
    { first: inFile.allReleases, second: inFile.onlyFinal },
  );
  return {
    onlyBinary: binary.first,
    noBinary: binary.second,
    allReleases: releases.first,
    onlyFinal: releases.second,
  };
}

/** pip turns `--require-hashes` on as soon as one requirement or constraint has a hash, unless it is told not to. */
function hasHashes({ entries }: RequirementsFile): boolean {
  return entries.some(({ hashes }) => hashes.length > 0);
}

function controlNames(names: readonly string[]): string[] {
  return names.map((name) => (name.startsWith(':') ? name : normalizeName(name)));
}

/**
 * Lines of `pip freeze` name what is installed; what each of them needs is read from the index, where it has the
 * version. A distribution that the index does not know needs nothing, as far as this page can tell.
 */
function installedDistributions(
  file: RequirementsFile,
  {
    index,
    policy,
    missing,
    target,
  }: {
    index: PackageIndex;
    policy: PrereleasePolicy;
    missing: MissingFact[];
    target: TargetEnvironment;
  },
): InstalledDistribution[] {
  return file.entries.flatMap(({ requirement }) => {
    // Pins of a lock file hold for some machines only.
    if (requirement.marker !== null && !evaluateMarker(requirement.marker, target.markers)) return [];
    const pin = requirement.specifier.specifiers.find(
      ({ operator }) => operator === '==' || operator === '===',
    );
    if (pin === undefined) return [];
    const name = requirement.normalizedName;
    const version = pin.version?.text ?? pin.text.replace(/^=+/, '');
    const metadata = indexedMetadata(name, readVersion(version, policy), index);
    if (metadata !== null && isMissing(metadata)) {
      if (metadata.loadable) missing.push(metadata);
      return [{ name, version, requiresDist: [], requiresPython: null, providesExtra: [] }];
    }
    const { requiresDist = [], requiresPython = null, providesExtra = [] } = metadata ?? {};
    return [{ name, version, requiresDist, requiresPython, providesExtra }];
  });
}

/** Null when the index knows the project but not the version. */
function indexedMetadata(
  name: string,
  wanted: Version | null,
  index: PackageIndex,
): DistributionMetadata | MissingFact | null {
  const page = index.page(name);
  if (isMissing(page)) return page;
  if (wanted === null) return null;
  const file = page.distributions.find((distribution) => {
    const listed = readVersion(
      distribution.version,
      wanted.legacy === null ? 'packaging-26' : 'packaging-20',
    );
    return listed !== null && compareVersions(listed, wanted) === 0;
  });
  return file === undefined ? null : index.metadata(file);
}
