/**
 * A pool of workers for comparisons, sized to the machine.
 *
 *   comparison.next() ─▶ queue ─▶ worker 1 ─▶ answer ─▶ comparison.take()      results are valid at any moment
 *                              ╲▶ worker 2 ─▶ missing facts ─▶ load, hand over, again
 *
 * Stopping terminates the workers at once; what was answered stays. A worker that dies gives its job up as failed, once.
 */
import type { Comparison, Progress } from '../../core/compare/comparison.ts';
import type { Done } from '../../core/compare/do-job.ts';
import type { Job } from '../../core/compare/job.ts';
import type { MinimisedTexts } from '../../core/compare/minimise/minimised-texts.ts';
import type { Symptom } from '../../core/compare/minimise/symptom.ts';
import type { MinimiseDone, MinimiseProgress } from '../../core/compare/minimise/minimise.ts';
import type { Claim } from '../../core/lesson/claim.ts';
import type { JudgedClaims } from '../../core/lesson/judge.ts';
import type { Problem } from '../../core/problem/problem.ts';
import type { FactBundle } from '../../core/headless/resolver-service.ts';
import { askWithFacts } from './ask-with-facts.ts';
import type { FactSource } from '../worker-client.ts';

/** What a worker of the pool exposes, as the page sees it. */
export interface RemoteTeacher {
  addFacts(bundles: readonly FactBundle[]): Promise<void>;
  doJob(job: Job): Promise<Done>;
  judge(problem: Problem, claims: readonly Claim[], start: Problem): Promise<JudgedClaims>;
  minimise(
    problem: Problem,
    symptom: Symptom,
    onProgress: (progress: MinimiseProgress) => void,
  ): Promise<MinimiseDone>;
  minimisedTexts(problem: Problem): Promise<MinimisedTexts>;
}

export interface SpawnedTeacher {
  readonly remote: RemoteTeacher;
  readonly terminate: () => void;
  onDeath: (reason: string) => void;
}

export type PoolEnd =
  { readonly kind: 'finished' | 'stopped' } | { readonly kind: 'failed'; readonly reason: string };

export interface PoolRun {
  readonly ended: Promise<PoolEnd>;
  readonly stop: () => void;
}

const MAX_WORKERS = 8;

/** Workers for a machine with so many processors: one is left to the page. */
export function poolSize(processors: number): number {
  return Math.max(1, Math.min(MAX_WORKERS, Math.floor(processors) - 1 || 1));
}

export class ComparePool {
  readonly #spawn: () => SpawnedTeacher;
  readonly #facts: FactSource;
  readonly #size: number;

  constructor(spawn: () => SpawnedTeacher, facts: FactSource, size: number) {
    this.#spawn = spawn;
    this.#facts = facts;
    this.#size = size;
  }

  /** Does a comparison's jobs; `onProgress` is called after each answer. */
  run<Result>(comparison: Comparison<Result>, onProgress: (progress: Progress) => void): PoolRun {
    const run = new RunningComparison(comparison, onProgress, this.#facts);
    for (let at = 0; at < this.#size; at++) run.employ(this.#spawn());
    run.begin();
    return { ended: run.ended, stop: () => run.end({ kind: 'stopped' }) };
  }
}

class RunningComparison {
  readonly ended: Promise<PoolEnd>;
  readonly #comparison: Comparison<unknown>;
  readonly #onProgress: (progress: Progress) => void;
  readonly #facts: FactSource;
  readonly #workers: SpawnedTeacher[] = [];
  readonly #idle: SpawnedTeacher[] = [];
  readonly #queue: Job[] = [];
  /** Workers that have what the page had loaded before; what is loaded later goes to who asks for it. */
  readonly #equipped = new Set<SpawnedTeacher>();
  #busy = 0;
  #settle: ((end: PoolEnd) => void) | null = null;

  constructor(comparison: Comparison<unknown>, onProgress: (progress: Progress) => void, facts: FactSource) {
    this.#comparison = comparison;
    this.#onProgress = onProgress;
    this.#facts = facts;
    this.ended = new Promise((resolve) => (this.#settle = resolve));
  }

  employ(worker: SpawnedTeacher): void {
    worker.onDeath = (reason) => this.end({ kind: 'failed', reason });
    this.#workers.push(worker);
    this.#idle.push(worker);
  }

  begin(): void {
    this.#queue.push(...this.#comparison.next());
    this.#onProgress(this.#comparison.progress());
    this.#assign();
  }

  end(end: PoolEnd): void {
    const settle = this.#settle;
    if (settle === null) return;
    this.#settle = null;
    this.#queue.length = 0;
    for (const worker of this.#workers) worker.terminate();
    settle(end);
  }

  #assign(): void {
    while (this.#idle.length > 0 && this.#queue.length > 0) {
      this.#busy += 1;
      void this.#work(this.#idle.pop()!, this.#queue.shift()!);
    }
    if (this.#busy === 0 && this.#queue.length === 0) this.end({ kind: 'finished' });
  }

  async #work(worker: SpawnedTeacher, job: Job): Promise<void> {
    try {
      if (!this.#equipped.has(worker)) {
        this.#equipped.add(worker);
        await worker.remote.addFacts(this.#facts.loaded(job.problem));
      }
      const answer = await this.#answer(worker, job);
      if (this.#settle === null) return;
      if (typeof answer === 'string') {
        this.end({ kind: 'failed', reason: answer });
        return;
      }
      this.#comparison.take(job, answer.answer);
      for (const next of this.#comparison.next()) this.#queue.push(next);
      this.#busy -= 1;
      this.#idle.push(worker);
      this.#onProgress(this.#comparison.progress());
      this.#assign();
    } catch (error) {
      this.end({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** A text says why the facts cannot be had. */
  #answer(worker: SpawnedTeacher, job: Job): Promise<Extract<Done, { kind: 'answer' }> | string> {
    return askWithFacts(
      worker,
      this.#facts,
      job.problem,
      () => worker.remote.doJob(job),
      () => this.#settle === null,
    );
  }
}
