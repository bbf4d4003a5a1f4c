/** Pipenv's `Pipfile`: `[packages]`, `[dev-packages]`, named categories, and `[requires]`. */
import { MARKER_VARIABLES } from '../../packaging/marker-environment.ts';
import { isValidName } from '../../packaging/name.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import {
  fieldsAt,
  itemsAt,
  textAt,
  valueAt,
  type SpannedField,
  type SpannedTable,
} from '../syntax/spanned-value.ts';
import { readToml } from '../syntax/toml-value.ts';

/** Tables that hold settings and not packages. */
const SETTINGS = new Set(['source', 'requires', 'pipenv', 'scripts']);

/** Reads a `Pipfile`. */
export function readPipfile(text: string): Manifest {
  const builder = new ManifestBuilder('pipfile', text);
  const toml = readToml(text);
  builder.complainAll(toml.complaints);
  builder.group('main', 'packages', 'requirements', true);
  for (const category of fieldsAt(toml.value)) {
    if (SETTINGS.has(category.name) || category.value.kind !== 'table') continue;
    const id = category.name === 'packages' ? 'main' : `group:${category.name}`;
    builder.group(id, category.name, 'requirements', false);
    for (const field of fieldsAt(category.value)) addPackage(builder, id, field);
  }
  readRequires(builder, toml.value);
  return builder.build();
}

function readRequires(builder: ManifestBuilder, root: SpannedTable): void {
  const python =
    textAt(root, 'requires', 'python_full_version') ?? textAt(root, 'requires', 'python_version');
  if (python !== null) builder.environment = { ...builder.environment, python: python.text };
  const allows = valueAt(root, 'pipenv', 'allow_prereleases');
  if (allows?.kind === 'boolean' && allows.value) builder.options = { ...builder.options, pre: true };
}

/** Keys of a package's table that are markers by themselves. */
const MARKER_KEYS = MARKER_VARIABLES.filter((name) => name !== 'extra');

function addPackage(
  builder: ManifestBuilder,
  group: string,
  field: SpannedField & { readonly name: string },
): void {
  const { name, value } = field;
  if (!isValidName(name)) {
    builder.complain('error', 'invalid-name', `\`${name}\` is not a project name`, field.key);
    return;
  }
  if (value.kind === 'string') {
    builder.addText(group, name + specifierOf(value.value), value.span, false);
    return;
  }
  const extras = itemsAt(value, 'extras').flatMap((item) => (item.kind === 'string' ? [item.value] : []));
  const bracket = extras.length === 0 ? '' : `[${extras.join(',')}]`;
  const markers = MARKER_KEYS.flatMap((key) => {
    const marker = textAt(value, key);
    return marker === null ? [] : [`${key} ${marker.text}`];
  });
  const own = textAt(value, 'markers');
  if (own !== null) markers.push(markers.length > 0 ? `(${own.text})` : own.text);
  const suffix = markers.length === 0 ? '' : ` ; ${markers.join(' and ')}`;
  const git = textAt(value, 'git');
  const address = git ?? textAt(value, 'file');
  if (valueAt(value, 'path') !== null || (address !== null && !/^[a-z+]+:/i.test(address.text))) {
    const message = `Left out: \`${name}\` is a path on your machine, and this page reads no files`;
    builder.complain('warning', 'local-path', message, value.span);
  } else if (address !== null) {
    const reference = textAt(value, 'ref');
    const at = git !== null && reference !== null ? `@${reference.text}` : '';
    const scheme = git === null || address.text.startsWith('git+') ? '' : 'git+';
    builder.addText(group, `${name}${bracket} @ ${scheme}${address.text}${at}${suffix}`, value.span, false);
  } else {
    const version = textAt(value, 'version');
    const place = version?.span ?? value.span;
    builder.addText(group, `${name}${bracket}${specifierOf(version?.text ?? '*')}${suffix}`, place, false);
  }
}

/** `*` is any version, and a bare version is pinned. */
function specifierOf(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '*' || trimmed === '') return '';
  return /^\d/.test(trimmed) ? `==${trimmed}` : trimmed;
}
