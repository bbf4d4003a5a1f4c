/** The versions next to a version, as Poetry counts them (poetry-core 2.5, `PEP440Version`). */
import { assert } from '../../../packaging/assert.ts';
import { compareVersions, parseVersion, type Version } from '../../../packaging/version.ts';

/** Parts of a version that a computed one is written with. */
interface Parts {
  readonly epoch: number;
  readonly release: readonly number[];
  readonly pre?: Version['pre'];
  readonly post?: number | null;
  readonly dev?: number | null;
}

function made({ epoch, release, pre = null, post = null, dev = null }: Parts): Version {
  let text = epoch === 0 ? '' : `${epoch}!`;
  text += release.join('.');
  if (pre !== null) text += `${pre[0]}${pre[1]}`;
  if (post !== null) text += `.post${post}`;
  if (dev !== null) text += `.dev${dev}`;
  const version = parseVersion(text);
  assert(version.ok, `${text} is a version`);
  return version.value;
}

/** A pre-release or development release: what Poetry takes only where it must. */
export function isUnstable({ pre, dev }: Version): boolean {
  return pre !== null || dev !== null;
}

/** The version itself, or the release that an unstable one leads to. */
export function stableOf(version: Version): Version {
  if (!isUnstable(version)) return version;
  const { epoch, release, pre, post } = version;
  return made({ epoch, release, post: pre === null ? post : null });
}

/** `1.2` for `1.2.dev3`. */
export function withoutDev({ epoch, release, pre, post }: Version): Version {
  return made({ epoch, release, pre, post });
}

export function withoutPost({ epoch, release, pre }: Version): Version {
  return made({ epoch, release, pre });
}

export function withoutLocal(version: Version): Version {
  if (version.local === null) return version;
  return made(version);
}

/** `1.2.dev0`: below all pre-releases of 1.2. */
export function firstDev({ epoch, release, pre, post }: Version): Version {
  return made({ epoch, release, pre, post, dev: 0 });
}

/** The next version in which part `index` is one more; parts after it are 0, the number of parts stays. */
function nextPart(version: Version, index: number): Version {
  const { epoch, release } = version;
  const parts = [...release];
  while (parts.length <= index) parts.push(0);
  const rest = parts.slice(index + 1);
  // `1.0rc1` leads to 1.0 first.
  if (
    isUnstable(version) &&
    rest.every((part) => part === 0) &&
    (version.pre !== null || version.post === null)
  )
    return made({ epoch, release: parts });
  return made({ epoch, release: [...parts.slice(0, index), parts[index]! + 1, ...rest.map(() => 0)] });
}

export function nextMajor(version: Version): Version {
  return nextPart(version, 0);
}

export function nextMinor(version: Version): Version {
  return nextPart(version, 1);
}

export function nextPatch(version: Version): Version {
  return nextPart(version, 2);
}

/** Where `^version` ends: the first left part that is not 0 may not grow. */
export function caretEnd(version: Version): Version {
  const stable = stableOf(version);
  const [major = 0, minor] = stable.release;
  if (major > 0 || minor === undefined) return nextMajor(stable);
  return minor > 0 || stable.release.length === 2 ? nextMinor(stable) : nextPatch(stable);
}

/** Where `~version` ends: the next minor, or the next major of a version that is one number. */
export function tildeEnd(version: Version): Version {
  const stable = stableOf(version);
  return stable.release.length === 1 ? nextMajor(stable) : nextMinor(stable);
}

/** Where `~=version` ends: the part before the last is one more. */
export function compatibleEnd({ epoch, release }: Version): Version {
  const parts = release.length === 1 ? [release[0]!, 0] : [...release];
  const last = parts.length - 1;
  return made({ epoch, release: [...parts.slice(0, last - 1), parts[last - 1]! + 1, 0] });
}

/** The version after all that `==version.*` takes: its last part, or the number of its post part, is one more. */
export function wildcardEnd({ epoch, release, post }: Version): Version {
  if (post !== null) return made({ epoch, release, post: post + 1 });
  return made({ epoch, release: [...release.slice(0, -1), release.at(-1)! + 1] });
}

/** The end of a version's own local variants. */
export function afterLocals(version: Version): Version {
  const { epoch, release, pre, post, dev } = version;
  if (dev !== null) return made({ epoch, release, pre, post, dev: dev + 1 });
  return made({ epoch, release, pre, post: (post ?? -1) + 1 });
}

export function equalVersions(a: Version, b: Version): boolean {
  return a === b || compareVersions(a, b) === 0;
}
