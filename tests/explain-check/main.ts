/**
 * `npm run explain:check -- [--count N] [--seed S] [--jsonl FILE | --recorded]`: generated Problems of many kinds on six
 * engines, those of a file, or the recorded failures of real pip and uv (quotes and offers only), explained by the headless command's own code and held against the facts by a checker that shares
 * no code with engines, prover or explanations. Prints properties × engines; exit status 1 for one false claim.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  checkAnswer,
  checkQuotes,
  PROPERTIES,
  type Checked,
  type Property,
  type Report,
} from './check-answer.ts';
import { recordedFailures } from './recorded.ts';
import { explainAsked, explainProblem } from './explain-problem.ts';
import { ENGINES, generate, HARD_KINDS, KINDS } from './generate.ts';
import { World, type SmallProblem } from './world.ts';

/** Failures that are printed whole. */
const SHOWN = 40;
/** Of one Problem. */
const SHOWN_EACH = 2;

interface Row {
  problems: number;
  conflicts: number;
  readonly checked: Record<Property, number>;
  readonly failed: Record<Property, number>;
}

function emptyRow(): Row {
  const zeros = (): Record<Property, number> =>
    Object.fromEntries(PROPERTIES.map((name) => [name, 0])) as Record<Property, number>;
  return { problems: 0, conflicts: 0, checked: zeros(), failed: zeros() };
}

function* generated(count: number, seed: number): Generator<SmallProblem> {
  for (let at = 0; at < count; at += 1) {
    const kinds = [...KINDS, ...HARD_KINDS];
    const kind = kinds[at % kinds.length]!;
    const engine = ENGINES[Math.floor(at / kinds.length) % ENGINES.length]!;
    yield generate(kind, engine, seed + Math.floor(at / (kinds.length * ENGINES.length)));
  }
}

function fromFile(file: string): readonly SmallProblem[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as SmallProblem);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      jsonl: { type: 'string' },
      recorded: { type: 'boolean', default: false },
    },
  });
  const rows = new Map<string, Row>();
  let shown = 0;
  const take = (engine: string, report: Report, { counts, findings }: Checked, asked: string): void => {
    const row = rows.get(engine) ?? emptyRow();
    rows.set(engine, row);
    row.problems += 1;
    if (report.outcome === 'unsolvable') row.conflicts += 1;
    for (const property of PROPERTIES) row.checked[property] += counts[property];
    for (const [at, { property, message }] of findings.entries()) {
      row.failed[property] += 1;
      if (at >= SHOWN_EACH) continue;
      if (shown < SHOWN) process.stdout.write(`${property}: ${message}\n  ${asked}\n`);
      shown += 1;
    }
  };
  if (values.recorded) {
    for (const { name, problem, world } of recordedFailures()) {
      const report = await explainAsked(problem);
      take(problem.engine, report, checkQuotes(new World(world), report), name);
    }
  } else {
    const { jsonl } = values;
    const problems =
      jsonl === undefined ? generated(Number(values.count), Number(values.seed)) : fromFile(jsonl);
    for (const problem of problems) {
      const report = await explainProblem(problem);
      take(problem.engine, report, checkAnswer(new World(problem), report), JSON.stringify(problem));
    }
  }
  process.stdout.write(`${tableOf(rows)}\n`);
  return shown === 0 ? 0 : 1;
}

function tableOf(rows: ReadonlyMap<string, Row>): string {
  const head = ['engine', 'problems', 'conflicts', ...PROPERTIES];
  const body = [...rows].map(([engine, { problems, conflicts, checked, failed }]) => [
    engine,
    String(problems),
    String(conflicts),
    ...PROPERTIES.map((property) => `${failed[property]} of ${checked[property]}`),
  ]);
  const widths = head.map((_, at) => Math.max(...[head, ...body].map((cells) => cells[at]!.length)));
  return [head, ...body]
    .map((cells) => cells.map((cell, at) => cell.padEnd(widths[at]!)).join('  '))
    .join('\n');
}

process.exitCode = await main();
