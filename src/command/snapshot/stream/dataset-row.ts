/**
 * One line of newline JSON → what it says of files. Three forms are told apart by their keys:
 *
 *   PyPI's public metadata dataset   {"name", "version", "filename", "packagetype", "requires_dist", "upload_time" …}
 *   PyPI's JSON of a project         {"info": {…}, "urls": […], "releases": {version: […]}}
 *   a page of the simple API         {"name", "files": […]}
 *
 * Names of columns are those of `distribution_metadata`, the dataset that PyPI publishes; numbers and times may be texts.
 */
import * as v from 'valibot';
import type { FileFacts } from '../../../core/package-index/facts/facts.ts';
import { parseSimplePage } from '../../../core/package-index/live/simple-page.ts';
import { normalizeName } from '../../../core/packaging/name.ts';
import type { Result } from '../../../core/packaging/result.ts';

/** What one file, or one release without files, says. */
export interface DatasetRow {
  /** Normalised. */
  readonly name: string;
  readonly version: string;
  readonly file: FileFacts | null;
  /** Null where the row says nothing of what the release needs. */
  readonly needs: RowNeeds | null;
}

export interface RowNeeds {
  readonly requires: readonly string[];
  readonly extras: readonly string[];
  readonly requiresPython: string | null;
  /** A wheel's own metadata counts before what an sdist's upload declared. */
  readonly isOfWheel: boolean;
}

const text = v.pipe(v.string(), v.maxLength(100_000));
const texts = v.pipe(v.array(text), v.maxLength(20_000));
const optionalText = v.nullish(text);
const count = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,15}$/u), v.transform(Number))]),
  v.integer(),
  v.minValue(0),
);
const yanked = v.nullish(v.union([v.boolean(), text]));

const rowSchema = v.object({
  name: text,
  version: text,
  filename: optionalText,
  packagetype: optionalText,
  requires_dist: v.nullish(texts),
  provides_extra: v.nullish(texts),
  requires_python: optionalText,
  metadata_version: optionalText,
  upload_time: optionalText,
  size: v.nullish(count),
  sha256_digest: optionalText,
  yanked,
  yanked_reason: optionalText,
});

const fileSchema = v.object({
  filename: text,
  packagetype: optionalText,
  requires_python: optionalText,
  size: v.nullish(count),
  upload_time_iso_8601: optionalText,
  digests: v.nullish(v.object({ sha256: optionalText })),
  yanked,
  yanked_reason: optionalText,
});
const files = v.pipe(v.array(fileSchema), v.maxLength(20_000));

const projectSchema = v.object({
  info: v.object({
    name: text,
    version: text,
    requires_dist: v.nullish(texts),
    provides_extra: v.nullish(texts),
    requires_python: optionalText,
  }),
  urls: v.nullish(files),
  releases: v.nullish(v.record(text, files)),
});

/** Reads a line that was parsed as JSON; the error says what is wrong with it. */
export function readDatasetRows(value: unknown): Result<readonly DatasetRow[], string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, error: 'no JSON object' };
  if ('info' in value) return readProject(value);
  if ('files' in value) return readPage(value as { readonly name?: unknown });
  const row = v.safeParse(rowSchema, value, { abortEarly: true });
  return row.success ? { ok: true, value: [rowOf(row.output)] } : wrong(row.issues[0]);
}

function wrong(issue: v.BaseIssue<unknown>): Result<never, string> {
  return { ok: false, error: `${v.getDotPath(issue) ?? 'the object'}: ${issue.message}` };
}

function rowOf(row: v.InferOutput<typeof rowSchema>): DatasetRow {
  const { requires_python: requiresPython = null, requires_dist: requires } = row;
  const filename = row.filename ?? null;
  const packagetype = row.packagetype ?? null;
  const isOfWheel = packagetype === 'bdist_wheel' || filename?.endsWith('.whl') === true;
  const isNoDistribution = packagetype !== null && !/^(?:bdist_wheel|sdist)$/u.test(packagetype);
  return {
    name: normalizeName(row.name),
    version: row.version,
    file:
      filename === null || isNoDistribution
        ? null
        : fileOf(filename, {
            size: row.size,
            sha256: row.sha256_digest,
            time: row.upload_time,
            yanked: row.yanked,
            reason: row.yanked_reason,
            requiresPython,
          }),
    needs:
      isOfWheel || hasStaticNeeds(row.metadata_version) || (requires?.length ?? 0) > 0
        ? { requires: requires ?? [], extras: row.provides_extra ?? [], requiresPython, isOfWheel }
        : null,
  };
}

/** Of older sdists an empty list means "none" or "not known" alike (PEP 643). */
function hasStaticNeeds(version: string | null | undefined): boolean {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/u.exec(version ?? '') ?? [];
  return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 2);
}

interface FileFields {
  readonly size: number | null | undefined;
  readonly sha256: string | null | undefined;
  readonly time: string | null | undefined;
  readonly yanked: boolean | string | null | undefined;
  readonly reason: string | null | undefined;
  readonly requiresPython: string | null;
}

function fileOf(filename: string, fields: FileFields): FileFacts {
  const time = canonicalTime(fields.time);
  const isYanked = fields.yanked === true || (typeof fields.yanked === 'string' && fields.yanked !== 'false');
  const reason =
    (typeof fields.yanked === 'string' && fields.yanked !== 'true' ? fields.yanked : fields.reason) ?? '';
  return {
    filename,
    ...(fields.size === null || fields.size === undefined ? {} : { size: fields.size }),
    ...(/^[0-9a-f]{64}$/u.test(fields.sha256 ?? '') ? { sha256: fields.sha256! } : {}),
    ...(time === null ? {} : { 'upload-time': time }),
    ...(isYanked ? { yanked: reason === '' ? true : reason } : {}),
    ...(fields.requiresPython === null ? {} : { requires_python: fields.requiresPython }),
  };
}

/** `2024-05-01 10:20:30.123456 UTC` as the dataset exports it, and RFC 3339; to the second. */
function canonicalTime(time: string | null | undefined): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?(?:Z| UTC|\+00:00)?$/u.exec(time ?? '');
  return parts === null ? null : `${parts[1]}T${parts[2]}Z`;
}

function readProject(value: unknown): Result<readonly DatasetRow[], string> {
  const project = v.safeParse(projectSchema, value, { abortEarly: true });
  if (!project.success) return wrong(project.issues[0]);
  const { info, urls, releases } = project.output;
  const name = normalizeName(info.name);
  const byVersion = new Map(Object.entries(releases ?? {}));
  if (urls !== null && urls !== undefined) byVersion.set(info.version, urls);
  const rows: DatasetRow[] = [];
  for (const [version, listed] of byVersion)
    for (const file of listed)
      rows.push({
        name,
        version,
        file: fileOf(file.filename, {
          size: file.size,
          sha256: file.digests?.sha256,
          time: file.upload_time_iso_8601,
          yanked: file.yanked,
          reason: file.yanked_reason,
          requiresPython: file.requires_python ?? null,
        }),
        needs: null,
      });
  if (info.requires_dist !== null && info.requires_dist !== undefined)
    rows.push({
      name,
      version: info.version,
      file: null,
      needs: {
        requires: info.requires_dist,
        extras: info.provides_extra ?? [],
        requiresPython: info.requires_python ?? null,
        isOfWheel: false,
      },
    });
  return { ok: true, value: rows };
}

function readPage(value: { readonly name?: unknown }): Result<readonly DatasetRow[], string> {
  if (typeof value.name !== 'string') return { ok: false, error: 'name: a page has one' };
  const name = normalizeName(value.name);
  const page = parseSimplePage(value, {
    name,
    resolveUrl: (url) => url,
    provenance: () => ({ layer: 'snapshot', detail: '' }),
  });
  if (!page.ok) return page;
  return {
    ok: true,
    value: page.value.page.distributions
      .filter(({ version }) => version !== '')
      .map((file) => ({
        name,
        version: file.version,
        file: fileOf(file.filename, {
          size: file.size,
          sha256: file.sha256,
          time: file.uploadTime,
          yanked: file.yanked === false ? false : file.yanked === '' ? true : file.yanked,
          reason: null,
          requiresPython: file.requiresPython,
        }),
        needs: null,
      })),
  };
}
