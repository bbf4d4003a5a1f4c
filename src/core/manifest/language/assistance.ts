/**
 * What an editor asks while somebody types. The page makes one of these (`makeLanguageAssistance`) and hands it to the
 * editor, so that components need no rule of packaging and the rules need no editor.
 */
import type { Span } from '../../packaging/result.ts';
import type { Diagnostic, Pane } from '../syntax/diagnostic.ts';

/** What a completion stands for; decides its icon and its order. */
export type CompletionKind = 'project' | 'version' | 'operator' | 'extra' | 'marker' | 'option' | 'keyword';

/** One thing that may be inserted at the caret. */
export interface Completion {
  readonly kind: CompletionKind;
  readonly label: string;
  /** Beside the label, a few words: `2023-05-22 · yanked`. */
  readonly detail: string;
  /** Replaces the text of `span`. */
  readonly insert: string;
  readonly span: Span;
  /** Place in the list, from 0; editors must not reorder. */
  readonly rank: number;
  /** Drawn struck through: a version that was withdrawn or does not run on the chosen Python. */
  readonly isDiscouraged: boolean;
}

/** A text for the pointer or the caret resting on something. */
export interface Hover {
  readonly span: Span;
  /** Paragraphs; `code` between backticks, nothing else is markup. */
  readonly paragraphs: readonly string[];
}

export interface LanguageAssistance {
  /** Calls `listener` when something was loaded that changes diagnostics. Gives the function that stops it. */
  subscribe(listener: () => void): () => void;
  /** Complaints about the text, at once; cheap enough for every keystroke. */
  diagnose(text: string, pane: Pane): readonly Diagnostic[];
  /** What could stand at the caret. Empty where nothing is known. */
  complete(text: string, offset: number, pane: Pane): Promise<readonly Completion[]>;
  /** What is under the pointer; null where there is nothing to say. */
  hover(text: string, offset: number, pane: Pane): Promise<Hover | null>;
}
