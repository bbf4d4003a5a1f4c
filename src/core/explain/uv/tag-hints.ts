/** uv's hints on wheels that exist, but not for this interpreter or machine. */
import type { VersionRange } from '../../packaging/version-range.ts';
import type { Release } from '../../resolver/uv/release.ts';
import type { UvFailure } from '../../resolver/uv/failure.ts';
import type { TagMismatch } from '../../resolver/uv/unavailable-reason.ts';
import type { TagTable, WheelTags } from '../../resolver/uv/wheel-tags.ts';

/** `CPython 3.12` for `cp312`, or null. */
function interpreterName(tag: string): string | null {
  const match = /^(cp|pp|graalpy|pyston)(\d)(\d+)/u.exec(tag);
  if (match === null) return null;
  const [, kind = '', major = '', minor = ''] = match;
  const name = { cp: 'CPython', pp: 'PyPy', graalpy: 'GraalPy', pyston: 'Pyston' }[kind] ?? kind;
  const threading = kind === 'cp' && /^cp\d+t/u.test(tag) ? 't' : '';
  return `${name} ${major}.${minor}${threading}`;
}

function wheelsOf(release: Release): readonly WheelTags[] {
  return release.files.map((file) => file.tags).filter((tags) => tags !== null);
}

function quoted(tags: ReadonlySet<string>): string {
  return [...tags]
    .sort()
    .map((tag) => `\`${tag}\``)
    .join(', ');
}

function plural(count: number): string {
  return count === 1 ? '' : 's';
}

/** "You require X, but we only found wheels …", or without X where it is not known. */
function requirement(best: string | undefined, name: string, version: string): string {
  if (best === undefined) return `Wheels are available for \`${name}\` (v${version})`;
  const pretty = interpreterName(best);
  const interpreter = pretty === null ? best : `${pretty} (\`${best}\`)`;
  return `You require ${interpreter}, but we only found wheels for \`${name}\` (v${version})`;
}

/** The platforms of wheels whose Python and ABI would fit: others would mislead. */
function platforms(release: Release, tags: TagTable): ReadonlySet<string> {
  const fitting = wheelsOf(release).filter((wheel) => tags.fitsInterpreter(wheel));
  return new Set(fitting.flatMap((wheel) => wheel.platform));
}

/** The hint on the release that uv would have chosen of the range; null when there is nothing to say. */
export function tagHint(
  name: string,
  range: VersionRange,
  mismatch: TagMismatch,
  failure: UvFailure,
): string | null {
  const { tags } = failure;
  const [release] = failure.facts.knownListing(name)?.inRange(range, 'highest') ?? [];
  if (release === undefined) return null;
  const version = release.version.text;
  switch (mismatch) {
    case 'invalid':
      return null;
    case 'python': {
      const found = new Set(wheelsOf(release).flatMap((wheel) => wheel.python));
      if (found.size === 0) return null;
      const start = requirement(tags?.best?.python[0], name, version);
      return `${start} with the following Python implementation tag${plural(found.size)}: ${quoted(found)}`;
    }
    case 'abi':
    case 'freethreaded-abi':
    case 'abi-python-version': {
      const found = new Set(wheelsOf(release).flatMap((wheel) => wheel.abi.filter((abi) => abi !== 'none')));
      if (found.size === 0) return null;
      const start = requirement(tags?.best?.abi[0], name, version);
      return `${start} with the following Python ABI tag${plural(found.size)}: ${quoted(found)}`;
    }
    case 'platform': {
      if (tags === null) return null;
      const found = platforms(release, tags);
      if (found.size === 0) return null;
      return `Wheels are available for \`${name}\` (v${version}) on the following platform${plural(found.size)}: ${quoted(found)}`;
    }
  }
}
