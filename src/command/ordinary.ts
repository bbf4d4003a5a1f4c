/**
 * `npm run ordinary -- [--snapshot ID] [--python 3.12] [--engine pip@26.3] [FILE]`: ordinary requirement sets, one a line
 * (`\n` between the lines of one), asked of a snapshot; a table of how each ends. Exit status: 1 when one ends in
 * "unsolvable" or is stopped, which for such sets is false, else 0.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadEngine } from '../core/headless/engines.ts';
import { runProblem, type Run } from '../core/headless/run.ts';
import { parseEngineId } from '../core/problem/engine-id.ts';
import { parseProblem } from '../core/problem/problem.ts';
import { openProblemIndex } from './problem-index.ts';

const SETS = resolve(
  process.env['BACKJUMP_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data'),
  'field/ordinary-sets.txt',
);

function shortAnswer({ outcome }: Run, names: readonly string[]): string {
  if (outcome.kind === 'solved') {
    const versions = new Map(outcome.pins.map(({ name, version }) => [name, version]));
    const asked = names.map((name) => `${name} ${versions.get(name) ?? '?'}`);
    return `${outcome.pins.length} packages: ${asked.join(', ')}`;
  }
  if (outcome.kind !== 'incomplete') return '';
  const missing = outcome.missing.map((fact) => {
    const what =
      fact.missing === 'metadata'
        ? `needs of ${fact.project} ${fact.version}`
        : fact.missing === 'page'
          ? fact.project
          : fact.requirement;
    return fact.neededBy === undefined ? what : `${what} (${fact.neededBy.join(', ')})`;
  });
  return `missing ${missing.join(', ')}; ${outcome.partial?.pins.length ?? 0} packages known`;
}

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      snapshot: text,
      python: { ...text, default: '3.12' },
      engine: { ...text, default: 'pip@26.2' },
    },
  });
  const file = positionals[0] ?? SETS;
  if (!existsSync(file)) {
    console.error(`${file} is missing: name a file of requirement sets, one a line`);
    return 2;
  }
  const id = parseEngineId(values.engine);
  if (!id.ok) {
    console.error(id.error.message);
    return 2;
  }
  const engine = await loadEngine(id.value);
  const sets = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const counts = new Map<string, number>();
  for (const set of sets) {
    const lines = set.split('\\n');
    const problem = parseProblem({
      engine: values.engine,
      requirements: lines.join('\n'),
      environment: { python: values.python },
      index: values.snapshot === undefined ? {} : { snapshot: values.snapshot },
    });
    const index = problem.ok ? openProblemIndex(problem.value, '.') : problem;
    if (!problem.ok || !index.ok) {
      console.error(problem.ok ? index.ok || index.error.message : problem.error.message);
      return 2;
    }
    const run = runProblem(problem.value, engine, index.value);
    counts.set(run.outcome.kind, (counts.get(run.outcome.kind) ?? 0) + 1);
    const answer = shortAnswer(
      run,
      lines.map((line) => /^[\w.-]+/u.exec(line)?.[0] ?? line),
    );
    console.log(`${run.outcome.kind.padEnd(11)} ${lines.join(' + ').padEnd(34)} ${answer}`);
  }
  const total = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
  console.log(`${sets.length} sets: ${total}`);
  return counts.has('unsolvable') || counts.has('stopped') || counts.has('invalid') ? 1 : 0;
}

process.exitCode = await main();
