/** Real runs of tools that lock projects against ours: outcome, report, steps, and what the lock says of each package. */
import { resolvePoetry } from '../../src/core/explain/poetry/poetry-engine.ts';
import { runProblem, type Run } from '../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import type { Facts } from '../../src/core/package-index/facts/facts.ts';
import type { PackageIndex } from '../../src/core/package-index/package-index.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import type { Engine } from '../../src/core/resolver/engine.ts';
import { readSharedJson } from '../shared-data.ts';
import type { ConformanceRow, ConformanceTable } from './table.ts';

interface Recording {
  readonly name: string;
  readonly facts: string;
  readonly pyproject: string;
  readonly outcome: 'solved' | 'failed';
  readonly report: string;
  readonly steps: readonly string[];
  readonly stepCount: number;
  readonly packages?: readonly Readonly<Record<string, unknown>>[] | null;
}

interface Verdict {
  readonly outcome: boolean;
  readonly report: boolean;
  readonly steps: boolean;
  readonly packages: boolean;
  readonly difference: string | null;
}

function judge(recording: Recording, run: Run): Verdict {
  const kind = run.outcome.kind === 'unsolvable' ? 'failed' : run.outcome.kind;
  const log = run.log?.() ?? [];
  const at = recording.steps.findIndex((step, index) => step !== log[index]);
  const verdict = {
    outcome: kind === recording.outcome,
    report: run.message === recording.report,
    steps: at < 0 && log.length === recording.stepCount,
    packages: JSON.stringify(run.packages ?? []) === JSON.stringify(recording.packages ?? []),
  };
  const wrong = Object.entries(verdict).filter(([, isEqual]) => !isEqual);
  if (wrong.length === 0) return { ...verdict, difference: null };
  const first = at < 0 ? '' : ` step ${at}: ${log[at] ?? 'none'}, the tool ${recording.steps[at]!}`;
  return { ...verdict, difference: `${recording.name}: ${wrong.map(([name]) => name).join(', ')}${first}` };
}

/** Recorded runs of a tool that locks projects. */
interface LockedRecordings {
  readonly title: string;
  readonly recordings: string;
  readonly engine: string;
  readonly resolve: Engine;
}

export function lockConformance({
  title,
  recordings: path,
  engine,
  resolve,
}: LockedRecordings): ConformanceTable {
  const recordings = readSharedJson(path) as readonly Recording[];
  const indexes = new Map<string, PackageIndex>();
  const verdicts = recordings.map((recording) => {
    let index = indexes.get(recording.facts);
    if (index === undefined) {
      index = makeFactsIndex(readSharedJson(recording.facts) as Facts);
      indexes.set(recording.facts, index);
    }
    const { pyproject } = recording;
    return judge(recording, runProblem(makeProblem({ engine, requirements: '', pyproject }), resolve, index));
  });
  const count = (part: 'outcome' | 'report' | 'steps' | 'packages'): number =>
    verdicts.filter((verdict) => verdict[part]).length;
  const row: ConformanceRow = {
    family: 'recorded locks (pins: packages with markers and groups)',
    engine,
    total: recordings.length,
    outcome: count('outcome'),
    pins: count('packages'),
    events: count('steps'),
    text: count('report'),
  };
  return { title, rows: [row], differences: verdicts.flatMap(({ difference }) => difference ?? []) };
}

/** Poetry 2.5.1's recordings with ours. */
export function poetryConformance(): ConformanceTable {
  return lockConformance({
    title: 'Poetry 2.5.1, poetry lock -vvv',
    recordings: 'recordings/poetry-2.5.1-lock.json',
    engine: 'poetry@2.5',
    resolve: resolvePoetry,
  });
}
