/**
 * What a link means where it says nothing. Links of the first format left out what was the default of their day; the
 * defaults have moved since, the links have not. Nothing here is ever changed.
 */
import type { Problem } from '../../core/problem/problem.ts';

/** The options of September 2026, each with what it meant when it was not set. */
const OPTIONS: Readonly<Record<string, unknown>> = {
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
  indexStrategy: 'first-index',
  maxRounds: null,
  unknownMetadata: 'stop',
};

const MEANT = { engine: 'pip@26.2', environment: { python: '3.12', platform: 'linux-x86_64' } } as const;

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A Problem of a link with everything said; what is no object is left for the schema to refuse. */
export function asMeant(problem: unknown): unknown {
  if (!isFields(problem)) return problem;
  const { environment = {}, options = {} } = problem;
  return {
    engine: MEANT.engine,
    ...problem,
    environment: isFields(environment) ? { ...MEANT.environment, ...environment } : environment,
    options: isFields(options) ? { ...OPTIONS, ...options } : options,
  };
}

/** The options that a link has to say: all that differ from what silence means, and all that came later and are set. */
export function optionsToSay(options: Problem['options'], defaults: Problem['options']): Fields {
  const said = Object.entries(options).filter(([name, value]) => {
    const silent = name in OPTIONS ? OPTIONS[name] : (defaults as Fields)[name];
    return JSON.stringify(value) !== JSON.stringify(silent);
  });
  return Object.fromEntries(said);
}
