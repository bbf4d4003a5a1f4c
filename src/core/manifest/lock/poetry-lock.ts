/** `poetry.lock`: pins, hashes, and what each pinned release needs, as Poetry wrote it down (lock versions 1 and 2). */
import { isValidName, normalizeName } from '../../packaging/name.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { translatePoetryConstraint } from '../project/poetry-constraint.ts';
import { fieldsAt, itemsAt, textAt, valueAt, type SpannedValue } from '../syntax/spanned-value.ts';
import { readToml } from '../syntax/toml-value.ts';
import { describeFiles } from './lock-files.ts';

/** Reads a `poetry.lock`. */
export function readPoetryLock(text: string): Manifest {
  const builder = new ManifestBuilder('poetry-lock', text);
  const toml = readToml(text);
  builder.complainAll(toml.complaints);
  builder.openPins('poetry.lock');
  for (const item of itemsAt(toml.value, 'package')) readPackage(builder, item, toml.value);
  const python = textAt(toml.value, 'metadata', 'python-versions');
  const translated = python === null ? null : translatePoetryConstraint(python.text);
  if (translated !== null && translated.specifiers !== '')
    builder.options = { ...builder.options, requiresPython: translated.specifiers };
  return builder.build();
}

function readPackage(builder: ManifestBuilder, item: SpannedValue, root: SpannedValue): void {
  const name = textAt(item, 'name');
  const version = textAt(item, 'version');
  if (name === null || version === null) {
    builder.complain('warning', 'invalid-pin', 'A package without name and version', item.span);
    return;
  }
  // Lock versions before 2.0 keep all files in one table at the end.
  const own = itemsAt(item, 'files');
  const files = describeFiles(own.length > 0 ? own : itemsAt(root, 'metadata', 'files', name.text), 'file');
  const span = { start: name.span.start, end: version.span.end };
  const source = textAt(item, 'source', 'type');
  if (source !== null && !/^(?:legacy|pypi)$/.test(source.text)) {
    const message = `Left out: \`${name.text}\` is taken from ${source.text === 'git' ? 'a repository' : `a ${source.text}`}, and no release of the index`;
    builder.complain('warning', 'left-out', message, source.span);
    return;
  }
  builder.addPin(name.text, version.text, span, files.hashes, markersOf(item));
  const requires: string[] = [];
  for (const field of fieldsAt(item, 'dependencies'))
    for (const item of requirementsOf(field.name, field.value, '')) requires.push(item);
  for (const extra of fieldsAt(item, 'extras'))
    for (const line of itemsAt(extra.value))
      if (line.kind === 'string')
        for (const item of extraRequirement(line.value, extra.name)) requires.push(item);
  const extras = fieldsAt(item, 'extras').map((extra) => extra.name);
  const requiresPython = translatePoetryConstraint(textAt(item, 'python-versions')?.text ?? '*');
  builder.release(normalizeName(name.text), version.text, {
    requires,
    ...(extras.length > 0 ? { extras } : {}),
    ...(requiresPython === null || requiresPython.specifiers === ''
      ? {}
      : { requires_python: requiresPython.specifiers }),
    ...files.facts,
  });
}

/** Since lock version 2.1: one marker, or one for each group; then the package is wanted where any of them holds. */
function markersOf(item: SpannedValue): string {
  const one = textAt(item, 'markers')?.text;
  if (one !== undefined) return one;
  const byGroup = fieldsAt(item, 'markers').flatMap(({ value }) =>
    value.kind === 'string' ? [value.value] : [],
  );
  // A group without a marker of its own wants the package everywhere.
  if (byGroup.length < itemsAt(item, 'groups').length) return '';
  const different = [...new Set(byGroup)];
  return different.length < 2 ? (different[0] ?? '') : different.map((marker) => `(${marker})`).join(' or ');
}

/** A dependency of a locked package: a constraint, a table, or several tables. Optional ones stand under `extras`. */
function requirementsOf(name: string, value: SpannedValue, marker: string): string[] {
  if (!isValidName(name)) return [];
  if (value.kind === 'array') return value.items.flatMap((item) => requirementsOf(name, item, marker));
  const optional = valueAt(value, 'optional');
  if (optional?.kind === 'boolean' && optional.value) return [];
  const written = value.kind === 'string' ? value.value : (textAt(value, 'version')?.text ?? '*');
  const translated = translatePoetryConstraint(written);
  if (translated === null) return [];
  const extras = itemsAt(value, 'extras').flatMap((item) => (item.kind === 'string' ? [item.value] : []));
  const bracket = extras.length === 0 ? '' : `[${extras.join(',')}]`;
  const condition = textAt(value, 'markers')?.text ?? marker;
  return [`${name}${bracket}${translated.specifiers}${condition === '' ? '' : ` ; ${condition}`}`];
}

/** `PySocks (>=1.5.6,!=1.5.7)` under an extra, with or without a marker behind a semicolon. */
function extraRequirement(text: string, extra: string): string[] {
  const semicolon = text.indexOf(';');
  const subject = (semicolon < 0 ? text : text.slice(0, semicolon)).trim();
  const marker = semicolon < 0 ? '' : text.slice(semicolon + 1).trim();
  const match = /^([A-Za-z0-9._-]+(?:\[[^\]]*\])?)\s*(?:\((.*)\))?$/.exec(subject);
  if (match === null) return [];
  const translated = translatePoetryConstraint(match[2] ?? '*');
  if (translated === null) return [];
  const condition = marker === '' ? `extra == "${extra}"` : `(${marker}) and extra == "${extra}"`;
  return [`${match[1]!}${translated.specifiers} ; ${condition}`];
}
