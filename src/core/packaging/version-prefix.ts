/** What a version must begin with: the rule behind `==1.2.*` and `~=1.2.3`. PEP 440, "Version matching". */
import { type PrereleasePolicy } from './prerelease-policy.ts';
import { parseVersion, type Version } from './version.ts';

/** `1!2.3.*`: the epoch, the release numbers, and (only from unusual spellings) parts that must follow them. */
export interface VersionPrefix {
  readonly epoch: number;
  readonly release: readonly number[];
  readonly suffix: readonly string[];
  /** A version that begins so, in its normal form: exact where numbers above 2^53 are rounded. */
  readonly text: string;
  /** The parts as written, which is what releases before 22 compared; null when that makes no difference. */
  readonly written: readonly string[] | null;
}

/** The prefix that a version stands for when `.*` follows it. `text` is how the version is written. */
export function prefixOf(version: Version, text: string): VersionPrefix {
  const written = isPlain(version) && text === version.text ? null : splitVersion(text);
  const { epoch, release } = version;
  return { epoch, release, suffix: versionSuffix(version), text: version.text, written };
}

/** `1.0a1.post2.dev3` → `['a1', 'post2', 'dev3']`: what prefix matching compares after the release numbers. */
function versionSuffix(version: Version): readonly string[] {
  const suffix: string[] = [];
  if (version.pre !== null) suffix.push(`${version.pre[0]}${version.pre[1]}`);
  if (version.post !== null) suffix.push(`post${version.post}`);
  if (version.dev !== null) suffix.push(`dev${version.dev}`);
  return suffix;
}

/**
 * What `~=` demands beside `>=`: all but the last release number. `packaging` finds those in the text as written, and
 * recognises only normal spellings of what follows them; so `~=1.0.pre1` demands `1.0.*` and `~=v1.0` nothing that
 * exists (`Specifier._compare_compatible`, the same in all its releases).
 */
export function compatiblePrefix(operand: string, version: Version | null): VersionPrefix {
  // The usual spelling, `1.2.3`, needs none of the care below.
  if (version?.text === operand && isPlain(version))
    return { epoch: 0, release: version.release.slice(0, -1), suffix: [], text: operand, written: null };
  const bang = operand.lastIndexOf('!');
  const kept = withoutLast(splitVersion(operand.slice(bang + 1)));
  const text = `${bang > 0 ? operand.slice(0, bang) : '0'}!${kept.join('.')}`;
  const parsed = parseVersion(text);
  const written = withoutLast(splitVersion(operand));
  if (parsed.ok) return { ...prefixOf(parsed.value, text), written };
  return { epoch: 0, release: [], suffix: [text], text: '', written };
}

/** The parts before the first that is no release number, and of those all but the last. */
function withoutLast(parts: readonly string[]): readonly string[] {
  const end = parts.findIndex((part) => /^(?:dev|a|b|rc|post)/.test(part));
  return (end === -1 ? parts : parts.slice(0, end)).slice(0, -1);
}

/** `1!2.5a4.post1` → `['1!2', '5', 'a4', 'post1']`. */
function splitVersion(text: string): readonly string[] {
  return text.split('.').flatMap(splitRelease);
}

/** `5a4` → `['5', 'a4']`. */
function splitRelease(item: string): readonly string[] {
  const match = /^(\d+)((?:a|b|c|rc)\d+)$/.exec(item);
  return match === null ? [item] : [match[1]!, match[2]!];
}

/**
 * Whether a version begins so; its local label does not count. A version with fewer numbers than the prefix is
 * completed by zeros; before 22 only a final one without an epoch.
 */
export function hasPrefix(version: Version, prefix: VersionPrefix, policy: PrereleasePolicy): boolean {
  if (policy === 'packaging-20' && prefix.written !== null) return beginsAsWritten(version, prefix.written);
  if (version.epoch !== prefix.epoch) return false;
  const { release } = prefix;
  if (policy === 'packaging-20' && version.release.length < release.length && !isPlain(version)) return false;
  for (let index = 0; index < release.length; index++) {
    if ((version.release[index] ?? 0) !== release[index]) return false;
    if (release[index]! > Number.MAX_SAFE_INTEGER && !sameDigits(version.text, prefix.text, index))
      return false;
  }
  return prefix.suffix.length === 0 || hasSuffixPrefix(version, prefix);
}

/** Whether two versions in normal form agree in one of their release numbers, however long. */
function sameDigits(a: string, b: string, index: number): boolean {
  return releaseDigits(a)[index] === releaseDigits(b)[index];
}

function releaseDigits(text: string): readonly string[] {
  return /^(?:\d+!)?([\d.]+)/.exec(text)?.[1]?.split('.') ?? [];
}

function isPlain(version: Version): boolean {
  return version.epoch === 0 && version.pre === null && version.post === null && version.dev === null;
}

/** The slow case of `hasPrefix`: after the numbers, the further parts must agree one by one. */
function hasSuffixPrefix(version: Version, prefix: VersionPrefix): boolean {
  const rest = [...version.release.slice(prefix.release.length).map(String), ...versionSuffix(version)];
  return prefix.suffix.every((part, index) => rest[index] === part);
}

/** Before 22: part by part as strings, whichever has fewer leading numbers completed by zeros. */
function beginsAsWritten(version: Version, written: readonly string[]): boolean {
  const parts = splitVersion(version.text.replace(/\+.*/, '')).slice(0, written.length);
  const numbers = leadingNumbers(parts);
  const missing = leadingNumbers(written) - numbers;
  const padded = [
    ...parts.slice(0, numbers),
    ...Array<string>(Math.max(0, missing)).fill('0'),
    ...parts.slice(numbers),
  ];
  return padded.length === written.length && padded.every((part, index) => part === written[index]);
}

function leadingNumbers(parts: readonly string[]): number {
  const end = parts.findIndex((part) => !/^\d+$/.test(part));
  return end === -1 ? parts.length : end;
}
