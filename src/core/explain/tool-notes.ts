/** Notes to a tool's own text where it misleads. A note is written only when it has been checked. */
import type { LineSource } from '../resolver/trace.ts';
import { code, lineNames, listOf } from './words.ts';

/** A line of the user's, with the project that it names. */
export interface NamedLine {
  readonly source: LineSource;
  readonly project: string;
}

const FALSE_NOTE = 'Additionally, some packages in these conflicts have no matching distributions';
const DEEP_HINT = 'resolution-too-deep';

/** What is wrong in the text by itself, whatever the conflict. */
export function toolNotes(text: string): readonly string[] {
  const notes: string[] = [];
  if (text.includes(FALSE_NOTE))
    notes.push(
      'Ignore pip’s note “some packages … have no matching distributions”: pip 25.3 and later print it for every conflict.',
    );
  if (text.includes(DEEP_HINT))
    notes.push(
      'pip stopped at its own limit. Whether there is a solution is not known from this; the hint about lower bounds is general and was not tried.',
    );
  return notes;
}

/** What the text leaves out, and what it names although it does not matter. `guilty` must be a checked minimal set. */
export function blameNotes(
  text: string,
  guilty: readonly NamedLine[],
  named: readonly NamedLine[],
): readonly string[] {
  if (text === '') return [];
  const notes: string[] = [];
  const omitted = guilty.filter(({ project }) => !mentions(text, project));
  if (omitted.length > 0)
    notes.push(`It does not mention ${namesOf(omitted)}, without which there would be no conflict.`);
  const isGuilty = new Set(guilty.map(({ source }) => `${source.pane}:${source.line}`));
  const extra = named.filter(({ source }) => !isGuilty.has(`${source.pane}:${source.line}`));
  if (extra.length > 0 && guilty.length > 0)
    notes.push(`It names ${namesOf(extra)}, but the conflict is there without that.`);
  return notes;
}

function namesOf(lines: readonly NamedLine[]): string {
  const names = [...new Set(lines.map(({ project }) => code(project)))];
  return `${listOf(names)} (${lineNames(lines.map(({ source }) => source))})`;
}

/** Whether a text names a project, in any of the spellings that PEP 503 makes equal. */
export function mentions(text: string, project: string): boolean {
  const pattern = project
    .split(/[-_.]+/u)
    .map(escaped)
    .join('[-_.]+');
  return new RegExp(`(?<![A-Za-z0-9._-])${pattern}(?![A-Za-z0-9_-])`, 'iu').test(text);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}
