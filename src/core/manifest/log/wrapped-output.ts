/** Lines of pip's output that a terminal or a mail broke in two, put together again. */
import type { LogLine } from './log-line.ts';

/** More lines than this are no broken line. */
const LONGEST = 60;

const LISTED = /Could not find a version that\b/;
const IS_LISTED_WHOLE = /\(from versions: [^()]*\)$/;
const IGNORED = /Ignored the following (?:yanked versions|versions that require)/;
/** What begins a line of its own after one of the above. */
const MESSAGE = /^[ \t]*(?:[A-Z]{4,}: |Collecting |Requirement already|\[notice\]|Traceback|$)/;
const CONFLICT = /^[ \t]*The conflict is caused by:/;
/** What begins an entry of a conflict's list, or ends the list. */
const CONFLICT_ENTRY =
  /^[ \t]*(?:The user requested |\S+ \S+ depends on |\S+ \S+ has requirement |$|To fix this|Additionally, |[A-Z]{4,}: )/;

/** How a line goes on that was broken; null for a line that is whole. */
function isContinuedBy(text: string, isInConflict: boolean): ((next: string) => boolean) | null {
  if (LISTED.test(text)) {
    // Without the list of versions (pip's legacy resolver has texts of that kind, too) the line is whole.
    return IS_LISTED_WHOLE.test(text) ? null : (next) => !MESSAGE.test(next);
  }
  if (IGNORED.test(text)) return (next) => !MESSAGE.test(next);
  return isInConflict && /\S \S+ depends on |The user requested /.test(text)
    ? (next) => !CONFLICT_ENTRY.test(next)
    : null;
}

/** The lines with broken ones joined; their span is that of the first part. */
export function* joinWrappedLines(lines: Iterable<LogLine>): Generator<LogLine> {
  let open: { readonly line: LogLine; readonly parts: string[] } | null = null;
  let isInConflict = false;
  for (const line of lines) {
    if (open !== null) {
      const text = open.parts.join(' ');
      const continues = open.parts.length < LONGEST ? isContinuedBy(text, isInConflict) : null;
      if (continues?.(line.text) === true) {
        open.parts.push(line.text.trim());
        continue;
      }
      yield { ...open.line, text };
    }
    if (CONFLICT.test(line.text)) isInConflict = true;
    else if (line.text === '' || /^[ \t]*To fix this/.test(line.text)) isInConflict = false;
    open = { line, parts: [line.text] };
  }
  if (open !== null) yield { ...open.line, text: open.parts.join(' ') };
}
