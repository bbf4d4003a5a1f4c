/**
 * The wheel tags that uv knows, and the order in which it lists them. Tags of other forms do not count for it: a wheel
 * that has no others is one "with no valid tags".
 *
 *     cp39, cp310         by number, not by letter
 *     manylinux_2_17_x86_64, manylinux2014_x86_64, musllinux_1_1_x86_64, macosx_11_0_arm64, win_amd64
 *
 * Source: uv-platform-tags (`LanguageTag`, `AbiTag`, `PlatformTag`), whose variants sort as they are declared.
 */

/** Where a tag stands among others of its kind: compared part by part. */
type TagPlace = readonly (number | string)[];

/** The place of a tag, or null when uv does not know its form. */
type PlaceOf = (tag: string) => TagPlace | null;

const PYTHON_KINDS = ['none', 'py', 'cp', 'pp', 'graalpy', 'pyston'];
const PYTHON_TAG = /^(?<kind>py|cp|pp|graalpy|pyston)(?<major>\d)(?<minor>\d{0,3})$/u;

function pythonPlace(tag: string): TagPlace | null {
  if (tag === 'none') return [0];
  const groups = PYTHON_TAG.exec(tag)?.groups;
  if (groups === undefined) return null;
  const { kind = '', major = '', minor = '' } = groups;
  const place = PYTHON_KINDS.indexOf(kind);
  if (minor !== '') return [place, Number(major), Number(minor)];
  if (kind === 'py') return [place, Number(major), -1];
  return kind === 'cp' ? [PYTHON_KINDS.length, Number(major)] : null;
}

const PLAIN_ABIS = ['none', 'abi3', 'abi3t'];
const CPYTHON_ABI = /^cp(?<major>\d)(?<minor>\d+)(?<variant>[tudm]*)$/u;
/** In the order of their bits. */
const CPYTHON_VARIANTS = 'tudm';
const OTHER_ABIS = [
  /^pypy()()_(\d)(\d+)$/u,
  /^pypy(\d)(\d+)_pp(\d)(\d+)$/u,
  /^graalpy(\d)(\d+)_(\d)(\d+)_native$/u,
  /^pyston_(\d)(\d+)_x86_64_linux_gnu$/u,
];

function abiPlace(tag: string): TagPlace | null {
  const plain = PLAIN_ABIS.indexOf(tag);
  if (plain >= 0) return [plain];
  const groups = CPYTHON_ABI.exec(tag)?.groups;
  if (groups !== undefined) {
    const { major = '', minor = '', variant = '' } = groups;
    let bits = 0;
    for (const letter of variant) {
      const bit = 2 ** CPYTHON_VARIANTS.indexOf(letter);
      if ((bits & bit) !== 0) return null;
      bits |= bit;
    }
    return [PLAIN_ABIS.length, Number(major), Number(minor), bits];
  }
  for (const [index, pattern] of OTHER_ABIS.entries()) {
    const match = pattern.exec(tag);
    if (match !== null) return [PLAIN_ABIS.length + 1 + index, ...match.slice(1).map(Number)];
  }
  return null;
}

const MACHINES = [
  'aarch64',
  'armv5tel',
  'armv6l',
  'armv7l',
  'ppc64le',
  'ppc64',
  'ppc',
  'i686',
  'x86_64',
  's390x',
  'loongarch64',
  'riscv64',
];
const MAC_FORMATS = [
  'arm64',
  'fat',
  'fat32',
  'fat64',
  'i386',
  'intel',
  'ppc',
  'ppc64',
  'universal',
  'universal2',
  'x86_64',
];
const MACHINE = `(?<machine>${MACHINES.join('|')})`;
const PLATFORMS = [
  'any',
  `manylinux_(?<major>\\d+)_(?<minor>\\d+)_${MACHINE}`,
  `manylinux1_${MACHINE}`,
  `manylinux2010_${MACHINE}`,
  `manylinux2014_${MACHINE}`,
  `linux_${MACHINE}`,
  `musllinux_(?<major>\\d+)_(?<minor>\\d+)_${MACHINE}`,
  `macosx_(?<major>\\d+)_(?<minor>\\d+)_(?<format>${MAC_FORMATS.join('|')})`,
  'win32',
  'win_amd64',
  'win_arm64',
  'win_ia64',
  'android_(?<major>\\d+)_(?<rest>\\w+)',
  '(?:freebsd|netbsd|openbsd|dragonfly|haiku|illumos|solaris|pyodide|ios)_(?<rest>.+)',
].map((pattern) => new RegExp(`^${pattern}$`, 'u'));

function platformPlace(tag: string): TagPlace | null {
  for (const [index, pattern] of PLATFORMS.entries()) {
    const match = pattern.exec(tag);
    if (match === null) continue;
    const { major = '-1', minor = '-1', machine = '', format = '', rest = '' } = match.groups ?? {};
    const place = [MACHINES.indexOf(machine), MAC_FORMATS.indexOf(format)];
    return [index, Number(major), Number(minor), ...place, rest];
  }
  return null;
}

function comparePlaces(a: TagPlace, b: TagPlace): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (part !== other) return part < other ? -1 : 1;
  }
  return a.length - b.length;
}

const PLACES = { python: pythonPlace, abi: abiPlace, platform: platformPlace } as const satisfies Record<
  string,
  PlaceOf
>;

/** Which of the three parts of a wheel's tags. */
export type TagPart = keyof typeof PLACES;

/** Those of the tags that uv knows, in the order given. */
export function knownTags(part: TagPart, tags: readonly string[]): readonly string[] {
  return tags.filter((tag) => PLACES[part](tag) !== null);
}

/** Each tag once, in uv's order; tags that it does not know are left out. */
export function sortTags(part: TagPart, tags: Iterable<string>): readonly string[] {
  return [...new Set(tags)]
    .flatMap((tag) => {
      const place = PLACES[part](tag);
      return place === null ? [] : [{ tag, place }];
    })
    .sort((a, b) => comparePlaces(a.place, b.place))
    .map(({ tag }) => tag);
}
