/** Pipenv's `Pipfile.lock` (JSON, version 6): exact versions with hashes and markers, by category. */
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { readJson } from '../syntax/json-value.ts';
import { fieldsAt, itemsAt, textAt, valueAt, type SpannedField } from '../syntax/spanned-value.ts';

/** Reads a `Pipfile.lock`. `default` is what is installed without being told; the others are groups. */
export function readPipfileLock(text: string): Manifest {
  const builder = new ManifestBuilder('pipfile-lock', text);
  const json = readJson(text);
  builder.complainAll(json.complaints);
  builder.openPins('Pipfile.lock');
  for (const category of fieldsAt(json.value)) {
    if (category.name === '_meta') continue;
    const isDefault = category.name === 'default';
    if (!isDefault) builder.group(`group:${category.name}`, category.name, 'installed', false);
    for (const field of fieldsAt(category.value))
      addPackage(builder, field, isDefault ? null : `group:${category.name}`);
  }
  const requires = ['_meta', 'requires'] as const;
  const python =
    textAt(json.value, ...requires, 'python_full_version') ??
    textAt(json.value, ...requires, 'python_version');
  if (python !== null) builder.environment = { python: python.text };
  return builder.build();
}

function addPackage(
  builder: ManifestBuilder,
  { name, key, value }: SpannedField & { readonly name: string },
  group: string | null,
): void {
  const version = textAt(value, 'version');
  const marker = textAt(value, 'markers')?.text ?? '';
  const pinned = /^={2,3}\s*(\S+)$/.exec(version?.text ?? '')?.[1];
  if (version === null || pinned === undefined) {
    const place = valueAt(value, 'git') !== null ? 'a repository' : 'a file or a path';
    const message = `Left out: \`${name}\` is ${place}, and no release of the index`;
    builder.complain('warning', 'left-out', message, key);
    return;
  }
  const hashes = itemsAt(value, 'hashes').flatMap((item) => (item.kind === 'string' ? [item.value] : []));
  if (group === null) builder.addPin(name, pinned, version.span, hashes, marker);
  else
    builder.addText(group, `${name}==${pinned}${marker === '' ? '' : ` ; ${marker}`}`, version.span, false);
}
