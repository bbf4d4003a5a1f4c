/** Recordings of real pip, and the requests that they answer. See the data folder's README for their form. */
import { readingPolicy } from '../../src/core/ledger/engine-era.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import type { Facts } from '../../src/core/package-index/facts/facts.ts';
import type { PackageIndex } from '../../src/core/package-index/package-index.ts';
import { parseRequirement } from '../../src/core/packaging/requirement.ts';
import { makeTargetEnvironment } from '../../src/core/packaging/target-environment.ts';
import type { ResolveRequest, ResolverOptions, UserRequirement } from '../../src/core/resolver/engine.ts';
import { readSharedJson } from '../shared-data.ts';

export interface Recording {
  readonly name: string;
  readonly pip: string;
  readonly python: string;
  readonly platform: string;
  readonly facts: string;
  readonly requirements: readonly string[];
  readonly constraints?: readonly string[];
  readonly options?: readonly string[];
  readonly outcome: 'solved' | 'failed' | 'crash' | 'timeout';
  readonly pins: Readonly<Record<string, string | null>> | null;
  readonly metrics?: {
    readonly rounds: number;
    readonly pages: number;
    readonly metadata: number;
    readonly wheels: number;
  };
  readonly text?: readonly string[];
  readonly errors?: readonly string[];
  readonly eventCount?: number;
  readonly eventsSha256?: string;
  readonly events?: readonly (readonly unknown[])[];
}

/** Files of recordings, and the family of cases that each holds. */
export const RECORDING_FILES = [
  { file: 'recordings/pip-26.2.1-random-a.json', family: 'random, 2020 and 2026' },
  { file: 'recordings/pip-26.2.1-random-2023.json', family: 'random, 2023' },
  { file: 'recordings/pip-26.2.1-features.json', family: 'features' },
  { file: 'recordings/pip-26.3.json', family: 'all kinds' },
  { file: 'recordings/pip-eras-toys.json', family: 'toys' },
  { file: 'recordings/pip-eras-real.json', family: 'real' },
] as const;

export function readRecordings(file: string): readonly Recording[] {
  return readSharedJson(file) as readonly Recording[];
}

const indexes = new Map<string, PackageIndex>();

/** The index that a recording was made on: `file` or `file#part`. Made once. */
export function recordedIndex(facts: string): PackageIndex {
  let index = indexes.get(facts);
  if (index === undefined) {
    const [file = '', part] = facts.split('#');
    const value = readSharedJson(file) as Facts & Record<string, Facts>;
    index = makeFactsIndex(part === undefined ? value : value[part]!);
    indexes.set(facts, index);
  }
  return index;
}

export const DEFAULT_OPTIONS: ResolverOptions = {
  pre: false,
  allReleases: [],
  onlyFinal: [],
  onlyBinary: [],
  noBinary: [],
  preferBinary: false,
  noDeps: false,
  ignoreRequiresPython: false,
  requireHashes: false,
  uploadedPriorTo: null,
  upgrade: false,
  upgradeStrategy: 'only-if-needed',
  forceReinstall: false,
  ignoreInstalled: false,
  resolution: 'highest',
  prerelease: null,
  universal: false,
  pythonVersion: null,
  requiresPython: null,
  requiredEnvironments: [],
  forkStrategy: 'requires-python',
  indexStrategy: 'first-index',
  maxRounds: null,
  unknownMetadata: 'stop',
};

const FLAGS: Readonly<Record<string, Partial<ResolverOptions>>> = {
  '--pre': { pre: true },
  '--no-deps': { noDeps: true },
  '--ignore-requires-python': { ignoreRequiresPython: true },
  '--prefer-binary': { preferBinary: true },
  '--upgrade': { upgrade: true },
  '--force-reinstall': { forceReinstall: true },
};

/** Lines as requirements of the user's, one a line, as `pip` reads them. Throws on a line that is none. */
export function userRequirements(
  lines: readonly string[],
  pane: 'requirements' | 'constraints',
  pip = '26.2',
): readonly UserRequirement[] {
  return lines.map((text, index) => {
    const parsed = parseRequirement(text, readingPolicy(`pip@${pip}`));
    if (!parsed.ok) throw new Error(`not a requirement: ${text}: ${parsed.error.message}`);
    return { requirement: parsed.value, source: { pane, line: index + 1 }, hashes: [], isEditable: false };
  });
}

export function requestOf(recording: Recording): ResolveRequest {
  const target = makeTargetEnvironment({ python: recording.python, platform: recording.platform });
  if (!target.ok) throw new Error(target.error.message);
  let options = DEFAULT_OPTIONS;
  for (const flag of recording.options ?? []) {
    const change = FLAGS[flag];
    if (change === undefined) throw new Error(`unknown option in a recording: ${flag}`);
    options = { ...options, ...change };
  }
  return {
    toolVersion: recording.pip,
    requirements: userRequirements(recording.requirements, 'requirements', recording.pip),
    constraints: userRequirements(recording.constraints ?? [], 'constraints', recording.pip),
    installed: [],
    target: target.value,
    options,
    overrides: [],
    index: recordedIndex(recording.facts),
  };
}
