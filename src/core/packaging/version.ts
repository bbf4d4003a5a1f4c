/**
 * PEP 440 versions.
 *
 * The order of two versions is that of their keys, flat lists of integers:
 *
 *     1!2.0.1rc3.post4.dev5   [ 1, 2, 0, 1,  -2, 3,  1, 4,  0, 5 ]
 *                               │  └──┬──┘   └─┬─┘  └─┬─┘  └─┬─┘
 *                           epoch  release    pre   post   dev
 *
 * The release loses its trailing zeros (`1.0` equals `1`). The rank that follows it is negative, so that it sorts below
 * any further release number (`1rc1`, `1`, `1.post1` before `1.0.1`). The local label is not in the key: whether it
 * counts depends on who asks.
 */
import { pythonRepr, stripPythonSpace } from './python-text.ts';
import { failure, success, type Result } from './result.ts';

/** A version in PEP 440's sense. Equal versions can have different texts (`1.0` and `1.0.0`): see `versionsEqual`. */
export interface Version {
  readonly epoch: number;
  /** As written, trailing zeros kept. Numbers above 2^53 are rounded here; `text` and the order are exact. */
  readonly release: readonly number[];
  readonly pre: readonly ['a' | 'b' | 'rc', number] | null;
  readonly post: number | null;
  readonly dev: number | null;
  /** `+ubuntu.1` is `['ubuntu', 1]`. */
  readonly local: readonly (string | number)[] | null;
  /** Normalised: `str(Version(…))` of Python's `packaging`. */
  readonly text: string;
  /** Derived: sorts as the version without its local label does. */
  readonly key: readonly number[];
  /** What a version that PEP 440 does not know is compared by; null for all others. See `legacy-version.ts`. */
  readonly legacy: readonly string[] | null;
}

const VERSION =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[._-]?(alpha|a|beta|b|preview|pre|c|rc)[._-]?(\d+)?)?(?:-(\d+)|[._-]?(post|rev|r)[._-]?(\d+)?)?(?:[._-]?(dev)[._-]?(\d+)?)?(?:\+([a-z0-9]+(?:[._-][a-z0-9]+)*))?$/i;

const PRE_LETTERS: Readonly<Record<string, 'a' | 'b' | 'rc'>> = {
  a: 'a',
  alpha: 'a',
  b: 'b',
  beta: 'b',
  c: 'rc',
  rc: 'rc',
  pre: 'rc',
  preview: 'rc',
};

const RANK_DEV_ONLY = -5;
const PRE_RANKS = { a: -4, b: -3, rc: -2 } as const;
const RANK_FINAL = -1;

/**
 * Reads a version, with every spelling that PEP 440's appendix B allows (`v1.0-ALPHA.1` is `1.0a1`) and white space
 * around it. The error's message is that of `packaging`: `Invalid version: '2011k'`.
 */
export function parseVersion(text: string): Result<Version> {
  const plain = readPlainVersion(text);
  if (plain !== null) return success(plain);
  const match = VERSION.exec(stripPythonSpace(text));
  if (match === null) return failure(`Invalid version: ${pythonRepr(text)}`, 0, text.length);
  const [, epoch = '0', digits = '', preLetter, preNumber = '0', postDash, postLetter, postNumber = '0'] =
    match;
  const devNumber = match[8] === undefined ? null : (match[9] ?? '0');
  const pre = preLetter === undefined ? null : PRE_LETTERS[preLetter.toLowerCase()]!;
  const post = postDash ?? (postLetter === undefined ? null : postNumber);
  return success(
    makeVersion({
      epoch,
      release: digits.split('.'),
      pre,
      preNumber,
      post,
      dev: devNumber,
      local: match[10] ?? null,
    }),
  );
}

const DOT = 46;
const ZERO = 48;

/**
 * The key of the version that is being read. Arrays that are copied from one that is kept are as long as they need to be;
 * those that grow keep room for more, and versions are many.
 */
const workspace: number[] = [];

/** A text that is nothing but a release in its normal form, `1.22.0`; null for all others. */
function readPlainVersion(text: string): Version | null {
  let number = 0;
  let digitCount = 0;
  let length = 0;
  workspace[length++] = 0;
  for (let index = 0; index <= text.length; index++) {
    const code = index === text.length ? DOT : text.charCodeAt(index);
    if (code === DOT) {
      if (digitCount === 0) return null;
      workspace[length++] = number;
      number = digitCount = 0;
    } else {
      const digit = code - ZERO;
      // Leading zeros are not normal; numbers too long for a double need more care.
      if (digit < 0 || digit > 9 || (number === 0 && digitCount > 0) || digitCount === CHUNK) return null;
      number = number * 10 + digit;
      digitCount++;
    }
  }
  return makePlainVersion(text, length);
}

/** From the workspace: the epoch, then the numbers of the release. */
function makePlainVersion(text: string, length: number): Version {
  const release = workspace.slice(1, length);
  let end = length;
  while (end > 1 && workspace[end - 1] === 0) end--;
  workspace[end] = RANK_FINAL;
  const key = workspace.slice(0, end + 1);
  return { epoch: 0, release, pre: null, post: null, dev: null, local: null, text, key, legacy: null };
}

/** The parts of a version as digits, so that no number is too long. */
interface VersionParts {
  readonly epoch: string;
  readonly release: readonly string[];
  readonly pre: 'a' | 'b' | 'rc' | null;
  readonly preNumber: string;
  readonly post: string | null;
  readonly dev: string | null;
  readonly local: string | null;
}

function makeVersion(parts: VersionParts): Version {
  const local = parts.local === null ? null : parts.local.toLowerCase().split(/[._-]/).map(trimZeros);
  return {
    epoch: Number(parts.epoch),
    release: parts.release.map(Number),
    pre: parts.pre === null ? null : [parts.pre, Number(parts.preNumber)],
    post: parts.post === null ? null : Number(parts.post),
    dev: parts.dev === null ? null : Number(parts.dev),
    local: local === null ? null : local.map((part) => (isSafeInteger(part) ? Number(part) : part)),
    text: formatParts(parts, local),
    key: makeKey(parts),
    legacy: null,
  };
}

function formatParts(parts: VersionParts, local: readonly string[] | null): string {
  const epoch = trimZeros(parts.epoch);
  let text = epoch === '0' ? '' : `${epoch}!`;
  text += parts.release.map(trimZeros).join('.');
  if (parts.pre !== null) text += parts.pre + trimZeros(parts.preNumber);
  if (parts.post !== null) text += `.post${trimZeros(parts.post)}`;
  if (parts.dev !== null) text += `.dev${trimZeros(parts.dev)}`;
  if (local !== null) text += `+${local.join('.')}`;
  return text;
}

/** A run of digits without its leading zeros; any other text unchanged. */
function trimZeros(text: string): string {
  return text.length > 1 && text.startsWith('0') && /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text;
}

function isSafeInteger(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}

function makeKey(parts: VersionParts): readonly number[] {
  const key: number[] = [];
  pushInteger(key, parts.epoch);
  let releaseLength = parts.release.length;
  while (releaseLength > 0 && /^0+$/.test(parts.release[releaseLength - 1]!)) releaseLength--;
  for (let index = 0; index < releaseLength; index++) pushInteger(key, parts.release[index]!);
  const { pre, post, dev } = parts;
  if (pre !== null) key.push(PRE_RANKS[pre]);
  else key.push(post === null && dev !== null ? RANK_DEV_ONLY : RANK_FINAL);
  // A final release ends here: whatever is longer has a post part, and is later.
  if (pre === null && post === null && dev === null) return key;
  pushInteger(key, pre === null ? '0' : parts.preNumber);
  key.push(post === null ? 0 : 1);
  pushInteger(key, post ?? '0');
  key.push(dev === null ? 1 : 0);
  pushInteger(key, dev ?? '0');
  return key;
}

const CHUNK = 15;
const LONG_INTEGER = 2 ** 53;

/**
 * Appends an integer of any length, keeping the order: up to 15 digits as themselves; longer ones as a number above
 * all of those that grows with the count of digits, then the digits, 15 at a time.
 */
function pushInteger(key: number[], digits: string): void {
  if (digits.length <= CHUNK) {
    key.push(Number(digits));
    return;
  }
  const trimmed = trimZeros(digits);
  if (trimmed.length <= CHUNK) {
    key.push(Number(trimmed));
    return;
  }
  key.push(LONG_INTEGER + 2 * trimmed.length);
  for (let start = 0; start < trimmed.length; start += CHUNK)
    key.push(Number(trimmed.slice(start, start + CHUNK)));
}

/** Negative, zero or positive as `a` is earlier than, the same as or later than `b`, local labels left out. */
export function comparePublicVersions(a: Version, b: Version): number {
  const left = a.key;
  const right = b.key;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = left[index]! - right[index]!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Negative, zero or positive in PEP 440's total order: usable with `sort`. `1.0` and `1.0.0` compare as equal. */
export function compareVersions(a: Version, b: Version): number {
  const difference = comparePublicVersions(a, b);
  if (difference !== 0) return difference;
  if (a.local !== null || b.local !== null) return compareLocals(a.local ?? [], b.local ?? []);
  return a.legacy !== null && b.legacy !== null ? compareLegacy(a.legacy, b.legacy) : 0;
}

/** Part by part as strings; a shorter list below its continuation. */
function compareLegacy(a: readonly string[], b: readonly string[]): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++)
    if (a[index] !== b[index]) return a[index]! < b[index]! ? -1 : 1;
  return a.length - b.length;
}

/** Part by part: numbers above words, a shorter label below its continuation; no label (empty) is below any. */
function compareLocals(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = compareLocalParts(a[index]!, b[index]!);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareLocalParts(a: string | number, b: string | number): number {
  const isNumberA = isLocalNumber(a);
  const isNumberB = isLocalNumber(b);
  if (isNumberA !== isNumberB) return isNumberA ? 1 : -1;
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = String(a);
  const right = String(b);
  if (isNumberA && left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : 1;
}

/** Numbers too long for a double stay digits in `Version.local`. */
function isLocalNumber(part: string | number): boolean {
  return typeof part === 'number' || /^\d+$/.test(part);
}

/** Whether two versions are the same one, however written: `1.0` and `1.0.0`; `1.0` and `1.0+local` are not. */
export function versionsEqual(a: Version, b: Version): boolean {
  return compareVersions(a, b) === 0;
}

/** The normalised text, `str(Version)`. */
export function formatVersion(version: Version): string {
  return version.text;
}

/** Alpha, beta, candidate or development release (also of a post-release). `Version.is_prerelease`. */
export function isPrerelease(version: Version): boolean {
  return version.dev !== null || version.pre !== null;
}

/** Whether epoch and release number agree, trailing zeros aside: the versions of one "base version". */
export function sameRelease(a: Version, b: Version): boolean {
  // In the keys, which are exact, both end at the first negative number.
  for (let index = 0; ; index++) {
    const left = a.key[index]!;
    const right = b.key[index]!;
    if (left < 0 || right < 0) return left < 0 && right < 0;
    if (left !== right) return false;
  }
}
