/** `--minimise SYMPTOM`: the smallest question found that still shows it, as Problem, packse scenario and pytest. */
import { encodeLink } from '../../client/codec/permalink.ts';
import { loadEngine } from '../../core/headless/engines.ts';
import { minimise, type Minimised } from '../../core/compare/minimise/minimise.ts';
import { minimisedTexts, type MinimisedTexts } from '../../core/compare/minimise/minimised-texts.ts';
import type { Symptom } from '../../core/compare/minimise/symptom.ts';
import type { PackageIndex } from '../../core/package-index/package-index.ts';
import { parseEngineId } from '../../core/problem/engine-id.ts';
import { withoutDefaults, type Problem, type ProblemInput } from '../../core/problem/problem.ts';
import type { Engine } from '../../core/resolver/engine.ts';

export interface MinimisedAnswer extends Omit<Minimised, 'problem'>, MinimisedTexts {
  readonly problem: ProblemInput;
  /** The fragment of a link that opens it. */
  readonly link: string;
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
  const done = minimise({ problem, index, engine, symptom, otherEngine });
  if (done.kind !== 'small') return null;
  const { small } = done;
  return {
    ...small,
    problem: withoutDefaults(small.problem),
    link: await encodeLink({ problem: small.problem, view: {} }),
    ...(await minimisedTexts(small.problem)),
  };
}
