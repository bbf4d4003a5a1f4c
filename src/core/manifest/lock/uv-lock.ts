/** `uv.lock`: pins for all environments at once, with the requirements of the workspace's own projects. */
import { normalizeName } from '../../packaging/name.ts';
import type { Span } from '../../packaging/result.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { describeFiles } from './lock-files.ts';
import { fieldsAt, itemsAt, textAt, valueAt, type SpannedValue } from '../syntax/spanned-value.ts';
import { readToml } from '../syntax/toml-value.ts';
import { PRERELEASES, RESOLUTIONS } from '../project/uv-pyproject.ts';
import { DEFAULT_UV_ENGINE } from '../tool-releases.ts';

/** Reads a `uv.lock`. Dependencies of locked packages stand in it without version limits; that is said. */
export function readUvLock(text: string): Manifest {
  const builder = new ManifestBuilder('uv-lock', text);
  builder.engine = DEFAULT_UV_ENGINE;
  const toml = readToml(text);
  builder.complainAll(toml.complaints);
  builder.group('main', 'requires-dist', 'requirements', false);
  builder.openPins('uv.lock');
  for (const item of itemsAt(toml.value, 'package')) readPackage(builder, item);
  readSettings(builder, toml.value);
  return builder.build();
}

function readPackage(builder: ManifestBuilder, item: SpannedValue): void {
  const name = textAt(item, 'name');
  if (name === null) {
    builder.complain('warning', 'invalid-pin', 'A package without a name', item.span);
    return;
  }
  const isOwn = ['virtual', 'editable', 'directory'].some((key) => valueAt(item, 'source', key) !== null);
  if (isOwn) readRequiresDist(builder, item);
  const version = textAt(item, 'version');
  if (version === null || isOwn) return;
  const sdist = valueAt(item, 'sdist');
  const listed = [...itemsAt(item, 'wheels'), ...(sdist === null ? [] : [sdist])];
  const files = describeFiles(listed, 'filename');
  const span = { start: name.span.start, end: version.span.end };
  builder.addPin(name.text, version.text, span, files.hashes, forkMarker(item));
  builder.guess('A `uv.lock` names dependencies without their version limits.');
  const requires = itemsAt(item, 'dependencies').flatMap((dependency) => requirementOf(dependency, ''));
  const optional = fieldsAt(item, 'optional-dependencies');
  for (const extra of optional)
    for (const dependency of itemsAt(extra.value))
      for (const item of requirementOf(dependency, extra.name)) requires.push(item);
  builder.release(normalizeName(name.text), version.text, {
    requires,
    ...(optional.length > 0 ? { extras: optional.map((extra) => extra.name) } : {}),
    ...files.facts,
  });
}

/** Where the lock has several versions of a project, each names the forks of the resolution that it is for. */
function forkMarker(item: SpannedValue): string {
  const forks = itemsAt(item, 'resolution-markers').flatMap((fork) =>
    fork.kind === 'string' ? [fork.value] : [],
  );
  return forks.length < 2 ? (forks[0] ?? '') : forks.map((fork) => `(${fork})`).join(' or ');
}

/** What the resolution was made with: `[options]` and `[manifest]`. */
function readSettings(builder: ManifestBuilder, root: SpannedValue): void {
  const requiresPython = textAt(root, 'requires-python')?.text;
  const uploadedPriorTo = textAt(root, 'options', 'exclude-newer')?.text;
  const resolution = RESOLUTIONS.find((mode) => mode === textAt(root, 'options', 'resolution-mode')?.text);
  const prerelease = PRERELEASES.find((mode) => mode === textAt(root, 'options', 'prerelease-mode')?.text);
  builder.options = {
    ...builder.options,
    ...(requiresPython === undefined ? {} : { requiresPython }),
    ...(uploadedPriorTo === undefined ? {} : { uploadedPriorTo }),
    ...(resolution === undefined ? {} : { resolution }),
    ...(prerelease === undefined ? {} : { prerelease }),
  };
  for (const role of ['constraints', 'overrides'] as const) {
    builder.group(role, `manifest.${role}`, role, true);
    for (const entry of itemsAt(root, 'manifest', role))
      for (const text of requirementOf(entry, '')) builder.addText(role, text, entry.span, false);
  }
}

/** `extra == 'web'` alone or after other conditions: how the lock says that a requirement is an extra's. */
const OF_EXTRA = /^(?:(.*) and )?extra == ['"]([^'"]+)['"]$/s;

function readRequiresDist(builder: ManifestBuilder, item: SpannedValue): void {
  for (const entry of itemsAt(item, 'metadata', 'requires-dist'))
    for (const text of requirementOf(entry, '')) addOwnRequirement(builder, text, entry.span);
  for (const group of fieldsAt(item, 'metadata', 'requires-dev')) {
    const id = `group:${normalizeName(group.name)}`;
    builder.group(id, `requires-dev.${group.name}`, 'requirements', false);
    for (const entry of itemsAt(group.value))
      for (const text of requirementOf(entry, '')) builder.addText(id, text, entry.span, false);
  }
}

function addOwnRequirement(builder: ManifestBuilder, text: string, span: Span): void {
  const [subject = '', marker = ''] = text.split(' ; ');
  const ofExtra = OF_EXTRA.exec(marker);
  if (ofExtra === null) {
    builder.addText('main', text, span, false);
    return;
  }
  const [, condition, extra = ''] = ofExtra;
  const id = `extra:${normalizeName(extra)}`;
  builder.group(id, `optional-dependencies.${extra}`, 'requirements', false);
  builder.addText(id, condition === undefined ? subject : `${subject} ; ${condition}`, span, false);
}

function requirementOf(entry: SpannedValue, extra: string): string[] {
  const name = textAt(entry, 'name');
  if (name === null) return [];
  const extras = [...itemsAt(entry, 'extra'), ...itemsAt(entry, 'extras')].flatMap((item) =>
    item.kind === 'string' ? [item.value] : [],
  );
  const bracket = extras.length === 0 ? '' : `[${extras.join(',')}]`;
  // Where the lock has several versions of a project, each edge names the one that it means.
  const version = textAt(entry, 'version')?.text;
  const specifier = textAt(entry, 'specifier')?.text ?? (version === undefined ? '' : `==${version}`);
  const marker = textAt(entry, 'marker')?.text ?? '';
  const parts = [extra === '' || marker === '' ? marker : `(${marker})`];
  if (extra !== '') parts.push(`extra == "${extra}"`);
  const condition = parts.filter((part) => part !== '').join(' and ');
  return [`${name.text}${bracket}${specifier}${condition === '' ? '' : ` ; ${condition}`}`];
}
