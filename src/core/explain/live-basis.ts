/** What an answer says of the live facts that it rests on: how many, how old, and which were read in another place. */
import { assertNever } from '../packaging/assert.ts';
import type { LiveBasis } from '../package-index/live/live-witness.ts';
import type { MetadataSource, UnknownReason } from '../package-index/package-index.ts';
import { code, count, nameAtVersion, shortListOf } from './words.ts';

/** Releases that are named one by one. */
const NAMED = 3;

const MINUTE = 60_000;
const UNITS = [
  ['day', 1440 * MINUTE],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
] as const;

/** `2 minutes ago`, `just now`. Milliseconds since 1970. */
function agoText(then: number, now: number): string {
  const passed = Math.max(0, now - then);
  const unit = UNITS.find(([, length]) => passed >= length);
  return unit === undefined ? 'just now' : `${count(Math.floor(passed / unit[1]), unit[0])} ago`;
}

/** ``Rests on 3 live facts, fetched 2 minutes ago.`` `now`: milliseconds since 1970; '' without live facts. */
export function liveBasisText(basis: readonly LiveBasis[], now: number): string {
  if (basis.length === 0) return '';
  const times = basis.flatMap(({ provenance }) => provenance.fetchedAt ?? []);
  const facts = `Rests on ${count(basis.length, 'live fact')}`;
  if (times.length === 0) return `${facts}.`;
  const oldest = agoText(Math.min(...times), now);
  const newest = agoText(Math.max(...times), now);
  return oldest === newest
    ? `${facts}, fetched ${newest}.`
    : `${facts}, the oldest fetched ${oldest}, the latest ${newest}.`;
}

/** Where metadata was read, in two or three words. */
export function metadataSourceLabel(source: MetadataSource): string {
  const labels: Readonly<Record<MetadataSource, string>> = {
    'inside-wheel': 'metadata in the wheel',
    'sibling-wheel': 'another file of the release',
    'sdist-static': 'PKG-INFO of the archive',
    'sdist-pyproject': 'pyproject.toml of the archive',
    'index-hint': 'a hint of the index',
  };
  return labels[source];
}

/** Where metadata was read, as the end of "what it needs was read …". */
function metadataSourceText(source: MetadataSource): string {
  switch (source) {
    case 'inside-wheel':
      return 'out of the wheel itself';
    case 'sibling-wheel':
      return 'from a wheel of the same release, whatever its platform; pip would build the source archive instead';
    case 'sdist-static':
      return 'from the PKG-INFO of the source archive, which promises that no build changes it; pip would build it';
    case 'sdist-pyproject':
      return 'from the `pyproject.toml` of the source archive, as uv does; pip would build it';
    case 'index-hint':
      return 'from what the index says of the release, which holds for the file uploaded first and need not for others';
    default:
      return assertNever(source);
  }
}

/** One sentence for each place, other than the file itself, at which metadata was read. */
export function liveBasisNotes(basis: readonly LiveBasis[]): readonly string[] {
  const groups = new Map<MetadataSource, string[]>();
  for (const { project, version, provenance } of basis) {
    const { note } = provenance;
    if (note === undefined || note === 'modelled' || note === 'inside-wheel') continue;
    groups.set(note, [...(groups.get(note) ?? []), nameAtVersion(project, version)]);
  }
  return [...groups].map(
    ([source, releases]) =>
      `What ${shortListOf(releases, NAMED)} ${releases.length === 1 ? 'needs' : 'need'} was read ${metadataSourceText(source)}.`,
  );
}

/** Why nobody can say what a file needs, as a sentence about that file. */
export function unknownReasonText(reason: UnknownReason, filename: string): string {
  const file = code(filename);
  switch (reason) {
    case 'needs-build':
      return `${file} leaves its dependencies to the build, and this page builds nothing.`;
    case 'no-metadata':
      return `${file} holds no metadata.`;
    case 'damaged':
      return `${file} is no archive that can be read.`;
    case 'too-large':
      return `${file} is too large to be fetched for its metadata alone.`;
    case 'unreadable-format':
      return `${file} is packed in a way that this page does not read (it reads wheels, .tar.gz and .zip).`;
    case 'not-listed':
      return `The live index lists no file of this release.`;
    case 'markers-lost':
      return `What extras of ${file} need is known without its markers: some of it may not hold here.`;
    default:
      return assertNever(reason);
  }
}
