/** The manifest of the embedded snapshots (`snapshots/manifest.json`): what there is, from where, and under which hash. */
import * as v from 'valibot';
import type { Result } from '../../packaging/result.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(2_000));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u));
const fileName = v.pipe(v.string(), v.regex(/^[0-9a-z][0-9a-z.-]*$/u));

const countsSchema = v.object({
  projects: count,
  releases: count,
  /** Requirements of all releases. */
  dependencies: count,
  /** Releases whose dependencies are not known. */
  unknown: count,
  /** Releases whose files the source lacks, so that one `py2.py3-none-any` wheel stands for them. */
  modelled: count,
  files: count,
  shards: count,
});

const snapshotSchema = v.object({
  /** Also the name of its folder, unless it names one. */
  id: fileName,
  title: text,
  /** Where its files lie, when not in a folder of its own: snapshots that follow each other share what is the same. */
  folder: v.optional(fileName),
  /** The day whose index it shows, `2023-09-07`. */
  date: v.pipe(v.string(), v.isoDate()),
  /** Where the facts come from. */
  source: text,
  /** Licence of the data. */
  license: text,
  /** What it is good for, and what it lacks. */
  description: text,
  /** Whether a project that it does not hold is absent (`closed`) or unknown (`open`). */
  world: v.picklist(['open', 'closed']),
  counts: countsSchema,
  /** Bytes of all its files as they travel. */
  bytes: count,
  /** The directory's file, its hash, and its lengths before and after inflating. */
  directory: v.object({ file: fileName, sha256, bytes: count, inflatedBytes: count }),
});

const manifestSchema = v.object({
  format: v.literal(1),
  /** The snapshot that is used when none is named. */
  default: fileName,
  snapshots: v.pipe(v.array(snapshotSchema), v.maxLength(1_000)),
});

export type SnapshotCounts = v.InferOutput<typeof countsSchema>;
export type SnapshotDescription = v.InferOutput<typeof snapshotSchema>;
export type SnapshotManifest = v.InferOutput<typeof manifestSchema>;

/** Checks a parsed JSON value; the error is one sentence that names the field. */
export function parseSnapshotManifest(value: unknown): Result<SnapshotManifest, string> {
  const result = v.safeParse(manifestSchema, value, { abortEarly: true });
  if (result.success) return { ok: true, value: result.output };
  const issue = result.issues[0];
  return { ok: false, error: `${v.getDotPath(issue) ?? 'the manifest'}: ${issue.message}` };
}
