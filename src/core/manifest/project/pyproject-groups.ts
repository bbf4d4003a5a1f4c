/** `[dependency-groups]` of a `pyproject.toml` (PEP 735): each group with all that it includes. */
import { resolveDependencyGroups, type DependencyGroupError } from '../../packaging/dependency-groups.ts';
import { normalizeName } from '../../packaging/name.ts';
import type { ManifestBuilder } from '../manifest-builder.ts';
import {
  fieldsAt,
  itemsAt,
  type SpannedField,
  type SpannedTable,
  type SpannedValue,
} from '../syntax/spanned-value.ts';
import { isUvDefaultGroup } from './uv-pyproject.ts';

type Fields = ReadonlyMap<string, SpannedField>;

/** Groups that are read; each is followed by itself through all that it includes. */
const MOST_GROUPS = 300;

/** Adds every group; complains once of each error, whichever groups it reaches. */
export function readDependencyGroups(builder: ManifestBuilder, root: SpannedTable): void {
  const all = fieldsAt(root, 'dependency-groups');
  const fields: Fields = new Map(all.slice(0, MOST_GROUPS).map((field) => [field.name, field]));
  const [beyond] = all.slice(MOST_GROUPS);
  if (beyond !== undefined)
    builder.complain(
      'warning',
      'too-many-groups',
      `Only the first ${MOST_GROUPS} of ${all.length.toLocaleString('en-US')} groups are read`,
      beyond.key,
    );
  const groups = Object.fromEntries([...fields].map(([name, { value }]) => [name, plainValue(value)]));
  const complained = new Set<string>();
  const ids = new Set<string>();
  for (const name of fields.keys()) {
    const id = `group:${normalizeName(name)}`;
    // Two spellings of one name are one group, and an error of it.
    if (ids.has(id)) continue;
    ids.add(id);
    builder.group(id, `dependency-groups.${name}`, 'requirements', isUvDefaultGroup(root, name));
    const { requirements, errors } = resolveDependencyGroups(groups, [name]);
    for (const { requirement, group, index } of requirements) {
      const item = itemOf(fields, group, index);
      if (item !== null) builder.add(id, requirement, item.span);
    }
    for (const error of errors) {
      const key = JSON.stringify([error.kind, error.place]);
      if (!complained.has(key)) complain(builder, id, fields, error);
      complained.add(key);
    }
  }
}

function itemOf(fields: Fields, group: string, index: number): SpannedValue | null {
  return itemsAt(fields.get(group)?.value ?? null)[index] ?? null;
}

/** A value without places, as far as groups need it: lists of texts and tables of texts. */
function plainValue(value: SpannedValue): unknown {
  switch (value.kind) {
    case 'array':
      return value.items.map(plainValue);
    case 'table':
      return Object.fromEntries([...value.fields].map(([name, field]) => [name, plainValue(field.value)]));
    case 'null':
      return null;
    case 'string':
    case 'number':
    case 'boolean':
      return value.value;
  }
}

function complain(builder: ManifestBuilder, id: string, fields: Fields, error: DependencyGroupError): void {
  const { place } = error;
  const field = place === null ? undefined : fields.get(place.group);
  if (place === null || field === undefined) return;
  const item = place.index === null ? null : itemOf(fields, place.group, place.index);
  const span = item?.span ?? field.key;
  switch (error.kind) {
    case 'invalid-requirement':
      // Read once more by the builder, which knows what was probably meant.
      if (item?.kind === 'string') builder.addText(id, item.value, item.span, item.isVerbatim);
      return;
    case 'cycle':
      builder.complain(
        'error',
        'group-cycle',
        `The groups include one another: ${error.cycle.join(' → ')}`,
        span,
      );
      return;
    case 'missing':
      builder.complain('error', 'unknown-group', error.message, span);
      return;
    case 'invalid-item':
    case 'not-a-list':
      builder.complain(
        'error',
        'invalid-group-item',
        'A dependency group is a list of requirements and `{include-group = "…"}` only',
        span,
      );
      return;
    case 'duplicate':
    case 'too-many':
      builder.complain('error', 'invalid-group', error.message, span);
  }
}
