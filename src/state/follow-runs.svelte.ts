/** Puts the run on screen, or the one that grows, into the player. */
import { untrack } from 'svelte';
import { fittingView } from '../core/search-tree/fitting-view.ts';
import type { Playback } from './playback.svelte.ts';
import type { Playground } from './playground.svelte.ts';
import { RunFollower } from './run-follower.ts';

/**
 * Called while a component is made, with which it ends. Trace, tree and step change together, in `playback`: no view
 * ever sees the step of another run.
 */
export function followRuns(playground: Playground, playback: Playback): void {
  const follower = new RunFollower(playback);
  playground.onChunk = (grown) => follower.readAhead(grown);
  const growing = $derived(playground.growing);
  const shown = $derived(playground.shown);
  const trace = $derived(shown?.trace ?? null);
  $effect(() => {
    if (growing !== null) {
      untrack(() => follower.show(growing.trace));
      return undefined;
    }
    if (trace === null) return undefined;
    // The answer is on screen before its picture is drawn.
    const load = (): void => {
      follower.show(trace, shown?.openAt ?? null);
      const { sender } = playground;
      const view = sender !== null && sender.problem === shown?.summary.problem ? sender.view : null;
      if (view?.selection !== undefined) playback.selectPackageNamed(view.selection);
      untrack(() => playground.beside.follow(trace, view));
      if (!playground.isPanelChosen && playback.tree !== null) playground.panel = fittingView(playback.tree);
    };
    const timers: ReturnType<typeof setTimeout>[] = [];
    const frame = requestAnimationFrame(() => timers.push(setTimeout(load)));
    return () => {
      cancelAnimationFrame(frame);
      timers.forEach(clearTimeout);
    };
  });
}
