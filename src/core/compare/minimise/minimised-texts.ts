/** A smaller question for other tools' test suites: packse's scenario, and a test for pip. */
import { loadEngine } from '../../headless/engines.ts';
import { runProblem } from '../../headless/run.ts';
import { lostOfProblem, worldOfProblem } from '../../headless/world-of-problem.ts';
import { makeFactsIndex } from '../../package-index/facts/facts-index.ts';
import { writePackse } from '../../package-index/toy-world/toy-world-packse-text.ts';
import { parseEngineId } from '../../problem/engine-id.ts';
import type { Problem } from '../../problem/problem.ts';
import { pipTest } from '../../share/pytest/pip-test.ts';

/** A text, and what it has no words for. */
export interface TextWithLosses {
  readonly text: string;
  readonly lost: readonly string[];
}

export interface MinimisedTexts {
  readonly packse: TextWithLosses;
  /** Null for other tools than pip, and where a text cannot be quoted. */
  readonly pytest: TextWithLosses | null;
}

/** `problem` has no index but its overlay. */
export async function minimisedTexts(problem: Problem): Promise<MinimisedTexts> {
  const packse = writePackse(worldOfProblem(problem));
  const id = parseEngineId(problem.engine);
  const isPip = id.ok && problem.engine.startsWith('pip@');
  const outcome = isPip
    ? runProblem(problem, await loadEngine(id.value), makeFactsIndex({ projects: {} })).outcome
    : null;
  return {
    packse: { text: packse.text, lost: [...packse.lost, ...lostOfProblem(problem)] },
    pytest: outcome === null ? null : pipTest(problem, outcome),
  };
}
