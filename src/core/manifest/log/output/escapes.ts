/** Output that came through something that quotes: HTML, JSON, a Python repr. One line of it may hold many. */

const ENTITY = /&(?:gt|lt|amp|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});/g;
const NAMED: Readonly<Record<string, string>> = {
  '&gt;': '>',
  '&lt;': '<',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
  '&nbsp;': ' ',
};
const BREAKING_TAG = /<(?:br ?\/?|\/p|\/div|\/li|\/pre|\/tr|\/summary)>/gi;
/** Tags that pages put round output. None is a placeholder that a tool prints, as `<Candidate …>` or `<empty>`. */
const TAG =
  /<\/?(?:pre|code|p|div|span|details|summary|blockquote|b|i|strong|em|samp|kbd|li|ul|ol|font|a|td|tr|table)(?: [a-z-]{1,20}="[^"<>]{0,300}")*>/gi;

function entity(text: string): string {
  const named = NAMED[text];
  if (named !== undefined) return named;
  const code = text.startsWith('&#x') ? Number.parseInt(text.slice(3, -1), 16) : Number(text.slice(2, -1));
  return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : text;
}

/** What only quoted output has: `&gt;=2`, `lib&lt;2`, `x&#39;`. An address may hold `&name=`, which is none. */
export function unescapeHtml(line: string): string {
  let plain = line;
  if (plain.includes('<')) plain = plain.replace(BREAKING_TAG, '\n').replace(TAG, '');
  // `&amp;gt;` was quoted twice.
  for (let round = 0; round < 2 && plain.includes('&'); round++) plain = plain.replace(ENTITY, entity);
  return plain;
}

const STRING_ESCAPE = /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(["'\\/bfnrt]))/g;
const CHARACTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '', f: '' };

/** Line breaks written out, as no path of Windows has them. */
const WRITTEN_BREAK =
  /\\n(?:\\r?\\?n|[ \t]{2,}|ERROR|error:|The conflict|To fix|Because|And because|So,|hint|\\u|\[)|\\r\\n|^[ \t]*[{["'].{0,2000}\\n|\b(?:msg|message|stderr|stdout|output|log|error)["']?\s{0,3}[:=]\s{0,3}b?["']/i;

/** A line that holds the line breaks of a message as `\n`: a JSON log, a repr. Anything else stays as it is. */
export function unescapeString(line: string): string {
  if (!line.includes('\\n') || !WRITTEN_BREAK.test(line)) return line;
  let plain = line;
  // A message inside a message is quoted twice.
  for (let round = 0; round < 3 && /\\n/.test(plain); round++)
    plain = plain.replace(STRING_ESCAPE, (_all, unicode?: string, hex?: string, single?: string) => {
      if (single !== undefined) return CHARACTERS[single] ?? single;
      return String.fromCharCode(Number.parseInt(unicode ?? hex ?? '20', 16));
    });
  // What closes the string and its object is no text.
  return plain.replace(/["'](?:[,}\])][^\n]{0,200})?$/, '');
}
