/** Help while typing: loaded after the first answer, and made again when what it rests on changes. */
import type { SnapshotStore } from '../client/snapshot/snapshot-store.ts';
import type { LanguageAssistance } from '../core/manifest/language/assistance.ts';
import type { Playground } from './playground.svelte.ts';

export class TypingHelp {
  /** Null while there is none. */
  assistance: LanguageAssistance | null = $state.raw(null);

  /** Made while a component is made, with which it ends. */
  constructor(playground: Playground, snapshots: SnapshotStore) {
    const snapshot = $derived(playground.problem.index.snapshot);
    const overlay = $derived(playground.problem.index.overlay ?? '');
    const python = $derived(playground.problem.environment.python);
    const engine = $derived(playground.problem.engine);
    const isLive = $derived(playground.problem.index.live === true);
    const isAnswered = $derived(playground.shown !== null);
    $effect(() => {
      // Read here, since what is read later is not watched.
      const world = { python, engine, overlay, isLive };
      let isStale = false;
      if (snapshot === undefined || !isAnswered) this.assistance = null;
      else
        void import('./language-help.ts')
          .then(({ loadLanguageAssistance }) => loadLanguageAssistance(snapshots, snapshot, world))
          .then((made) => {
            if (!isStale) this.assistance = made;
          });
      return () => {
        isStale = true;
      };
    });
  }
}
