/** `--minimise SYMPTOM`: the smallest question found that still shows it, as Problem, packse scenario and pytest. */
import { encodeLink } from '../../client/codec/permalink.ts';
import { loadEngine } from '../../core/headless/engines.ts';
import { runProblem } from '../../core/headless/run.ts';
import { lostOfProblem, worldOfProblem } from '../../core/headless/world-of-problem.ts';
import { minimise, type Minimised } from '../../core/compare/minimise/minimise.ts';
import type { Symptom } from '../../core/compare/minimise/symptom.ts';
import { makeFactsIndex } from '../../core/package-index/facts/facts-index.ts';
import type { PackageIndex } from '../../core/package-index/package-index.ts';
import { writePackse } from '../../core/package-index/toy-world/toy-world-packse-text.ts';
import { parseEngineId } from '../../core/problem/engine-id.ts';
import { withoutDefaults, type Problem, type ProblemInput } from '../../core/problem/problem.ts';
import type { Engine } from '../../core/resolver/engine.ts';
import { pipTest } from '../../core/share/pytest/pip-test.ts';

export interface MinimisedAnswer extends Omit<Minimised, 'problem'> {
  readonly problem: ProblemInput;
  /** The fragment of a link that opens it. */
  readonly link: string;
  /** A scenario file of packse's; `lost` says what it has no words for. */
  readonly packse: { readonly text: string; readonly lost: readonly string[] };
  /** A test for pip; null for other tools, and where a text cannot be quoted. */
  readonly pytest: { readonly text: string; readonly lost: readonly string[] } | null;
}

/** Null where the question does not show the symptom, or its facts as lines of an overlay no longer do. */
export async function minimisedAnswer(
  problem: Problem,
  index: PackageIndex,
  engine: Engine,
  symptom: Symptom,
): Promise<MinimisedAnswer | null> {
  const other = symptom.kind === 'differs' ? parseEngineId(symptom.engine) : null;
  const otherEngine = other?.ok === true ? await loadEngine(other.value) : null;
  const small = minimise({ problem, index, engine, symptom, otherEngine });
  if (small === null) return null;
  const packse = writePackse(worldOfProblem(small.problem));
  const isPip = problem.engine.startsWith('pip@');
  const run = runProblem(small.problem, engine, makeFactsIndex({ projects: {} }));
  return {
    ...small,
    problem: withoutDefaults(small.problem),
    link: await encodeLink({ problem: small.problem, view: {} }),
    packse: { text: packse.text, lost: [...packse.lost, ...lostOfProblem(small.problem)] },
    pytest: isPip ? pipTest(small.problem, run.outcome) : null,
  };
}
