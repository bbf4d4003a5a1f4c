/** A `pyproject.toml` as `uv lock` reads it. What uv would refuse is told in uv's own words. */
import {
  fieldsAt,
  itemsAt,
  tableAt,
  textAt,
  valueAt,
  type SpannedTable,
} from '../manifest/syntax/spanned-value.ts';
import { readRustToml } from '../manifest/syntax/rust-toml/values.ts';
import { RustTomlError, rustTomlErrorLines } from '../manifest/syntax/rust-toml/error.ts';
import { wrongSetting, wrongType } from './uv-project-types.ts';
import { normalizeName } from '../packaging/name.ts';
import { parseRequirement, type Requirement } from '../packaging/requirement.ts';
import { releaseSpecifierSetRange } from '../packaging/specifier-range.ts';
import { parseSpecifierSet } from '../packaging/specifier.ts';
import { parseVersion } from '../packaging/version.ts';
import { versionOf } from '../packaging/version-cut.ts';
import type { ConflictItem, UvProject } from '../resolver/uv/project.ts';
import type { ResolverOptions } from '../resolver/engine.ts';

/** What the file says, apart from the project itself. */
export interface UvProjectReading {
  readonly project: UvProject;
  readonly constraints: readonly Requirement[];
  readonly overrides: readonly Requirement[];
  readonly excludes: readonly string[];
  readonly options: Partial<ResolverOptions>;
  /** What uv warns of before it goes on; null where there is nothing. */
  readonly warning: string | null;
}

/** uv's own words on why it does not go on, without `error: `. */
export class UvProjectError extends Error {}

function texts(table: SpannedTable | null, ...path: readonly string[]): readonly string[] {
  return itemsAt(table, ...path).flatMap((item) => (item.kind === 'string' ? [item.value] : []));
}

/** A line that stands more than once is read once, and is one value. */
function readRequirements(lines: readonly string[]): readonly Requirement[] {
  const known = new Map<string, Requirement>();
  return lines.map((line) => {
    const again = known.get(line);
    if (again !== undefined) return again;
    const parsed = parseRequirement(line);
    if (parsed.ok) {
      known.set(line, parsed.value);
      return parsed.value;
    }
    const { message, span } = parsed.error;
    const caret = `${' '.repeat(span.start)}${'^'.repeat(Math.max(1, span.end - span.start))}`;
    throw new UvProjectError(
      `Failed to parse: \`pyproject.toml\`\n  cause: ${message}\n         ${line}\n         ${caret}`,
    );
  });
}

/** Throws `UvProjectError`. */
export function readUvProject(text: string): UvProjectReading {
  const root = readProjectToml(text);
  const wrong = wrongType(text, root);
  if (wrong !== null) throw new UvProjectError(tomlErrorText(text, wrong));
  const setting = wrongSetting(text, root);
  const project = tableAt(root, 'project');
  if (project === null) throw new UvProjectError('No `project` table found in: `pyproject.toml`');
  checkProject(text, project);
  const name = textAt(project, 'name')?.text ?? '';
  const uv = tableAt(root, 'tool', 'uv');
  const version = parseVersion(textAt(project, 'version')?.text ?? '0');
  const normalized = normalizeName(name);
  const extras = new Map(
    fieldsAt(project, 'optional-dependencies').map(
      (field) =>
        [
          normalizeName(field.name),
          readRequirements(texts(project, 'optional-dependencies', field.name)),
        ] as const,
    ),
  );
  const groups = readGroups(root, normalized, uv);
  const member = {
    name: normalized,
    version: version.ok ? version.value : versionOf('0'),
    requirements: readRequirements(texts(project, 'dependencies')),
    extras,
    groups,
    defaultGroups: readDefaultGroups(uv, groups),
  };
  checkConflictSets(text, uv);
  const conflicts = readConflicts(uv, normalized);
  checkConflicts(conflicts, member);
  return {
    project: { member, conflicts, environments: readEnvironments(uv, 'environments') },
    constraints: readRequirements(texts(uv, 'constraint-dependencies')),
    overrides: readRequirements(texts(uv, 'override-dependencies')),
    excludes: texts(uv, 'exclude-dependencies').map((line) =>
      normalizeName(/^[\w.-]+/u.exec(line)?.[0] ?? line),
    ),
    options: readOptions(setting === null ? uv : null, project),
    warning: setting === null ? null : settingsWarning(text, setting),
  };
}

/** uv goes on without the settings. */
function settingsWarning(text: string, error: RustTomlError): string {
  const lines = rustTomlErrorLines(text, error).map((line) => `  ${line}`.trimEnd());
  return ['warning: Failed to parse `pyproject.toml` during settings discovery:', ...lines].join('\n');
}

function readProjectToml(text: string): SpannedTable {
  try {
    return readRustToml(text);
  } catch (error) {
    if (!(error instanceof RustTomlError)) throw error;
    throw new UvProjectError(tomlErrorText(text, error));
  }
}

function tomlErrorText(text: string, error: RustTomlError): string {
  const [first, ...rest] = rustTomlErrorLines(text, error);
  return [
    'Failed to parse: `pyproject.toml`',
    `  cause: ${first!}`,
    ...rest.flatMap((line) => line.trimEnd().split('\n')).map((line) => `         ${line}`),
  ].join('\n');
}

/** What the table has to say, and where uv complains that it does not. */
function checkProject(text: string, project: SpannedTable): void {
  const isDynamic = itemsAt(project, 'dynamic').some(
    (item) => item.kind === 'string' && item.value === 'version',
  );
  const missing =
    valueAt(project, 'name') === null
      ? 'the required `project.name` field is not set'
      : valueAt(project, 'version') === null && !isDynamic
        ? 'the required `project.version` field is neither set nor present in the `project.dynamic` list'
        : null;
  if (missing === null) return;
  const message = `\`pyproject.toml\` is using the \`[project]\` table, but ${missing}`;
  const { start, end } = project.span;
  throw new UvProjectError(tomlErrorText(text, new RustTomlError(message, null, start, end)));
}

/** Bounds of ours; uv has none. */
const MAX_INCLUDE_DEPTH = 500;
const MAX_GROUP_LINES = 500_000;
const TOO_DEEP_GROUPS = `\`dependency-groups\` include each other more than ${MAX_INCLUDE_DEPTH} deep, which is more than is read here`;
const TOO_LONG_GROUPS = `\`dependency-groups\` come to more than ${MAX_GROUP_LINES} lines with what they include, which is more than is read here`;

type Groups = ReadonlyMap<string, readonly Requirement[]>;

/** Groups with what they include; uv's older development dependencies are the group `dev`. */
function readGroups(root: SpannedTable, project: string, uv: SpannedTable | null): Groups {
  const names = fieldsAt(root, 'dependency-groups').map(({ name }) => name);
  const byName = new Map(names.map((name) => [normalizeName(name), name]));
  const known = new Map<string, readonly Requirement[]>();
  const chain = new Set<string>();
  let count = 0;
  const read = (group: string): readonly Requirement[] => {
    const again = known.get(group);
    if (again !== undefined) return again;
    if (chain.has(group)) {
      const way = [...chain];
      const cycle = [...way.slice(way.indexOf(group)), group].map((name) => `\`${name}\``).join(' -> ');
      throw new UvProjectError(
        `Project \`${project}\` has malformed dependency groups\n  cause: Detected a cycle in \`dependency-groups\`: ${cycle}`,
      );
    }
    if (chain.size >= MAX_INCLUDE_DEPTH) throw new UvProjectError(TOO_DEEP_GROUPS);
    chain.add(group);
    const requirements = itemsAt(root, 'dependency-groups', byName.get(group)!).flatMap((item) => {
      if (item.kind === 'string') return readGroupLine(project, group, item.value);
      const included = normalizeName(textAt(item, 'include-group')?.text ?? '');
      if (!byName.has(included))
        throw new UvProjectError(
          `Project \`${project}\` has malformed dependency groups\n  cause: Failed to find group \`${included}\` included by \`${group}\``,
        );
      return read(included);
    });
    chain.delete(group);
    count += requirements.length;
    if (count > MAX_GROUP_LINES) throw new UvProjectError(TOO_LONG_GROUPS);
    known.set(group, requirements);
    return requirements;
  };
  const groups = new Map([...byName.keys()].map((group) => [group, read(group)]));
  const older = readRequirements(texts(uv, 'dev-dependencies'));
  if (valueAt(uv, 'dev-dependencies') !== null) groups.set('dev', [...older, ...(groups.get('dev') ?? [])]);
  return groups;
}

function readGroupLine(project: string, group: string, line: string): readonly Requirement[] {
  const parsed = parseRequirement(line);
  if (parsed.ok) return [parsed.value];
  throw new UvProjectError(
    `Project \`${project}\` has malformed dependency groups\n  cause: Failed to parse entry in group \`${group}\`: \`${line}\`\n  cause: ${parsed.error.message}`,
  );
}

function readDefaultGroups(uv: SpannedTable | null, groups: Groups): readonly string[] {
  const written = valueAt(uv, 'default-groups');
  if (written === null) return groups.has('dev') ? ['dev'] : [];
  if (written.kind === 'string') return written.value === 'all' ? [...groups.keys()] : [];
  return texts(uv, 'default-groups').map((name) => {
    if (groups.has(normalizeName(name))) return normalizeName(name);
    throw new UvProjectError(
      `Default group \`${name}\` (from \`tool.uv.default-groups\`) is not defined in the project's \`dependency-groups\` table`,
    );
  });
}

/** Where uv finds that a set names no two items, it points at the list of all sets. */
function checkConflictSets(text: string, uv: SpannedTable | null): void {
  const sets = valueAt(uv, 'conflicts');
  if (sets?.kind !== 'array') return;
  for (const set of sets.items) {
    if (set.kind !== 'array' || set.items.length > 1) continue;
    const message = `Each set of conflicts must have at least two entries, but found ${set.items.length === 0 ? 'none' : 'only one'}`;
    const { start, end } = sets.span;
    throw new UvProjectError(tomlErrorText(text, new RustTomlError(message, null, start, end)));
  }
}

function readConflicts(uv: SpannedTable | null, project: string): readonly (readonly ConflictItem[])[] {
  const order = ['extra', 'group', 'project'];
  return itemsAt(uv, 'conflicts').map((set) =>
    (set.kind === 'array' ? set.items : [])
      .map((item): ConflictItem => {
        const owner = normalizeName(textAt(item, 'package')?.text ?? project);
        const extra = textAt(item, 'extra')?.text;
        const group = textAt(item, 'group')?.text;
        if (extra !== undefined) return { package: owner, kind: 'extra', name: normalizeName(extra) };
        if (group !== undefined) return { package: owner, kind: 'group', name: normalizeName(group) };
        return { package: owner, kind: 'project', name: '' };
      })
      .sort((a, b) => {
        if (a.package !== b.package) return a.package < b.package ? -1 : 1;
        return order.indexOf(a.kind) - order.indexOf(b.kind) || (a.name < b.name ? -1 : 1);
      }),
  );
}

function checkConflicts(
  conflicts: readonly (readonly ConflictItem[])[],
  { name, extras, groups }: UvProject['member'],
): void {
  for (const item of conflicts.flat()) {
    if (item.package !== name || item.kind === 'project') continue;
    const known = item.kind === 'extra' ? extras : groups;
    if (!known.has(item.name))
      throw new UvProjectError(
        item.kind === 'extra'
          ? `Extra \`${item.name}\` is not defined in the project's \`optional-dependencies\` table`
          : `Group \`${item.name}\` is not defined in the project's \`dependency-groups\` table`,
      );
  }
}

/** A marker, or a list of them. */
function readEnvironments(uv: SpannedTable | null, field: string): readonly string[] {
  const written = valueAt(uv, field);
  return written?.kind === 'string' ? [written.value] : texts(uv, field);
}

function readOptions(uv: SpannedTable | null, project: SpannedTable): Partial<ResolverOptions> {
  const options: { -readonly [Name in keyof ResolverOptions]?: ResolverOptions[Name] } = { universal: true };
  const word = (field: string): string | undefined => textAt(uv, field)?.text;
  const requiresPython = textAt(project, 'requires-python')?.text;
  if (requiresPython !== undefined) options.requiresPython = requiresPython;
  const resolution = word('resolution');
  if (resolution !== undefined) options.resolution = resolution as ResolverOptions['resolution'];
  const prerelease = word('prerelease');
  if (prerelease !== undefined) options.prerelease = prerelease as ResolverOptions['prerelease'];
  const strategy = word('fork-strategy');
  if (strategy !== undefined) options.forkStrategy = strategy as ResolverOptions['forkStrategy'];
  const newer = word('exclude-newer');
  if (newer !== undefined) options.uploadedPriorTo = newer;
  const required = readEnvironments(uv, 'required-environments');
  if (required.length > 0) options.requiredEnvironments = required;
  return options;
}

/** Null where the interpreter suits the project. */
export function interpreterRefusal({ options }: UvProjectReading, python: string): string | null {
  const { requiresPython } = options;
  if (requiresPython === undefined || requiresPython === null) return null;
  const parsed = parseSpecifierSet(requiresPython);
  const version = parseVersion(python);
  if (!parsed.ok || !version.ok) return null;
  if (releaseSpecifierSetRange(parsed.value).contains(version.value)) return null;
  return `The requested interpreter resolved to Python ${python}, which is incompatible with the project's Python requirement: \`${requiresPython}\` (from \`project.requires-python\`)`;
}
