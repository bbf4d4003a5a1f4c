/** The platform part of wheel tags, best first, system by system: `packaging.tags` 26.2 and the PEPs named below. */
/** Version of the C library, the system or the API, as the platform counts it. */
export type PlatformVersion = readonly [major: number, minor: number];

/** The year names of three glibc versions. PEP 513, 571, 599. */
const LEGACY_MANYLINUX: ReadonlyMap<number, string> = new Map([
  [17, 'manylinux2014'],
  [12, 'manylinux2010'],
  [5, 'manylinux1'],
]);

/** `manylinux_2_36_x86_64` down to the oldest glibc: 2.5 on x86, 2.17 elsewhere. PEP 600. */
export function manylinuxPlatforms(
  [major, newest]: PlatformVersion,
  architecture: string,
): readonly string[] {
  const oldest = architecture === 'x86_64' || architecture === 'i686' ? 5 : 17;
  const tags: string[] = [];
  for (let minor = newest; minor >= oldest; minor--) {
    tags.push(`manylinux_${major}_${minor}_${architecture}`);
    const legacy = LEGACY_MANYLINUX.get(minor);
    if (legacy !== undefined) tags.push(`${legacy}_${architecture}`);
  }
  return tags;
}

/** `musllinux_1_2_x86_64` down to `musllinux_1_0_x86_64`. PEP 656. */
export function musllinuxPlatforms(
  [major, newest]: PlatformVersion,
  architecture: string,
): readonly string[] {
  return countDown(newest, 0).map((minor) => `musllinux_${major}_${minor}_${architecture}`);
}

/** The plain tag, for what was built on the spot. */
export function linuxPlatforms(architecture: string): readonly string[] {
  return [`linux_${architecture}`];
}

/**
 * Each macOS release down from the given one, with each binary format that runs there. From 11 on a release is a major
 * number; 10.16 is what 11 calls itself to old programs. `packaging.tags.mac_platforms`.
 */
export function macosPlatforms(version: PlatformVersion, architecture: string): readonly string[] {
  const [major, minor] = version;
  if (major < 11) return countDown(minor, 0).flatMap((older) => macosFormats([10, older], architecture));
  const tags = countDown(major, 11).flatMap((older) => macosFormats([older, 0], architecture));
  for (const older of countDown(16, 4))
    if (architecture === 'x86_64') tags.push(...macosFormats([10, older], architecture));
    else tags.push(`macosx_10_${older}_universal2`);
  return tags;
}

function macosFormats([major, minor]: PlatformVersion, architecture: string): readonly string[] {
  return binaryFormats([major, minor], architecture).map((format) => `macosx_${major}_${minor}_${format}`);
}

/** An architecture, and the fat binaries that hold it. */
function binaryFormats([major, minor]: PlatformVersion, architecture: string): readonly string[] {
  const isBefore10_4 = major === 10 && minor < 4;
  switch (architecture) {
    case 'x86_64':
      return isBefore10_4 ? [] : ['x86_64', 'intel', 'fat64', 'fat32', 'universal2', 'universal'];
    case 'i386':
      return isBefore10_4 ? [] : ['i386', 'intel', 'fat32', 'fat', 'universal'];
    case 'arm64':
      return ['arm64', 'universal2'];
    default:
      return [architecture];
  }
}

/** Every iOS release from the given one down to 12.0, the first that CPython runs on. PEP 730; `ios_platforms`. */
export function iosPlatforms([major, minor]: PlatformVersion, multiarch: string): readonly string[] {
  if (major < 12) return [];
  const tag = (release: number, update: number): string => `ios_${release}_${update}_${multiarch}`;
  const older = countDown(major - 1, 12).flatMap((release) =>
    countDown(9, 0).map((update) => tag(release, update)),
  );
  return [...countDown(minor, 0).map((update) => tag(major, update)), ...older];
}

/** Every API level from the given one down to 16. PEP 738; `android_platforms`. */
export function androidPlatforms(level: number, abi: string): readonly string[] {
  return countDown(level, 16).map((older) => `android_${older}_${abi}`);
}

/** `from`, `from - 1` … `to`; nothing when `from` is less. */
export function countDown(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, from - to + 1) }, (_, index) => from - index);
}
