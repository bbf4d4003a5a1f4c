/**
 * What a worker of the pool does, without the worker: it holds the facts that the page has handed over, and does jobs of
 * comparisons and judges what lessons claim. Comlink exposes it (workers/teach.worker.ts); tests call it directly.
 */
import { doJob, type Done } from '../compare/do-job.ts';
import type { Job } from '../compare/job.ts';
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

  /** Claims in the Problem's own engine, unless they name others; `start`: what a learner began with. */
  judge(problem: Problem, claims: readonly Claim[], start: Problem): Promise<JudgedClaims> {
    const index = this.#facts.indexOf(problem);
    return judgeClaims(problem, claims, { index, engines: [problem.engine], start });
  }
}
