/** Diagnostics and marked lines in Monaco's own terms. */
import { editor, MarkerSeverity, Range, type IRange } from 'monaco-editor/editor/editor.api';
import type { Diagnostic, Severity } from '../../core/manifest/syntax/diagnostic.ts';
import { MARK_GLYPHS, type LineMark } from './line-mark.ts';

const SEVERITIES: Readonly<Record<Severity, MarkerSeverity>> = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  hint: MarkerSeverity.Info,
};

/** Squiggles: one for each diagnostic, and one under each line of the conflict. */
export function toMarkers(
  model: editor.ITextModel,
  diagnostics: readonly Diagnostic[],
  marks: readonly LineMark[],
): editor.IMarkerData[] {
  const complaints = diagnostics.map((diagnostic) => ({
    ...fieldsOf(rangeOf(model, diagnostic.span.start, diagnostic.span.end)),
    severity: SEVERITIES[diagnostic.severity],
    message: diagnostic.message,
    code: diagnostic.code,
    source: 'Backjump',
  }));
  const conflicts = marks
    .filter((mark) => mark.kind === 'conflict' && mark.line <= model.getLineCount())
    .map((mark) => ({
      startLineNumber: mark.line,
      startColumn: model.getLineFirstNonWhitespaceColumn(mark.line) || 1,
      endLineNumber: mark.line,
      endColumn: model.getLineLastNonWhitespaceColumn(mark.line) || 1,
      severity: MarkerSeverity.Error,
      message: mark.message,
      source: mark.label,
    }));
  return [...complaints, ...conflicts];
}

/**
 * A washed line with one glyph in the margin, and the word behind the line's end where the window has room for it: no
 * line ever moves, or is wrapped, for its mark. `columns` is the room of a line, in characters.
 */
export function markDecorations(
  model: editor.ITextModel,
  marks: readonly LineMark[],
  columns: number,
): editor.IModelDeltaDecoration[] {
  return marks
    .filter((mark) => mark.line >= 1 && mark.line <= model.getLineCount())
    .flatMap((mark) => {
      const end = model.getLineMaxColumn(mark.line);
      const word = `  ${MARK_GLYPHS[mark.kind]} ${mark.label}`;
      const after = {
        content: word,
        inlineClassName: `editor-word editor-word-${mark.kind}`,
        cursorStops: editor.InjectedTextCursorStops.None,
      };
      const line = {
        range: new Range(mark.line, end, mark.line, end),
        options: {
          showIfCollapsed: true,
          isWholeLine: true,
          className: `editor-line-${mark.kind}`,
          ...(end - 1 + word.length <= columns ? { after } : {}),
        },
      };
      // A line that is wrapped has its glyph where it begins.
      const glyph = {
        range: new Range(mark.line, 1, mark.line, 1),
        options: {
          glyphMarginClassName: `editor-glyph editor-glyph-${mark.kind}`,
          glyphMarginHoverMessage: { value: mark.message },
        },
      };
      return [line, glyph];
    });
}

function fieldsOf(range: Range): IRange {
  const { startLineNumber, startColumn, endLineNumber, endColumn } = range;
  return { startLineNumber, startColumn, endLineNumber, endColumn };
}

/** The range of a stretch of offsets; offsets beyond the text are clamped by the model. */
export function rangeOf(model: editor.ITextModel, start: number, end: number): Range {
  return Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}
