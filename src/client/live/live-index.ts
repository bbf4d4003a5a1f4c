/**
 * The live index, asked only when the user has allowed it: from missing facts to facts, over the page's own connection,
 * where the page's content security policy binds it. Besides snapshot-store.ts this is the only file that fetches.
 *
 *   missing page      ▶ live-page.ts of each index, one after the other ▶ one page, and what follows from it
 *   missing metadata  ▶ its page ▶ cache by hash? ▶ live-metadata.ts
 */
import type { LiveFact } from '../../core/package-index/live/live-layer.ts';
import { mergePages, type IndexRule } from '../../core/package-index/facts/merged-page.ts';
import type { Distribution, MissingFact } from '../../core/package-index/package-index.ts';
import { bareFile } from '../../core/package-index/facts/release-files.ts';
import type { SimplePage } from '../../core/package-index/live/simple-page.ts';
import type { Result } from '../../core/packaging/result.ts';
import type { Problem } from '../../core/problem/problem.ts';
import type { LiveCache } from './live-memory.ts';
import type { LiveError } from './live-error.ts';
import { followingFacts } from './live-follow.ts';
import { loadLiveMetadata } from './live-metadata.ts';
import { loadLivePage, type FetchedPage } from './live-page.ts';
import { PYPI_SIMPLE } from '../../core/problem/index-url.ts';
import {
  LIVE_BOUNDS,
  makeLiveTransport,
  type LiveBounds,
  type LiveCounts,
  type LivePlatform,
  type LiveTransport,
} from './live-transport.ts';

/** Where PyPI's files lie. */
export const PYPI_FILE_HOSTS: readonly string[] = ['files.pythonhosted.org'];

/** Base addresses of a Problem's indexes. */
export function indexUrlsOf({ index }: Problem): readonly [string, ...string[]] {
  const [first, ...others] = index.urls ?? [];
  return first === undefined ? [PYPI_SIMPLE] : [first, ...others];
}

export interface LiveIndexOptions {
  /** Base addresses, each with a slash at its end, in order. */
  readonly indexUrls: readonly [string, ...string[]];
  readonly rule: IndexRule;
  /** Hosts of files besides those of the indexes. */
  readonly fileHosts: readonly string[];
  readonly cache: LiveCache;
  /** Why this page may not ask an address at all; null when it may. Every address may be asked when not given. */
  readonly refuse?: (url: string) => LiveError | null;
  /** Whether to fetch what will most likely be asked next; true when not given. */
  readonly follows?: boolean;
  /** Who asks, for the server's log. Only outside of browsers: there it would cost a preflight that PyPI refuses. */
  readonly userAgent?: string;
  readonly bounds?: Partial<LiveBounds>;
  readonly platform?: Partial<LivePlatform>;
}

/** One action of the user's: the bounds are counted over all that it loads. */
export interface LiveActionOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (counts: LiveCounts) => void;
  /** The user has agreed to a page of any size. */
  readonly allowsLargePages?: boolean;
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

export interface LiveAction {
  /** `isKnown`: projects of which another layer has the page, so that guesses need not ask for it. */
  load(missing: readonly MissingFact[], isKnown?: (project: string) => boolean): Promise<LiveLoad>;
}

export interface LiveIndex {
  begin(options?: LiveActionOptions): LiveAction;
  /** An action that loads once. */
  load(missing: readonly MissingFact[], options?: LiveActionOptions): Promise<LiveLoad>;
  /** Every fact of this session, for a fresh worker. */
  loaded(): readonly LiveFact[];
}

/** How far guesses go from what was asked for: a page, its newest metadata, the pages of that, their metadata. */
const FOLLOW_ROUNDS = 3;

/** What browsers and Node both have. */
const platformOf = (userAgent: string | undefined): LivePlatform => ({
  fetch: (url, init) =>
    fetch(
      url,
      userAgent === undefined ? init : { ...init, headers: { ...init.headers, 'User-Agent': userAgent } },
    ),
  isOnline: () =>
    (Reflect.get(globalThis, 'navigator') as { onLine?: boolean } | undefined)?.onLine !== false,
  now: () => Date.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: () => Math.random(),
});

/** What one action asks with. */
interface Asking {
  readonly transport: LiveTransport;
  readonly signal: AbortSignal;
  /** Bytes of a page at most. */
  readonly limit: number;
}

/** Pages of a project on each index, as one page for the tool; each file's metadata is told by its own listing. */
interface HeldProject {
  readonly merged: SimplePage['page'];
  readonly pages: readonly [FetchedPage, ...FetchedPage[]];
}

type MissingMetadata = Extract<MissingFact, { missing: 'metadata' }>;

function hostOf(url: string): string | null {
  try {
    return new URL(url).host;
  } catch {
    return null;
  }
}

/** `https://host/simple/` → `https://host/pypi/NAME/VERSION/json`, as PyPI and its like have it. */
function declaredUrl(indexUrl: string, project: string, version: string): string | null {
  return indexUrl.endsWith('/simple/') ? `${indexUrl.slice(0, -7)}pypi/${project}/${version}/json` : null;
}

function factKey(fact: MissingFact): string {
  if (fact.missing !== 'metadata') return fact.project;
  return `${fact.project}/${fact.filename}${fact.url === undefined ? '' : ` ${fact.url}`}`;
}

/** The file that is asked about, and the listing that tells of its metadata. */
function findFile({ pages, merged }: HeldProject, { filename, url, version }: MissingMetadata) {
  const isAsked = (file: Distribution) =>
    file.filename === filename && (url === undefined || file.url === url);
  const page = pages.find(({ listing }) => listing.page.distributions.some(isAsked)) ?? pages[0];
  // Another layer may have made the file up for a release whose files it does not know.
  const file = page.listing.page.distributions.find(isAsked) ?? bareFile(merged, version, filename);
  return { file, listing: page.listing };
}

/**
 * Under what a file's metadata is kept: a hash is only a claim of the index that lists it, and a part of a wheel is not
 * checked against it, so that what one index says is never taken for another's, or for another file's.
 */
function cacheKey(file: Distribution, listing: SimplePage, indexUrl: string): string | null {
  const hash = listing.metadataHashes.get(file.filename) ?? file.sha256 ?? '';
  return hash === '' ? null : [hash, file.project, file.filename, indexUrl].join(' ');
}

/** A live index for this session. It keeps what it fetched, in memory and in the cache. */
export function makeLiveIndex(options: LiveIndexOptions): LiveIndex {
  const bounds = { ...LIVE_BOUNDS, ...options.bounds };
  const platform = { ...platformOf(options.userAgent), ...options.platform };
  const hosts = new Set([...options.indexUrls.map(hostOf), ...options.fileHosts]);
  const held = new Map<string, HeldProject>();
  const facts = new Map<string, LiveFact>();
  const underWay = new Map<string, Promise<Result<HeldProject, LiveError>>>();

  function refuse(url: string): LiveError | null {
    const refusal = options.refuse?.(url) ?? null;
    return refusal ?? (hosts.has(hostOf(url)) ? null : { kind: 'forbidden-address', url });
  }

  /** A project's pages, each asked for once however many want them at the same time. */
  async function loadProject(name: string, asking: Asking): Promise<Result<HeldProject, LiveError>> {
    const known = held.get(name);
    if (known !== undefined) return { ok: true, value: known };
    for (let joined = underWay.get(name); joined !== undefined; joined = underWay.get(name)) {
      const project = await joined;
      // Who asked first may have been stopped since; that stops nobody else.
      if (project.ok || project.error.kind !== 'aborted' || asking.signal.aborted) return project;
    }
    const loading = readProject(name, asking).finally(() => underWay.delete(name));
    underWay.set(name, loading);
    return loading;
  }

  async function readProject(
    name: string,
    { transport, limit }: Asking,
  ): Promise<Result<HeldProject, LiveError>> {
    const pages: FetchedPage[] = [];
    for (const indexUrl of options.indexUrls) {
      const request = { indexUrl, name, limit, namesIndex: options.indexUrls.length > 1 };
      const page = await loadLivePage(request, transport, options.cache, platform.now);
      if (!page.ok) return page;
      pages.push(page.value);
      if (options.rule === 'first-index' && page.value.listing.page.status !== 'absent') break;
    }
    const [first, ...others] = pages as [FetchedPage, ...FetchedPage[]];
    const merged = mergePages(
      [first.listing.page, ...others.map(({ listing }) => listing.page)],
      options.rule,
    );
    const project: HeldProject = { merged, pages: [first, ...others] };
    held.set(name, project);
    facts.set(name, { kind: 'page', page: merged });
    return { ok: true, value: project };
  }

  async function loadMetadata(missing: MissingMetadata, asking: Asking): Promise<LiveError | null> {
    const project = await loadProject(missing.project, asking);
    if (!project.ok) return project.error;
    const { file, listing } = findFile(project.value, missing);
    const key = cacheKey(file, listing, file.index ?? options.indexUrls[0]);
    const kept = key === null ? null : await options.cache.metadata(key);
    const declared = (name: string, version: string) =>
      declaredUrl(file.index ?? options.indexUrls[0], name, version);
    const loaded =
      kept === null
        ? await loadLiveMetadata(file, listing, asking.transport, declared)
        : { ok: true as const, value: kept };
    if (!loaded.ok) return loaded.error;
    const metadata = loaded.value;
    if (kept === null && key !== null && typeof metadata !== 'string')
      await options.cache.keepMetadata(key, metadata);
    const { project: name, filename, url } = missing;
    facts.set(factKey(missing), {
      kind: 'metadata',
      project: name,
      filename,
      ...(url === undefined ? {} : { url }),
      metadata,
    });
    return null;
  }

  async function loadFact(missing: MissingFact, asking: Asking): Promise<LiveError | null> {
    if (missing.missing === 'metadata') return loadMetadata(missing, asking);
    const project = await loadProject(missing.project, asking);
    return project.ok ? null : project.error;
  }

  /** What will most likely be asked next. A guess that fails costs nothing but its requests. */
  async function follow(
    missing: readonly MissingFact[],
    asking: Asking,
    isKnown: (project: string) => boolean,
  ): Promise<void> {
    let latest = missing;
    for (let round = 0; round < FOLLOW_ROUNDS && !asking.signal.aborted; round++) {
      const arrived = latest.flatMap((fact) => facts.get(factKey(fact)) ?? []);
      latest = arrived
        .flatMap(followingFacts)
        .filter((fact) => !facts.has(factKey(fact)) && !isKnown(fact.project));
      await Promise.all(latest.map((fact) => loadFact(fact, asking)));
    }
  }

  async function load(
    asked: readonly MissingFact[],
    asking: Asking,
    isKnown: (project: string) => boolean,
  ): Promise<LiveLoad> {
    const missing = [...new Map(asked.map((fact) => [factKey(fact), fact])).values()];
    const before = new Map(facts);
    const errors = await Promise.all(missing.map((fact) => loadFact(fact, asking)));
    const failures = errors.flatMap((error, at): readonly LiveFailure[] =>
      error === null ? [] : [{ fact: missing[at]!, error }],
    );
    if (options.follows !== false && failures.length === 0) await follow(missing, asking, isKnown);
    const wanted = new Set(missing.map(factKey));
    const fresh = [...facts].filter(([key, fact]) => before.get(key) !== fact || wanted.has(key));
    return { facts: fresh.map(([, fact]) => fact), failures, counts: asking.transport.counts() };
  }

  function begin({ signal, onProgress, allowsLargePages }: LiveActionOptions = {}): LiveAction {
    const stop = signal ?? new AbortController().signal;
    const asking: Asking = {
      transport: makeLiveTransport({
        bounds,
        platform,
        signal: stop,
        refuse,
        onProgress: onProgress ?? (() => undefined),
      }),
      signal: stop,
      limit: allowsLargePages === true ? bounds.bytes : bounds.pageBytes,
    };
    return { load: (missing, isKnown = () => false) => load(missing, asking, isKnown) };
  }

  return {
    begin,
    load: (missing, action) => begin(action).load(missing),
    loaded: () => [...facts.values()],
  };
}
