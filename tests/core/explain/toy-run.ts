/** Runs pip on a toy index, and explains the run as the worker does. */
import { explainProblemRun } from '../../../src/core/headless/explain-problem.ts';
import { runProblem, type Run } from '../../../src/core/headless/run.ts';
import type { Explanation } from '../../../src/core/explain/explanation.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { parseFacts } from '../../../src/core/package-index/facts/facts.ts';
import { parseEngineId } from '../../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';
import { resolveLegacyTelling } from '../../../src/core/explain/pip/legacy-text.ts';
import { resolvePipTelling } from '../../../src/core/explain/pip/tell.ts';
import type { Engine } from '../../../src/core/resolver/engine.ts';
import type { PackageIndex } from '../../../src/core/package-index/package-index.ts';

/** Name → version → requirements, or the facts of the release. */
type ReleaseFacts = Readonly<Record<string, unknown>>;

export type ToyReleases = Readonly<
  Record<string, Readonly<Record<string, readonly string[] | ReleaseFacts>>>
>;

export interface Toy {
  readonly root: readonly string[];
  readonly constraints?: readonly string[];
  /** Where the search is cut short. */
  readonly maxRounds?: number;
  readonly index: ToyReleases;
}

export function toyIndex(releases: ToyReleases): PackageIndex {
  const projects = Object.fromEntries(
    Object.entries(releases).map(([name, versions]) => [
      name,
      Object.fromEntries(
        Object.entries(versions).map(([version, facts]) => [
          version,
          isRequirements(facts) ? { requires: facts } : { requires: [], ...facts },
        ]),
      ),
    ]),
  );
  const facts = parseFacts({ projects });
  if (!facts.ok) throw new Error(facts.error.message);
  return makeFactsIndex(facts.value);
}

function isRequirements(facts: readonly string[] | ReleaseFacts): facts is readonly string[] {
  return Array.isArray(facts);
}

function engineOf(name: string): Engine {
  return name === 'pip@19.3' ? resolveLegacyTelling : resolvePipTelling;
}

export function runToy(toy: Toy, engine = 'pip@26.2'): Run {
  const problem = makeProblem({
    engine,
    requirements: toy.root.join('\n'),
    ...(toy.constraints === undefined ? {} : { constraints: toy.constraints.join('\n') }),
    environment: { python: '3.11.7', platform: 'linux-x86_64' },
    options: toy.maxRounds === undefined ? {} : { maxRounds: toy.maxRounds },
  });
  return runProblem(problem, engineOf(engine), toyIndex(toy.index));
}

export function explainToy(toy: Toy, engine = 'pip@26.2'): Explanation {
  const id = parseEngineId(engine);
  if (!id.ok) throw new Error(id.error.message);
  return explainProblemRun(runToy(toy, engine), id.value, engineOf(engine));
}
