/** Changes to an overlay's text that a press of a button makes. What the writer wrote stays as it is. */
import { normalizeName } from '../../packaging/name.ts';
import { parseVersion, versionsEqual } from '../../packaging/version.ts';
import { versionsOf, type OverlayStatement } from './overlay.ts';
import { parseOverlay } from './overlay-parse.ts';

/** The text after a change, and the line (1-based) to look at. */
export interface OverlayEdit {
  readonly text: string;
  readonly line: number;
}

/** Whether nothing exists but what is written. */
export function isClosedWorld(text: string): boolean {
  return parseOverlay(text).overlay.statements.some(({ kind }) => kind === 'closed-world');
}

/** Writes `closed world` as the first line, or takes every such line away. */
export function setClosedWorld(text: string, isClosed: boolean): string {
  if (isClosed) return isClosedWorld(text) ? text : `closed world\n${text}`;
  const spans = parseOverlay(text)
    .overlay.statements.filter(({ kind }) => kind === 'closed-world')
    .map(({ span }) => span);
  return spans.reduceRight((kept, { start, end }) => kept.slice(0, start) + kept.slice(end + 1), text);
}

/** Adds a line at the end. */
export function appendLine(text: string, line: string): OverlayEdit {
  const kept = text.trimEnd();
  const joined = kept === '' ? line : `${kept}\n${line}`;
  return { text: `${joined}\n`, line: joined.split('\n').length };
}

/** The line of the last statement that is about this one version of a project and no other; null when there is none. */
export function lineOfRelease(text: string, project: string, version: string): number | null {
  const name = normalizeName(project);
  const isAbout = (statement: OverlayStatement): boolean => {
    if (statement.kind !== 'release' || normalizeName(statement.project) !== name) return false;
    const [only, ...others] = versionsOf(statement.versions);
    return only !== undefined && others.length === 0 && areEqual(only, version);
  };
  const found = parseOverlay(text).overlay.statements.findLast(isAbout);
  return found === undefined ? null : text.slice(0, found.span.start).split('\n').length;
}

function areEqual(left: string, right: string): boolean {
  const [a, b] = [parseVersion(left), parseVersion(right)];
  return left === right || (a.ok && b.ok && versionsEqual(a.value, b.value));
}

/** Puts a release where it can be edited: `statement` at the end, or the line where it is written already. */
export function editRelease(text: string, project: string, version: string, statement: string): OverlayEdit {
  const line = lineOfRelease(text, project, version);
  return line === null ? appendLine(text, statement) : { text, line };
}

/** Takes a version off the index. */
export function unpublishRelease(text: string, project: string, version: string): OverlayEdit {
  return appendLine(text, `remove ${project} ${version}`);
}
