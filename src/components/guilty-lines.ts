import { outcomeHeading } from '../core/explain/status-text.ts';
import type { Pane } from '../core/manifest/diagnostic.ts';
import type { ShownRun } from '../state/playground.svelte.ts';
import type { LineMark } from './editor/line-mark.ts';

/** Marks for the lines of a pane that cannot hold together; the answer's sentence is their message. */
export function guiltyLines({ summary }: ShownRun, pane: Pane): readonly LineMark[] {
  const { lines, kind, sentence } = summary.explanation;
  const message = sentence.replaceAll('`', '');
  return lines
    .filter((source) => source.pane === pane)
    .map((source) => ({ line: source.line, kind: 'conflict', label: outcomeHeading(kind), message }));
}
