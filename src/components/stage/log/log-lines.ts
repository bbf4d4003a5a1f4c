/** Lines of a log by step, and by what they say. Steps ascend. */

/** Lines that come with a step: `first` to before `end`; none where these are equal. */
export function linesOfStep(
  steps: readonly number[],
  step: number,
): { readonly first: number; readonly end: number } {
  return { first: firstFrom(steps, step), end: firstFrom(steps, step + 1) };
}

/** The first line of a step; where it has none, the last line before it. */
export function lineAt(steps: readonly number[], step: number): number {
  const { first, end } = linesOfStep(steps, step);
  return first < end ? first : Math.max(0, first - 1);
}

/** The next line below `from` that holds the text, whatever its case, begun again at the top; null for none. */
export function nextLineWith(lines: readonly string[], text: string, from: number): number | null {
  const wanted = text.toLowerCase();
  if (wanted === '') return null;
  for (let offset = 1; offset <= lines.length; offset++) {
    const line = (from + offset) % lines.length;
    if (lines[line]!.toLowerCase().includes(wanted)) return line;
  }
  return null;
}

/** Characters of the longest line. */
export function widestOf(lines: readonly string[]): number {
  return lines.reduce((most, line) => Math.max(most, line.length), 0);
}

function firstFrom(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! < step) low = middle + 1;
    else high = middle;
  }
  return low;
}
