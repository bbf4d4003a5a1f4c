/** `setup.cfg` of setuptools: `[options]` and `[options.extras_require]`, as Python's `configparser` reads them. */
import { normalizeName } from '../../packaging/name.ts';
import type { Span } from '../../packaging/result.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { readIni, type IniItem } from './ini.ts';

/** Reads a `setup.cfg`. */
export function readSetupCfg(text: string): Manifest {
  const builder = new ManifestBuilder('setup-cfg', text);
  builder.group('main', 'install_requires', 'requirements', true);
  for (const item of readIni(builder, text)) {
    const key = item.key.replaceAll('-', '_');
    if (item.section === 'options' && key === 'install_requires') addLines(builder, 'main', item);
    else if (item.section === 'options' && (key === 'setup_requires' || key === 'tests_require')) {
      builder.group(key, key, key === 'setup_requires' ? 'build' : 'requirements', false);
      addLines(builder, key, item);
    } else if (item.section === 'options' && key === 'python_requires') {
      const requiresPython = item.lines.map((line) => line.text).join('');
      if (requiresPython !== '') builder.options = { ...builder.options, requiresPython };
    } else if (item.section === 'options.extras_require') addExtra(builder, item);
  }
  return builder.build();
}

function addExtra(builder: ManifestBuilder, item: IniItem): void {
  const id = `extra:${normalizeName(item.key)}`;
  builder.group(id, `extras_require.${item.key}`, 'requirements', false);
  addLines(builder, id, item);
}

/** A backslash at the end of a line goes on with the next. */
function joinContinued(lines: IniItem['lines']): IniItem['lines'] {
  const joined: { text: string; span: Span }[] = [];
  let isOpen = false;
  for (const { text, span } of lines) {
    const content = text.replace(/ *\\$/, '');
    const last = joined.at(-1);
    if (isOpen && last !== undefined) {
      last.text = `${last.text} ${content}`;
      last.span = { start: last.span.start, end: span.end };
    } else joined.push({ text: content, span });
    isOpen = text.endsWith('\\');
  }
  return joined;
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

function addLines(builder: ManifestBuilder, group: string, item: IniItem): void {
  for (const line of joinContinued(partsOf(item))) {
    const fileReference = /^file:\s*(.+)$/.exec(line.text);
    if (fileReference !== null) {
      const message = `Left out: this page cannot open \`${fileReference[1]!}\`. Paste its lines as requirements`;
      builder.complain('warning', 'other-file', message, line.span);
    } else builder.addText(group, line.text, line.span, false);
  }
}
