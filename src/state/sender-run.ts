/** The run that a link was made from, and the reader's: whether the step that is linked is the same step. */
import type { View } from '../client/codec/permalink.ts';
import { compareWithDigest, traceDigest } from '../core/share/trace-digest.ts';
import type { Playback } from './playback.svelte.ts';
import type { Playground, ShownRun } from './playground.svelte.ts';

/** Traces beyond this length are not named: it would be felt. */
const LONGEST_NAMED = 1_000_000;

/** Where the reader looks, and at which run of which snapshot. */
export function viewOfRun(playground: Playground, playback: Playback, snapshotHash: string): View {
  const { shown, panel, isCurrent } = playground;
  const selected = playback.trace?.packages[playback.selectedPackage]?.identifier;
  const view = {
    step: playback.step,
    panel,
    ...(selected === undefined ? {} : { selection: selected }),
    ...playground.beside.view,
    ...(snapshotHash === '' ? {} : { snapshot: snapshotHash }),
  };
  const isNamed = shown !== null && isCurrent && shown.trace.length <= LONGEST_NAMED;
  return isNamed ? { ...view, trace: traceDigest(shown.trace) } : view;
}

/** What to say where this run is not the sender's; null where it is, or nothing is known of it. */
export function differenceText(playground: Playground, shown: ShownRun, snapshotHash: string): string | null {
  const { sender } = playground;
  if (sender === null || shown.summary.problem !== sender.problem || sender.view.trace === undefined)
    return null;
  const difference = compareWithDigest(shown.trace, sender.view.trace);
  if (difference === null || difference.kind === 'same') return null;
  const theirs = sender.view.snapshot;
  const why =
    theirs !== undefined && snapshotHash !== '' && theirs !== snapshotHash
      ? 'the snapshot has changed since'
      : sender.problem.index.snapshot === undefined
        ? 'it was asked of the live index, which changes'
        : 'it was made by another version of Backjump, or with live facts';
  const { from, before, length } = difference;
  return `This search is not quite the one that the link was made from (${length.toLocaleString('en-US')} steps): it differs between steps ${(from + 1).toLocaleString('en-US')} and ${Math.max(from + 1, before).toLocaleString('en-US')}. Most likely ${why}.`;
}
