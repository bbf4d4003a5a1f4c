/**
 * A project's page of the simple API in JSON (PEP 691, with PEP 592, 658, 700, 714 and 792) → values. The HTML form is
 * not read: it lags behind, and PEP 833 froze it.
 */
import * as v from 'valibot';
import { normalizeName } from '../../packaging/name.ts';
import type { Result } from '../../packaging/result.ts';
import { parseSdistFilename } from '../../packaging/sdist-filename.ts';
import type { Distribution, ProjectPage, Provenance } from '../package-index.ts';
import { readFilename } from '../facts/release-files.ts';

const text = v.pipe(v.string(), v.maxLength(4_096));
const hashes = v.record(text, text);
const metadataHashes = v.union([v.boolean(), hashes]);

const fileSchema = v.object({
  filename: text,
  url: text,
  hashes: v.optional(hashes, {}),
  'requires-python': v.nullish(text),
  size: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))),
  'upload-time': v.nullish(text),
  yanked: v.optional(v.union([v.boolean(), text]), false),
  // PEP 714: the first of these that is there counts, even when it is false. The last is what indexes wrote before it.
  'core-metadata': v.nullish(metadataHashes),
  'dist-info-metadata': v.nullish(metadataHashes),
  'data-dist-info-metadata': v.nullish(metadataHashes),
});

const status = v.object({ status: v.optional(text) });

const pageSchema = v.object({
  meta: v.object({
    'api-version': text,
    '_last-serial': v.nullish(v.pipe(v.number(), v.integer())),
    'project-status': v.nullish(status),
  }),
  name: text,
  'project-status': v.nullish(status),
  files: v.pipe(v.array(fileSchema), v.maxLength(200_000)),
});

type PageFile = v.InferOutput<typeof fileSchema>;

export interface SimplePage {
  readonly page: ProjectPage;
  /** Grows with every change of the project; null when the index has none. */
  readonly serial: number | null;
  /** Files whose metadata the index serves beside them (`URL.metadata`), with its sha256, or '' when not given. */
  readonly metadataHashes: ReadonlyMap<string, string>;
}

export interface SimplePageOptions {
  /** Normalised name that was asked for; a page of another project is refused. */
  readonly name: string;
  /** Makes an address absolute; null for one that is none. */
  readonly resolveUrl: (text: string) => string | null;
  /** Where the page came from, given its serial. */
  readonly provenance: (serial: number | null) => Provenance;
  /** The index, where several are read. */
  readonly index?: string;
}

/** The version that a file name spells; '' for one that spells none, which every tool passes over. */
function versionOf(filename: string, project: string): string {
  if (filename.endsWith('.whl')) return filename.split('-')[1] ?? '';
  const parsed = parseSdistFilename(filename, project);
  return parsed.ok ? parsed.value.version.text : '';
}

function distributionOf(file: PageFile, options: SimplePageOptions, provenance: Provenance): Distribution {
  const { yanked } = file;
  const sha256 = file.hashes['sha256']?.toLowerCase() ?? null;
  return {
    project: options.name,
    version: versionOf(file.filename, options.name),
    filename: file.filename,
    ...readFilename(file.filename),
    requiresPython: file['requires-python'] ?? null,
    yanked: yanked === true ? '' : yanked,
    uploadTime: file['upload-time'] ?? null,
    size: file.size ?? null,
    sha256,
    url: options.resolveUrl(file.url),
    ...(options.index === undefined ? {} : { index: options.index }),
    provenance,
  };
}

function metadataHash(file: PageFile): string | null {
  const served =
    file['core-metadata'] ?? file['dist-info-metadata'] ?? file['data-dist-info-metadata'] ?? false;
  if (served === false) return null;
  return served === true ? '' : (served['sha256']?.toLowerCase() ?? '');
}

/** Reads a parsed page. The error is one sentence that names the field. */
export function parseSimplePage(value: unknown, options: SimplePageOptions): Result<SimplePage, string> {
  const parsed = v.safeParse(pageSchema, value, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return { ok: false, error: `${v.getDotPath(issue) ?? 'the page'}: ${issue.message}` };
  }
  const { meta, name, files } = parsed.output;
  if (!/^1\.\d+$/u.test(meta['api-version']))
    return { ok: false, error: `meta.api-version: ${meta['api-version']} is not 1.x` };
  if (normalizeName(name) !== options.name) return { ok: false, error: `name: a page of ${name}` };
  const serial = meta['_last-serial'] ?? null;
  const provenance = options.provenance(serial);
  const state = (parsed.output['project-status'] ?? meta['project-status'])?.status;
  const isQuarantined = state === 'quarantined';
  const served = files.flatMap((file): [string, string][] => {
    const hash = metadataHash(file);
    return hash === null ? [] : [[file.filename, hash]];
  });
  const distributions = isQuarantined ? [] : files.map((file) => distributionOf(file, options, provenance));
  return {
    ok: true,
    value: {
      page: {
        name: options.name,
        status: isQuarantined ? 'quarantined' : 'present',
        distributions,
        provenance,
      },
      serial,
      metadataHashes: new Map(served),
    },
  };
}
