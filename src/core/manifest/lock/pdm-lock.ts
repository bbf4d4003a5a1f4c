/** `pdm.lock` (lock versions 3 to 4.5): pins with markers and hashes, and what each release needs, with limits. */
import { normalizeName } from '../../packaging/name.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { itemsAt, textAt, valueAt, type SpannedValue } from '../syntax/spanned-value.ts';
import { readToml } from '../syntax/toml-value.ts';
import { describeFiles } from './lock-files.ts';

/** Reads a `pdm.lock`. A package with extras has an entry of its own, which adds to the plain one. */
export function readPdmLock(text: string): Manifest {
  const builder = new ManifestBuilder('pdm-lock', text);
  const toml = readToml(text);
  builder.complainAll(toml.complaints);
  builder.openPins('pdm.lock');
  const pinned = new Set<string>();
  for (const item of itemsAt(toml.value, 'package')) readPackage(builder, item, toml.value, pinned);
  const target = itemsAt(toml.value, 'metadata', 'targets')[0] ?? null;
  const python = textAt(target, 'requires_python') ?? textAt(toml.value, 'metadata', 'requires_python');
  if (python !== null && python.text !== '')
    builder.options = { ...builder.options, requiresPython: python.text };
  return builder.build();
}

function readPackage(
  builder: ManifestBuilder,
  item: SpannedValue,
  root: SpannedValue,
  pinned: Set<string>,
): void {
  const name = textAt(item, 'name');
  const version = textAt(item, 'version');
  if (name === null || version === null) {
    builder.complain('warning', 'invalid-pin', 'A package without name and version', item.span);
    return;
  }
  const place = ['git', 'path', 'url'].find((key) => valueAt(item, key) !== null);
  if (place !== undefined) {
    const message = `Left out: \`${name.text}\` is taken from ${place === 'git' ? 'a repository' : `a ${place}`}, and no release of the index`;
    builder.complain('warning', 'left-out', message, name.span);
    return;
  }
  const extras = textsOf(item, 'extras');
  const key = `${normalizeName(name.text)} ${version.text}`;
  // Before lock version 4.3 all files stand in one table at the end.
  const own = itemsAt(item, 'files');
  const files = describeFiles(
    own.length > 0 ? own : itemsAt(root, 'metadata', 'files', `${name.text} ${version.text}`),
    'file',
  );
  if (!pinned.has(key)) {
    pinned.add(key);
    const span = { start: name.span.start, end: version.span.end };
    builder.addPin(name.text, version.text, span, files.hashes, textAt(item, 'marker')?.text ?? '');
  }
  const requires = textsOf(item, 'dependencies')
    .filter((text) => !isOwnBase(text, name.text, extras))
    .map((text) => underExtras(text, extras));
  const requiresPython = textAt(item, 'requires_python')?.text ?? '';
  builder.release(normalizeName(name.text), version.text, {
    requires,
    ...(extras.length > 0 ? { extras } : {}),
    ...(requiresPython === '' ? {} : { requires_python: requiresPython }),
    ...files.facts,
  });
}

/** `name[x]` depends on `name` itself. */
function isOwnBase(text: string, name: string, extras: readonly string[]): boolean {
  const subject = /^[A-Za-z0-9][\w.-]*/.exec(text)?.[0] ?? '';
  return extras.length > 0 && normalizeName(subject) === normalizeName(name);
}

function underExtras(text: string, extras: readonly string[]): string {
  if (extras.length === 0) return text;
  const condition = extras.map((extra) => `extra == "${extra}"`).join(' or ');
  const [subject = '', marker] = text.split(/;(.*)/s);
  return marker === undefined
    ? `${subject} ; ${condition}`
    : `${subject.trim()} ; (${marker.trim()}) and (${condition})`;
}

function textsOf(item: SpannedValue, key: string): readonly string[] {
  return itemsAt(item, key).flatMap((entry) => (entry.kind === 'string' ? [entry.value] : []));
}
