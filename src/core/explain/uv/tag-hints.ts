/** uv's hints on wheels that exist, but not for this interpreter or machine. */
import type { VersionRange } from '../../packaging/version-range.ts';
import { sortTags, type TagPart } from '../../resolver/uv/known-tags.ts';
import type { Release } from '../../resolver/uv/release.ts';
import type { UvFailure } from '../../resolver/uv/failure.ts';
import type { TagMismatch } from '../../resolver/uv/unavailable-reason.ts';
import type { TagTable, WheelTags } from '../../resolver/uv/wheel-tags.ts';

const IMPLEMENTATIONS: Readonly<Record<string, string>> = {
  py: 'Python',
  cp: 'CPython',
  pp: 'PyPy',
  pypy: 'PyPy',
  graalpy: 'GraalPy',
};

/** `CPython 3.12` for `cp312`; an ABI of PyPy or GraalPy names the implementation's own version. Null: no name. */
function interpreterName(tag: string): string | null {
  if (tag.startsWith('pyston_')) return 'Pyston';
  const match =
    /^(?<kind>pypy|graalpy)(?:\d+_pp)?_?(?<major>\d)(?<minor>\d+)/u.exec(tag) ??
    /^(?<kind>py|cp|pp)(?<major>\d)(?<minor>\d*)(?<variant>\w*)$/u.exec(tag);
  if (match === null) return null;
  const { kind = '', major = '', minor = '', variant = '' } = match.groups!;
  const threading = kind === 'cp' && variant.includes('t') ? 'free-threaded ' : '';
  return `${threading}${IMPLEMENTATIONS[kind]!} ${major}${minor === '' ? '' : `.${minor}`}`;
}

function wheelsOf(release: Release): readonly WheelTags[] {
  return release.files.map((file) => file.tags).filter((tags) => tags !== null);
}

/** `s: cp39, cp310`, quoted and in uv's order; null when there is none. */
function listed(part: TagPart, tags: Iterable<string>): string | null {
  const sorted = sortTags(part, tags);
  if (sorted.length === 0) return null;
  return `${sorted.length === 1 ? '' : 's'}: ${sorted.map((tag) => `\`${tag}\``).join(', ')}`;
}

/** "You require X, but we only found wheels …", or without X where it is not known. */
function requirement(best: string | undefined, name: string, version: string): string {
  if (best === undefined) return `Wheels are available for \`${name}\` (v${version})`;
  const pretty = interpreterName(best);
  const interpreter = pretty === null ? best : `${pretty} (\`${best}\`)`;
  return `You require ${interpreter}, but we only found wheels for \`${name}\` (v${version})`;
}

/** The platforms of wheels whose Python and ABI would fit: others would mislead. */
function platforms(release: Release, tags: TagTable): readonly string[] {
  return wheelsOf(release)
    .filter((wheel) => tags.fitsInterpreter(wheel))
    .flatMap((wheel) => wheel.platform);
}

/** The hint on the release that uv would have chosen of the range; null when there is nothing to say. */
export function tagHint(
  name: string,
  range: VersionRange,
  mismatch: TagMismatch,
  failure: UvFailure,
): string | null {
  const { tags } = failure;
  const release = failure.select(name, range);
  if (release === null) return null;
  const version = release.version.text;
  switch (mismatch) {
    case 'invalid':
      return null;
    case 'python': {
      const list = listed(
        'python',
        wheelsOf(release).flatMap((wheel) => wheel.python),
      );
      const start = requirement(tags?.best?.python[0], name, version);
      return list === null ? null : `${start} with the following Python implementation tag${list}`;
    }
    case 'abi':
    case 'freethreaded-abi':
    case 'abi-python-version': {
      const abis = wheelsOf(release).flatMap((wheel) => wheel.abi.filter((abi) => abi !== 'none'));
      const list = listed('abi', abis);
      const start = requirement(tags?.best?.abi[0], name, version);
      return list === null ? null : `${start} with the following Python ABI tag${list}`;
    }
    case 'platform': {
      if (tags === null) return null;
      const list = listed('platform', platforms(release, tags));
      return list === null
        ? null
        : `Wheels are available for \`${name}\` (v${version}) on the following platform${list}`;
    }
  }
}
