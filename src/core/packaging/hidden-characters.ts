/**
 * Characters that act on what shows or reads a text, or that hide in it: control characters but tab and line feed,
 * line separators, bidirectional controls, lone surrogates. A terminal obeys some of them even in a bracketed paste
 * (U+0003), others end a here-document (NUL) or make a line read otherwise than it runs (Unicode TR 36, section 2.5).
 */

/** First and last of each stretch: C0, DEL and C1, separators and the bidi controls of Unicode TR 9. */
const HIDDEN: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0x61c, 0x61c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
];

function isHidden(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= 0x20 && code < 0x7f) return false;
  // A line end of Windows counts as one line feed.
  if (code === 0x0d) return text.charCodeAt(at + 1) !== 0x0a;
  if (code >= 0xd800 && code < 0xdc00) return (text.charCodeAt(at + 1) & 0xfc00) !== 0xdc00;
  if (code >= 0xdc00 && code < 0xe000) return (text.charCodeAt(at - 1) & 0xfc00) !== 0xd800;
  return HIDDEN.some(([first, last]) => code >= first && code <= last);
}

/** The first such character as `U+0003`; null where there is none. CR LF is a line end and none of them. */
export function findHiddenCharacter(text: string): string | null {
  for (let at = 0; at < text.length; at++) if (isHidden(text, at)) return codePoint(text, at);
  return null;
}

/** The text with each of them written out, `⟨U+0003⟩`; line ends become line feeds. */
export function showHiddenCharacters(text: string): string {
  if (findHiddenCharacter(text) === null) return text.replaceAll('\r\n', '\n');
  const parts: string[] = [];
  for (let at = 0; at < text.length; at++)
    parts.push(isHidden(text, at) ? `⟨${codePoint(text, at)}⟩` : text[at]!);
  return parts.join('').replaceAll('\r\n', '\n');
}

function codePoint(text: string, at: number): string {
  return `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`;
}
