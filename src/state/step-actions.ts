/** What the keys of the steps do, wherever a run is stepped: on the page, and in an embed. */
import type { Playback } from './playback.svelte.ts';
import type { ShortcutActions } from './shortcuts.ts';

export function stepActions(playback: Playback): ShortcutActions {
  return {
    play: () => playback.togglePlay(),
    next: () => playback.next(),
    previous: () => playback.previous(),
    'next-conflict': () => playback.nextConflict(),
    'previous-conflict': () => playback.previousConflict(),
    'next-of-package': () => playback.nextOfPackage(),
    'previous-of-package': () => playback.previousOfPackage(),
    'ten-forward': () => playback.next(10),
    'ten-back': () => playback.previous(10),
    first: () => playback.first(),
    last: () => playback.last(),
  };
}
