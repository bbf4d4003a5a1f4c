/** The lines of a text that a conflict rests on, as they are to be pasted elsewhere. */

/** A line that sets an option of the tool, not one that names another file or a project. */
const OPTION_LINE = /^\s*--?(?!(?:r|c|e|requirement|constraint|editable)\b)\w/u;

/** The guilty lines with their numbers, which the sentences name, and the options that go for all lines. */
export function guiltyText(text: string, guilty: ReadonlySet<number>): string {
  if (guilty.size === 0) return '';
  const all = text.split(/\r?\n/u);
  const kept: string[] = [];
  for (let at = 0; at < all.length; at++) {
    const first = at + 1;
    const whole = [all[at]!];
    while (whole.at(-1)!.endsWith('\\') && at + 1 < all.length) whole.push(all[++at]!);
    if (guilty.has(first)) whole.push(`${whole.pop()!.trimEnd()}  # line ${first}`);
    else if (!OPTION_LINE.test(whole[0]!)) continue;
    for (const line of whole) kept.push(line);
  }
  return kept.join('\n');
}
