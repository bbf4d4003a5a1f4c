/** What the YAML test files of pip and of zazo have in common: how a text is read, and how a release is written. */
import * as v from 'valibot';
import { parse as parseYaml } from 'yaml';
import type { ParseError, Result } from '../../packaging/result.ts';
import type { Overlay, OverlayClause, OverlayStatement } from '../overlay/overlay.ts';
import { splitList } from '../overlay/overlay-segments.ts';
import {
  needsOf,
  parseReleaseLine,
  releaseStatement,
  worldReleases,
  type WorldRelease,
} from './toy-world.ts';

/** A YAML value as PyYAML would give it, except that numbers stay texts: `version: 3.10` is 3.10, not 3.1. */
export function readYamlText(text: string): Result<unknown> {
  try {
    const value: unknown = parseYaml(text, {
      customTags: (tags) =>
        tags.filter((tag) => typeof tag !== 'object' || !/:(?:int|float)$/u.test(tag.tag)),
      merge: true,
      // Warnings would go to the console; errors are still thrown.
      logLevel: 'error',
      uniqueKeys: false,
    });
    return { ok: true, value };
  } catch (error) {
    const { pos, message } = error as { pos?: readonly [number, number]; message: string };
    const [first = message] = message.split('\n');
    return { ok: false, error: { message: first, span: { start: pos?.[0] ?? 0, end: pos?.[1] ?? 0 } } };
  }
}

/** A list of words, or one text of them. */
export const wordsSchema = v.union([v.string(), v.array(v.string())]);

/** A release: a line, or a mapping of its parts. */
export const availableSchema = v.union(
  [
    v.string(),
    v.object({
      name: v.string(),
      version: v.string(),
      depends: v.nullish(wordsSchema),
      extras: v.nullish(v.record(v.string(), v.nullish(wordsSchema))),
    }),
  ],
  'expected a line such as “A 1.0.0; depends B”, or a mapping with a name and a version',
);

export type Available = v.InferOutput<typeof availableSchema>;

function wordList(
  value: string | readonly string[] | null | undefined,
  separator: string,
): readonly string[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'string' ? value.split(separator).map((word) => word.trim()) : value;
}

/** `A 1.0.0; depends B == 1.0.0, C` of pip's; zazo's have `&` between requirements, and the last no semicolon. */
const RELEASE_LINE = /^(?<name>\S+)\s+(?<version>\d[^\s;]*)\s*(?:;\s*|\s)depends\s+(?<needs>[^;]+)$/u;

/** Requirements as written: what is no requirement may stand in an index, and is complained of in the editor. */
function readLine(line: string): Result<OverlayStatement> {
  const { name, version, needs } = RELEASE_LINE.exec(line.trim())?.groups ?? {};
  if (name === undefined || version === undefined || needs === undefined) return parseReleaseLine(line);
  const requirements = needs.includes('&')
    ? wordList(needs, '&')
    : splitList(needs, 0, needs.length).map((item) => item.text);
  return {
    ok: true,
    value: releaseStatement(name, version, [{ kind: 'depends', requirements }]),
  };
}

/** A complaint about a piece of the text, moved to where the piece stands. */
function inText(error: ParseError, piece: string, text: string): ParseError {
  const at = text.indexOf(piece);
  if (at < 0) return error;
  return { ...error, span: { start: at + error.span.start, end: at + error.span.end } };
}

/** The statement of a release. `text` is the whole file, for the place of a complaint. */
export function readAvailable(available: Available, text: string): Result<OverlayStatement> {
  if (typeof available === 'string') {
    const release = readLine(available);
    return release.ok ? release : { ok: false, error: inText(release.error, available, text) };
  }
  const { name, version, depends, extras } = available;
  const clauses: OverlayClause[] = [];
  const requirements = wordList(depends, ',');
  if (requirements.length > 0) clauses.push({ kind: 'depends', requirements });
  for (const [extra, needs] of Object.entries(extras ?? {}))
    clauses.push({ kind: 'extra', extra, requirements: wordList(needs, ',') });
  return { ok: true, value: releaseStatement(name, version, clauses) };
}

/** The statements of a list of releases; the first that cannot be read is the error. */
export function readAllAvailable(
  all: readonly Available[],
  text: string,
): Result<readonly OverlayStatement[]> {
  const releases: OverlayStatement[] = [];
  for (const available of all) {
    const release = readAvailable(available, text);
    if (!release.ok) return release;
    releases.push(release.value);
  }
  return { ok: true, value: releases };
}

/** `A 1.0.0` and `A 1.0.0; depends …` as `A==1.0.0`. */
export function pinsOfState(state: readonly (string | null | undefined)[]): readonly string[] {
  return state.flatMap((line) => {
    const [name, version] = (line ?? '').split(';')[0]!.trim().split(/\s+/u);
    return name && version ? [`${name}==${version}`] : [];
  });
}

/** YAML takes what JSON writes, and needs no other quotes. */
export const quoted = (text: string): string => JSON.stringify(text);
export const quotedList = (texts: readonly string[]): string => `[${texts.map(quoted).join(', ')}]`;

function availableLine({ project, version, clauses }: WorldRelease): string {
  const { depends, extras } = needsOf(clauses);
  const perExtra = extras.map(([extra, requirements]) => `${quoted(extra)}: ${quotedList(requirements)}`);
  const fields = [
    `name: ${quoted(project)}`,
    `version: ${quoted(version)}`,
    `depends: ${quotedList(depends)}`,
    ...(extras.length > 0 ? [`extras: {${perExtra.join(', ')}}`] : []),
  ];
  return `{${fields.join(', ')}}`;
}

/** The releases of an overlay, an item a line. */
export function availableLines(overlay: Overlay): readonly string[] {
  return worldReleases(overlay).map(availableLine);
}
