/** Complaints that need an index: names that it does not have, limits that no release meets. */
import type { Complaint, Fix } from '../syntax/diagnostic.ts';
import { closestNames } from '../closest-names.ts';
import type { RequirementEntry } from '../requirements/requirements-file.ts';
import { releasesInside, type OrderedRelease } from './ordered-releases.ts';

/** A project that the index does not know, with what was probably meant. */
export function complainAboutUnknownName(
  entry: RequirementEntry,
  text: string,
  names: readonly string[],
): Complaint {
  const { name, normalizedName } = entry.requirement;
  const start = entry.span.start + Math.max(0, text.slice(entry.span.start, entry.span.end).indexOf(name));
  const span = { start, end: start + name.length };
  const fixes = closestNames(normalizedName, names, 3).map((close) => ({
    title: `Did you mean \`${close}\`?`,
    edits: [{ span, text: close }],
  }));
  const message = `The chosen index does not know \`${name}\``;
  return { severity: 'warning', code: 'unknown-project', message, span, fixes };
}

/** A limit that no release meets, or only pre-releases; null when the entry can be met or has no limit. */
export function complainAboutLimits(
  entry: RequirementEntry,
  text: string,
  releases: readonly OrderedRelease[],
  allowsPrereleases: boolean,
): Complaint | null {
  const { requirement, span } = entry;
  if (requirement.specifier.specifiers.length === 0 || releases.length === 0) return null;
  const inside = releasesInside(releases, requirement.specifier);
  if (inside.some((release) => !release.isPrerelease || allowsPrereleases)) return null;
  const limits = `\`${requirement.name}${requirement.specifier.text}\``;
  if (inside.length > 0) {
    if (requirement.specifier.specifiers.some((specifier) => /(?:a|b|rc|dev)\d/.test(specifier.text)))
      return null;
    const message = `Only pre-releases meet ${limits}, the newest is \`${inside[0]!.version}\``;
    const fix: Fix = {
      title: 'Allow pre-releases: add `--pre`',
      edits: [{ span: { start: 0, end: 0 }, text: '--pre\n' }],
    };
    return { severity: 'warning', code: 'only-prereleases', message, span, fixes: [fix] };
  }
  const newest = releases.find((release) => !release.isPrerelease) ?? releases[0]!;
  const oldest = releases.at(-1)!;
  const message = `No release meets ${limits}: there are \`${oldest.version}\` to \`${newest.version}\``;
  return { severity: 'warning', code: 'no-release', message, span, fixes: [loosen(entry, text, newest)] };
}

/** Keeps name, extras, marker and options, and asks for the newest release or older ones. */
function loosen(entry: RequirementEntry, text: string, newest: OrderedRelease): Fix {
  const written = text.slice(entry.span.start, entry.span.end);
  const from = written.search(/[<>=!~]/);
  const semicolon = written.indexOf(';');
  const to = semicolon < 0 ? written.length : semicolon;
  const kept = written.slice(from, to);
  const end = entry.span.start + from + kept.trimEnd().length;
  const span = { start: entry.span.start + Math.max(0, from), end };
  return { title: `Loosen to \`<=${newest.version}\``, edits: [{ span, text: `<=${newest.version}` }] };
}
