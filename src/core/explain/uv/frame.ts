/**
 * A failure as uv prints it. Until 0.12.15 it is drawn with arrows and wrapped at 80 columns; since then it is told
 * with `error:` and `cause:`, and wrapped only where a terminal is.
 *
 *     × No solution found when resolving dependencies:      error: No solution found when resolving dependencies
 *     ╰─▶ Because …                                           cause: Because …
 *         And because …                                              And because …
 */
import type { UvEra } from '../../resolver/uv/uv-era.ts';

/** 80 columns, of which two are left free. */
const WIDTH = 78;

/** `heading` has no colon at its end. Hints come with their `hint: `. */
export function framedFailure(
  frame: UvEra['frame'],
  heading: string,
  report: string,
  hints: readonly string[],
): string {
  const told = frame === 'causes' ? causesFrame(heading, report) : arrowsFrame(heading, report);
  // Hints of the older frame follow one another.
  return hints.length === 0 ? told : `${told}\n\n${hints.join(frame === 'causes' ? '\n\n' : '\n')}`;
}

function causesFrame(heading: string, report: string): string {
  return `error: ${heading}\n  cause: ${indented(report.split('\n'), '         ')}`;
}

function arrowsFrame(heading: string, report: string): string {
  const top = wrapped(`${heading}:`, WIDTH - 4);
  const lines = report.split('\n').flatMap((line) => wrapped(line, WIDTH - 6));
  return `  × ${indented(top, '  │ ')}\n  ╰─▶ ${indented(lines, '      ')}`;
}

/** Lines joined, all but the first and the empty ones behind an indent. */
function indented(lines: readonly string[], indent: string): string {
  return lines.map((line, index) => (index === 0 || line === '' ? line : indent + line)).join('\n');
}

interface Word {
  readonly text: string;
  readonly blanks: number;
}

/** Words with the blanks that follow them; an indent is an empty word. */
function wordsOf(line: string): readonly Word[] {
  return [...line.matchAll(/([^ ]*)( *)/gu)]
    .filter(([whole]) => whole !== '')
    .map(([, text = '', blanks = '']) => ({ text, blanks: blanks.length }));
}

/** What a line more costs, and each column too many; a lone short word at the end costs a little. */
const LINE_COST = 1000;
const OVERFLOW_COST = 2500;
const LONE_WORD_COST = 25;

function lineCost(width: number, target: number, isLast: boolean, isLone: boolean): number {
  if (width > target) return (width - target) * OVERFLOW_COST;
  if (!isLast) return (target - width) ** 2;
  return isLone && width < target / 4 ? LONE_WORD_COST : 0;
}

/**
 * Broken between words so that the lines are as even as can be (textwrap's optimal fit, which is what draws uv's frame):
 * the breaks whose squared gaps at line ends have the least sum.
 */
function wrapped(line: string, width: number): readonly string[] {
  const words = wordsOf(line);
  if (words.length === 0) return [''];
  const ends = [0];
  for (const { text, blanks } of words) ends.push(ends.at(-1)! + text.length + blanks);
  const costs = [0];
  const begins = [0];
  for (let end = 1; end <= words.length; end++) {
    let [best, from] = [Infinity, end - 1];
    const reach = ends[end]! - words[end - 1]!.blanks;
    for (let begin = end - 1; begin >= 0; begin--) {
      const length = reach - ends[begin]!;
      const cost =
        costs[begin]! + LINE_COST + lineCost(length, width, end === words.length, begin + 1 === end);
      if (cost <= best) [best, from] = [cost, begin];
      // Longer lines only overflow more.
      if (length > width) break;
    }
    costs.push(best);
    begins.push(from);
  }
  const lines: string[] = [];
  for (let end = words.length; end > 0; end = begins[end]!) {
    const part = words.slice(begins[end], end);
    const text = part.map(({ text: word, blanks }) => word + ' '.repeat(blanks)).join('');
    lines.unshift(text.replace(/ +$/u, ''));
  }
  return lines;
}
