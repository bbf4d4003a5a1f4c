/** How much a link may hold: what a stranger packed is measured before anything reads it. Every test is linear. */

/** Characters of a fragment: aimed at, warned above, refused above (design: architecture.md section 4). */
export const LINK_LENGTH = { warn: 8_000, refuse: 32_000 } as const;

/** Bytes of JSON that a link may inflate to. */
export const MAX_LINK_BYTES = 1_048_576;

/** Nesting of its JSON: facts are the deepest, with six. */
const MAX_DEPTH = 16;
/** Values in its JSON. */
const MAX_FIELDS = 20_000;
/** Lines of one text, and characters of one line. */
const MAX_LINES = 10_000;
const MAX_LINE_LENGTH = 20_000;

/** What is too much about JSON text, before it is parsed; null where nothing is. */
export function jsonExcess(json: string): string | null {
  let depth = 0;
  let fields = 0;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (isText) {
      if (code === 0x5c) at++;
      else if (code === 0x22) isText = false;
    } else if (code === 0x22) isText = true;
    else if (code === 0x5b || code === 0x7b) {
      depth++;
      fields++;
    } else if (code === 0x5d || code === 0x7d) depth--;
    else if (code === 0x2c) fields++;
    if (depth > MAX_DEPTH) return `it nests more than ${MAX_DEPTH} deep`;
    if (fields > MAX_FIELDS) return `it holds more than ${MAX_FIELDS.toLocaleString('en-US')} values`;
  }
  return null;
}

/** What is too much about a text of a link; null where nothing is. */
export function textExcess(text: string): string | null {
  let lines = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); ; end = text.indexOf('\n', start)) {
    const length = (end < 0 ? text.length : end) - start;
    if (length > MAX_LINE_LENGTH)
      return `a line has more than ${MAX_LINE_LENGTH.toLocaleString('en-US')} characters`;
    if (end < 0) return null;
    start = end + 1;
    if (++lines > MAX_LINES) return `a text has more than ${MAX_LINES.toLocaleString('en-US')} lines`;
  }
}
