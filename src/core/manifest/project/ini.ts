/** INI files as Python's `configparser` reads them: `setup.cfg`, `tox.ini`. */
import type { Span } from '../../packaging/result.ts';
import type { ManifestBuilder } from '../manifest-builder.ts';

export interface IniItem {
  readonly section: string;
  readonly key: string;
  /** The value's lines, each with its place; comments and blank lines left out. */
  readonly lines: readonly { readonly text: string; readonly span: Span }[];
  readonly span: Span;
}

/** The items of all sections, in order; lines that are none are complained of. */
export function readIni(builder: ManifestBuilder, text: string): IniItem[] {
  const items: IniItem[] = [];
  let section = '';
  let open: { section: string; key: string; lines: { text: string; span: Span }[]; span: Span } | null = null;
  const lineEnd = /\r\n|\r|\n|$/g;
  let start = 0;
  while (start <= text.length) {
    lineEnd.lastIndex = start;
    const match = lineEnd.exec(text);
    const end = match?.index ?? text.length;
    const line = text.slice(start, end);
    const header = /^\[([^\]]+)\]\s*$/.exec(line);
    // `configparser` takes either sign.
    const equals = /^[^\s=:#;[]/.test(line) ? line.search(/[=:]/) : -1;
    if (header !== null) {
      section = header[1]!.trim();
      open = null;
    } else if (/^\s+\S/.test(line) && open !== null) addIniLine(open.lines, line, start);
    else if (equals > 0) {
      open = { section, key: line.slice(0, equals).trim(), lines: [], span: { start, end } };
      items.push(open);
      addIniLine(open.lines, line.slice(equals + 1), start + equals + 1);
    } else if (line.trim() !== '' && !/^\s*[#;]/.test(line)) {
      builder.complain('error', 'ini-syntax', 'Neither a section, a `key = value`, nor a continued value', {
        start,
        end,
      });
    }
    start = end + Math.max(1, match?.[0].length ?? 1);
  }
  return items;
}

function addIniLine(lines: { text: string; span: Span }[], raw: string, start: number): void {
  const text = raw.replace(/(^|\s)#.*$/, '').trim();
  if (text === '' || /^[#;]/.test(text)) return;
  const at = start + raw.indexOf(text);
  lines.push({ text, span: { start: at, end: at + text.length } });
}
