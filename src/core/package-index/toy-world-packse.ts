/** packse's scenarios (astral-sh/packse, and uv's own): one TOML file a world. Loaded only when such a file is met. */
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import * as v from 'valibot';
import { versionsOf, type Overlay, type OverlayClause, type OverlayStatement } from './overlay.ts';
import {
  closedWorld,
  inexpressible,
  notUnderstood,
  releaseStatement,
  type ToyWorld,
  type ToyWorlds,
} from './toy-world.ts';

const texts = v.array(v.string());

const versionSchema = v.object({
  requires: v.optional(texts, []),
  extras: v.optional(v.record(v.string(), texts), {}),
  requires_python: v.optional(v.string()),
  sdist: v.optional(v.boolean(), true),
  wheel: v.optional(v.boolean(), true),
  wheel_tags: v.optional(texts, []),
  yanked: v.optional(v.union([v.boolean(), v.string()]), false),
});

const scenarioSchema = v.object({
  name: v.string(),
  description: v.optional(v.string(), ''),
  root: v.object({ requires: v.optional(texts, []) }),
  environment: v.optional(v.object({ python: v.optional(v.string()) }), {}),
  packages: v.optional(v.record(v.string(), v.object({ versions: v.record(v.string(), versionSchema) })), {}),
});

type PackseVersion = v.InferOutput<typeof versionSchema>;

function clausesOf(release: PackseVersion): readonly OverlayClause[] {
  const clauses: OverlayClause[] = [];
  if (release.requires.length > 0) clauses.push({ kind: 'depends', requirements: release.requires });
  for (const [extra, requirements] of Object.entries(release.extras))
    clauses.push({ kind: 'extra', extra, requirements });
  if (release.requires_python !== undefined && release.requires_python !== '')
    clauses.push({ kind: 'python', specifier: release.requires_python });
  if (release.yanked !== false)
    clauses.push({ kind: 'yanked', reason: release.yanked === true ? '' : release.yanked });
  if (!release.wheel)
    clauses.push(release.sdist ? { kind: 'sdist', isOnly: true } : { kind: 'wheels', tags: [] });
  else {
    if (release.wheel_tags.length > 0) clauses.push({ kind: 'wheels', tags: release.wheel_tags });
    if (release.sdist) clauses.push({ kind: 'sdist', isOnly: false });
  }
  return clauses;
}

/** Reads a scenario. A wheel and an sdist are there unless it says otherwise, as packse makes them. */
export function readPackse(text: string): ToyWorlds {
  let value: unknown;
  try {
    value = getStaticTOMLValue(parseTOML(text));
  } catch (error) {
    const { index, message } = error as { index?: number; message: string };
    return { ok: false, error: { message, span: { start: index ?? 0, end: (index ?? 0) + 1 } } };
  }
  const parsed = v.safeParse(scenarioSchema, value, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return { ok: false, error: notUnderstood(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`) };
  }
  const { name, description, root, environment, packages } = parsed.output;
  const releases = Object.entries(packages).flatMap(([project, { versions }]) =>
    Object.entries(versions).map(([version, release]) =>
      releaseStatement(project, version, clausesOf(release)),
    ),
  );
  const world: ToyWorld = {
    name,
    description,
    overlay: closedWorld(releases),
    requirements: root.requires,
    python: environment.python ?? null,
  };
  return { ok: true, value: [world] };
}

/** TOML's basic strings take what JSON writes. */
const quoted = (text: string) => JSON.stringify(text);
const list = (items: readonly string[]) => `[${items.map(quoted).join(', ')}]`;

function releaseLines(
  project: string,
  version: string,
  clauses: readonly OverlayClause[],
): readonly string[] {
  const table = `packages.${quoted(project)}.versions.${quoted(version)}`;
  const of = <Kind extends OverlayClause['kind']>(kind: Kind) =>
    clauses.filter((clause): clause is Extract<OverlayClause, { kind: Kind }> => clause.kind === kind);
  const lines = [`[${table}]`];
  const requires = of('depends').flatMap((clause) => clause.requirements);
  if (requires.length > 0) lines.push(`requires = ${list(requires)}`);
  for (const { specifier } of of('python').slice(-1)) lines.push(`requires_python = ${quoted(specifier)}`);
  for (const { reason } of of('yanked').slice(-1))
    lines.push(`yanked = ${reason === '' ? 'true' : quoted(reason)}`);
  const tags = of('wheels').at(-1)?.tags;
  const sdist = of('sdist').at(-1);
  if (tags?.length === 0 || sdist?.isOnly === true) lines.push('wheel = false');
  else if (tags !== undefined) lines.push(`wheel_tags = ${list(tags)}`);
  if (sdist === undefined) lines.push('sdist = false');
  const extras = of('extra');
  if (extras.length > 0) lines.push('', `[${table}.extras]`);
  for (const { extra, requirements } of extras) lines.push(`${quoted(extra)} = ${list(requirements)}`);
  return lines;
}

const EXPRESSIBLE: readonly OverlayClause['kind'][] = [
  'depends',
  'extra',
  'python',
  'yanked',
  'wheels',
  'sdist',
];

function releasesOf(overlay: Overlay): readonly Extract<OverlayStatement, { kind: 'release' | 'change' }>[] {
  return overlay.statements.flatMap((statement) => (statement.kind === 'release' ? [statement] : []));
}

/** Writes a scenario; `lost` names what packse has no words for. */
export function writePackse(world: ToyWorld): { readonly text: string; readonly lost: readonly string[] } {
  const lines = [
    `name = ${quoted(world.name)}`,
    ...(world.description === '' ? [] : [`description = ${quoted(world.description)}`]),
    '',
    '[root]',
    `requires = ${list(world.requirements)}`,
    ...(world.python === null ? [] : ['', '[environment]', `python = ${quoted(world.python)}`]),
    ...releasesOf(world.overlay).flatMap(({ project, versions, clauses }) =>
      versionsOf(versions).flatMap((version) => ['', ...releaseLines(project, version, clauses)]),
    ),
  ];
  return { text: `${lines.join('\n')}\n`, lost: inexpressible(world.overlay, EXPRESSIBLE) };
}
