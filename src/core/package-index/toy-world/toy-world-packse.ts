/** packse's scenarios (astral-sh/packse, and uv's own): one TOML file a world. Loaded only when such a file is met. */
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import * as v from 'valibot';
import type { Result } from '../../packaging/result.ts';
import type { OverlayClause } from '../overlay/overlay.ts';
import {
  closedWorld,
  notUnderstood,
  releaseStatement,
  type ToyExpectation,
  type ToyOptions,
  type ToyWorld,
  type ToyWorlds,
} from './toy-world.ts';

const texts = v.array(v.string());

/** Whether there is such a file, or what uv's server says of it besides. */
const artifactSchema = v.union(
  [v.boolean(), v.object({ upload_time: v.nullish(v.string()) })],
  'expected true, false, or a table with an upload_time',
);

const versionSchema = v.object({
  requires: v.optional(texts, []),
  extras: v.optional(v.record(v.string(), texts), {}),
  requires_python: v.optional(v.string()),
  sdist: v.optional(artifactSchema, true),
  wheel: v.optional(artifactSchema, true),
  wheel_tags: v.optional(texts, []),
  yanked: v.optional(v.union([v.boolean(), v.string()]), false),
});

const resolverSchema = v.object({
  resolution: v.nullish(v.picklist(['highest', 'lowest', 'lowest-direct'])),
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

/** packse's own defaults: of the environment, and of every release that does not say. */
const DEFAULT_PYTHON = '3.12';
const DEFAULT_REQUIRES_PYTHON = '>=3.12';

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

/** Whether a release that does not say which Python it needs is refused on this one. */
export function isBelowDefault(python: string | undefined): boolean {
  const [major = 0, minor = 0] = (python ?? DEFAULT_PYTHON).split('.').map(Number);
  return major < 3 || (major === 3 && minor < 12);
}

/** Of files that were uploaded at different times the wheel counts: a release has one date here. */
function uploadTimeOf({ wheel, sdist }: PackseVersion): string | null {
  for (const file of [wheel, sdist])
    if (typeof file === 'object' && file.upload_time) return file.upload_time;
  return null;
}

/** `python`: of the target. packse's default is written out only where it matters, so that lines stay short. */
function clausesOf(release: PackseVersion, python: string): readonly OverlayClause[] {
  const clauses: OverlayClause[] = [];
  if (release.requires.length > 0) clauses.push({ kind: 'depends', requirements: release.requires });
  for (const [extra, requirements] of Object.entries(release.extras))
    clauses.push({ kind: 'extra', extra, requirements });
  const needed = release.requires_python ?? (isBelowDefault(python) ? DEFAULT_REQUIRES_PYTHON : '');
  if (needed !== '') clauses.push({ kind: 'python', specifier: needed });
  if (release.yanked !== false)
    clauses.push({ kind: 'yanked', reason: release.yanked === true ? '' : release.yanked });
  const uploaded = uploadTimeOf(release);
  if (uploaded !== null) clauses.push({ kind: 'uploaded', time: uploaded });
  if (release.wheel === false)
    clauses.push(release.sdist !== false ? { kind: 'sdist', isOnly: true } : { kind: 'wheels', tags: [] });
  else {
    if (release.wheel_tags.length > 0) clauses.push({ kind: 'wheels', tags: release.wheel_tags });
    if (release.sdist !== false) clauses.push({ kind: 'sdist', isOnly: false });
  }
  return clauses;
}

type Scenario = v.InferOutput<typeof scenarioSchema>;

function optionsOf({ resolver_options: given, root }: Scenario): ToyOptions {
  return {
    ...(given.universal ? { universal: true as const } : {}),
    ...(given.resolution && given.resolution !== 'highest' ? { resolution: given.resolution } : {}),
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
  const python = scenario.resolver_options.python ?? scenario.environment.python;
  const releases = Object.entries(scenario.packages).flatMap(([project, { versions }]) =>
    Object.entries(versions).map(([version, release]) =>
      releaseStatement(project, version, clausesOf(release, python)),
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
