/**
 * Lines of pip's output that a terminal or a mail broke in two, put together again. A line goes on only where what
 * follows can be nothing but its rest: an entry ends where it cannot go on.
 */
import { parseRequirement } from '../../../packaging/requirement.ts';
import { unjoin } from '../pip/pip-log-text.ts';
import type { LogLine } from './log-line.ts';

/** More lines than this are no broken line. */
const LONGEST = 120;

const CANNOT = /Cannot install \S/;
const IS_CANNOT_WHOLE = /conflicting dependenc(?:y|ies)\b|these package versions have conflict/;
const LISTED = /Could not find a version that\b/;
const IGNORED = /Ignored the following\b/;
const IGNORED_YANKED = /Ignored the following yanked versions:/;
const ENTRY = /^[ \t]*(?:The user requested(?: \(constraint\))?|\S+ \S+ depends on)(?:[ \t]+(.*))?$/;
const INSTALLED = /^[ \t]*(?:ERROR: )?\S+ \S+ (?:requires|has requirement) \S/;

/** What begins a line of its own. */
const MESSAGE =
  /^[ \t]*(?:[A-Z]{4,}: |Collecting |Requirement already|The conflict is|The user requested|To fix this|Additionally, |\S+ \S+ depends on|\[notice\]|Traceback|$)/;

/** What an entry can go on with: a specifier, `and`, a comma, a marker's word or quote, the end of a bracket. */
const REST =
  /^(?:[<>=!~]=|[<>]|,|;|\]|and\b|or\b|not in\b|in\b|python_|sys_platform|platform_|os_name|implementation_|extra\b|['"(\d*])/;

function isWish(text: string): boolean {
  return parseRequirement(unjoin(text)).ok;
}

/** Whether `next` is the rest of an entry of the conflict's list. */
function continuesEntry(wish: string, next: string): boolean {
  if (wish === '') return /^[A-Za-z0-9][\w.-]*(?:$|[ \t[<>=!~;@])/.test(next) && isWish(next);
  // An address or a path can hold anything.
  if (/\((?:from|Installed)[^)]*$/.test(wish)) return /^\S+\)$|^\S*$/.test(next);
  const isOpen = !isWish(wish);
  if (!isOpen && !REST.test(next)) return false;
  if (isOpen && !REST.test(next) && !/[<>=!~,[]$/.test(wish)) return false;
  return isWish(`${wish} ${next}`) || isWish(`${wish}${next}`) || (isOpen && REST.test(next));
}

/** Whether `next` is the rest of `text`. */
function continues(text: string, next: string): boolean {
  if (MESSAGE.test(next)) return false;
  const rest = next.trim();
  const entry = ENTRY.exec(text);
  if (entry !== null) return continuesEntry((entry[1] ?? '').trim(), rest);
  if (CANNOT.test(text) && !IS_CANNOT_WHOLE.test(text)) return true;
  if (LISTED.test(text)) {
    // Without the list of versions (pip's legacy resolver has texts of that kind, too) the line may be whole.
    if (rest.startsWith('(from ')) return true;
    return count(text, '(') > count(text, ')') || /(?:that|satisfies|the|requirement|matches|,)$/.test(text);
  }
  if (IGNORED.test(text) && !text.includes('following yanked versions:') && !text.includes('version:'))
    return true;
  if (IGNORED_YANKED.test(text)) return /:$|,$/.test(text) || /^[\d.]+[\w.]*(?:,|$)/.test(rest);
  if (IGNORED.test(text))
    return /(?:[;:,]|Requires-Python|[<>=!~])$/.test(text) || /^(?:Requires-Python|[<>=!~\d;,])/.test(rest);
  if (INSTALLED.test(text) && !/(?:incompatible|not installed)\.?$/.test(text))
    return /^(?:but|you|have|which|is|incompatible|not|installed|[<>=!~,\d]|[\w.-]+ \d)/.test(rest);
  return false;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Glued without a blank where a name, an operator or a bracket was cut. */
function join(text: string, rest: string): string {
  return /(?:[<>=!~]=?|\[|\(from versions:.*\.)$/.test(text) ? text + rest : `${text} ${rest}`;
}

/** The lines with broken ones joined; their span is that of the first part. */
export function* joinWrappedLines(lines: Iterable<LogLine>): Generator<LogLine> {
  let open: { readonly line: LogLine; text: string; parts: number } | null = null;
  for (const line of lines) {
    if (open !== null && open.parts < LONGEST && continues(open.text, line.text)) {
      open.text = join(open.text, line.text.trim());
      open.parts++;
      continue;
    }
    if (open !== null) yield { ...open.line, text: open.text };
    open = { line, text: line.text, parts: 1 };
  }
  if (open !== null) yield { ...open.line, text: open.text };
}
