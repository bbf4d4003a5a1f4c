/** The build that this page is of: a newer one that waits, and parts of it that the server no longer has. */
import type { NewerPage } from '../client/offline.ts';
import { missingPartMessage, newerPageMessage } from './messages.ts';
import type { Playground } from './playground.svelte.ts';

export class FollowedBuild {
  /** The page of a newer deploy that waits; null for none. */
  newer: NewerPage | null = $state.raw(null);
  readonly #playground: Playground;
  #isKept = false;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** Keeps the page for visits without a network, once; called when there is an answer, since nothing waits for it. */
  keepForOffline(): void {
    if (this.#isKept) return;
    this.#isKept = true;
    void import('../client/offline.ts').then(({ keepForOffline }) =>
      keepForOffline((newer) => {
        this.newer = newer;
        this.#playground.say(newerPageMessage());
      }),
    );
  }

  /** Says so when a part of the page cannot be loaded, whoever asked for it. Returns what ends that. */
  watchParts(page: Window): () => void {
    const say = (): void => this.#playground.say(missingPartMessage());
    page.addEventListener('vite:preloadError', say);
    return () => page.removeEventListener('vite:preloadError', say);
  }
}
