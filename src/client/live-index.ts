/**
 * The live index, asked only when the user has allowed it: from missing facts to facts, over the page's own connection,
 * where the page's content security policy binds it. Besides snapshot-store.ts this is the only file that fetches.
 *
 *   missing page      ▶ cache, fresh? ▶ GET {index}/{name}/ ▶ page, and what follows from it
 *   missing metadata  ▶ its page ▶ cache by hash? ▶ live-metadata.ts
 */
import type { LiveFact } from '../core/package-index/live-layer.ts';
import { mergePages, type IndexRule } from '../core/package-index/merged-page.ts';
import type { MissingFact, ProjectPage } from '../core/package-index/package-index.ts';
import { parseSimplePage, type SimplePage } from '../core/package-index/simple-page.ts';
import type { Result } from '../core/packaging/result.ts';
import type { LiveCache } from './live-memory.ts';
import type { LiveError } from './live-error.ts';
import { followingFacts } from './live-follow.ts';
import { loadLiveMetadata, standIn } from './live-metadata.ts';
import {
  LIVE_BOUNDS,
  makeLiveTransport,
  type LiveBounds,
  type LiveCounts,
  type LivePlatform,
  type LiveTransport,
} from './live-transport.ts';

/** PyPI's simple API, with a slash at its end: without one it redirects, and the redirect has no CORS headers. */
export const PYPI_SIMPLE = 'https://pypi.org/simple/';

/** Where PyPI's files lie. */
export const PYPI_FILE_HOSTS: readonly string[] = ['files.pythonhosted.org'];

export interface LiveIndexOptions {
  /** Base addresses, each with a slash at its end, in order. */
  readonly indexUrls: readonly [string, ...string[]];
  readonly rule: IndexRule;
  /** Hosts of files besides those of the indexes. */
  readonly fileHosts: readonly string[];
  readonly cache: LiveCache;
  /** Whether to fetch what will most likely be asked next; true when not given. */
  readonly follows?: boolean;
  readonly bounds?: Partial<LiveBounds>;
  readonly platform?: Partial<LivePlatform>;
}

export interface LiveLoadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (counts: LiveCounts) => void;
  /** The user has agreed to a page of any size. */
  readonly allowsLargePages?: boolean;
  /** Projects of which another layer has the page, so that guesses need not ask for it. */
  readonly isKnown?: (project: string) => boolean;
}

export interface LiveFailure {
  readonly fact: MissingFact;
  readonly error: LiveError;
}

/** What a load brought; failures are facts that stay missing, and may be asked for again. */
export interface LiveLoad {
  readonly facts: readonly LiveFact[];
  readonly failures: readonly LiveFailure[];
  readonly counts: LiveCounts;
}

export interface LiveIndex {
  load(missing: readonly MissingFact[], options?: LiveLoadOptions): Promise<LiveLoad>;
  /** Every fact of this session, for a fresh worker. */
  loaded(): readonly LiveFact[];
  /** When a project's page was fetched (milliseconds since 1970); null when it was not. */
  fetchedAt(project: string): number | null;
}

const ACCEPT = 'application/vnd.pypi.simple.v1+json';
/** PyPI's own pages may be this old in a browser's cache; so may ours, and so may a "no such project". */
const PAGE_MILLISECONDS = 600_000;
/** How far guesses go from what was asked for: a page, its newest metadata, the pages of that, their metadata. */
const FOLLOW_ROUNDS = 3;

/** What browsers and Node both have. */
const PLATFORM: LivePlatform = {
  fetch: (url, init) => fetch(url, init),
  isOnline: () =>
    (Reflect.get(globalThis, 'navigator') as { onLine?: boolean } | undefined)?.onLine !== false,
  now: () => Date.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: () => Math.random(),
};

/** Pages of a project on each index, as one page for the tool and one listing for its metadata. */
interface HeldProject {
  readonly listing: SimplePage;
  readonly fetchedAt: number;
}

function hostOf(url: string): string | null {
  try {
    return new URL(url).host;
  } catch {
    return null;
  }
}

function absentListing(name: string, indexUrl: string): SimplePage {
  const page: ProjectPage = {
    name,
    status: 'absent',
    distributions: [],
    provenance: { layer: 'live', detail: `${name} is not on ${indexUrl}` },
  };
  return { page, serial: null, metadataHashes: new Map() };
}

function readPage(url: string, name: string, body: Uint8Array): Result<SimplePage, LiveError> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return { ok: false, error: { kind: 'malformed', url, detail: 'it is not JSON' } };
  }
  const parsed = parseSimplePage(value, {
    name,
    resolveUrl: (text) => (URL.canParse(text, url) ? new URL(text, url).href : null),
    provenance: (serial) => ({ layer: 'live', detail: serial === null ? name : `${name}@${serial}` }),
  });
  if (parsed.ok) return parsed;
  return { ok: false, error: { kind: 'malformed', url, detail: parsed.error } };
}

/** `https://host/simple/` → `https://host/pypi/NAME/VERSION/json`, as PyPI and its like have it. */
function declaredUrl(indexUrl: string, project: string, version: string): string | null {
  return indexUrl.endsWith('/simple/') ? `${indexUrl.slice(0, -7)}pypi/${project}/${version}/json` : null;
}

/** A live index for this session. It keeps what it fetched, in memory and in the cache. */
export function makeLiveIndex(options: LiveIndexOptions): LiveIndex {
  const bounds = { ...LIVE_BOUNDS, ...options.bounds };
  const platform = { ...PLATFORM, ...options.platform };
  const hosts = new Set([...options.indexUrls.map(hostOf), ...options.fileHosts]);
  const held = new Map<string, HeldProject>();
  const facts = new Map<string, LiveFact>();
  const underWay = new Map<string, Promise<Result<HeldProject, LiveError>>>();

  async function fetchPage(
    indexUrl: string,
    name: string,
    transport: LiveTransport,
    limit: number,
    isKnown: boolean,
  ): Promise<Result<SimplePage, LiveError>> {
    const url = `${indexUrl}${name}/`;
    const answer = await transport.get(url, { counts: 'page', accept: ACCEPT, limit, revalidate: isKnown });
    if (!answer.ok) {
      const isAbsent = answer.error.kind === 'http-status' && answer.error.status === 404;
      return isAbsent ? { ok: true, value: absentListing(name, indexUrl) } : answer;
    }
    const { type, body } = answer.value;
    if (type !== ACCEPT) return { ok: false, error: { kind: 'wrong-type', url, type } };
    return readPage(url, name, body);
  }

  /** One index's page: from the cache while it is fresh, and an older one when the index cannot be reached. */
  async function indexPage(
    indexUrl: string,
    name: string,
    transport: LiveTransport,
    limit: number,
  ): Promise<Result<HeldProject, LiveError>> {
    const cached = await options.cache.page(indexUrl, name);
    const kept = cached && {
      listing: cached.listing ?? absentListing(name, indexUrl),
      fetchedAt: cached.fetchedAt,
    };
    if (kept && platform.now() - kept.fetchedAt < PAGE_MILLISECONDS) return { ok: true, value: kept };
    const listing = await fetchPage(indexUrl, name, transport, limit, kept !== null);
    if (!listing.ok) {
      const isAway = listing.error.kind === 'offline' || listing.error.kind === 'unreachable';
      return isAway && kept && kept.listing.page.status !== 'absent' ? { ok: true, value: kept } : listing;
    }
    const fetchedAt = platform.now();
    const isAbsent = listing.value.page.status === 'absent';
    await options.cache.keepPage(indexUrl, name, { listing: isAbsent ? null : listing.value, fetchedAt });
    return { ok: true, value: { listing: listing.value, fetchedAt } };
  }

  /** A project's pages, each asked for once however many want them at the same time. */
  async function loadProject(
    name: string,
    transport: LiveTransport,
    limit: number,
  ): Promise<Result<HeldProject, LiveError>> {
    const known = held.get(name);
    if (known !== undefined) return { ok: true, value: known };
    const loading = underWay.get(name) ?? readProject(name, transport, limit);
    underWay.set(name, loading);
    return loading.finally(() => underWay.delete(name));
  }

  async function readProject(
    name: string,
    transport: LiveTransport,
    limit: number,
  ): Promise<Result<HeldProject, LiveError>> {
    const pages: HeldProject[] = [];
    for (const indexUrl of options.indexUrls) {
      const page = await indexPage(indexUrl, name, transport, limit);
      if (!page.ok) return page;
      pages.push(page.value);
      if (options.rule === 'first-index' && page.value.listing.page.status !== 'absent') break;
    }
    const [first, ...others] = pages.map(({ listing }) => listing);
    const project: HeldProject = {
      listing: {
        page: mergePages([first!.page, ...others.map(({ page }) => page)], options.rule),
        serial: first!.serial,
        metadataHashes: new Map([...others, first!].flatMap(({ metadataHashes }) => [...metadataHashes])),
      },
      fetchedAt: Math.min(...pages.map((page) => page.fetchedAt)),
    };
    held.set(name, project);
    facts.set(name, { kind: 'page', page: project.listing.page });
    return { ok: true, value: project };
  }

  async function loadMetadata(
    missing: Extract<MissingFact, { missing: 'metadata' }>,
    transport: LiveTransport,
    limit: number,
  ): Promise<LiveError | null> {
    const { project: name, version, filename } = missing;
    const project = await loadProject(name, transport, limit);
    if (!project.ok) return project.error;
    const { listing } = project.value;
    const file =
      listing.page.distributions.find((each) => each.filename === filename) ??
      standIn(listing.page, version, filename);
    const hash = listing.metadataHashes.get(filename) ?? file.sha256 ?? '';
    const known = hash === '' ? null : await options.cache.metadata(hash);
    const loaded =
      known === null
        ? await loadLiveMetadata(file, listing, transport, (...release) =>
            declaredUrl(options.indexUrls[0], ...release),
          )
        : ({
            ok: true,
            value: { ...known, provenance: { ...known.provenance, ...file.provenance } },
          } as const);
    if (!loaded.ok) return loaded.error;
    if (known === null && hash !== '' && loaded.value !== null)
      await options.cache.keepMetadata(hash, loaded.value);
    facts.set(`${name}/${filename}`, { kind: 'metadata', project: name, filename, metadata: loaded.value });
    return null;
  }

  async function loadFact(missing: MissingFact, transport: LiveTransport, limit: number) {
    if (missing.missing === 'metadata') return loadMetadata(missing, transport, limit);
    const project = await loadProject(missing.project, transport, limit);
    return project.ok ? null : project.error;
  }

  return {
    async load(missing, { signal, onProgress, allowsLargePages, isKnown } = {}) {
      const transport = makeLiveTransport({
        bounds,
        platform,
        signal: signal ?? new AbortController().signal,
        isAllowed: (url) => hosts.has(hostOf(url)),
        onProgress: onProgress ?? (() => undefined),
      });
      const limit = allowsLargePages === true ? bounds.bytes : bounds.pageBytes;
      const before = new Map(facts);
      const errors = await Promise.all(missing.map((fact) => loadFact(fact, transport, limit)));
      const failures = errors.flatMap((error, at): readonly LiveFailure[] =>
        error === null ? [] : [{ fact: missing[at]!, error }],
      );
      let latest = missing;
      const rounds = options.follows === false || failures.length > 0 ? 0 : FOLLOW_ROUNDS;
      for (let round = 0; round < rounds; round++) {
        const arrived = latest.flatMap((fact) => facts.get(factKey(fact)) ?? []);
        latest = arrived
          .flatMap(followingFacts)
          .filter((fact) => !facts.has(factKey(fact)) && isKnown?.(fact.project) !== true);
        await Promise.all(latest.map((fact) => loadFact(fact, transport, limit)));
      }
      const wanted = new Set(missing.map(factKey));
      const fresh = [...facts].filter(([key, fact]) => before.get(key) !== fact || wanted.has(key));
      return { facts: fresh.map(([, fact]) => fact), failures, counts: transport.counts() };
    },
    loaded: () => [...facts.values()],
    fetchedAt: (project) => held.get(project)?.fetchedAt ?? null,
  };
}

function factKey(fact: MissingFact): string {
  return fact.missing === 'page' ? fact.project : `${fact.project}/${fact.filename}`;
}
