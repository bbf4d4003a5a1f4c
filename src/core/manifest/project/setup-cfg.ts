/** `setup.cfg` of setuptools: `[options]` and `[options.extras_require]`, as Python's `configparser` reads them. */
import { normalizeName } from '../../packaging/name.ts';
import type { Span } from '../../packaging/result.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';

interface IniItem {
  readonly section: string;
  readonly key: string;
  /** The value's lines, each with its place; comments and blank lines left out. */
  readonly lines: readonly { readonly text: string; readonly span: Span }[];
  readonly span: Span;
}

/** Reads a `setup.cfg`. */
export function readSetupCfg(text: string): Manifest {
  const builder = new ManifestBuilder('setup-cfg', text);
  builder.group('main', 'install_requires', 'requirements', true);
  for (const item of readIni(builder, text)) {
    if (item.section === 'options' && item.key === 'install_requires') addLines(builder, 'main', item);
    else if (item.section === 'options' && (item.key === 'setup_requires' || item.key === 'tests_require')) {
      builder.group(item.key, item.key, item.key === 'setup_requires' ? 'build' : 'requirements', false);
      addLines(builder, item.key, item);
    } else if (item.section === 'options' && item.key === 'python_requires') {
      const requiresPython = item.lines.map((line) => line.text).join('');
      if (requiresPython !== '') builder.options = { ...builder.options, requiresPython };
    } else if (item.section === 'options.extras_require') addExtra(builder, item);
  }
  return builder.build();
}

/** setuptools allows `extra:marker` as a key: the marker then holds for every line. */
function addExtra(builder: ManifestBuilder, item: IniItem): void {
  const colon = item.key.indexOf(':');
  const extra = (colon < 0 ? item.key : item.key.slice(0, colon)).trim();
  const marker = colon < 0 ? '' : item.key.slice(colon + 1).trim();
  const id = extra === '' ? 'main' : `extra:${normalizeName(extra)}`;
  builder.group(id, `extras_require.${extra}`, 'requirements', false);
  addLines(builder, id, item, marker);
}

/** On the line of its key a list is separated by semicolons, so that a marker needs lines of its own. */
function partsOf({ lines, span }: IniItem): IniItem['lines'] {
  const [only] = lines;
  if (lines.length !== 1 || only === undefined || only.span.start > span.end) return lines;
  let start = only.span.start;
  return only.text.split(';').flatMap((part) => {
    const at = start + (part.length - part.trimStart().length);
    start += part.length + 1;
    const text = part.trim();
    return text === '' ? [] : [{ text, span: { start: at, end: at + text.length } }];
  });
}

function addLines(builder: ManifestBuilder, group: string, item: IniItem, marker = ''): void {
  for (const line of partsOf(item)) {
    const fileReference = /^file:\s*(.+)$/.exec(line.text);
    if (fileReference !== null) {
      const message = `Left out: this page cannot open \`${fileReference[1]!}\`. Paste its lines as requirements`;
      builder.complain('warning', 'other-file', message, line.span);
    } else if (marker === '') builder.addText(group, line.text, line.span);
    else builder.addText(group, `${line.text} ; ${marker}`, line.span, false);
  }
}

function readIni(builder: ManifestBuilder, text: string): IniItem[] {
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
    const equals = /^[^\s=#;[]/.test(line) ? line.indexOf('=') : -1;
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
