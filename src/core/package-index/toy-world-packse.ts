/** packse's scenarios (astral-sh/packse, and uv's own): one TOML file a world. Loaded only when such a file is met. */
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import * as v from 'valibot';
import type { Result } from '../packaging/result.ts';
import { versionsOf, type Overlay, type OverlayClause, type OverlayStatement } from './overlay.ts';
import {
  closedWorld,
  inexpressible,
  notUnderstood,
  releaseStatement,
  type ToyExpectation,
  type ToyOptions,
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

const resolverSchema = v.object({
  python: v.nullish(v.string()),
  prereleases: v.optional(v.boolean(), false),
  no_build: v.optional(texts, []),
  no_binary: v.optional(texts, []),
  universal: v.optional(v.boolean(), false),
  python_platform: v.nullish(v.string()),
  required_environments: v.optional(texts, []),
});

const expectedSchema = v.object({
  satisfiable: v.boolean(),
  packages: v.optional(
    v.union([v.record(v.string(), v.string()), v.array(v.object({ name: v.string(), version: v.string() }))]),
    {},
  ),
  explanation: v.nullish(v.string()),
});

/** packse's own default. */
const DEFAULT_PYTHON = '3.12';

const scenarioSchema = v.object({
  name: v.string(),
  description: v.nullish(v.string()),
  root: v.object({ requires: v.optional(texts, []), requires_python: v.nullish(v.string()) }),
  environment: v.optional(v.object({ python: v.optional(v.string(), DEFAULT_PYTHON) }), {}),
  resolver_options: v.optional(resolverSchema, {}),
  expected: v.nullish(expectedSchema),
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

type Scenario = v.InferOutput<typeof scenarioSchema>;

function optionsOf({ resolver_options: given, root }: Scenario): ToyOptions {
  return {
    ...(given.universal ? { universal: true as const } : {}),
    ...(given.universal && root.requires_python ? { requiresPython: root.requires_python } : {}),
    ...(given.prereleases ? { prereleases: true as const } : {}),
    ...(given.no_build.length > 0 ? { onlyBinary: given.no_build } : {}),
    ...(given.no_binary.length > 0 ? { noBinary: given.no_binary } : {}),
    ...(given.python ? { pythonVersion: given.python } : {}),
    ...(given.python_platform ? { platform: given.python_platform } : {}),
    ...(given.required_environments.length > 0 ? { requiredEnvironments: given.required_environments } : {}),
  };
}

function expectationOf({ expected }: Scenario): ToyExpectation | null {
  if (!expected) return null;
  const { satisfiable, packages, explanation } = expected;
  const pins = Array.isArray(packages)
    ? packages.map(({ name, version }) => `${name}==${version}`)
    : Object.entries(packages).map(([name, version]) => `${name}==${version}`);
  return { isSolvable: satisfiable, pins, explanation: explanation ?? '' };
}

function worldOf(scenario: Scenario): ToyWorld {
  const releases = Object.entries(scenario.packages).flatMap(([project, { versions }]) =>
    Object.entries(versions).map(([version, release]) =>
      releaseStatement(project, version, clausesOf(release)),
    ),
  );
  return {
    name: scenario.name,
    description: scenario.description ?? '',
    overlay: closedWorld(releases),
    requirements: scenario.root.requires,
    python: scenario.environment.python,
    installed: [],
    options: optionsOf(scenario),
    expected: expectationOf(scenario),
  };
}

/** TOML, or the JSON of packse's first year, which holds one scenario or a list of them. */
function parseText(text: string): Result<unknown> {
  try {
    if (/^\s*[[{]\s*["{]/u.test(text)) return { ok: true, value: JSON.parse(text) as unknown };
    return { ok: true, value: getStaticTOMLValue(parseTOML(text)) };
  } catch (error) {
    const { index, message } = error as { index?: number; message: string };
    return { ok: false, error: { message, span: { start: index ?? 0, end: (index ?? 0) + 1 } } };
  }
}

/** Reads a scenario. A wheel and an sdist are there unless it says otherwise, as packse makes them. */
export function readPackse(text: string): ToyWorlds {
  const value = parseText(text);
  if (!value.ok) return value;
  const worlds: ToyWorld[] = [];
  for (const each of Array.isArray(value.value) ? (value.value as readonly unknown[]) : [value.value]) {
    const parsed = v.safeParse(scenarioSchema, each, { abortEarly: true });
    if (!parsed.success) {
      const [issue] = parsed.issues;
      return { ok: false, error: notUnderstood(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`) };
    }
    worlds.push(worldOf(parsed.output));
  }
  return { ok: true, value: worlds };
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

function resolverLines(options: ToyOptions): readonly string[] {
  const lines = [
    ...(options.universal ? ['universal = true'] : []),
    ...(options.prereleases ? ['prereleases = true'] : []),
    ...(options.onlyBinary === undefined ? [] : [`no_build = ${list(options.onlyBinary)}`]),
    ...(options.noBinary === undefined ? [] : [`no_binary = ${list(options.noBinary)}`]),
    ...(options.pythonVersion === undefined ? [] : [`python = ${quoted(options.pythonVersion)}`]),
    ...(options.platform === undefined ? [] : [`python_platform = ${quoted(options.platform)}`]),
    ...(options.requiredEnvironments === undefined
      ? []
      : [`required_environments = ${list(options.requiredEnvironments)}`]),
  ];
  return lines.length === 0 ? [] : ['', '[resolver_options]', ...lines];
}

function expectationLines(expected: ToyExpectation | null): readonly string[] {
  if (expected === null) return [];
  const packages = expected.pins.map((pin) => {
    const [name = '', version = ''] = pin.split('==');
    return `{ name = ${quoted(name)}, version = ${quoted(version)} }`;
  });
  return [
    '',
    '[expected]',
    `satisfiable = ${String(expected.isSolvable)}`,
    ...(packages.length === 0 ? [] : [`packages = [${packages.join(', ')}]`]),
    ...(expected.explanation === '' ? [] : [`explanation = ${quoted(expected.explanation)}`]),
  ];
}

/** Writes a scenario; `lost` names what packse has no words for. */
export function writePackse(world: ToyWorld): { readonly text: string; readonly lost: readonly string[] } {
  const lines = [
    `name = ${quoted(world.name)}`,
    ...(world.description === '' ? [] : [`description = ${quoted(world.description)}`]),
    '',
    '[root]',
    `requires = ${list(world.requirements)}`,
    ...(world.options.requiresPython === undefined
      ? []
      : [`requires_python = ${quoted(world.options.requiresPython)}`]),
    ...(world.python === null ? [] : ['', '[environment]', `python = ${quoted(world.python)}`]),
    ...resolverLines(world.options),
    ...expectationLines(world.expected),
    ...releasesOf(world.overlay).flatMap(({ project, versions, clauses }) =>
      versionsOf(versions).flatMap((version) => ['', ...releaseLines(project, version, clauses)]),
    ),
  ];
  const lost = [
    ...inexpressible(world.overlay, EXPRESSIBLE),
    ...(world.installed.length > 0 ? ['what is installed'] : []),
    ...(world.options.noDeps ? ['--no-deps'] : []),
  ];
  return { text: `${lines.join('\n')}\n`, lost };
}
