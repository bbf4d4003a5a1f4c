/**
 * Texts that say something of packages, told apart by what stands in them: facts, a page of the simple API (JSON or
 * HTML), pip's installation report, `pip inspect`, core metadata.
 */
import * as v from 'valibot';
import { parseFacts } from '../../core/package-index/facts/facts.ts';
import { readSimpleHtml } from '../../core/package-index/live/simple-html.ts';
import { parseSimplePage } from '../../core/package-index/live/simple-page.ts';
import { parseMetadata } from '../../core/packaging/metadata.ts';
import { normalizeName } from '../../core/packaging/name.ts';
import type { Result } from '../../core/packaging/result.ts';
import { isArchiveName } from './archive-source.ts';
import type { FactsCollector } from './facts-collector.ts';

/** What a text was; `other`: it has nothing to do with packages. */
export type DocumentKind = 'facts' | 'page' | 'report' | 'metadata' | 'other';

const itemSchema = v.object({
  metadata: v.object({
    name: v.string(),
    version: v.string(),
    requires_dist: v.optional(v.array(v.string()), []),
    requires_python: v.nullish(v.string()),
    provides_extra: v.optional(v.array(v.string()), []),
  }),
  download_info: v.optional(
    v.object({
      url: v.string(),
      archive_info: v.optional(v.object({ hashes: v.optional(v.record(v.string(), v.string())) })),
    }),
  ),
  is_yanked: v.optional(v.boolean()),
});

/** The form of pip's installation report, and of `pip inspect`. */
const reportSchema = v.object({
  install: v.optional(v.array(itemSchema)),
  installed: v.optional(v.array(itemSchema)),
});

function addReportItem(item: v.InferOutput<typeof itemSchema>, collector: FactsCollector): void {
  const { name, version, requires_dist, requires_python, provides_extra } = item.metadata;
  collector.addMetadata(name, version, {
    metadataVersion: null,
    name,
    version,
    requiresPython: requires_python ?? null,
    requiresDist: requires_dist,
    providesExtra: provides_extra,
    dynamic: [],
  });
  const filename = /[^/]+$/u.exec(item.download_info?.url.split(/[?#]/u)[0] ?? '')?.[0];
  if (filename === undefined || !isArchiveName(filename)) return;
  collector.addFile({
    project: name,
    version,
    filename: decodeURIComponent(filename),
    sha256: item.download_info?.archive_info?.hashes?.['sha256'] ?? null,
    requiresPython: requires_python ?? null,
    yanked: item.is_yanked === true ? '' : false,
  });
}

function addReport(value: unknown, collector: FactsCollector): Result<DocumentKind, string> {
  const report = v.safeParse(reportSchema, value, { abortEarly: true });
  if (!report.success)
    return { ok: false, error: `${v.getDotPath(report.issues[0]) ?? ''}: ${report.issues[0].message}` };
  for (const item of [...(report.output.install ?? []), ...(report.output.installed ?? [])])
    addReportItem(item, collector);
  return { ok: true, value: 'report' };
}

function addMetadata(text: string, collector: FactsCollector): Result<DocumentKind, string> {
  const metadata = parseMetadata(text);
  if (metadata.name === null || metadata.version === null)
    return { ok: false, error: 'metadata without a name or version' };
  collector.addMetadata(metadata.name, metadata.version, metadata);
  return { ok: true, value: 'metadata' };
}

/** As much of a page as tells that it is one. */
interface PageLike {
  readonly name?: unknown;
  readonly files?: unknown;
}

function addPage(value: PageLike | null, collector: FactsCollector): Result<DocumentKind, string> {
  if (typeof value?.name !== 'string' || !Array.isArray(value.files)) return { ok: true, value: 'other' };
  const page = parseSimplePage(value, {
    name: normalizeName(value.name),
    resolveUrl: (url) => url,
    provenance: () => ({ layer: 'snapshot', detail: '' }),
  });
  if (!page.ok) return page;
  for (const file of page.value.page.distributions) if (file.version !== '') collector.addFile(file);
  return { ok: true, value: 'page' };
}

function addJson(text: string, collector: FactsCollector): Result<DocumentKind, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, error: `no JSON: ${String(error)}` };
  }
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.includes('install') || keys.includes('installed')) return addReport(value, collector);
  if (!keys.includes('projects')) return addPage(value as PageLike, collector);
  const facts = parseFacts(value);
  if (!facts.ok) return { ok: false, error: `${facts.error.path}: ${facts.error.message}` };
  collector.addFacts(facts.value);
  return { ok: true, value: 'facts' };
}

/** Adds what a text says to what is collected. The error says what is wrong with it. */
export function addDocument(text: string, collector: FactsCollector): Result<DocumentKind, string> {
  if (/^Metadata-Version:/u.test(text)) return addMetadata(text, collector);
  return text.trimStart().startsWith('{')
    ? addJson(text, collector)
    : addPage(readSimpleHtml(text), collector);
}
