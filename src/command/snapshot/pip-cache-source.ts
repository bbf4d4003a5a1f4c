/**
 * pip's HTTP cache: index pages and metadata files that a real pip has fetched. From pip 23.3 on an answer's body lies
 * in a file of its own beside its headers (`http-v2/…/KEY.body`); before, both in one (`http/…/KEY`, `cc=4,` and
 * MessagePack). Keys are hashes of addresses, so that a body must say itself what it is.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync, inflateSync } from 'node:zlib';
import type { Result } from '../../core/packaging/result.ts';
import { addDocument, type DocumentKind } from './document-source.ts';
import type { FactsCollector } from './facts-collector.ts';
import { readMessagePack } from './message-pack.ts';

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

/** Adds a cached answer; `other`: wheels and whatever else is of no use here. The error says why it cannot be read. */
export function addCachedAnswer(path: string, collector: FactsCollector): Result<DocumentKind, string> {
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
