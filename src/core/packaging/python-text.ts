/** The few habits of Python's `str` that the standards' own reference code leans on, and that JavaScript's differ from. */

/** Whether `str.isspace` and `\s` of Python's `re` hold for a UTF-16 code unit. JavaScript's `\s` has another set. */
function isPythonSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code >= 0x1c;
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Index of the first code unit at or after `start` that is no Python white space; `text.length` when there is none. */
export function skipPythonSpace(text: string, start: number): number {
  let index = start;
  while (index < text.length && isPythonSpace(text.charCodeAt(index))) index++;
  return index;
}

/** `str.strip()`. */
export function stripPythonSpace(text: string): string {
  const start = skipPythonSpace(text, 0);
  let end = text.length;
  while (end > start && isPythonSpace(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Python's `\s` as the source of a pattern's character class, without its brackets; see `isPythonSpace`. */
export const SPACE_CHARACTERS = String.raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;

/** Python's `\w` as the source of a pattern with the flag `u`. JavaScript's `\w` and `\b` know ASCII only. */
export const WORD_CHARACTER = String.raw`[\p{L}\p{N}_]`;

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
};

/** What Python does not print as it is: controls, formats, lone surrogates, white space but the blank. */
const UNPRINTABLE = /[\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

/** `repr(str)`: single quotes unless the text has a single and no double one. Error texts of `packaging` quote with it. */
export function pythonRepr(text: string): string {
  const escaped = text.replace(UNPRINTABLE, (character) => NAMED_ESCAPES[character] ?? codeEscape(character));
  if (text.includes("'") && !text.includes('"')) return `"${escaped}"`;
  return `'${escaped.replaceAll("'", "\\'")}'`;
}

function codeEscape(character: string): string {
  const code = character.codePointAt(0)!;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S])|$)/g;

const NEEDS_CARE = /[\\\n\r\0\ud800-\udfff]/;
const NO_SOURCE_TEXT = /\p{Surrogate}|\0/u;

/**
 * The value of a quoted string as `ast.literal_eval` reads it; null when Python would refuse it (a line break between
 * the quotes, a broken escape, a backslash that swallows the closing quote). Markers are read so by
 * `packaging/_parser.py`, `process_python_str`. `\N{…}`, which needs Unicode's table of names, counts as broken.
 */
export function evaluatePythonString(quoted: string): string | null {
  const written = quoted.slice(1, -1);
  if (!NEEDS_CARE.test(written)) return written;
  // Source is UTF-8 without NUL, and its lines are made to end in one way before anything is read in it.
  if (NO_SOURCE_TEXT.test(written)) return null;
  const body = written.replaceAll(/\r\n?/g, '\n');
  let value = '';
  let end = 0;
  for (const match of body.matchAll(ESCAPE)) {
    const character = decodeEscape(match);
    if (character === null) return null;
    value += body.slice(end, match.index) + character;
    end = match.index + match[0].length;
  }
  // Only an escaped line break may stand between the quotes.
  return body.replaceAll(ESCAPE, '').includes('\n') ? null : value + body.slice(end);
}

/** What one escape stands for. Python leaves those that it does not know as they are. */
function decodeEscape([whole, two, four, eight, octal, other]: RegExpMatchArray): string | null {
  const digits = two ?? four ?? eight;
  if (digits !== undefined) {
    const code = parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : null;
  }
  if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
  if (other === undefined || 'xuUN'.includes(other)) return null;
  return SIMPLE_ESCAPES[other] ?? whole;
}
