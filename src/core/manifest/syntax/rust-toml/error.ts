import { characterCount } from '../toml-characters.ts';

/** The first thing that the `toml` crate (1.1, which uv reads projects with) would complain of, in its words. */
export class RustTomlError extends Error {
  readonly start: number;
  readonly end: number;

  /** `expected`: null where nothing is said of it. Places are indices into the text. */
  constructor(description: string, expected: readonly string[] | null, start: number, end = start) {
    const wanted =
      expected === null ? '' : `, expected ${expected.length === 0 ? 'nothing' : expected.join(', ')}`;
    super(description + wanted);
    this.start = start;
    this.end = end;
  }
}

/**
 * The complaint with its line and carets, as the crate prints it. Columns count characters; a place at the end of the
 * text is one past its last line.
 */
export function rustTomlErrorLines(text: string, { message, start, end }: RustTomlError): readonly string[] {
  const at = Math.min(start, Math.max(0, text.length - 1));
  const lineStart = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = text.indexOf('\n', lineStart);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  const column = characterCount(text.slice(lineStart, at)) + (start - at);
  let number = 1;
  for (let next = text.indexOf('\n'); next >= 0 && next < lineStart; next = text.indexOf('\n', next + 1))
    number++;
  const gutter = ' '.repeat(String(number).length);
  const marked = Math.min(characterCount(text.slice(start, end)), Math.max(0, characterCount(line) - column));
  return [
    `TOML parse error at line ${number}, column ${column + 1}`,
    `${gutter} |`,
    `${number} | ${line}`,
    `${gutter} | ${' '.repeat(column)}${'^'.repeat(Math.max(1, marked))}`,
    message,
  ];
}
