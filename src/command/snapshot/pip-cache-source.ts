/**
 * pip's HTTP cache: index pages and metadata files that a real pip has fetched. From pip 23.3 on an answer's body lies
 * in a file of its own beside its headers (`http-v2/…/KEY.body`); before, both in one (`http/…/KEY`, `cc=4,` and
 * MessagePack). Keys are hashes of addresses, so that a body must say itself what it is.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync, inflateSync } from 'node:zlib';
import { readSimpleHtml } from '../../core/package-index/simple-html.ts';
import { parseSimplePage } from '../../core/package-index/simple-page.ts';
import { parseMetadata } from '../../core/packaging/metadata.ts';
import { normalizeName } from '../../core/packaging/name.ts';
import type { Result } from '../../core/packaging/result.ts';
import type { FactsCollector } from './facts-collector.ts';
import { readMessagePack } from './message-pack.ts';

/** What a body was; `other`: wheels and whatever else is of no use here. */
export type CachedKind = 'page' | 'metadata' | 'other';

const ENTRY = 'cc=4,';
/** First bytes of JSON, HTML and metadata: `{`, `<`, `M`. */
const DOCUMENT_HEADS: readonly number[] = [0x7b, 0x3c, 0x4d];

/** Whether a path is that of a cached answer (in either form). */
export function isCachedAnswer(path: string): boolean {
  return /[/\\]http(?:-v2)?[/\\](?:[0-9a-f][/\\]){5}[0-9a-f]+(?:\.body)?$/u.test(path);
}

/** The body of an answer; null for the headers that lie beside a body. */
function bodyOf(path: string): Uint8Array | null {
  const bytes = readFileSync(path);
  if (path.endsWith('.body')) return bytes;
  if (bytes.subarray(0, ENTRY.length).toString('latin1') !== ENTRY)
    throw new Error('it is no entry of a pip cache that can be read here');
  const entry = readMessagePack(bytes.subarray(ENTRY.length)) as { response?: { body?: unknown } };
  const body = entry.response?.body;
  return body instanceof Uint8Array && body.length > 0 ? body : null;
}

/** Bodies are kept as they travelled. */
function decoded(body: Uint8Array): Uint8Array {
  if (body[0] === 0x1f && body[1] === 0x8b) return gunzipSync(body);
  if (body[0] === 0x78 && (body[1] === 0x9c || body[1] === 0xda || body[1] === 0x01))
    return inflateSync(body);
  return body;
}

/** As much of a page as tells that it is one. */
interface PageLike {
  readonly name?: unknown;
  readonly files?: unknown;
}

/** Adds a page (JSON or HTML) or metadata text to what is collected. */
export function addDocument(text: string, collector: FactsCollector): Result<CachedKind, string> {
  if (/^Metadata-Version:/u.test(text)) {
    const metadata = parseMetadata(text);
    if (metadata.name === null || metadata.version === null)
      return { ok: false, error: 'metadata without a name or version' };
    collector.addMetadata(metadata.name, metadata.version, metadata);
    return { ok: true, value: 'metadata' };
  }
  const value = text.trimStart().startsWith('{') ? (JSON.parse(text) as PageLike) : readSimpleHtml(text);
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

/** Adds a cached answer. The error says why it cannot be read. */
export function addCachedAnswer(path: string, collector: FactsCollector): Result<CachedKind, string> {
  try {
    const body = bodyOf(path);
    if (body === null) return { ok: true, value: 'other' };
    const bytes = decoded(body);
    const head = bytes[0];
    if (head === undefined || !DOCUMENT_HEADS.includes(head)) return { ok: true, value: 'other' };
    return addDocument(new TextDecoder().decode(bytes), collector);
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}
