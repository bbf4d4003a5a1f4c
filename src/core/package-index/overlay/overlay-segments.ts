/** Cuts a line of the overlay language into pieces that know where they stand. */

/** A trimmed piece of a text. `start` and `end` are offsets in the whole text. */
export interface Segment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The piece between two offsets, without blanks around it. */
export function segmentBetween(text: string, start: number, end: number): Segment {
  let first = start;
  let last = end;
  while (first < last && /\s/u.test(text[first] ?? '')) first++;
  while (last > first && /\s/u.test(text[last - 1] ?? '')) last--;
  return { text: text.slice(first, last), start: first, end: last };
}

/** The end of the quoted text that begins at `at`; the end of the line when the quote is never closed. */
function endOfQuote(text: string, at: number, end: number): number {
  const quote = text[at];
  for (let next = at + 1; next < end; next++) {
    if (text[next] === '\\' && quote === '"') next++;
    else if (text[next] === quote) return next;
  }
  return end;
}

/**
 * Offsets between `start` and `end` at which `isCut` holds, outside quotes and brackets. Brackets only count where
 * they are closed, so that a stray one does not swallow the line.
 */
function cutsBetween(
  text: string,
  start: number,
  end: number,
  isCut: (text: string, at: number) => boolean,
): readonly number[] {
  const cuts: number[] = [];
  let depth = 0;
  for (let at = start; at < end; at++) {
    const character = text[at] ?? '';
    if (character === '"' || character === "'") at = endOfQuote(text, at, end);
    else if ('[('.includes(character)) depth++;
    else if ('])'.includes(character)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && isCut(text, at)) cuts.push(at);
  }
  return cuts;
}

function between(text: string, start: number, end: number, cuts: readonly number[]): readonly Segment[] {
  const edges = [start - 1, ...cuts, end];
  return edges.slice(1).map((cut, at) => segmentBetween(text, edges[at]! + 1, cut));
}

/** Where the comment of a line begins: a `#` at its start or after a blank; `end` without one. */
export function commentStart(text: string, start: number, end: number): number {
  const isComment = (all: string, at: number) =>
    all[at] === '#' && (at === start || /\s/u.test(all[at - 1] ?? ''));
  const outside = cutsBetween(text, start, end, isComment)[0];
  return outside ?? end;
}

/** Variables with which a marker begins; `extra` only before an operator, since `extra x:` is a clause. */
const MARKER_START =
  /^(?:["'(]|(?:os_name|sys_platform|platform_\w+|python_version|python_full_version|implementation_\w+|python_implementation|os\.name|sys\.platform)\b|extra\s*(?:[=!<>~]|(?:not\s+)?in\b))/u;

/** The clauses of a line, first the head; a marker stays with the requirement before it. */
export function splitClauses(text: string, start: number, end: number): readonly Segment[] {
  const isCut = (all: string, at: number) =>
    all[at] === ';' && !MARKER_START.test(segmentBetween(all, at + 1, end).text);
  return between(text, start, end, cutsBetween(text, start, end, isCut));
}

/** The elements of a comma list; a comma before an operator belongs to a specifier set (`a >=1,<2`). */
export function splitList(text: string, start: number, end: number): readonly Segment[] {
  const isCut = (all: string, at: number) =>
    all[at] === ',' && !/^[=<>!~]/u.test(segmentBetween(all, at + 1, end).text);
  if (segmentBetween(text, start, end).text === '') return [];
  return between(text, start, end, cutsBetween(text, start, end, isCut));
}
