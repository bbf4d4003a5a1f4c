/** Whether this session may ask the live index, and what that has cost. Never kept: each visit asks anew. */
import type { LiveSource } from '../client/storage/fact-store.ts';
import type { LiveCode, LiveReport } from '../client/live/live-source.ts';
import type { CacheState } from '../client/live/live-memory.ts';
import type { Problem } from '../core/problem/problem.ts';

export class LiveSession implements LiveSource {
  isAllowed: boolean = $state(false);
  /** Of the fetching under way, or of the last; null before any. */
  report: LiveReport | null = $state.raw(null);
  /** What this browser keeps of live indexes; null until it was looked at. */
  cache: CacheState | null = $state.raw(null);

  #code: LiveCode | null = null;

  /** Loads the code that fetches, which is no part of the page until now. */
  async allow(): Promise<void> {
    if (this.#code === null) {
      const { makeLiveCode } = await import('../client/live/live-source.ts');
      this.#code ??= makeLiveCode((report) => {
        this.report = report;
      });
    }
    this.isAllowed = true;
    await this.lookAtCache();
  }

  /** Nothing is fetched from here on; what was fetched stays in this browser. */
  forbid(): void {
    this.stop();
    this.isAllowed = false;
  }

  /** Forgets everything that was fetched, here and in this browser. */
  async forget(): Promise<void> {
    await this.#code?.forget();
    this.report = null;
    await this.lookAtCache();
  }

  async lookAtCache(): Promise<void> {
    this.cache = (await this.#code?.cacheState()) ?? null;
  }

  /** The next question may fetch pages of any size. */
  allowLargePages(): void {
    this.#code?.allowLargePages();
  }

  load: LiveSource['load'] = (problem, missing, isKnown) => {
    if (!this.isAllowed || this.#code === null) return null;
    const loading = this.#code.load(problem, missing, isKnown);
    void loading.then(() => this.lookAtCache());
    return loading;
  };

  loaded: LiveSource['loaded'] = (problem) => this.#code?.loaded(problem) ?? [];

  scope(problem: Problem): string {
    return this.#code?.scope(problem) ?? '';
  }

  begin(): void {
    this.#code?.begin();
  }

  /** Ends the fetching under way; the question stays open. */
  stop(): void {
    this.#code?.stop();
  }
}
