/** One index's page of one project: from the cache while it is fresh, else asked for, checked and kept. */
import type { ProjectPage } from '../../core/package-index/package-index.ts';
import { parseSimplePage, type SimplePage } from '../../core/package-index/live/simple-page.ts';
import type { Result } from '../../core/packaging/result.ts';
import type { LiveError } from './live-error.ts';
import type { LiveCache } from './live-memory.ts';
import type { LiveTransport } from './live-transport.ts';

const ACCEPT = 'application/vnd.pypi.simple.v1+json';
/** PyPI answers with the first; static hosts of the same pages know only the second. */
const PAGE_TYPES: readonly string[] = [ACCEPT, 'application/json'];
/** PyPI's own pages may be this old in a browser's cache; so may ours, and so may a "no such project". */
const PAGE_MILLISECONDS = 600_000;

/** A page and when it was fetched, in milliseconds since 1970. */
export interface FetchedPage {
  readonly listing: SimplePage;
  readonly fetchedAt: number;
}

export interface PageRequest {
  /** Base address, with a slash at its end. */
  readonly indexUrl: string;
  /** Normalised. */
  readonly name: string;
  /** Bytes of the page at most. */
  readonly limit: number;
  /** Whether files say which index they are of: where several are read. */
  readonly namesIndex: boolean;
}

function absentListing({ name, indexUrl }: PageRequest, fetchedAt: number): SimplePage {
  const page: ProjectPage = {
    name,
    status: 'absent',
    distributions: [],
    provenance: { layer: 'live', detail: `${name} is not on ${indexUrl}`, fetchedAt },
  };
  return { page, serial: null, metadataHashes: new Map() };
}

function readPage(
  url: string,
  body: Uint8Array,
  { name, indexUrl, namesIndex }: PageRequest,
  fetchedAt: number,
): Result<SimplePage, LiveError> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return { ok: false, error: { kind: 'malformed', url, detail: 'it is not JSON' } };
  }
  const parsed = parseSimplePage(value, {
    name,
    resolveUrl: (text) => (URL.canParse(text, url) ? new URL(text, url).href : null),
    provenance: (serial) => ({
      layer: 'live',
      detail: serial === null ? name : `${name}@${serial}`,
      fetchedAt,
    }),
    ...(namesIndex ? { index: indexUrl } : {}),
  });
  if (parsed.ok) return parsed;
  return { ok: false, error: { kind: 'malformed', url, detail: parsed.error } };
}

async function askIndex(
  request: PageRequest,
  transport: LiveTransport,
  now: () => number,
): Promise<Result<SimplePage, LiveError>> {
  const url = `${request.indexUrl}${request.name}/`;
  const { limit } = request;
  // How old a page may be is the cache's question; the browser's own would outlive "Forget them".
  const answer = await transport.get(url, { counts: 'page', accept: ACCEPT, limit, revalidate: true });
  if (!answer.ok) {
    const isAbsent = answer.error.kind === 'http-status' && answer.error.status === 404;
    return isAbsent ? { ok: true, value: absentListing(request, now()) } : answer;
  }
  const { type, body } = answer.value;
  if (!PAGE_TYPES.includes(type)) return { ok: false, error: { kind: 'wrong-type', url, type } };
  return readPage(url, body, request, now());
}

/** Whether the index could not be asked at all, so that an older page is the best there is. */
function isAway({ kind }: LiveError): boolean {
  return kind === 'offline' || kind === 'unreachable' || kind === 'timeout';
}

/** The page; an older one when the index cannot be reached. Its provenance tells its age. */
export async function loadLivePage(
  request: PageRequest,
  transport: LiveTransport,
  cache: LiveCache,
  now: () => number,
): Promise<Result<FetchedPage, LiveError>> {
  const { indexUrl, name, namesIndex } = request;
  const cached = await cache.page(indexUrl, name);
  const kept = cached && {
    listing:
      cached.listing === null
        ? absentListing(request, cached.fetchedAt)
        : withIndex(cached.listing, namesIndex ? indexUrl : null),
    fetchedAt: cached.fetchedAt,
  };
  // A page of the future was kept while the clock was wrong.
  const age = kept === null ? Infinity : now() - kept.fetchedAt;
  if (kept && age >= 0 && age < PAGE_MILLISECONDS) return { ok: true, value: kept };
  const listing = await askIndex(request, transport, now);
  if (!listing.ok) {
    const isUsable = kept !== null && kept.listing.page.status !== 'absent';
    return isAway(listing.error) && isUsable ? { ok: true, value: kept } : listing;
  }
  const fetchedAt = listing.value.page.provenance.fetchedAt ?? now();
  const isAbsent = listing.value.page.status === 'absent';
  await cache.keepPage(indexUrl, name, { listing: isAbsent ? null : listing.value, fetchedAt });
  return { ok: true, value: { listing: listing.value, fetchedAt } };
}

/** A kept page may have been read beside other indexes, or alone. */
function withIndex(listing: SimplePage, index: string | null): SimplePage {
  const distributions = listing.page.distributions.map((file) => {
    const { index: before, ...rest } = file;
    if (before === (index ?? undefined)) return file;
    return index === null ? rest : { ...rest, index };
  });
  return { ...listing, page: { ...listing.page, distributions } };
}
