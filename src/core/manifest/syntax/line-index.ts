/** Lines and columns of offsets in a text, as editors count them: lines end at `\n`, `\r\n` or a lone `\r`. */

/** Both count from 1; columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where each line of a text begins, for finding the line of an offset in logarithmic time. */
export interface LineIndex {
  readonly starts: readonly number[];
}

export function makeLineIndex(text: string): LineIndex {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 10) starts.push(offset + 1);
    else if (code === 13 && text.charCodeAt(offset + 1) !== 10) starts.push(offset + 1);
  }
  return { starts };
}

/** The position of an offset; offsets beyond the text belong to its last line. */
export function positionAt(index: LineIndex, offset: number): Position {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (index.starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.max(0, offset - index.starts[low]!) + 1 };
}
