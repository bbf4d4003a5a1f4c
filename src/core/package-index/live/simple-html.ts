/**
 * A project's page of the simple API in HTML (PEP 503, with the attributes of PEP 592, 658 and 714), as people save it
 * from a browser and old installers keep it → the value that the JSON form (PEP 691) would have, for `parseSimplePage`.
 * The live index never asks for this form: it lags behind, and PEP 833 froze it.
 */
import { normalizeName } from '../../packaging/name.ts';
import { parseSdistFilename } from '../../packaging/sdist-filename.ts';

const ANCHOR = /<a\s([^>]*)>([^<]*)<\/a\s*>/giu;
const ATTRIBUTE = /([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/giu;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));?/giu, (whole, decimal, hexadecimal, name) => {
    const point = Number.parseInt(String(decimal ?? hexadecimal ?? ''), decimal === undefined ? 16 : 10);
    if (Number.isSafeInteger(point) && point <= 0x10ffff) return String.fromCodePoint(point);
    return NAMED[String(name ?? '').toLowerCase()] ?? whole;
  });
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE))
    attributes.set(name.toLowerCase(), unescaped(double ?? single ?? bare ?? ''));
  return attributes;
}

/** `sha256=ff…` → `{sha256: 'ff…'}`; null for other texts. */
function hashesOf(text: string): Readonly<Record<string, string>> | null {
  const [, algorithm, digest] = /^([a-z0-9_]+)=([0-9a-f]+)$/iu.exec(text) ?? [];
  return algorithm === undefined || digest === undefined ? null : { [algorithm.toLowerCase()]: digest };
}

function metadataOf(attributes: ReadonlyMap<string, string>): unknown {
  const text = attributes.get('data-core-metadata') ?? attributes.get('data-dist-info-metadata');
  if (text === undefined || text === 'false') return false;
  return hashesOf(text) ?? true;
}

function fileOf(attributes: ReadonlyMap<string, string>, text: string): object | null {
  const href = attributes.get('href');
  if (href === undefined) return null;
  const [url = '', fragment = ''] = href.split('#');
  const filename = text === '' ? decodeURIComponent(url.split('/').at(-1) ?? '') : text;
  return {
    filename,
    url,
    hashes: hashesOf(fragment) ?? {},
    'requires-python': attributes.get('data-requires-python') ?? null,
    yanked: attributes.has('data-yanked') ? attributes.get('data-yanked') || true : false,
    'core-metadata': metadataOf(attributes),
  };
}

/** What the page calls itself, else what its first file is called. */
function nameOf(html: string, filenames: readonly string[]): string | null {
  const title = /<(?:title|h1)[^>]*>\s*Links for\s+([^<]+?)\s*<\//iu.exec(html)?.[1];
  if (title !== undefined) return normalizeName(unescaped(title));
  for (const filename of filenames) {
    if (filename.endsWith('.whl')) return normalizeName(filename.split('-')[0] ?? '');
    const sdist = parseSdistFilename(filename);
    if (sdist.ok) return sdist.value.name;
  }
  return null;
}

/** The form of the JSON API, unchecked. */
export interface SimpleHtml {
  readonly meta: { readonly 'api-version': string };
  readonly name: string;
  readonly files: readonly object[];
}

/** Reads a page. Null for HTML that lists no files, or of which the project cannot be told. */
export function readSimpleHtml(html: string): SimpleHtml | null {
  const files: object[] = [];
  const filenames: string[] = [];
  for (const [, attributes = '', text = ''] of html.matchAll(ANCHOR)) {
    const name = unescaped(text).trim();
    const file = fileOf(attributesOf(attributes), name);
    if (file === null) continue;
    files.push(file);
    filenames.push(name);
  }
  const name = nameOf(html, filenames);
  if (name === null || files.length === 0) return null;
  return { meta: { 'api-version': '1.0' }, name, files };
}
