/**
 * Which tool knows which option, under which flag, and since when: what the page's controls and the equivalent
 * commands are made from. Sources: `pip install --help` of 19.3 to 26.3 with pip's NEWS; `uv pip compile --help` of
 * uv 0.11 to 0.13.
 */
import type { EngineId } from './engine-id.ts';
import type { Problem } from './problem.ts';

/** A field of `Problem.options`. */
export type OptionName = keyof Problem['options'];

/** How one option is written for each tool; null where the tool has none. */
export interface OptionRule {
  readonly pip: string | null;
  /** First release of pip that has it, where that is later than 19.3. */
  readonly pipSince?: number;
  readonly uv: string | null;
  /** Poetry's way, where there is one on its command line. */
  readonly poetry?: string;
  /** The option of ours that gives this one a meaning. */
  readonly needs?: 'upgrade' | 'universal';
  /** What limits the page's own run and no tool's. */
  readonly isOurs?: true;
}

const both = (flag: string, uv = flag): OptionRule => ({ pip: flag, uv });
const pipOnly = (flag: string): OptionRule => ({ pip: flag, uv: null });
const uvOnly = (flag: string): OptionRule => ({ pip: null, uv: flag });

/** One rule for each option of a Problem. */
export const OPTION_RULES: Readonly<Record<OptionName, OptionRule>> = {
  pre: both('--pre', '--prerelease'),
  allReleases: { pip: '--all-releases', pipSince: 26, uv: '--prerelease-package' },
  onlyFinal: { pip: '--only-final', pipSince: 26, uv: '--prerelease-package' },
  onlyBinary: both('--only-binary'),
  noBinary: both('--no-binary'),
  preferBinary: pipOnly('--prefer-binary'),
  noDeps: both('--no-deps'),
  ignoreRequiresPython: pipOnly('--ignore-requires-python'),
  requireHashes: pipOnly('--require-hashes'),
  uploadedPriorTo: { pip: '--uploaded-prior-to', pipSince: 26, uv: '--exclude-newer' },
  upgrade: both('--upgrade'),
  upgradeStrategy: { ...pipOnly('--upgrade-strategy'), needs: 'upgrade' },
  forceReinstall: both('--force-reinstall', '--reinstall'),
  ignoreInstalled: pipOnly('--ignore-installed'),
  resolution: uvOnly('--resolution'),
  prerelease: uvOnly('--prerelease'),
  universal: uvOnly('--universal'),
  pythonVersion: uvOnly('--python-version'),
  requiresPython: { ...uvOnly('requires-python'), needs: 'universal' },
  forkStrategy: { ...uvOnly('--fork-strategy'), needs: 'universal' },
  requiredEnvironments: { ...uvOnly('required-environments'), needs: 'universal' },
  update: { ...uvOnly('--upgrade-package'), poetry: 'poetry update' },
  indexStrategy: uvOnly('--index-strategy'),
  maxRounds: { pip: null, uv: null, isOurs: true },
  unknownMetadata: { pip: null, uv: null, isOurs: true },
};

/** Whether an option does anything with an engine, and if not, why. */
export type OptionUse =
  | { readonly kind: 'used' }
  /** pip has it only since a later release. */
  | { readonly kind: 'newer'; readonly since: string }
  /** Only the other tool has it. */
  | { readonly kind: 'other-tool'; readonly tool: 'pip' | 'uv' }
  /** It says something about another option, which is off. */
  | { readonly kind: 'needs'; readonly option: 'upgrade' | 'universal' }
  /** The engine reproduces no such thing. */
  | { readonly kind: 'none' };

/** The prototype of 2019 finds files as pip does and knows nothing of what is installed. */
const ZAZO_LACKS: ReadonlySet<OptionName> = new Set<OptionName>([
  'upgrade',
  'upgradeStrategy',
  'forceReinstall',
  'ignoreInstalled',
]);

const OF_LOCKERS: readonly OptionName[] = [
  'uploadedPriorTo',
  'requiresPython',
  'maxRounds',
  'unknownMetadata',
];
const OF_PDM: ReadonlySet<OptionName> = new Set(OF_LOCKERS);
const OF_POETRY: ReadonlySet<OptionName> = new Set<OptionName>([...OF_LOCKERS, 'update']);

/** Options that Poetry and PDM are asked with; their own settings stand in the project. */
function ofLocker(family: 'poetry' | 'pdm'): ReadonlySet<OptionName> {
  return family === 'poetry' ? OF_POETRY : OF_PDM;
}

/** What an option comes to with an engine and the other options. */
export function optionUse(name: OptionName, engine: EngineId, options: Problem['options']): OptionUse {
  const rule = OPTION_RULES[name];
  if (engine.family === 'poetry' || engine.family === 'pdm')
    return ofLocker(engine.family).has(name) ? { kind: 'used' } : { kind: 'none' };
  if (name === 'update') return { kind: engine.family === 'uv' ? 'used' : 'none' };
  if (rule.isOurs)
    return name === 'maxRounds' && engine.family === 'legacy' ? { kind: 'none' } : { kind: 'used' };
  const isUv = engine.family === 'uv';
  if ((isUv ? rule.uv : rule.pip) === null) return { kind: 'other-tool', tool: isUv ? 'pip' : 'uv' };
  if (!isUv && rule.pipSince !== undefined && pipRelease(engine) < rule.pipSince)
    return { kind: 'newer', since: String(rule.pipSince) };
  if (engine.family === 'zazo' && ZAZO_LACKS.has(name)) return { kind: 'none' };
  if (rule.needs !== undefined && !options[rule.needs]) return { kind: 'needs', option: rule.needs };
  return { kind: 'used' };
}

/** `26.2` as a number that compares; an engine that is no release of pip's counts as the newest. */
export function pipRelease({ family, version }: EngineId): number {
  if (family !== 'pip' && family !== 'legacy') return Infinity;
  const [major = '0', minor = '0'] = version.split('.');
  return Number(major) + Number(minor) / 100;
}
