/**
 * A complaint about a text, with the place it is about. A manifest is never thrown away because of one bad line:
 * the rest is read, and the complaint says whether the real tool would have refused.
 */
import type { Span } from '../../packaging/result.ts';
import type { Position } from './line-index.ts';

/**
 * `error`: the tool that owns the format (pip for requirements files) refuses the whole text because of this.
 * `warning`: it goes on, but something here is ignored, guessed, or cannot be known in a browser.
 * `hint`: nothing is wrong; there is something to know.
 */
export type Severity = 'error' | 'warning' | 'hint';

/** Which of the page's texts a diagnostic or an entry belongs to. */
export type Pane = 'requirements' | 'constraints' | 'overrides' | 'installed' | 'pyproject' | 'overlay';

/** Replaces a stretch of the text; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** A change that cures a diagnostic, offered under `title` (imperative, no full stop). */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** A complaint whose place is relative to some stretch of the text; `DiagnosticList` makes it absolute. */
export interface Complaint {
  readonly severity: Severity;
  /** Stable name of the rule, `invalid-requirement`; what tests and links speak of. */
  readonly code: string;
  /** One or two sentences without a final full stop. */
  readonly message: string;
  readonly span: Span;
  readonly fixes?: readonly Fix[];
}

/** A complaint in place: `line` and `column` count from 1, columns in UTF-16 code units. */
export interface Diagnostic extends Complaint {
  readonly pane: Pane;
  readonly line: number;
  readonly column: number;
}

/** Moves a complaint and its fixes by `offset` code units. */
export function shiftComplaint(complaint: Complaint, offset: number): Complaint {
  if (offset === 0) return complaint;
  const { fixes, ...rest } = complaint;
  const moved = { ...rest, span: shiftSpan(complaint.span, offset) };
  if (fixes === undefined) return moved;
  return {
    ...moved,
    fixes: fixes.map((fix) => ({
      title: fix.title,
      edits: fix.edits.map((edit) => ({ span: shiftSpan(edit.span, offset), text: edit.text })),
    })),
  };
}

/** Moves a span by `offset` code units. */
export function shiftSpan(span: Span, offset: number): Span {
  return { start: span.start + offset, end: span.end + offset };
}

/** Puts a complaint in its place in the text. */
export function placeComplaint(complaint: Complaint, pane: Pane, position: Position): Diagnostic {
  return { ...complaint, pane, line: position.line, column: position.column };
}

/** Whether any diagnostic makes the owning tool refuse the text. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
