/**
 * The YAML test files of zazo (2017) and of pip's resolver (2020): a `base` with what is available, and cases that ask.
 *
 *   base: { available: ["A 1.0.0; depends B == 1.0.0", {name: C, version: 1.0.0, depends: […], extras: {x: […]}}] }
 *   cases: [{ request: [{install: A}], response: […] }]
 *
 * Each case is a world of its own. Loaded only when such a file is met.
 */
import * as v from 'valibot';
import { parse as parseYaml } from 'yaml';
import type { Result } from '../packaging/result.ts';
import { versionsOf, type OverlayClause, type OverlayStatement } from './overlay.ts';
import {
  closedWorld,
  inexpressible,
  notUnderstood,
  parseReleaseLine,
  releaseStatement,
  type ToyExpectation,
  type ToyWorld,
  type ToyWorlds,
} from './toy-world.ts';

const words = v.union([v.string(), v.array(v.string())]);

const availableSchema = v.union([
  v.string(),
  v.object({
    name: v.string(),
    version: v.union([v.string(), v.number()]),
    depends: v.nullish(words),
    extras: v.nullish(v.record(v.string(), v.nullish(words))),
  }),
]);

const baseSchema = v.object({ available: v.optional(v.array(availableSchema), []) });

const requestSchema = v.object({ install: v.nullish(words), options: v.nullish(v.string()) });

const responseSchema = v.object({
  state: v.nullish(v.array(v.nullish(v.string()))),
  error: v.optional(v.unknown()),
});

const caseSchema = v.object({
  name: v.optional(v.string()),
  available: v.optional(v.array(availableSchema)),
  request: v.optional(v.array(requestSchema), []),
  response: v.nullish(v.array(responseSchema)),
});

const fileSchema = v.object({
  base: v.optional(baseSchema, {}),
  cases: v.optional(v.array(caseSchema), []),
});

type Available = v.InferOutput<typeof availableSchema>;
type Case = v.InferOutput<typeof caseSchema>;

function wordList(value: string | readonly string[] | null | undefined): readonly string[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'string' ? value.split(',').map((word) => word.trim()) : value;
}

function releaseOf(available: Available): Result<OverlayStatement> {
  if (typeof available === 'string') return parseReleaseLine(available);
  const { name, version, depends, extras } = available;
  const clauses: OverlayClause[] = [];
  const requirements = wordList(depends);
  if (requirements.length > 0) clauses.push({ kind: 'depends', requirements });
  for (const [extra, needs] of Object.entries(extras ?? {}))
    clauses.push({ kind: 'extra', extra, requirements: wordList(needs) });
  return { ok: true, value: releaseStatement(name, String(version), clauses) };
}

type Step = v.InferOutput<typeof requestSchema>;
type Response = v.InferOutput<typeof responseSchema>;

function requirementsOf({ install }: Step): readonly string[] {
  if (typeof install === 'string')
    return install.split(/(?<![<>=!~,;])\s+(?![<>=!~,;])/u).filter((word) => word !== '');
  return install ?? [];
}

/** `A 1.0.0` and `A 1.0.0; depends …` as `A==1.0.0`. */
function pinsOf(response: Response | undefined): readonly string[] {
  return (response?.state ?? []).flatMap((line) => {
    const [name, version] = (line ?? '').split(';')[0]!.trim().split(/\s+/u);
    return name && version ? [`${name}==${version}`] : [];
  });
}

function expectationOf(response: Response | undefined): ToyExpectation | null {
  if (response === undefined) return null;
  const pins = pinsOf(response);
  // Old pip went on with a warning: an error beside a state is no failure.
  return { isSolvable: response.error === undefined || pins.length > 0, pins, explanation: '' };
}

/** A world for each installation of a case; later ones find what those before left. */
function worldsOf(each: Case, at: number, base: readonly Available[]): ToyWorlds {
  const releases: OverlayStatement[] = [];
  for (const available of each.available ?? base) {
    const release = releaseOf(available);
    if (!release.ok) return release;
    releases.push(release.value);
  }
  const name = each.name ?? `case ${at + 1}`;
  const steps = each.request.length === 0 ? [{}] : each.request;
  const worlds = steps.flatMap((step, place): ToyWorld[] => {
    if (place > 0 && !step.install) return [];
    return [
      {
        name: steps.length > 1 ? `${name}, step ${place + 1}` : name,
        description: '',
        overlay: closedWorld(releases),
        requirements: requirementsOf(step),
        python: null,
        installed: place === 0 ? [] : pinsOf(each.response?.[place - 1]),
        options: /(?:^|\s)--no-deps\b/u.test(step.options ?? '') ? { noDeps: true } : {},
        expected: expectationOf(each.response?.[place]),
      },
    ];
  });
  return { ok: true, value: worlds };
}

/** Reads a file: a world for each installation of each case, or one without a question when there is none. */
export function readWorldYaml(text: string): ToyWorlds {
  let value: unknown;
  try {
    value = parseYaml(text);
  } catch (error) {
    const { pos, message } = error as { pos?: readonly [number, number]; message: string };
    return { ok: false, error: { message, span: { start: pos?.[0] ?? 0, end: pos?.[1] ?? 0 } } };
  }
  const parsed = v.safeParse(fileSchema, value, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return { ok: false, error: notUnderstood(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`) };
  }
  const { base, cases } = parsed.output;
  const worlds: ToyWorld[] = [];
  for (const [at, each] of (cases.length === 0 ? [{ request: [] }] : cases).entries()) {
    const found = worldsOf(each, at, base.available);
    if (!found.ok) return found;
    worlds.push(...found.value);
  }
  return { ok: true, value: worlds };
}

/** YAML takes what JSON writes, and needs no other quotes. */
const quoted = (text: string) => JSON.stringify(text);

function availableLine(project: string, version: string, clauses: readonly OverlayClause[]): string {
  const depends = clauses.flatMap((clause) => (clause.kind === 'depends' ? clause.requirements : []));
  const extras = clauses.flatMap((clause) => (clause.kind === 'extra' ? [clause] : []));
  const fields = [
    `name: ${quoted(project)}`,
    `version: ${quoted(version)}`,
    `depends: [${depends.map(quoted).join(', ')}]`,
  ];
  const perExtra = extras.map(
    ({ extra, requirements }) => `${quoted(extra)}: [${requirements.map(quoted).join(', ')}]`,
  );
  if (extras.length > 0) fields.push(`extras: {${perExtra.join(', ')}}`);
  return `    - {${fields.join(', ')}}`;
}

/** Writes a world as a file with one case; `lost` names what the form has no words for. */
export function writeWorldYaml(world: ToyWorld): { readonly text: string; readonly lost: readonly string[] } {
  const lines = world.overlay.statements.flatMap((statement) =>
    statement.kind === 'release'
      ? versionsOf(statement.versions).map((version) =>
          availableLine(statement.project, version, statement.clauses),
        )
      : [],
  );
  const install = `[${world.requirements.map(quoted).join(', ')}]`;
  const text = `base:
  available:
${lines.join('\n')}
cases:
- name: ${quoted(world.name)}
  request:
  - install: ${install}
${world.options.noDeps ? '    options: --no-deps\n' : ''}${expectationLines(world.expected)}`;
  const lost = [
    ...inexpressible(world.overlay, ['depends', 'extra']),
    ...(world.installed.length > 0 ? ['what is installed'] : []),
    ...Object.keys(world.options).filter((option) => option !== 'noDeps'),
  ];
  return { text, lost };
}

function expectationLines(expected: ToyExpectation | null): string {
  if (expected === null) return '';
  const state = expected.pins.map((pin) => quoted(pin.replace('==', ' '))).join(', ');
  return `  response:\n  - state: ${expected.isSolvable ? `[${state}]` : 'null\n    error: {code: 1}'}\n`;
}
