import { outcomeHeading } from '../core/explain/status-text.ts';
import type { Pane } from '../core/manifest/syntax/diagnostic.ts';
import type { ShownRun } from '../state/playground.svelte.ts';
import type { LineMark } from './editor/line-mark.ts';

/** Marks for the lines of a pane that cannot hold together, with the sentence that says so. */
export function guiltyLines({ summary }: ShownRun, pane: Pane): readonly LineMark[] {
  const { lines, kind, sentence, remarks } = summary.explanation;
  // Where the tool came to something else, the conflict is told beside it.
  const isBeside = kind === 'stopped' || kind === 'broken';
  const label = outcomeHeading({ kind: isBeside ? 'conflict' : kind, sentence });
  const message = ((isBeside ? remarks[0] : undefined) ?? sentence).replaceAll('`', '');
  return lines
    .filter((source) => source.pane === pane)
    .map((source) => ({ line: source.line, kind: 'conflict', label, message }));
}
