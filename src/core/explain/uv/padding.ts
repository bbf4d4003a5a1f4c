/** uv's rule for joining pieces: a separator is left out where the text already ends in white space. */

function isSpace(text: string): boolean {
  return /^\s$/u.test(text);
}

/** The content with `left` before and `right` after it, unless white space is there already. */
export function padded(left: string, content: string, right: string): string {
  if (content === '') return '';
  return (isSpace(content[0]!) ? '' : left) + content + (isSpace(content.at(-1)!) ? '' : right);
}
