/** Options of `pip install` (26.2) and `uv pip install` (0.12) that change what a resolver answers. */
import type { ManifestEnvironment, ManifestOptions } from './manifest.ts';
import { takeNames } from './requirements-file-options.ts';

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
  ...['--no-build', '--disable-pip-version-check', '--no-warn-script-location', '--check-build-dependencies'],
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

const LONG: Readonly<Record<string, string>> = {
  '-U': '--upgrade',
  '-I': '--ignore-installed',
  '-r': '--requirement',
  '-c': '--constraint',
  '-e': '--editable',
  '-i': '--index-url',
  '-f': '--find-links',
  '-G': '--group',
  '-p': '--python',
  '--reinstall': '--force-reinstall',
};

/** By every spelling that may be pasted; options with a value would otherwise be taken for a requirement. */
export const COMMAND_OPTIONS: ReadonlyMap<string, CommandOption> = new Map(
  [...SWITCHES, ...WITH_VALUE].map((flag, index) => [
    flag,
    { flag: LONG[flag] ?? flag, takesValue: index >= SWITCHES.length },
  ]),
);

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
    default: {
      const change = environmentChange(flag, value);
      return change === null ? null : { options, environment: { ...environment, ...change } };
    }
  }
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

const PLATFORMS: readonly (readonly [RegExp, string])[] = [
  [/^(?:many)?linux.*_?(?:aarch64|arm64)$|^aarch64-(?:unknown-)?(?:linux-gnu|manylinux)/, 'linux-aarch64'],
  [/^musllinux.*aarch64$|^aarch64-unknown-linux-musl/, 'musllinux-aarch64'],
  [/^musllinux.*x86_64$|^x86_64-unknown-linux-musl/, 'musllinux-x86_64'],
  [/^(?:many)?linux(?:.*x86_64)?$|^x86_64-(?:unknown-)?(?:linux-gnu|manylinux)/, 'linux-x86_64'],
  [/^macos(?:x.*(?:arm64|universal2))?$|^aarch64-apple-darwin|^macos$/, 'macos-arm64'],
  [/^macosx.*x86_64$|^x86_64-apple-darwin/, 'macos-x86_64'],
  [/^win(?:_arm64|dows-arm64)$|^aarch64-pc-windows/, 'windows-arm64'],
  [/^win32$|^i686-pc-windows/, 'windows-x86'],
  [/^(?:win_amd64|windows)$|^x86_64-pc-windows/, 'windows-amd64'],
];

function environmentChange(flag: string, value: string): ManifestEnvironment | null {
  switch (flag) {
    case '--python-version':
    case '--python': {
      const match = /^(?:cpython-?|python)?(\d+(?:\.\d+){1,2}t?)$/.exec(value);
      if (match !== null) return { python: match[1]! };
      // pip takes `311` for 3.11.
      const short = /^(\d)(\d{1,2})$/.exec(value);
      return short === null ? null : { python: `${short[1]!}.${short[2]!}` };
    }
    case '--platform':
    case '--python-platform': {
      const known = PLATFORMS.find(([pattern]) => pattern.test(value));
      return known === undefined ? null : { platform: known[1] };
    }
    case '--implementation':
      return value === 'pp'
        ? { implementation: 'pypy' }
        : value === 'cp'
          ? { implementation: 'cpython' }
          : null;
    default:
      return null;
  }
}
