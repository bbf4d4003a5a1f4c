/** Options of `pip install` (26.2) and `uv pip install` (0.12) that change what a resolver answers. */
import { environmentChange } from './command-environment.ts';
import type { ManifestEnvironment, ManifestOptions } from '../manifest.ts';
import { takeNames } from '../requirements/requirements-file-options.ts';

interface CommandOption {
  readonly flag: string;
  readonly takesValue: boolean;
}

const SWITCHES = [
  ...[
    '--pre',
    '--prefer-binary',
    '--no-deps',
    '--ignore-requires-python',
    '--require-hashes',
    '--upgrade',
    '-U',
  ],
  ...[
    '--force-reinstall',
    '--reinstall',
    '--ignore-installed',
    '-I',
    '--no-binary-all',
    '--no-index',
    '--dry-run',
  ],
  ...['--user', '--quiet', '-q', '--verbose', '-v', '--no-cache-dir', '--no-cache', '--system', '--isolated'],
  ...[
    '--no-build-isolation',
    '--break-system-packages',
    '--no-input',
    '--use-pep517',
    '--no-color',
    '--dev',
    '-D',
  ],
  ...[
    '--no-build',
    '--universal',
    '--disable-pip-version-check',
    '--no-warn-script-location',
    '--check-build-dependencies',
  ],
];

const WITH_VALUE = [
  ...[
    '--requirement',
    '-r',
    '--constraint',
    '-c',
    '--editable',
    '-e',
    '--index-url',
    '-i',
    '--extra-index-url',
  ],
  ...[
    '--find-links',
    '-f',
    '--no-binary',
    '--only-binary',
    '--all-releases',
    '--only-final',
    '--uploaded-prior-to',
  ],
  ...[
    '--upgrade-strategy',
    '--python-version',
    '--platform',
    '--implementation',
    '--abi',
    '--target',
    '-t',
    '--root',
  ],
  ...[
    '--prefix',
    '--src',
    '--trusted-host',
    '--progress-bar',
    '--report',
    '--use-feature',
    '--use-deprecated',
  ],
  ...[
    '--config-settings',
    '-C',
    '--hash',
    '--group',
    '-G',
    '--proxy',
    '--timeout',
    '--retries',
    '--python',
    '-p',
  ],
  ...[
    '--override',
    '--overrides',
    '--constraints',
    '--prerelease-package',
    '--resolution',
    '--prerelease',
    '--exclude-newer',
    '--index-strategy',
    '--python-platform',
  ],
  ...[
    '--default-index',
    '--index',
    '--build-constraint',
    '-b',
    '--cache-dir',
    '--log',
    '--cert',
    '--extra',
    '-E',
  ],
  ...[
    '--upgrade-package',
    '-P',
    '--source',
    '--dest',
    '-d',
    '--wheel-dir',
    '-w',
    '--output',
    '-o',
    '--exists-action',
  ],
];

const OF_OTHER_SETTINGS =
  '--no-build-package --no-binary-package --link-mode --fork-strategy --keyring-provider --torch-backend ' +
  '--exclude-newer-package --no-sources-package --refresh-package --reinstall-package --optional --bounds --rev ' +
  '--tag --branch --script --package --marker -m --root-user-action --client-cert --resume-retries --config-setting ' +
  '--global-option --log-file --index-versions --format --color --directory --project --build-constraints ' +
  '--output-file --only-group --no-group --config-file --python-preference --concurrent-downloads --platforms';

const LONG: Readonly<Record<string, string>> = {
  '-U': '--upgrade',
  '-I': '--ignore-installed',
  '-r': '--requirement',
  '-c': '--constraint',
  '-e': '--editable',
  '-i': '--index-url',
  '-f': '--find-links',
  '-G': '--group',
  '--overrides': '--override',
  '--constraints': '--constraint',
  '-p': '--python',
  '--reinstall': '--force-reinstall',
  '--no-build-package': '--only-binary',
  '--no-binary-package': '--no-binary',
};

/** By every spelling that may be pasted; options with a value would otherwise be taken for a requirement. */
export const COMMAND_OPTIONS: ReadonlyMap<string, CommandOption> = new Map(
  [...SWITCHES, ...WITH_VALUE, ...OF_OTHER_SETTINGS.split(' ')].map((flag, index) => [
    flag,
    { flag: LONG[flag] ?? flag, takesValue: index >= SWITCHES.length },
  ]),
);

/** What `PIP_PRE=1` or `UV_RESOLUTION=lowest` before a command says, as its option; null for other variables. */
export function optionOfVariable(word: string): { readonly flag: string; readonly value: string } | null {
  const match = /^(?:PIP|UV)_([A-Z][A-Z_]{1,60})=(.*)$/s.exec(word);
  if (match === null) return null;
  const flag = `--${match[1]!.toLowerCase().replaceAll('_', '-')}`;
  const option = COMMAND_OPTIONS.get(flag);
  if (option === undefined) return null;
  if (option.takesValue) return { flag: option.flag, value: match[2]! };
  return /^(?:1|y|yes|t|true|on)$/i.test(match[2]!) ? { flag: option.flag, value: '' } : null;
}

interface Settings {
  readonly options: ManifestOptions;
  readonly environment: ManifestEnvironment;
}

/** Applies an option; null when it changes nothing that a resolver answers. */
export function applyCommandOption(
  options: ManifestOptions,
  environment: ManifestEnvironment,
  flag: string,
  value: string,
): Settings | null {
  const set = (change: ManifestOptions): Settings => ({ options: { ...options, ...change }, environment });
  switch (flag) {
    case '--pre':
      return set({ pre: true });
    case '--prefer-binary':
      return set({ preferBinary: true });
    case '--no-deps':
      return set({ noDeps: true });
    case '--ignore-requires-python':
      return set({ ignoreRequiresPython: true });
    case '--require-hashes':
      return set({ requireHashes: true });
    case '--upgrade':
      return set({ upgrade: true });
    case '--force-reinstall':
      return set({ forceReinstall: true });
    case '--ignore-installed':
      return set({ ignoreInstalled: true });
    case '--universal':
      return set({ universal: true });
    case '--prerelease-package':
      return prereleasePackage(options, environment, value);
    case '--no-build':
      return set({ onlyBinary: [':all:'] });
    case '--upgrade-strategy':
      return value === 'eager' || value === 'only-if-needed' ? set({ upgradeStrategy: value }) : null;
    case '--uploaded-prior-to':
    case '--exclude-newer':
      return set({ uploadedPriorTo: value });
    case '--no-binary':
    case '--only-binary':
    case '--all-releases':
    case '--only-final':
      return set(nameListChange(options, flag, value));
    case '--resolution':
      return value === 'highest' || value === 'lowest' || value === 'lowest-direct'
        ? set({ resolution: value })
        : null;
    case '--prerelease':
      return isPrereleaseMode(value) ? set({ prerelease: value }) : null;
    case '--index-strategy':
      return isIndexStrategy(value) ? set({ indexStrategy: value }) : null;
    case '--python-version':
      // Behind uv's `--python` it is a target that differs from the interpreter.
      if (environment.python !== undefined) return set({ pythonVersion: value });
      return environmentSettings(flag, value, { options, environment });
    default:
      return environmentSettings(flag, value, { options, environment });
  }
}

function environmentSettings(
  flag: string,
  value: string,
  { options, environment }: Settings,
): Settings | null {
  const change = environmentChange(flag, value, environment);
  return change === null ? null : { options, environment: { ...environment, ...change } };
}

/** uv's rule for one project, `NAME=allow`: what pip calls `--all-releases` and `--only-final`. */
function prereleasePackage(
  options: ManifestOptions,
  environment: ManifestEnvironment,
  value: string,
): Settings | null {
  const match = /^([^=]+)=(allow|disallow)$/.exec(value);
  if (match === null) return null;
  const flag = match[2] === 'allow' ? '--all-releases' : '--only-final';
  return { options: { ...options, ...nameListChange(options, flag, match[1]!) }, environment };
}

function isPrereleaseMode(value: string): value is NonNullable<ManifestOptions['prerelease']> {
  return /^(?:allow|disallow|if-necessary|explicit|if-necessary-or-explicit)$/.test(value);
}

function isIndexStrategy(value: string): value is NonNullable<ManifestOptions['indexStrategy']> {
  return /^(?:first-index|unsafe-first-match|unsafe-best-match)$/.test(value);
}

function nameListChange(options: ManifestOptions, flag: string, value: string): ManifestOptions {
  const isFormat = flag === '--only-binary' || flag === '--no-binary';
  const first = new Set(isFormat ? options.onlyBinary : options.allReleases);
  const second = new Set(isFormat ? options.noBinary : options.onlyFinal);
  const isFirst = flag === '--only-binary' || flag === '--all-releases';
  takeNames(value, isFirst ? { target: first, other: second } : { target: second, other: first });
  return isFormat
    ? { onlyBinary: [...first], noBinary: [...second] }
    : { allReleases: [...first], onlyFinal: [...second] };
}
