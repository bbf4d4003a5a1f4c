/**
 * Poetry's propagation walks a set of names, whose order hangs on Python's hash seed. Whether that mattered is tried:
 * the same project with other seeds.
 */
import type { Engine, ResolveRequest } from '../../resolver/engine.ts';
import type { EngineResult } from '../../resolver/outcome.ts';
import type { Trace } from '../../resolver/trace.ts';
import { TraceRecorder } from '../../resolver/trace-recorder.ts';

/** Seeds that are tried at most, and decisions of all trials together. */
const SEEDS = 5;
const DECISIONS = 700;

type Ended = Pick<EngineResult, 'outcome' | 'message' | 'metrics' | 'packages'> & { readonly trace: Trace };

/** What another seed would change; nothing where no trial differed, or where the run was too long to try again. */
export function orderRemarks(run: Ended, request: ResolveRequest, engine: Engine): readonly string[] {
  if (run.outcome.kind !== 'solved' && run.outcome.kind !== 'unsolvable') return [];
  let left = DECISIONS - run.metrics.rounds;
  let otherSteps: number | null = null;
  for (let seed = 1; seed <= SEEDS && left > 0; seed++) {
    const trace = new TraceRecorder({ keepsLog: false });
    const maxRounds = Math.min(request.options.maxRounds ?? DECISIONS, DECISIONS);
    const trial = engine({ ...request, options: { ...request.options, maxRounds }, hashSeed: seed }, trace);
    left -= trial.metrics.rounds;
    if (trial.outcome.kind === 'stopped') continue;
    if (!sameAnswer(run, trial)) return [otherAnswer(run, trial, seed)];
    if (otherSteps === null && !sameSteps(run.trace, trace)) otherSteps = seed;
  }
  if (otherSteps === null) return [];
  return [
    `The order of Poetry's steps hangs on Python's hash seed here. These are the steps of \`PYTHONHASHSEED=0\`; with seed ${otherSteps} they are others and come to the same.`,
  ];
}

function otherAnswer(run: Ended, trial: EngineResult, seed: number): string {
  const start = `Poetry's answer hangs on Python's hash seed here. This is that of \`PYTHONHASHSEED=0\`; with seed ${seed}`;
  if (trial.outcome.kind === 'solved' && run.outcome.kind === 'solved') {
    const own = new Map(run.outcome.pins.map(({ name, version }) => [name, version]));
    const other = trial.outcome.pins.find(({ name, version }) => own.get(name) !== version);
    return other === undefined
      ? `${start} the lock is another.`
      : `${start} the lock has \`${other.name} ${other.version}\`, for example.`;
  }
  if (trial.outcome.kind === run.outcome.kind) return `${start} the report is another.`;
  return `${start} it ${trial.outcome.kind === 'solved' ? 'finds versions' : 'finds none'}.`;
}

function sameAnswer(run: Ended, trial: EngineResult): boolean {
  return (
    run.outcome.kind === trial.outcome.kind &&
    run.message === trial.message &&
    JSON.stringify(run.packages) === JSON.stringify(trial.packages)
  );
}

function sameSteps(a: Trace, b: Trace): boolean {
  if (a.length !== b.length) return false;
  for (let step = 0; step < a.length; step++)
    if (
      a.kinds[step] !== b.kinds[step] ||
      a.first[step] !== b.first[step] ||
      a.second[step] !== b.second[step] ||
      a.third[step] !== b.third[step]
    )
      return false;
  return true;
}
