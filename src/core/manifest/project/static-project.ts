/**
 * What the `pyproject.toml` of a source archive promises about every wheel built from it: the `[project]` table, where
 * nothing that resolution needs is `dynamic` (PEP 621). uv believes it; pip builds instead.
 */
import type { CoreMetadata } from '../../packaging/metadata.ts';
import { formatMarker } from '../../packaging/marker-syntax.ts';
import { parseRequirement } from '../../packaging/requirement.ts';
import { itemsAt, fieldsAt, tableAt, textAt, type SpannedValue } from '../syntax/spanned-value.ts';
import { readToml } from '../syntax/toml-value.ts';

/** Fields of `[project]` whose being dynamic leaves the metadata to the build. */
const NEEDED: readonly string[] = ['dependencies', 'optional-dependencies', 'requires-python'];

export interface StaticProject {
  /** Null where only a build can tell. A dynamic or absent version is null: the archive's name fixes it. */
  readonly metadata: CoreMetadata | null;
  /** `[build-system] requires`; null when the table does not say, so that a tool takes its default. PEP 518. */
  readonly buildRequires: readonly string[] | null;
}

/** Reads a `pyproject.toml`. Text that is not TOML promises nothing. */
export function readStaticProject(text: string): StaticProject {
  const { value, complaints } = readToml(text);
  if (complaints.length > 0) return { metadata: null, buildRequires: null };
  const buildSystem = tableAt(value, 'build-system');
  return {
    metadata: projectMetadata(value),
    buildRequires:
      buildSystem?.fields.has('requires') === true ? textsOf(itemsAt(buildSystem, 'requires')) : null,
  };
}

/** The texts; null when something else is among them. */
function textsOf(items: readonly SpannedValue[]): readonly string[] | null {
  const texts: string[] = [];
  for (const item of items) {
    if (item.kind !== 'string') return null;
    texts.push(item.value);
  }
  return texts;
}

function projectMetadata(root: SpannedValue): CoreMetadata | null {
  const project = tableAt(root, 'project');
  const name = textAt(project, 'name');
  const dynamic = textsOf(itemsAt(project, 'dynamic'));
  if (project === null || name === null || dynamic === null) return null;
  if (dynamic.some((field) => NEEDED.includes(field))) return null;
  // A table without dependencies beside Poetry's own: Poetry's are meant.
  if (!project.fields.has('dependencies') && tableAt(root, 'tool', 'poetry') !== null) return null;
  const requiresDist = textsOf(itemsAt(project, 'dependencies'));
  const extras = fieldsAt(project, 'optional-dependencies');
  const optional = extras.map((extra) =>
    textsOf(itemsAt(extra.value))?.map((text) => withExtra(text, extra.name)),
  );
  if (requiresDist === null || optional.includes(undefined)) return null;
  const all = [...requiresDist, ...optional.flatMap((texts) => texts ?? [])];
  if (!all.every((text) => parseRequirement(text).ok)) return null;
  return {
    metadataVersion: null,
    name: name.text,
    version: textAt(project, 'version')?.text ?? null,
    requiresPython: textAt(project, 'requires-python')?.text ?? null,
    requiresDist: all,
    providesExtra: extras.map((extra) => extra.name),
    dynamic: [],
  };
}

/** A requirement of an extra, as metadata writes it: with the extra in its marker. */
function withExtra(text: string, extra: string): string {
  const condition = `extra == "${extra}"`;
  const parsed = parseRequirement(text);
  if (!parsed.ok) return text;
  const { text: canonical, marker, url } = parsed.value;
  if (marker === null) return `${canonical}${url === null ? '' : ' '}; ${condition}`;
  const own = formatMarker(marker);
  return `${canonical.slice(0, -own.length)}(${own}) and ${condition}`;
}
