/** Writes a toy world as a scenario of packse's. Loaded only when one is saved. */
import type { Overlay, OverlayClause } from '../overlay/overlay.ts';
import { canonicalUploadTime } from '../facts/release-files.ts';
import {
  inexpressible,
  needsOf,
  worldReleases,
  type ToyExpectation,
  type ToyOptions,
  type ToyWorld,
  type WorldRelease,
} from './toy-world.ts';
import { isBelowDefault } from './toy-world-packse.ts';

/** TOML's basic strings take what JSON writes. */
const quoted = (text: string) => JSON.stringify(text);
const list = (items: readonly string[]) => `[${items.map(quoted).join(', ')}]`;

function fileLines(of: ClausesOfKind): readonly string[] {
  const tags = of('wheels').at(-1)?.tags;
  const sdist = of('sdist').at(-1);
  const time = of('uploaded').at(-1)?.time;
  const isThere =
    time === undefined ? null : `{ upload_time = ${quoted(canonicalUploadTime(time) ?? time)} }`;
  const isWheelless = tags?.length === 0 || sdist?.isOnly === true;
  const lines: string[] = [];
  if (isWheelless) lines.push('wheel = false');
  else if (isThere !== null) lines.push(`wheel = ${isThere}`);
  if (!isWheelless && tags !== undefined) lines.push(`wheel_tags = ${list(tags)}`);
  if (sdist === undefined) lines.push('sdist = false');
  else if (isThere !== null) lines.push(`sdist = ${isThere}`);
  return lines;
}

type ClausesOfKind = <Kind extends OverlayClause['kind']>(
  kind: Kind,
) => readonly Extract<OverlayClause, { kind: Kind }>[];

function releaseLines(
  { project, version, clauses }: WorldRelease,
  python: string | undefined,
): readonly string[] {
  const table = `packages.${quoted(project)}.versions.${quoted(version)}`;
  const of: ClausesOfKind = <Kind extends OverlayClause['kind']>(kind: Kind) =>
    clauses.filter((clause): clause is Extract<OverlayClause, { kind: Kind }> => clause.kind === kind);
  const lines = [`[${table}]`];
  const { depends, extras } = needsOf(clauses);
  if (depends.length > 0) lines.push(`requires = ${list(depends)}`);
  const needed = of('python').at(-1)?.specifier ?? (isBelowDefault(python) ? '' : null);
  if (needed !== null) lines.push(`requires_python = ${quoted(needed)}`);
  if (of('yanked').length > 0) lines.push('yanked = true');
  for (const item of fileLines(of)) lines.push(item);
  if (extras.length > 0) lines.push('', `[${table}.extras]`);
  for (const [extra, requirements] of extras) lines.push(`${quoted(extra)} = ${list(requirements)}`);
  return lines;
}

const EXPRESSIBLE: readonly OverlayClause['kind'][] = [
  'depends',
  'extra',
  'python',
  'yanked',
  'uploaded',
  'wheels',
  'sdist',
];

/** Yanks are true or false there. */
function lostReasons(overlay: Overlay): readonly string[] {
  return worldReleases(overlay).flatMap(({ project, clauses }) =>
    clauses.some((clause) => clause.kind === 'yanked' && clause.reason !== '')
      ? [`why ${project} is yanked`]
      : [],
  );
}

function resolverLines(options: ToyOptions): readonly string[] {
  const lines = [
    ...(options.universal ? ['universal = true'] : []),
    ...(options.resolution === undefined ? [] : [`resolution = ${quoted(options.resolution)}`]),
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
  const pins = new Map(expected.pins.map((pin) => pin.split('==') as [string, string]));
  const packages = [...pins].map(([name, version]) => `${quoted(name)} = ${quoted(version)}`);
  return [
    '',
    '[expected]',
    `satisfiable = ${String(expected.isSolvable)}`,
    ...(expected.explanation === '' ? [] : [`explanation = ${quoted(expected.explanation)}`]),
    ...(packages.length === 0 ? [] : ['', '[expected.packages]', ...packages]),
  ];
}

/** Writes a scenario; `lost` names what packse has no words for. */
export function writePackse(world: ToyWorld): { readonly text: string; readonly lost: readonly string[] } {
  const target = world.options.pythonVersion ?? world.python ?? undefined;
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
    ...worldReleases(world.overlay).flatMap((release) => ['', ...releaseLines(release, target)]),
  ];
  const lost = [
    ...inexpressible(world.overlay, EXPRESSIBLE),
    ...lostReasons(world.overlay),
    ...(world.installed.length > 0 ? ['what is installed'] : []),
    ...(world.options.noDeps ? ['--no-deps'] : []),
    ...(world.expected === null ? ['what comes out (packse insists on a table “expected”)'] : []),
  ];
  return { text: `${lines.join('\n')}\n`, lost };
}
