/** A comparison as a plain table, for files and for issues. Every cell is text from outside and is quoted for where it goes. */

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Spreadsheets take these for formulas (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/u;
/** C0 and C1 controls but tab and newline, and the marks that turn text round (Trojan Source). */
// eslint cannot tell a pattern of controls from a mistake, so it is made from numbers.
const UNSEEN = new RegExp(
  `[${[
    [0x00, 0x08],
    [0x0b, 0x1f],
    [0x7f, 0x9f],
    [0x200b, 0x200f],
    [0x202a, 0x202e],
    [0x2066, 0x2069],
  ]
    .map(([from, to]) => `\\u{${from!.toString(16)}}-\\u{${to!.toString(16)}}`)
    .join('')}]`,
  'gu',
);

/** RFC 4180, lines ended by CR LF; what a spreadsheet would compute is marked as text. */
export function tableCsv({ columns, rows }: Table): string {
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(text: string): string {
  const seen = text.replaceAll(UNSEEN, '\u{fffd}');
  const safe = FORMULA.test(seen) && !/^-?\d+(?:\.\d+)?$/u.test(seen) ? `'${seen}` : seen;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** GitHub's tables. Nothing in a cell makes markup, a mention or a reference. */
export function tableMarkdown({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownCell).join(' | ')} |`;
  return [line(columns), `| ${columns.map(() => '---').join(' | ')} |`, ...rows.map(line), ''].join('\n');
}

function markdownCell(text: string): string {
  return text
    .replaceAll(UNSEEN, '\u{fffd}')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(/[\\`*_{}[\]()<>#+!|~]/gu, (sign) => `\\${sign}`)
    .replaceAll('&', '&amp;')
    .replaceAll('@', '@\u{2060}')
    .replaceAll('://', ':\u{2060}//');
}
