/**
 * The YAML test files of zazo (2017 to 2019): a list of cases, each with an index of its own.
 *
 *   - name: a diamond
 *     index: ["A 1.0.0; depends B & C", {name: B, version: 1.0.0, depends: [D], extras: {x: […]}}]
 *     actions: [{install: A}]                              or {action: install, items: A}
 *     results: [{set: [A 1.0.0, …], graph: [A 1.0.0 -> B 1.0.0, …]}]         or {conflicts: [{have: …, want: …}]}
 *
 * A list of releases alone is an index without a question. Every action begins anew. Loaded only when such a file is met.
 */
import * as v from 'valibot';
import type { Result } from '../../packaging/result.ts';
import {
  closedWorld,
  inexpressible,
  notUnderstood,
  type ToyExpectation,
  type ToyWorld,
  type ToyWorlds,
} from './toy-world.ts';
import {
  availableLines,
  availableSchema,
  pinsOfState,
  quoted,
  quotedList,
  readAllAvailable,
  readYamlText,
  wordsSchema,
  type Available,
} from './toy-world-yaml.ts';

const actionSchema = v.union([
  v.object({ action: v.literal('install'), items: wordsSchema }),
  v.object({ install: wordsSchema }),
]);

const conflictSchema = v.union([v.string(), v.object({ have: v.nullish(v.string()), want: v.string() })]);

const resultSchema = v.object({
  set: v.nullish(v.array(v.string())),
  graph: v.nullish(v.array(v.string())),
  conflicts: v.nullish(v.array(conflictSchema)),
});

const caseSchema = v.object({
  name: v.optional(v.string()),
  index: v.array(availableSchema, 'expected a list of releases (an index in a file of its own is not read)'),
  actions: v.optional(v.array(actionSchema, 'expected installations'), []),
  results: v.optional(v.array(resultSchema), []),
});

type Case = v.InferOutput<typeof caseSchema>;
type ZazoResult = v.InferOutput<typeof resultSchema>;

/** A line of the explanation for each conflict, which `conflictText` reads back. */
function sayConflict(conflict: v.InferOutput<typeof conflictSchema>): string {
  if (typeof conflict === 'string') return conflict;
  return `have ${conflict.have ?? 'nothing'}, want ${conflict.want}`;
}

function expectationOf(result: ZazoResult | undefined): ToyExpectation | null {
  if (result === undefined) return null;
  const { set, graph, conflicts } = result;
  if (conflicts) return { isSolvable: false, pins: [], explanation: conflicts.map(sayConflict).join('\n') };
  const found = { isSolvable: true, pins: pinsOfState(set ?? []), explanation: '' };
  return graph ? { ...found, graph } : found;
}

function worldsOf(each: Case, name: string, text: string): Result<readonly ToyWorld[]> {
  const releases = readAllAvailable(each.index, text);
  if (!releases.ok) return releases;
  const questions = each.actions.map((action) => ('items' in action ? action.items : action.install));
  const worlds = (questions.length === 0 ? [[]] : questions).map((question, at, all): ToyWorld => {
    return {
      name: all.length > 1 ? `${name}, step ${at + 1}` : name,
      description: '',
      overlay: closedWorld(releases.value),
      requirements: [question].flat(),
      python: null,
      installed: [],
      options: {},
      expected: expectationOf(each.results[at]),
    };
  });
  return { ok: true, value: worlds };
}

/** A list of releases is one case. */
function casesOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return [value];
  const items = value as readonly unknown[];
  const isIndex = items.length > 0 && items.every((item): item is Available => v.is(availableSchema, item));
  return isIndex ? [{ index: items }] : items;
}

/** Reads a file: a world for each action of each case. */
export function readZazoWorlds(text: string): ToyWorlds {
  const value = readYamlText(text);
  if (!value.ok) return value;
  const worlds: ToyWorld[] = [];
  for (const [at, each] of casesOf(value.value).entries()) {
    const parsed = v.safeParse(caseSchema, each, { abortEarly: true });
    const name = parsed.success ? (parsed.output.name ?? `case ${at + 1}`) : '';
    if (!parsed.success) {
      const [issue] = parsed.issues;
      const place = v.getDotPath(issue) ?? 'it';
      return { ok: false, error: notUnderstood(`case ${at + 1}: ${place}: ${issue.message}`) };
    }
    const found = worldsOf(parsed.output, name, text);
    if (!found.ok) return found;
    for (const item of found.value) worlds.push(item);
  }
  return { ok: true, value: worlds };
}

function conflictText(line: string): string {
  const { have, want } = /^have (?<have>.*), want (?<want>.*)$/u.exec(line)?.groups ?? {};
  if (have === undefined || want === undefined) return quoted(line);
  return `{have: ${have === 'nothing' ? 'null' : quoted(have)}, want: ${quoted(want)}}`;
}

function resultText({ isSolvable, pins, graph, explanation }: ToyExpectation): string {
  if (isSolvable) {
    const set = quotedList(pins.map((pin) => pin.replace('==', ' ')));
    return `  - set: ${set}\n    graph: ${graph === undefined ? 'null' : quotedList(graph)}\n`;
  }
  const conflicts = explanation === '' ? [] : explanation.split('\n').map(conflictText);
  return `  - conflicts: [${conflicts.join(', ')}]\n`;
}

/** Writes a world as a file with one case; `lost` names what the form has no words for. */
export function writeZazoWorld(world: ToyWorld): { readonly text: string; readonly lost: readonly string[] } {
  const lines = availableLines(world.overlay).map((line) => `  - ${line}\n`);
  const text = `- name: ${quoted(world.name)}
  index:${lines.length === 0 ? ' []' : ''}
${lines.join('')}  actions:
  - install: ${quotedList(world.requirements)}
${world.expected === null ? '' : `  results:\n${resultText(world.expected)}`}`;
  const lost = [
    ...inexpressible(world.overlay, ['depends', 'extra']),
    ...(world.installed.length > 0 ? ['what is installed'] : []),
    ...Object.keys(world.options),
  ];
  return { text, lost };
}
