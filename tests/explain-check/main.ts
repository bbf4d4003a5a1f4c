/**
 * `npm run explain:check -- [--count N] [--seed S] [--jsonl FILE]`: generated Problems of eighteen kinds on four engines,
 * and those of a file, explained by the headless command's own code and held against the facts by a checker that shares
 * no code with engines, prover or explanations. Prints properties × engines; exit status 1 for one false claim.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkAnswer, PROPERTIES, type Property } from './check-answer.ts';
import { explainProblem } from './explain-problem.ts';
import { ENGINES, generate, KINDS } from './generate.ts';
import { World, type SmallProblem } from './world.ts';

/** Failures that are printed whole. */
const SHOWN = 40;

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
    const kind = KINDS[at % KINDS.length]!;
    const engine = ENGINES[Math.floor(at / KINDS.length) % ENGINES.length]!;
    yield generate(kind, engine, seed + Math.floor(at / (KINDS.length * ENGINES.length)));
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
    },
  });
  const rows = new Map<string, Row>();
  let shown = 0;
  const problems =
    values.jsonl === undefined
      ? generated(Number(values.count), Number(values.seed))
      : fromFile(values.jsonl);
  for (const problem of problems) {
    const row = rows.get(problem.engine) ?? emptyRow();
    rows.set(problem.engine, row);
    const report = await explainProblem(problem);
    row.problems += 1;
    if (report.outcome === 'unsolvable') row.conflicts += 1;
    const { counts, findings } = checkAnswer(new World(problem), report);
    for (const property of PROPERTIES) row.checked[property] += counts[property];
    for (const { property, message } of findings) {
      row.failed[property] += 1;
      if (shown < SHOWN) process.stdout.write(`${property}: ${message}\n  ${JSON.stringify(problem)}\n`);
      shown += 1;
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
