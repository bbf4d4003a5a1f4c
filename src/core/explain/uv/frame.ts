/**
 * A failure as uv prints it. Until 0.12.15 it is drawn with arrows and wrapped at 80 columns; since then it is told
 * with `error:` and `cause:`, and wrapped only where a terminal is.
 *
 *     × No solution found when resolving dependencies:      error: No solution found when resolving dependencies
 *     ╰─▶ Because …                                           cause: Because …
 *         And because …                                              And because …
 */
import type { UvEra } from '../../resolver/uv/uv-era.ts';

const COLUMNS = 80;

/** `heading` has no colon at its end. Hints come with their `hint: `. */
export function framedFailure(
  frame: UvEra['frame'],
  heading: string,
  report: string,
  hints: readonly string[],
): string {
  const told = frame === 'causes' ? causesFrame(heading, report) : arrowsFrame(heading, report);
  return hints.length === 0 ? told : `${told}\n\n${hints.join('\n\n')}`;
}

function causesFrame(heading: string, report: string): string {
  return `error: ${heading}\n  cause: ${indented(report.split('\n'), '         ')}`;
}

function arrowsFrame(heading: string, report: string): string {
  const top = wrapped(`${heading}:`, COLUMNS - 4);
  const lines = report.split('\n').flatMap((line) => wrapped(line, COLUMNS - 8));
  return `  × ${indented(top, '  │ ')}\n  ╰─▶ ${indented(lines, '      ')}`;
}

/** Lines joined, all but the first and the empty ones behind an indent. */
function indented(lines: readonly string[], indent: string): string {
  return lines.map((line, index) => (index === 0 || line === '' ? line : indent + line)).join('\n');
}

/** Broken between words, as many to a line as fit; what the line begins with stays. */
function wrapped(line: string, width: number): readonly string[] {
  const lead = /^ */u.exec(line)![0];
  const lines: string[] = [];
  let current = '';
  for (const word of line.slice(lead.length).split(' ')) {
    if (current === '') current = lines.length === 0 ? lead + word : word;
    else if (current.length + 1 + word.length <= width) current += ` ${word}`;
    else {
      lines.push(current);
      current = word;
    }
  }
  return [...lines, current];
}
