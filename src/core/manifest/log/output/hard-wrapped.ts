/**
 * Lines that a terminal broke at its last column, in the middle of words, put together again. Such a text has no line
 * that is longer, and nothing goes on after a shorter one: where words were kept whole, lines end where they happen to.
 */
import type { LogLine } from './log-line.ts';

/** Narrower and wider terminals are none. */
const NARROWEST = 40;
const WIDEST = 400;
/** Widths at which one broken line is proof enough. */
const COMMON = new Set([60, 72, 79, 80, 100, 120, 132, 140, 150, 160, 180, 200]);

/** `begins`: how a line of its own begins. Lines that were not broken so are given back as they are. */
export function joinHardWrapped(lines: readonly LogLine[], begins: RegExp): readonly LogLine[] {
  const width = brokenAt(lines, begins);
  if (width === null) return lines;
  const joined: LogLine[] = [];
  let before = '';
  for (const line of lines) {
    const last = joined.at(-1);
    if (last !== undefined && before.length === width && goesOn(line, begins))
      joined[joined.length - 1] = { ...last, text: last.text + line.text };
    else joined.push(line);
    before = line.text;
  }
  return joined;
}

function goesOn({ text }: LogLine, begins: RegExp): boolean {
  return text.trim() !== '' && !begins.test(text);
}

/** The column at which lines were broken, or null. */
function brokenAt(lines: readonly LogLine[], begins: RegExp): number | null {
  const width = lines.reduce((most, { text }) => Math.max(most, text.length), 0);
  if (width < NARROWEST || width > WIDEST) return null;
  let broken = 0;
  let others = 0;
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1]?.text ?? '';
    if (before.trim() === '' || !goesOn(line, begins)) continue;
    if (before.length === width) broken++;
    // A blank at the end may have been lost.
    else if (before.length !== width - 1) others++;
  }
  // A few can be what a reader took a sign off.
  if (others * 8 > broken) return null;
  return broken >= 2 || (broken === 1 && COMMON.has(width)) ? width : null;
}
