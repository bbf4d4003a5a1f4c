/** A small index with the question that is asked of it: what the test files of packse, pip and zazo describe. */
import type { ParseError, Result } from '../../packaging/result.ts';
import { normalizeName } from '../../packaging/name.ts';
import { versionsOf, type Overlay, type OverlayClause, type OverlayStatement } from '../overlay/overlay.ts';
import { parseOverlay } from '../overlay/overlay-parse.ts';

export interface ToyWorld {
  readonly name: string;
  readonly description: string;
  /** Closed, of releases only. */
  readonly overlay: Overlay;
  /** Requirements that are asked for, one a line. */
  readonly requirements: readonly string[];
  /** `3.12`; null when the file does not say. */
  readonly python: string | null;
  /** What is there already, `name==version`. */
  readonly installed: readonly string[];
  readonly options: ToyOptions;
  /** What the file's authors say comes out; null when they do not. */
  readonly expected: ToyExpectation | null;
}

/** What a world asks of the tool; fields as in a Problem's options, left out where the file does not say. */
export interface ToyOptions {
  readonly noDeps?: true;
  readonly universal?: true;
  /** Whether all pre-releases are wanted. */
  readonly prereleases?: true;
  readonly onlyBinary?: readonly string[];
  readonly noBinary?: readonly string[];
  /** The target's Python, where it is not the one that runs the tool. */
  readonly pythonVersion?: string;
  /** `linux_x86_64`-like names as the file spells them. */
  readonly platform?: string;
  readonly requiredEnvironments?: readonly string[];
  /** Which versions are wanted; the highest where this is left out. */
  readonly resolution?: 'lowest' | 'lowest-direct';
  /** The project's own, for a universal resolution. */
  readonly requiresPython?: string;
}

export interface ToyExpectation {
  /** Whether there is a solution. */
  readonly isSolvable: boolean;
  /** `name==version` of what would be there in the end. */
  readonly pins: readonly string[];
  /** Why, in the authors' words; '' when they do not say. */
  readonly explanation: string;
  /** Who needs whom among the pins, `A 1.0.0 -> B 1.0.0`, where the file says. */
  readonly graph?: readonly string[];
}

/** Files that hold several worlds give several. */
export type ToyWorlds = Result<readonly ToyWorld[]>;

const NOWHERE = { comment: '', span: { start: 0, end: 0 } };

/** A closed world of these releases. */
export function closedWorld(releases: readonly OverlayStatement[]): Overlay {
  return { statements: [{ kind: 'closed-world', ...NOWHERE }, ...releases] };
}

/** A release of one version. */
export function releaseStatement(
  project: string,
  version: string,
  clauses: readonly OverlayClause[],
): OverlayStatement {
  return { kind: 'release', project, versions: [{ first: version, last: null }], clauses, ...NOWHERE };
}

/** One release as pip's test files write it, `A 1.0.0; depends B == 1.0.0`, which is a line of our language. */
export function parseReleaseLine(line: string): Result<OverlayStatement> {
  const { overlay, errors } = parseOverlay(line);
  const [statement] = overlay.statements;
  const [error] = errors;
  if (error !== undefined) return { ok: false, error };
  if (statement?.kind === 'release') return { ok: true, value: { ...statement, span: NOWHERE.span } };
  return { ok: false, error: notUnderstood(`not a release: ${line}`) };
}

/** A complaint about a file as a whole. */
export function notUnderstood(message: string): ParseError {
  return { message, span: { start: 0, end: 0 } };
}

/** A release of a world, of one version. */
export interface WorldRelease {
  readonly project: string;
  readonly version: string;
  readonly clauses: readonly OverlayClause[];
}

/** The releases that an overlay writes out; of two statements on one release the later counts. */
export function worldReleases(overlay: Overlay): readonly WorldRelease[] {
  const releases = new Map<string, WorldRelease>();
  for (const statement of overlay.statements) {
    if (statement.kind !== 'release') continue;
    const { project, clauses } = statement;
    for (const version of versionsOf(statement.versions))
      releases.set(`${normalizeName(project)} ${version}`, { project, version, clauses });
  }
  return [...releases.values()];
}

/** Requirements of a release, and those of each of its extras. */
export function needsOf(clauses: readonly OverlayClause[]): {
  readonly depends: readonly string[];
  readonly extras: readonly (readonly [string, readonly string[]])[];
} {
  const depends: string[] = [];
  const extras = new Map<string, readonly string[]>();
  for (const clause of clauses) {
    if (clause.kind === 'depends') for (const item of clause.requirements) depends.push(item);
    if (clause.kind === 'extra')
      extras.set(clause.extra, [...(extras.get(clause.extra) ?? []), ...clause.requirements]);
  }
  return { depends, extras: [...extras] };
}

/** What a format cannot say of an overlay, statement by statement; empty when nothing is lost. */
export function inexpressible(
  overlay: Overlay,
  clauses: readonly OverlayClause['kind'][],
): readonly string[] {
  return overlay.statements.flatMap((statement): readonly string[] => {
    if (statement.kind === 'change' || statement.kind === 'remove')
      return [`${statement.kind} ${statement.project}`];
    if (statement.kind !== 'release') return [];
    return statement.clauses
      .filter(({ kind }) => !clauses.includes(kind))
      .map(({ kind }) => `${kind} of ${statement.project}`);
  });
}
