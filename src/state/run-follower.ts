/**
 * Keeps the player on the run at hand, while it grows and when it is over: the tree is extended, never rebuilt, and
 * whoever has begun to step stays where they are.
 */
import type { Trace } from '../core/resolver/trace.ts';
import { SearchTreeBuilder } from '../core/search-tree/search-tree-builder.ts';
import type { Playback } from './playback.svelte.ts';

/** Events from which a trace is read before it is drawn: a chunk of a long run. */
const READ_AHEAD = 32_768;

export class RunFollower {
  readonly #playback: Playback;
  #trace: Trace | null = null;
  #builder: SearchTreeBuilder | null = null;

  constructor(playback: Playback) {
    this.#playback = playback;
  }

  /**
   * Reads what the trace that is shown has gained, and shows nothing: a drawing then finds the tree ready, and no task
   * of the page reads a million events at once. Little is left for the drawing: the tree that views hold does not
   * change under them while it is small.
   */
  readAhead(trace: Trace): void {
    if (this.#trace !== trace || this.#builder === null) return;
    if (trace.length - this.#builder.tree.events >= READ_AHEAD) this.#builder.extend();
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
