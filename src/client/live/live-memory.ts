/** What a live index remembers between questions: the form of the cache, and one that lasts as long as the process. */
import type { DistributionMetadata } from '../../core/package-index/package-index.ts';
import type { SimplePage } from '../../core/package-index/live/simple-page.ts';

/** A page as it was at a moment; `listing` null: the index answered that there is no such project. */
export interface CachedPage {
  readonly listing: SimplePage | null;
  /** Milliseconds since 1970. */
  readonly fetchedAt: number;
}

/** How much is kept, and whether what is fetched now will be. */
export interface CacheState {
  readonly pages: number;
  readonly metadata: number;
  /** `full`: the browser has no room left; `forbidden`: it lets the page keep nothing. */
  readonly lasting: 'kept' | 'full' | 'forbidden';
}

export interface LiveCache {
  page(indexUrl: string, name: string): Promise<CachedPage | null>;
  keepPage(indexUrl: string, name: string, page: CachedPage): Promise<void>;
  metadata(sha256: string): Promise<DistributionMetadata | null>;
  keepMetadata(sha256: string, metadata: DistributionMetadata): Promise<void>;
  state(): Promise<CacheState>;
  /** Forgets everything. */
  clear(): Promise<void>;
}

/** A cache that forgets everything in the end. */
export function makeMemoryCache(): LiveCache {
  const pages = new Map<string, CachedPage>();
  const metadata = new Map<string, DistributionMetadata>();
  return {
    page: (indexUrl, name) => Promise.resolve(pages.get(`${indexUrl} ${name}`) ?? null),
    keepPage(indexUrl, name, page) {
      pages.set(`${indexUrl} ${name}`, page);
      return Promise.resolve();
    },
    metadata: (sha256) => Promise.resolve(metadata.get(sha256) ?? null),
    keepMetadata(sha256, own) {
      metadata.set(sha256, own);
      return Promise.resolve();
    },
    state: () => Promise.resolve({ pages: pages.size, metadata: metadata.size, lasting: 'kept' }),
    clear() {
      pages.clear();
      metadata.clear();
      return Promise.resolve();
    },
  };
}
