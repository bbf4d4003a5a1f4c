/** Pieces of SVG as text: what a stranger could have set is character data and nothing else. No links, no scripts. */
import { showHiddenCharacters } from '../../packaging/hidden-characters.ts';
import { redactCredentials } from '../redact.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as character data or an attribute's value, in XML 1.0. */
export function xmlText(text: string): string {
  const shown = showHiddenCharacters(redactCredentials(text)).replaceAll(/[\n\t]/gu, ' ');
  // U+FFFE and U+FFFF are no characters of XML.
  return shown.replaceAll(/[&<>"'\ufffe\uffff]/gu, (character) => ENTITIES[character] ?? '\ufffd');
}

/** Text cut to a length, with a mark that it was. */
export function cutText(text: string, length: number): string {
  const characters = text.length > length ? Array.from(text.slice(0, 2 * length)) : [];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text;
}

/** Widths of characters in the sans-serif faces that are at hand everywhere, in parts of the font's size. */
const WIDTH = { narrow: 0.4, usual: 0.64, wide: 1 } as const;

/** How wide a text is, about; pictures leave room for the difference. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) {
    width += /[ .,:;'|!()[\]fijlrt-]/u.test(character)
      ? WIDTH.narrow
      : character > '\u2e7f'
        ? WIDTH.wide
        : WIDTH.usual;
  }
  return width * size;
}

/** Words on lines of about `length` characters; what goes beyond `most` lines is cut. */
export function wrappedText(text: string, length: number, most: number): readonly string[] {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/u)) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + word.length >= length) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
    if (lines.length > most) {
      const rest = lines.slice(most - 1).join(' ');
      return [...lines.slice(0, most - 1), cutText(`${rest}…`, length)];
    }
  }
  return lines.map((line) => cutText(line, length));
}
