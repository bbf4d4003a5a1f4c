/**
 * The overlay language: an index written by hand, one statement a line, laid over a snapshot or standing alone.
 *
 *   app 1.0; depends left, right >=2 ; python_version < "3.8"      a release is added, or replaces the one below
 *   boto 1.0..1.29, 2.0; depends urllib3                           several releases alike
 *   svc 1.0; extra old: drv <2; extra new: drv >=2
 *   mod 2.0; python >=3.12; yanked "broken build"; uploaded 2020-01-01
 *   mod 1.5; wheels cp37-cp37m-win_amd64; unknown
 *   num 1.0; sdist only; build-requires setuptools <60; backend-requires wheel
 *   change core 2.1; depends typing-x <4; drops six                everything else of the release stays
 *   remove mod 1.0..1.4                                            or `remove mod`: all of it
 *   app 1.1; index https://packages.example/simple                 on that index, for `--extra-index-url` and the like
 *   app 1.2; url git+https://code.example/app@main                 at that address, on no index
 *   closed world                                                   nothing exists but what is written here
 *
 * `#` begins a comment. Clauses are separated by semicolons; what begins like a marker belongs to the requirement
 * before it. `a..b` counts the last number of `a` up to that of `b`; everything before it must be equal.
 */
import type { Span } from '../../packaging/result.ts';

/** One version, or a range of them. */
export interface VersionPattern {
  readonly first: string;
  /** Null for one version. */
  readonly last: string | null;
}

export type OverlayClause =
  /** Requirements as written (PEP 508). In a `change` they replace those on the same projects. */
  | { readonly kind: 'depends'; readonly requirements: readonly string[] }
  | { readonly kind: 'extra'; readonly extra: string; readonly requirements: readonly string[] }
  | { readonly kind: 'build-requires'; readonly requirements: readonly string[] }
  /** What the build backend asks for besides (PEP 517). */
  | { readonly kind: 'backend-requires'; readonly requirements: readonly string[] }
  | { readonly kind: 'python'; readonly specifier: string }
  /** '' when there is no reason. */
  | { readonly kind: 'yanked'; readonly reason: string }
  | { readonly kind: 'uploaded'; readonly time: string }
  /** Compressed tag sets; none for no wheel at all. */
  | { readonly kind: 'wheels'; readonly tags: readonly string[] }
  | { readonly kind: 'sdist'; readonly isOnly: boolean }
  /** The dependencies are not known. */
  | { readonly kind: 'unknown' }
  /** The index or find-links place that has the release, as an option would name it; the default one without this. */
  | { readonly kind: 'index'; readonly name: string }
  /** The release is at this address, and no index lists it. */
  | { readonly kind: 'url'; readonly url: string }
  /** In a `change`: requirements on these projects go. */
  | { readonly kind: 'drops'; readonly projects: readonly string[] };

interface Line {
  /** With its `#`; '' when there is none. */
  readonly comment: string;
  readonly span: Span;
}

export type OverlayStatement =
  | (Line & {
      readonly kind: 'release' | 'change';
      readonly project: string;
      readonly versions: readonly VersionPattern[];
      readonly clauses: readonly OverlayClause[];
    })
  | (Line & {
      readonly kind: 'remove';
      readonly project: string;
      /** Empty for the whole project. */
      readonly versions: readonly VersionPattern[];
    })
  | (Line & { readonly kind: 'closed-world' })
  /** A line without a statement: empty, or a comment alone. */
  | (Line & { readonly kind: 'empty' });

/** What was written, line by line; lines that could not be read are not in it. */
export interface Overlay {
  readonly statements: readonly OverlayStatement[];
}

/** A range of more versions than this is refused. */
export const RANGE_LIMIT = 2_000;

const COUNTED = /^(?<head>(?:.*[^0-9])?)(?<number>\d{1,9})$/su;

/**
 * The versions of a pattern in rising order: `1.0..1.3` is 1.0, 1.1, 1.2, 1.3. A number with leading zeros keeps its
 * width. The error says what is wrong with a range.
 */
export function expandVersions(pattern: VersionPattern): readonly string[] | { readonly error: string } {
  if (pattern.last === null) return [pattern.first];
  const first = COUNTED.exec(pattern.first)?.groups;
  const last = COUNTED.exec(pattern.last)?.groups;
  if (first === undefined || last === undefined) return { error: 'a range needs a number at both ends' };
  if (first['head'] !== last['head'])
    return { error: `a range counts its last number only: ${first['head']}N..${first['head']}M` };
  const from = Number(first['number']);
  const to = Number(last['number']);
  if (to < from) return { error: 'a range counts up' };
  if (to - from >= RANGE_LIMIT) return { error: `a range of more than ${RANGE_LIMIT} versions` };
  const width = first['number']?.startsWith('0') === true ? first['number'].length : 0;
  return Array.from(
    { length: to - from + 1 },
    (_, at) => (first['head'] ?? '') + String(from + at).padStart(width, '0'),
  );
}

/** All versions of some patterns, each once; patterns that are wrong give none. */
export function versionsOf(patterns: readonly VersionPattern[]): readonly string[] {
  const versions = patterns.flatMap((pattern) => {
    const expanded = expandVersions(pattern);
    return 'error' in expanded ? [] : expanded;
  });
  return [...new Set(versions)];
}
