/**
 * What a worker of the pool does, without the worker: it holds the facts that the page has handed over, and does jobs of
 * comparisons and judges what lessons claim. Comlink exposes it (workers/teach.worker.ts); tests call it directly.
 */
import { doJob, type Done } from '../compare/do-job.ts';
import type { Job } from '../compare/job.ts';
import { minimise, type MinimiseDone, type MinimiseProgress } from '../compare/minimise/minimise.ts';
import { minimisedTexts, type MinimisedTexts } from '../compare/minimise/minimised-texts.ts';
import type { Symptom } from '../compare/minimise/symptom.ts';
import { loadEngine } from '../headless/engines.ts';
import { parseEngineId } from '../problem/engine-id.ts';
import { ResolverService, type FactBundle } from '../headless/resolver-service.ts';
import type { Problem } from '../problem/problem.ts';
import type { Claim } from './claim.ts';
import { judgeClaims, type JudgedClaims } from './judge.ts';

export class TeachService {
  readonly #facts = new ResolverService({ now: () => 0, handOver: (value) => value });

  addFacts(bundles: readonly FactBundle[]): void {
    this.#facts.addFacts(bundles);
  }

  doJob(job: Job): Promise<Done> {
    return doJob(job, this.#facts.indexOf(job.problem));
  }

  /** Looks for the smallest question that still shows a symptom; see core/compare/minimise. */
  async minimise(
    problem: Problem,
    symptom: Symptom,
    onProgress: (progress: MinimiseProgress) => void,
  ): Promise<MinimiseDone> {
    const index = this.#facts.indexOf(problem);
    const id = parseEngineId(problem.engine);
    const other = symptom.kind === 'differs' ? parseEngineId(symptom.engine) : null;
    if (!id.ok || other?.ok === false) return { kind: 'none' };
    const engine = await loadEngine(id.value);
    const otherEngine = other === null ? null : await loadEngine(other.value);
    return minimise({ problem, index, engine, symptom, otherEngine, onProgress });
  }

  /** A question that stands on its toy index alone, for other tools' test suites. */
  minimisedTexts(problem: Problem): Promise<MinimisedTexts> {
    return minimisedTexts(problem);
  }

  /** Claims in the Problem's own engine, unless they name others; `start`: what a learner began with. */
  judge(problem: Problem, claims: readonly Claim[], start: Problem): Promise<JudgedClaims> {
    const index = this.#facts.indexOf(problem);
    return judgeClaims(problem, claims, { index, engines: [problem.engine], start });
  }
}
