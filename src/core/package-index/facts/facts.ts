/**
 * The facts form: a package index as one plain JSON value, the exchange format between sources, snapshots, inline
 * Problems and tests. `{"projects": {name: {version: {"requires": [PEP 508 text…], …}}}}`, releases in the order in
 * which the index lists them (JSON objects keep it, except for versions that are bare integers, which come first).
 */
import * as v from 'valibot';
import type { Result } from '../../packaging/result.ts';
import { FACT_LIMITS, type PartialSense } from '../package-index.ts';

/** Bounds of a facts value; beyond them it is refused, not truncated. */
export const FACTS_LIMITS = {
  projects: 1_000_000,
  releasesOfProject: 20_000,
  requirementsOfRelease: 5_000,
  filesOfRelease: 2_000,
  indexes: 100,
  textLength: 4_096,
} as const;

const shortText = v.pipe(v.string(), v.maxLength(FACTS_LIMITS.textLength));
const name = v.pipe(
  shortText,
  v.regex(
    /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/iu,
    'expected a project name (letters, digits, ".", "_", "-")',
  ),
);
const versionText = v.pipe(
  shortText,
  v.regex(/^[^\s/\\]+$/u, 'expected a version: text without blanks or slashes'),
);
const texts = (limit: number) => v.pipe(v.array(shortText), v.maxLength(limit));
const yanked = v.union([v.boolean(), shortText], 'expected true, false or the reason');
const uploadTime = v.pipe(
  shortText,
  v.regex(
    /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/u,
    'expected an RFC 3339 time',
  ),
);
const byteCount = v.pipe(v.number(), v.integer(), v.minValue(0));

const fileSchema = v.object({
  filename: v.pipe(shortText, v.regex(/^[^\s/\\]+$/u, 'expected a file name without blanks or slashes')),
  size: v.optional(byteCount),
  sha256: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u, 'expected 64 hexadecimal digits'))),
  url: v.optional(shortText),
  requires_python: v.optional(v.nullable(shortText)),
  yanked: v.optional(yanked),
  'upload-time': v.optional(uploadTime),
});

const releaseSchema = v.object({
  requires: texts(FACTS_LIMITS.requirementsOfRelease),
  requires_python: v.optional(v.nullable(shortText)),
  yanked: v.optional(yanked),
  extras: v.optional(texts(FACTS_LIMITS.requirementsOfRelease)),
  wheels: v.optional(texts(FACTS_LIMITS.filesOfRelease)),
  sdist: v.optional(v.boolean()),
  unknown: v.optional(v.boolean()),
  from: v.optional(shortText),
  limits: v.optional(v.pipe(v.array(v.picklist(FACT_LIMITS)), v.maxLength(FACT_LIMITS.length))),
  pythons: v.optional(shortText),
  seen: v.optional(uploadTime),
  'upload-time': v.optional(uploadTime),
  build_requires: v.optional(v.nullable(texts(FACTS_LIMITS.requirementsOfRelease))),
  backend_requires: v.optional(texts(FACTS_LIMITS.requirementsOfRelease)),
  url: v.optional(shortText),
  files: v.optional(v.pipe(v.array(fileSchema), v.maxLength(FACTS_LIMITS.filesOfRelease))),
});

const projects = v.pipe(
  v.record(name, v.pipe(v.record(versionText, releaseSchema), v.maxEntries(FACTS_LIMITS.releasesOfProject))),
  v.maxEntries(FACTS_LIMITS.projects),
);

const sense = v.picklist(['chosen', 'remnant'] as const satisfies readonly PartialSense[]);

const factsSchema = v.object({
  projects,
  partial: v.optional(v.object({ all: v.optional(sense), projects: v.optional(v.record(name, sense)) })),
  indexes: v.optional(
    v.pipe(v.record(shortText, v.object({ projects })), v.maxEntries(FACTS_LIMITS.indexes)),
  ),
});

/** One file of a release whose real names are known; it replaces `wheels` and `sdist`. */
export type FileFacts = v.InferOutput<typeof fileSchema>;

/**
 * One release. Only `requires` is needed. Without `files`, `wheels` (compressed tag sets, default one
 * `py2.py3-none-any` where there is no sdist either) and `sdist` (default false) say which files there are.
 * `unknown`: the dependencies are not known.
 * `from` says where the source read the dependencies, `limits` and `pythons` how far that goes (FactAccount), `seen` when
 * the release was first seen, where its `upload-time` is not known: it is not later than that. `build_requires` belongs to the sdist, and so does
 * `backend_requires`: what its build backend asks for besides. `url`: the release is at
 * this address (an archive, a repository, a folder) and no index lists it.
 */
export type ReleaseFacts = v.InferOutput<typeof releaseSchema>;

/** All releases of a project, in the index's order. */
export type ProjectFacts = Readonly<Record<string, ReleaseFacts>>;

/** Which projects' lists of releases are partial; `projects` by normalised name, before `all`. */
export interface PartialLists {
  readonly all?: PartialSense | undefined;
  readonly projects?: Readonly<Record<string, PartialSense>> | undefined;
}

/** The sense in which a project's list is partial; undefined where it is whole. */
export function partialSense(lists: PartialLists | undefined, name: string): PartialSense | undefined {
  if (lists?.projects !== undefined && Object.hasOwn(lists.projects, name)) return lists.projects[name];
  return lists?.all;
}

export interface Facts {
  readonly projects: Readonly<Record<string, ProjectFacts>>;
  /**
   * Of which projects not all releases are known: all of them in one sense, some in another. A project that is not held
   * is then unknown. Absent: every list is whole, and the world is closed.
   */
  readonly partial?: PartialLists | undefined;
  /** Further indexes and find-links places, by the names that a tool's options give them. */
  readonly indexes?: Readonly<Record<string, Pick<Facts, 'projects'>>> | undefined;
}

/** Why a value is not facts; `path` names the field, `projects["a"]["1.0"].requires[0]`. */
export interface FactsError {
  readonly message: string;
  readonly path: string;
}

function pathText(keys: readonly unknown[]): string {
  let text = '';
  for (const key of keys) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (/^[a-z_][a-z0-9_]*$/iu.test(String(key))) text += text === '' ? String(key) : `.${String(key)}`;
    else text += `[${JSON.stringify(key)}]`;
  }
  return text;
}

/** Checks a parsed JSON value. The error names the first field that is wrong. */
export function parseFacts(value: unknown): Result<Facts, FactsError> {
  const result = v.safeParse(factsSchema, value, { abortEarly: true });
  if (result.success) return { ok: true, value: result.output };
  const issue = result.issues[0];
  const path = pathText((issue.path ?? []).map((item) => item.key));
  return { ok: false, error: { message: issue.message, path } };
}
