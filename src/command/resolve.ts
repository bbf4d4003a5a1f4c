/**
 * `npm run -s resolve -- [--events] [--explain] FILE`: reads a Problem as JSON (`-` is standard input), runs it with
 * the same code as the page, and prints one JSON object. Exit status: 0 solved, 1 unsolvable, 2 not a Problem or a
 * text that the tool would refuse, 3 stopped or incomplete.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { explainProblemRun } from '../core/headless/explain-problem.ts';
import { loadEngine } from '../core/headless/engines.ts';
import { exitStatus, reportRun } from '../core/headless/report.ts';
import { runProblem } from '../core/headless/run.ts';
import type { Result } from '../core/packaging/result.ts';
import { parseEngineId } from '../core/problem/engine-id.ts';
import { parseProblem, type Problem } from '../core/problem/problem.ts';
import { openProblemIndex } from './problem-index.ts';

const USAGE = 'usage: npm run -s resolve -- [--events] [--explain] FILE   (- reads standard input)';
const NOT_A_PROBLEM = 2;

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(NOT_A_PROBLEM);
}

function readArguments(): { events: boolean; explain: boolean; file: string } {
  try {
    const { values, positionals } = parseArgs({
      options: {
        events: { type: 'boolean', default: false },
        explain: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) fail(USAGE);
    return { events: values.events, explain: values.explain, file };
  } catch (error) {
    return fail(`${(error as Error).message}\n${USAGE}`);
  }
}

function readProblem(file: string): Result<Problem> {
  try {
    return parseProblem(JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')));
  } catch (error) {
    return { ok: false, error: { message: (error as Error).message, span: { start: 0, end: 0 } } };
  }
}

async function main(): Promise<void> {
  const { events, explain, file } = readArguments();
  const problem = readProblem(file);
  if (!problem.ok) fail(problem.error.message);
  const engineId = parseEngineId(problem.value.engine);
  if (!engineId.ok) fail(`field engine: ${engineId.error.message}`);
  const index = openProblemIndex(problem.value, file === '-' ? '.' : dirname(file));
  if (!index.ok) fail(index.error.message);
  const engine = await loadEngine(engineId.value);
  const run = runProblem(problem.value, engine, index.value);
  const report = reportRun(run, {
    events,
    ...(explain ? { explanation: explainProblemRun(run, engineId.value, engine) } : {}),
  });
  process.stdout.write(`${JSON.stringify(report)}\n`);
  process.exitCode = exitStatus(report.outcome);
}

await main();
