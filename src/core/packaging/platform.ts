/**
 * The machines that a resolution can be asked for: how each is written, the tags of the binaries that run on it, and
 * what markers read there. `PLATFORM_KINDS` is the one table; everything else about platforms follows from it.
 */
import { expandTriple } from './platform-triple.ts';
import { failure, success, type Result } from './result.ts';
import {
  androidPlatforms,
  iosPlatforms,
  linuxPlatforms,
  macosPlatforms,
  manylinuxPlatforms,
  musllinuxPlatforms,
  type PlatformVersion,
} from './platform-tags.ts';

export interface Platform {
  /** Standard spelling, its version included only when it is not the default: `linux-x86_64`, `macos-15-arm64`. */
  readonly name: string;
  /** Platform tags, best first: `manylinux_2_36_x86_64` … */
  readonly tags: readonly string[];
  readonly markers: PlatformMarkers;
}

/** Those marker values that depend on the machine alone. */
export interface PlatformMarkers {
  readonly os_name: string;
  readonly sys_platform: string;
  readonly platform_system: string;
  readonly platform_machine: string;
  readonly platform_release: string;
  readonly platform_version: string;
}

interface PlatformKind {
  readonly kind: string;
  /** Of a spelling, sticky at both ends: groups `major`, `minor` (both optional) and `architecture`. */
  readonly spellings: readonly RegExp[];
  readonly defaultVersion: PlatformVersion;
  /** Architecture as we write it, to the one in tags and the one that `platform.machine()` answers. */
  readonly architectures: Readonly<Record<string, { readonly tag: string; readonly machine: string }>>;
  readonly tags: (version: PlatformVersion, architecture: string) => readonly string[];
  readonly system: Pick<PlatformMarkers, 'os_name' | 'sys_platform' | 'platform_system'>;
  /** What `platform.release()` answers on a machine of that version. */
  readonly release: (version: PlatformVersion) => string;
}

const same = (name: string): { tag: string; machine: string } => ({ tag: name, machine: name });

const LINUX = { os_name: 'posix', sys_platform: 'linux', platform_system: 'Linux' } as const;

const LINUX_ARCHITECTURES = {
  x86_64: same('x86_64'),
  aarch64: same('aarch64'),
  i686: same('i686'),
  armv7l: same('armv7l'),
  ppc64le: same('ppc64le'),
  s390x: same('s390x'),
  riscv64: same('riscv64'),
  loongarch64: same('loongarch64'),
} as const;

/** Numbers are bounded, since tags are made for every version below the given one. */
const VERSION = String.raw`(?<major>\d{1,3})(?:[._](?<minor>\d{1,3}))?`;
const spelling = (pattern: string): RegExp => new RegExp(`^${pattern}$`, 'i');
const ARCHITECTURE = String.raw`(?<architecture>[a-z0-9_]+)`;

/** Every kind of machine. The first spelling of each is ours; the others are those of wheel tags. */
const PLATFORM_KINDS: readonly PlatformKind[] = [
  {
    kind: 'linux',
    spellings: [
      spelling(`(?:many)?linux(?:-(?:glibc-?)?${VERSION})?-${ARCHITECTURE}`),
      spelling(`manylinux_${VERSION}_${ARCHITECTURE}`),
      spelling(`linux_${ARCHITECTURE}`),
    ],
    defaultVersion: [2, 36],
    architectures: LINUX_ARCHITECTURES,
    tags: (version, architecture) => [
      ...manylinuxPlatforms(version, architecture),
      ...linuxPlatforms(architecture),
    ],
    system: LINUX,
    release: () => '6.1.0',
  },
  {
    kind: 'musllinux',
    spellings: [
      spelling(`musllinux(?:-${VERSION})?-${ARCHITECTURE}`),
      spelling(`musllinux_${VERSION}_${ARCHITECTURE}`),
    ],
    defaultVersion: [1, 2],
    architectures: LINUX_ARCHITECTURES,
    tags: (version, architecture) => [
      ...musllinuxPlatforms(version, architecture),
      ...linuxPlatforms(architecture),
    ],
    system: LINUX,
    release: () => '6.1.0',
  },
  {
    kind: 'macos',
    spellings: [
      spelling(`macosx?(?:-${VERSION})?-${ARCHITECTURE}`),
      spelling(`macosx_${VERSION}_${ARCHITECTURE}`),
    ],
    defaultVersion: [14, 0],
    architectures: { arm64: same('arm64'), x86_64: same('x86_64'), i386: same('i386') },
    tags: macosPlatforms,
    system: { os_name: 'posix', sys_platform: 'darwin', platform_system: 'Darwin' },
    release: darwinRelease,
  },
  {
    kind: 'windows',
    spellings: [
      spelling(`win(?:dows)?(?:-${VERSION})?[-_]${ARCHITECTURE}`),
      spelling(`win(?<architecture>32)`),
    ],
    defaultVersion: [10, 0],
    architectures: {
      amd64: { tag: 'win_amd64', machine: 'AMD64' },
      arm64: { tag: 'win_arm64', machine: 'ARM64' },
      x86: { tag: 'win32', machine: 'x86' },
    },
    tags: (_version, architecture) => [architecture],
    system: { os_name: 'nt', sys_platform: 'win32', platform_system: 'Windows' },
    release: ([major]) => String(major),
  },
  {
    kind: 'ios',
    spellings: [
      spelling(`ios(?:-${VERSION})?-(?<architecture>[a-z0-9_]+?[-_]iphone(?:os|simulator))`),
      spelling(`ios_${VERSION}_(?<architecture>[a-z0-9_]+?[-_]iphone(?:os|simulator))`),
      spelling(`ios(?:-${VERSION})?-(?<architecture>arm64)`),
    ],
    defaultVersion: [17, 0],
    architectures: {
      arm64_iphoneos: { tag: 'arm64_iphoneos', machine: 'iPhone' },
      arm64_iphonesimulator: { tag: 'arm64_iphonesimulator', machine: 'arm64' },
      x86_64_iphonesimulator: { tag: 'x86_64_iphonesimulator', machine: 'x86_64' },
    },
    tags: iosPlatforms,
    system: { os_name: 'posix', sys_platform: 'ios', platform_system: 'iOS' },
    release: ([major, minor]) => `${major}.${minor}`,
  },
  {
    kind: 'android',
    spellings: [
      spelling(`android(?:-${VERSION})?-${ARCHITECTURE}`),
      spelling(`android_${VERSION}_${ARCHITECTURE}`),
    ],
    defaultVersion: [24, 0],
    architectures: {
      arm64_v8a: { tag: 'arm64_v8a', machine: 'aarch64' },
      armeabi_v7a: { tag: 'armeabi_v7a', machine: 'armv8l' },
      x86_64: same('x86_64'),
      x86: { tag: 'x86', machine: 'i686' },
    },
    tags: ([level], architecture) => androidPlatforms(level, architecture),
    system: { os_name: 'posix', sys_platform: 'android', platform_system: 'Android' },
    release: () => '5.10.0',
  },
];

/** Other names of an architecture. The family of names is small enough that none means two things. */
const ARCHITECTURE_ALIASES: Readonly<Record<string, readonly string[]>> = {
  x86_64: ['amd64', 'x64'],
  amd64: ['x86_64', 'x64'],
  aarch64: ['arm64', 'armv8'],
  arm64: ['aarch64'],
  arm64_v8a: ['arm64', 'aarch64'],
  arm64_iphoneos: ['arm64'],
  armv7l: ['armv7', 'armhf'],
  i686: ['i386', 'x86'],
  x86: ['32', 'win32', 'i686'],
};

/** `manylinux2014_x86_64` and its elders name a glibc version by a year (PEP 513, 571, 599). */
const LEGACY_MANYLINUX: Readonly<Record<string, string>> = {
  manylinux2014: 'manylinux_2_17',
  manylinux2010: 'manylinux_2_12',
  manylinux1: 'manylinux_2_5',
};

/** The spellings that a menu should offer: the common ones of today. */
export const COMMON_PLATFORMS: readonly string[] = [
  'linux-x86_64',
  'linux-aarch64',
  'musllinux-x86_64',
  'musllinux-aarch64',
  'macos-arm64',
  'macos-x86_64',
  'windows-amd64',
  'windows-arm64',
  'windows-x86',
  'ios-arm64_iphoneos',
  'android-arm64_v8a',
];

/**
 * The machine that a name means. Names are `system-architecture` or `system-version-architecture` (`macos-14-arm64`,
 * `linux-2.17-x86_64`, the version being glibc's), a platform tag (`manylinux_2_17_x86_64`,
 * `win_amd64`), or a name of uv's (`x86_64-manylinux2014`, `aarch64-apple-darwin`, `windows`).
 */
export function parsePlatform(text: string): Result<Platform> {
  const expanded = expandTriple(text).replace(
    /^manylinux(?:2014|2010|1)(?=[-_])/,
    (legacy) => LEGACY_MANYLINUX[legacy] ?? legacy,
  );
  for (const kind of PLATFORM_KINDS)
    for (const pattern of kind.spellings) {
      const groups = pattern.exec(expanded)?.groups;
      const platform = groups === undefined ? null : makePlatform(kind, groups);
      if (platform !== null) return success(platform);
    }
  return failure(`Unknown platform '${text}'`, 0, text.length);
}

function makePlatform(
  kind: PlatformKind,
  groups: Readonly<Record<string, string | undefined>>,
): Platform | null {
  const architecture = findArchitecture(
    kind,
    (groups['architecture'] ?? '').toLowerCase().replaceAll('-', '_'),
  );
  const details = architecture === null ? undefined : kind.architectures[architecture];
  if (architecture === null || details === undefined) return null;
  const { major, minor = '0' } = groups;
  const version: PlatformVersion = major === undefined ? kind.defaultVersion : [Number(major), Number(minor)];
  const isDefault = version[0] === kind.defaultVersion[0] && version[1] === kind.defaultVersion[1];
  return {
    name: `${kind.kind}-${isDefault ? '' : `${formatPlatformVersion(kind, version)}-`}${architecture}`,
    tags: kind.tags(version, details.tag),
    markers: {
      ...kind.system,
      platform_machine: details.machine,
      platform_release: kind.release(version),
      platform_version: '',
    },
  };
}

function findArchitecture(kind: PlatformKind, name: string): string | null {
  const names = Object.keys(kind.architectures);
  if (names.includes(name)) return name;
  return names.find((candidate) => ARCHITECTURE_ALIASES[candidate]?.includes(name)) ?? null;
}

/** `2.17`; without a zero at the end where the system's makers leave it out, `macos-15`. */
function formatPlatformVersion(kind: PlatformKind, [major, minor]: PlatformVersion): string {
  return minor === 0 && kind.system !== LINUX ? String(major) : `${major}.${minor}`;
}

/** The kernel counts on its own: macOS 10.15 has Darwin 19, macOS 11 has 20, 26 has 25. */
function darwinRelease([major, minor]: PlatformVersion): string {
  if (major < 11) return `${minor + 4}.0.0`;
  return `${major < 26 ? major + 9 : major - 1}.${minor}.0`;
}
