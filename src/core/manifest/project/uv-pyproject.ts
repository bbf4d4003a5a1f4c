/** `[tool.uv]` of a `pyproject.toml`: constraints, overrides, development dependencies and the resolver's settings. */
import { normalizeName } from '../../packaging/name.ts';
import type { ManifestBuilder } from '../manifest-builder.ts';
import type { ManifestOptions } from '../manifest.ts';
import { fieldsAt, itemsAt, tableAt, textAt, valueAt, type SpannedTable } from '../syntax/spanned-value.ts';
import { DEFAULT_UV_ENGINE } from '../tool-releases.ts';

/** Values of uv's `resolution`. */
export const RESOLUTIONS = ['highest', 'lowest', 'lowest-direct'] as const;
/** Values of uv's `prerelease`. */
export const PRERELEASES = [
  'allow',
  'disallow',
  'if-necessary',
  'explicit',
  'if-necessary-or-explicit',
] as const;
const STRATEGIES = ['first-index', 'unsafe-first-match', 'unsafe-best-match'] as const;

/** Whether uv installs a group without being told to: `dev`, or what `default-groups` lists. Not where there is no uv. */
export function isUvDefaultGroup(root: SpannedTable, group: string): boolean {
  const uv = tableAt(root, 'tool', 'uv');
  if (uv === null) return false;
  const written = valueAt(uv, 'default-groups');
  if (written === null) return normalizeName(group) === 'dev';
  if (written.kind === 'string') return written.value === 'all';
  return itemsAt(written).some(
    (item) => item.kind === 'string' && normalizeName(item.value) === normalizeName(group),
  );
}

/** Reads uv's table into the builder; its sources are named as left out, since they are not on an index. */
export function readUvTable(builder: ManifestBuilder, root: SpannedTable): void {
  const uv = tableAt(root, 'tool', 'uv');
  if (uv === null) return;
  builder.engine = DEFAULT_UV_ENGINE;
  builder.group('group:dev', 'tool.uv.dev-dependencies', 'requirements', isUvDefaultGroup(root, 'dev'));
  builder.addArray('group:dev', itemsAt(uv, 'dev-dependencies'));
  builder.group('constraints', 'tool.uv.constraint-dependencies', 'constraints', true);
  builder.addArray('constraints', itemsAt(uv, 'constraint-dependencies'));
  builder.group('overrides', 'tool.uv.override-dependencies', 'overrides', true);
  builder.addArray('overrides', itemsAt(uv, 'override-dependencies'));
  builder.options = { ...builder.options, ...settingsOf(builder, uv) };
  for (const source of fieldsAt(uv, 'sources'))
    builder.complain(
      'warning',
      'uv-source',
      `\`${source.name}\` has a source of its own, which is not followed: the index answers for it`,
      source.key,
    );
  for (const table of ['conflicts', 'environments', 'index', 'workspace', 'dependency-metadata'])
    noteTable(builder, uv, table);
}

function settingsOf(builder: ManifestBuilder, uv: SpannedTable): ManifestOptions {
  const resolution = pick(builder, uv, 'resolution', RESOLUTIONS);
  const prerelease = pick(builder, uv, 'prerelease', PRERELEASES);
  const indexStrategy = pick(builder, uv, 'index-strategy', STRATEGIES);
  const excludeNewer = textAt(uv, 'exclude-newer');
  const required = itemsAt(uv, 'required-environments').flatMap((item) =>
    item.kind === 'string' ? [item.value] : [],
  );
  return {
    ...(resolution === null ? {} : { resolution }),
    ...(prerelease === null ? {} : { prerelease }),
    ...(indexStrategy === null ? {} : { indexStrategy }),
    ...(excludeNewer === null ? {} : { uploadedPriorTo: excludeNewer.text }),
    ...(required.length === 0 ? {} : { requiredEnvironments: required }),
  };
}

function pick<const T extends string>(
  builder: ManifestBuilder,
  uv: SpannedTable,
  key: string,
  values: readonly T[],
): T | null {
  const written = textAt(uv, key);
  if (written === null) return null;
  const value = values.find((candidate) => candidate === written.text);
  if (value === undefined) {
    const message = `\`${key}\` must be one of ${values.map((known) => `\`${known}\``).join(', ')}`;
    builder.complain('error', 'invalid-setting', message, written.span);
  }
  return value ?? null;
}

function noteTable(builder: ManifestBuilder, uv: SpannedTable, key: string): void {
  const field = uv.fields.get(key);
  if (field !== undefined)
    builder.complain('hint', 'uv-table', `\`tool.uv.${key}\` is not taken into account here`, field.key);
}
