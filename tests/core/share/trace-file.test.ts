import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadEngine } from '../../../src/core/headless/engines.ts';
import { explainProblemRun } from '../../../src/core/headless/explain-problem.ts';
import { runProblem } from '../../../src/core/headless/run.ts';
import { parseFacts } from '../../../src/core/package-index/facts/facts.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';
import { eventAt } from '../../../src/core/resolver/trace.ts';
import {
  isTraceFile,
  readTraceFile,
  writeTraceFile,
  type TracedRun,
} from '../../../src/core/share/trace-file/trace-file.ts';

const FACTS = {
  projects: {
    a: { '1.0': { requires: ['c<2'] }, '2.0': { requires: ['c>=2', 'd'] } },
    b: { '1.0': { requires: ['c<2'] } },
    c: { '1.0': { requires: [] }, '2.0': { requires: [] } },
    d: { '1.0': { requires: ['c<2'] } },
    p: { '1.0': { requires: [], requires_python: '>=3.12' } },
  },
};

const PROJECT =
  '[project]\nname = "sample"\nversion = "1"\nrequires-python = ">=3.10"\ndependencies = ["p", "a"]\n';

/** Lines, or a whole `pyproject.toml`. */
async function run(engineName: string, text: string, requiresPython?: string): Promise<TracedRun> {
  const asked = text.startsWith('[project]') ? { pyproject: text } : { requirements: text };
  const problem = makeProblem({
    engine: engineName,
    ...asked,
    ...(requiresPython === undefined ? {} : { options: { requiresPython } }),
    index: { facts: FACTS },
  });
  const id = parseEngineId(engineName);
  const facts = parseFacts(FACTS);
  if (!id.ok || !facts.ok) throw new Error('no such engine, or facts');
  const engine = await loadEngine(id.value);
  const made = runProblem(problem, engine, makeFactsIndex(facts.value));
  const explanation = explainProblemRun(made, id.value, engine);
  const { outcome, message, notices, metrics, diagnostics, isRefused } = made;
  const answer = { outcome, message, notices, metrics, diagnostics, isRefused, explanation };
  return { summary: { ...answer, problem, milliseconds: 1 }, trace: made.trace };
}

test.each([
  ['pip@26.2', 'a\nb'],
  ['pip@26.2', 'a==2.0\nb'],
  ['pip@20.3', 'a\nb'],
  ['pip@19.3', 'a\nb'],
  ['zazo', 'a\nb'],
  ['uv@0.13', 'a\nb'],
  ['uv@0.13', 'a==2.0\nb'],
  ['pip@26.2', 'nothing-like-it'],
  ['pip@26.3', 'a>>1\nb'],
  ['poetry@2.5', PROJECT],
  ['pdm@2.29', PROJECT],
  ['uv@0.13', PROJECT],
])('what is saved of %s on %j is what is opened', async (engine, requirements) => {
  const made = await run(engine, requirements);
  const text = writeTraceFile(made, '1.2.3')!;
  expect(isTraceFile(text)).toBe(true);
  const opened = readTraceFile(text);
  if (!opened.ok) throw new Error(opened.error.message);
  const { summary, trace } = opened.value;
  expect(summary).toEqual(made.summary);
  expect(trace.length).toBe(made.trace.length);
  for (let step = 0; step < trace.length; step++)
    expect(eventAt(trace, step)).toEqual(eventAt(made.trace, step));
  expect(conforms(JSON.parse(text), SCHEMA)).toBe('');
});

test('the Pythons of a project and what a change sets are kept', async () => {
  const made = await run('poetry@2.5', 'p', '>=3.10');
  const text = writeTraceFile(made)!;
  const opened = readTraceFile(text);
  if (!opened.ok) throw new Error(opened.error.message);
  const { pythons, fixes } = opened.value.summary.explanation;
  expect(pythons?.limits).toEqual([{ package: 'p', limit: '>=3.12' }]);
  expect(fixes).toEqual(made.summary.explanation.fixes);
  expect(fixes.map(({ setting }) => setting?.requiresPython).filter(Boolean)).not.toEqual([]);
});

test('a password does not get into a file', async () => {
  const text = writeTraceFile(await run('pip@26.2', '--index-url https://me:hunter2@h/simple\na\nb'))!;
  expect(text).not.toContain('hunter2');
  expect(readTraceFile(text).ok).toBe(true);
});

test('a file that was changed is refused, whatever was changed', async () => {
  const file = JSON.parse(writeTraceFile(await run('pip@26.2', 'a==2.0\nb'))!) as Changeable;
  const refused = (change: (copy: Changeable) => void): string => {
    const copy = structuredClone(file);
    change(copy);
    const read = readTraceFile(JSON.stringify(copy));
    return read.ok ? 'opened' : read.error.message;
  };
  expect(refused((copy) => (copy.version = 2))).toMatch(/newer Backjump/u);
  expect(refused((copy) => (copy.events.first[0] = 9_999))).toMatch(/step 0/u);
  expect(refused((copy) => copy.events.kind.pop())).toMatch(/not of one length/u);
  expect(refused((copy) => (copy.events.kinds[copy.events.kind[0]!] = 'explode'))).toMatch(/not known here/u);
  expect(refused((copy) => (copy.tables.requirements[0]!.package = -1))).toMatch(/does not list/u);
  expect(refused((copy) => (copy.tables.requirements[0]!.text = 'other'))).toMatch(/not those that were/u);
  expect(refused((copy) => (copy.answer.explanation.sentence = { html: 1 }))).toMatch(/sentence/u);
  expect(refused((copy) => (copy.problem.engine = 'pip@999999x'))).toMatch(/engine/u);
  const text = JSON.stringify(file);
  for (let end = 0; end < text.length; end += 97) expect(readTraceFile(text.slice(0, end)).ok).toBe(false);
});

interface Changeable {
  version: number;
  problem: Record<string, unknown>;
  answer: { explanation: Record<string, unknown> };
  tables: { requirements: { package: number; text: string }[] };
  events: { kinds: string[]; kind: number[]; first: number[] };
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly pattern?: string;
}

const SCHEMA = JSON.parse(
  readFileSync(new URL('../../../public/trace-1.schema.json', import.meta.url), 'utf8'),
) as Schema;

/** The part of JSON Schema that the file uses; '' or the path of what does not conform. */
function conforms(value: unknown, schema: Schema, path = '$'): string {
  const typeOf =
    value === null
      ? 'null'
      : Array.isArray(value)
        ? 'array'
        : Number.isInteger(value)
          ? 'integer'
          : typeof value;
  const types = [schema.type ?? []].flat();
  const isNumber = typeOf === 'integer' && types.includes('number');
  if (types.length > 0 && !types.includes(typeOf) && !isNumber) return `${path} is ${typeOf}`;
  if ('const' in schema && value !== schema.const) return `${path} is not constant`;
  if (schema.enum?.includes(value) === false) return `${path} is none of the list`;
  if (typeof value === 'number' && value < (schema.minimum ?? -Infinity)) return `${path} is too small`;
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(String(value)))
    return `${path} has another form`;
  if (Array.isArray(value))
    return value.map((item, at) => conforms(item, schema.items ?? {}, `${path}[${at}]`)).find(Boolean) ?? '';
  if (typeof value !== 'object' || value === null) return '';
  const lacking = schema.required?.find((name) => !Object.hasOwn(value, name));
  if (lacking !== undefined) return `${path} lacks ${lacking}`;
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    if (!Object.hasOwn(value, name)) continue;
    const wrong = conforms((value as Record<string, unknown>)[name], part, `${path}.${name}`);
    if (wrong !== '') return wrong;
  }
  return '';
}
