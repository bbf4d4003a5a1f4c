/**
 * Keeps the player on the run at hand, while it grows and when it is over: the tree is extended, never rebuilt, and
 * whoever has begun to step stays where they are.
 */
import type { Trace } from '../core/resolver/trace.ts';
import { SearchTreeBuilder } from '../core/search-tree/search-tree-builder.ts';
import type { Playback } from './playback.svelte.ts';

export class RunFollower {
  readonly #playback: Playback;
  #trace: Trace | null = null;
  #builder: SearchTreeBuilder | null = null;

  constructor(playback: Playback) {
    this.#playback = playback;
  }

  /** Shows a trace as it is now. `openAt`: where a run that is over opens; null for the step that decides it. */
  show(trace: Trace, openAt: number | null = null): void {
    const isOther = this.#trace !== trace || this.#builder === null;
    const builder = isOther ? new SearchTreeBuilder(trace) : this.#builder!;
    builder.extend();
    this.#trace = trace;
    this.#builder = builder;
    const step = openAt === null ? {} : { step: openAt };
    if (isOther) this.#playback.load(trace, builder.tree, step);
    else this.#playback.extend({ follow: this.#playback.origin === 'load', ...step });
  }
}
