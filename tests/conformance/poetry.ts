/** Real runs of `poetry lock -vvv` against ours: outcome, report, steps, and what poetry.lock says of each package. */
import { resolvePoetry } from '../../src/core/explain/poetry/poetry-engine.ts';
import { runProblem, type Run } from '../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import type { Facts } from '../../src/core/package-index/facts/facts.ts';
import type { PackageIndex } from '../../src/core/package-index/package-index.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
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
  readonly packages: readonly Readonly<Record<string, unknown>>[] | null;
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
  const first = at < 0 ? '' : ` step ${at}: ${log[at] ?? 'none'}, Poetry ${recording.steps[at]!}`;
  return { ...verdict, difference: `${recording.name}: ${wrong.map(([name]) => name).join(', ')}${first}` };
}

/** Poetry 2.5.1's recordings with ours. */
export function poetryConformance(): ConformanceTable {
  const recordings = readSharedJson('recordings/poetry-2.5.1-lock.json') as readonly Recording[];
  const indexes = new Map<string, PackageIndex>();
  const verdicts = recordings.map((recording) => {
    let index = indexes.get(recording.facts);
    if (index === undefined) {
      index = makeFactsIndex(readSharedJson(recording.facts) as Facts);
      indexes.set(recording.facts, index);
    }
    const { pyproject } = recording;
    const problem = makeProblem({ engine: 'poetry@2.5', requirements: '', pyproject });
    return judge(recording, runProblem(problem, resolvePoetry, index));
  });
  const count = (part: 'outcome' | 'report' | 'steps' | 'packages'): number =>
    verdicts.filter((verdict) => verdict[part]).length;
  const row: ConformanceRow = {
    family: 'recorded locks (pins: packages with markers and groups)',
    engine: 'poetry@2.5',
    total: recordings.length,
    outcome: count('outcome'),
    pins: count('packages'),
    events: count('steps'),
    text: count('report'),
  };
  return {
    title: 'Poetry 2.5.1, poetry lock -vvv',
    rows: [row],
    differences: verdicts.flatMap(({ difference }) => difference ?? []),
  };
}
