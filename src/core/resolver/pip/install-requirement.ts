/**
 * A requirement with its history: which line or which other requirement it came from. pip shows it in errors:
 * `Requested nbclient>=0.5.0 from … (from nbconvert>=5->nbclassic)`.
 */
import { formatMarker, type Marker } from '../../packaging/marker.ts';
import type { Requirement } from '../../packaging/requirement.ts';
import { parseSpecifierSet } from '../../packaging/specifier.ts';
import type { Version } from '../../packaging/version.ts';

export interface InstallRequirement {
  readonly requirement: Requirement;
  /** What asked for it; a text for lines of files; null for the command line. */
  readonly comesFrom: InstallRequirement | string | null;
  /** `sha256:…` of the user's line; one of them must fit. Null when there are none. */
  readonly hashes: readonly string[] | null;
  /** `-e`: absent for everything else. */
  readonly isEditable?: true;
}

/** `nbconvert>=5->nbclassic`: a requirement and what it came from. */
export function originChain(ireq: InstallRequirement): string {
  const { comesFrom, requirement } = ireq;
  if (comesFrom === null) return requirement.text;
  return `${requirement.text}->${typeof comesFrom === 'string' ? comesFrom : originChain(comesFrom)}`;
}

/** What the requirement came from, as ` (from …)`; '' for the command line. */
export function originText(ireq: InstallRequirement): string {
  const { comesFrom } = ireq;
  if (comesFrom === null) return '';
  return ` (from ${typeof comesFrom === 'string' ? comesFrom : originChain(comesFrom)})`;
}

/** The same requirement on the package without extras, which comes from the one with them. */
export function withoutExtras(ireq: InstallRequirement): InstallRequirement {
  const { requirement } = ireq;
  const { name, specifier, marker, url } = requirement;
  // Before packaging 26 there was no blank before the `@`.
  const at = requirement.text.includes(` @ ${url ?? ''}`) ? ' @ ' : '@ ';
  const address = url === null ? '' : `${at}${url}`;
  const condition =
    marker === null
      ? ''
      : `${url === null ? '' : ' '}; ${requirement.text.slice(markerStart(requirement.text, marker))}`;
  const text = `${name}${specifier.text}${address}${condition}`;
  return { ...ireq, requirement: { ...requirement, extras: [], text }, comesFrom: ireq };
}

/** Where the marker stands in a requirement's text, whichever release of `packaging` wrote it. */
function markerStart(text: string, marker: Marker): number {
  const place = text.lastIndexOf(formatMarker(marker, 'packaging-26.3'));
  return place < 0 ? text.lastIndexOf(formatMarker(marker)) : place;
}

/** The same requirement without its marker: pip keeps the two apart on the user's lines and on what it prepares. */
export function withoutMarker(ireq: InstallRequirement): InstallRequirement {
  const { requirement } = ireq;
  if (requirement.marker === null) return ireq;
  const text = requirement.text
    .slice(0, markerStart(requirement.text, requirement.marker))
    .replace(/ ?; $/u, '');
  return { ...ireq, requirement: { ...requirement, marker: null, text } };
}

/** The same requirement, pinned to a version: what pip makes of one with hashes (26.1). */
export function pinnedTo(ireq: InstallRequirement, version: Version): InstallRequirement {
  const { requirement } = ireq;
  const text = `${requirement.name}==${version.text}`;
  const specifier = parseSpecifierSet(`==${version.text}`);
  if (!specifier.ok) return ireq;
  return { ...ireq, requirement: { ...requirement, extras: [], specifier: specifier.value, text } };
}
