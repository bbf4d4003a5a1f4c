/** Whether this session may ask the live index, and what that has cost. Never kept: each visit asks anew. */
import type { LiveIndex } from '../client/live-index.ts';
import type { LiveCounts } from '../client/live-transport.ts';
import type { LiveAccess } from '../client/fact-store.ts';

export class LiveSession {
  isAllowed: boolean = $state(false);
  /** Of the fetching under way, or of the last; null before any. */
  counts: LiveCounts | null = $state.raw(null);
  /** How many facts of this session came from the live index. */
  facts: number = $state(0);
  /** When the latest of them came, milliseconds since 1970. */
  fetchedAt: number = $state(0);

  #index: LiveIndex | null = null;
  #stop = new AbortController();

  /** For the fact store: the index while it is allowed. */
  readonly access: LiveAccess = () => {
    if (!this.isAllowed || this.#index === null) return null;
    this.#stop = new AbortController();
    const index = this.#index;
    const onProgress = (counts: LiveCounts): void => {
      this.counts = counts;
      this.facts = index.loaded().length;
      this.fetchedAt = Date.now();
    };
    return { index, options: { signal: this.#stop.signal, onProgress } };
  };

  /** Loads the code that fetches, which is no part of the page until now. */
  async allow(): Promise<void> {
    const [live, cache] = await Promise.all([
      import('../client/live-index.ts'),
      import('../client/live-cache.ts'),
    ]);
    this.#index ??= live.makeLiveIndex({
      indexUrls: [live.PYPI_SIMPLE],
      rule: 'merge',
      fileHosts: live.PYPI_FILE_HOSTS,
      cache: cache.makeLiveCache(),
    });
    this.isAllowed = true;
  }

  /** Nothing is fetched from here on; what was fetched stays in this browser. */
  forbid(): void {
    this.stop();
    this.isAllowed = false;
  }

  /** Ends the fetching under way; the question stays open. */
  stop(): void {
    this.#stop.abort();
  }
}
