/** `setup.py` of setuptools: what can be read of it without running it. The rest is named. */
import { normalizeName } from '../../packaging/name.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { PythonLiterals, type PythonText, type PythonValue } from './python-literals.ts';

/** Reads a `setup.py`. */
export function readSetupPy(text: string): Manifest {
  const builder = new ManifestBuilder('setup-py', text);
  builder.group('main', 'install_requires', 'requirements', true);
  const literals = new PythonLiterals(text);
  const start = { start: 0, end: Math.min(1, text.length) };
  const python = literals.argument('python_requires');
  if (python?.kind === 'text') builder.options = { requiresPython: python.value.text };
  const requires = literals.argument('install_requires');
  if (requires !== null) addValue(builder, 'main', requires, 'install_requires', '');
  const extras = literals.argument('extras_require');
  if (extras?.kind === 'table') {
    for (const [key, value] of extras.fields) addExtra(builder, key, value);
    if (!extras.isWhole) leaveOut(builder, 'a part of `extras_require`', start);
  } else if (extras !== null) leaveOut(builder, '`extras_require`', start);
  if (requires === null && extras === null && builder.options.requiresPython === undefined)
    builder.unreadable =
      'This `setup.py` says nothing of its requirements that can be read without running it. Paste the lines of its `install_requires`, or the METADATA of a built wheel.';
  else if (requires !== null && builder.entriesOf('main').length === 0 && requires.kind !== 'list')
    builder.unreadable =
      'The requirements of this `setup.py` are computed, so only running it tells them, and this page runs nothing. Paste what it installs from (a `requirements.txt` perhaps), or the METADATA of a built wheel.';
  return builder.build();
}

/** `test:python_version<"3"` holds under a marker. */
function addExtra(builder: ManifestBuilder, key: string, value: PythonValue): void {
  const [extra = '', marker = ''] = key.split(/:(.*)/s);
  const id = extra === '' ? 'main' : `extra:${normalizeName(extra)}`;
  builder.group(id, `extras_require.${extra}`, 'requirements', false);
  addValue(builder, id, value, `extras_require.${extra}`, marker.trim());
}

function addValue(
  builder: ManifestBuilder,
  group: string,
  value: PythonValue,
  label: string,
  marker: string,
): void {
  if (value.kind === 'list') {
    for (const item of value.items) addText(builder, group, item, marker);
    const place = value.items[0]?.span ?? { start: 0, end: 1 };
    if (!value.isWhole) leaveOut(builder, `a part of \`${label}\``, place);
  } else if (value.kind === 'text')
    // setuptools takes a text of lines, too.
    for (const line of value.value.text.split('\n'))
      if (line.trim() !== '') addText(builder, group, { text: line.trim(), span: value.value.span }, marker);
      else continue;
  else leaveOut(builder, `\`${label}\``, value.kind === 'unknown' ? value.span : { start: 0, end: 1 });
}

function addText(builder: ManifestBuilder, group: string, { text, span }: PythonText, marker: string): void {
  builder.addText(group, marker === '' ? text : `${text} ; ${marker}`, span, false);
}

function leaveOut(builder: ManifestBuilder, what: string, span: { start: number; end: number }): void {
  builder.complain(
    'warning',
    'computed',
    `Left out: ${what} is computed, so only running the file tells it`,
    span,
  );
}
