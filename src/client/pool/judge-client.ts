/** The page's side of judging what a learner did: one worker, started when it is first needed. */
import type { Claim } from '../../core/lesson/claim.ts';
import type { Judgement } from '../../core/lesson/judge.ts';
import type { Problem } from '../../core/problem/problem.ts';
import type { FactSource } from '../worker-client.ts';
import { askWithFacts } from './ask-with-facts.ts';
import type { SpawnedTeacher } from './compare-pool.ts';

export type JudgedAnswer =
  | { readonly kind: 'judged'; readonly judgements: readonly Judgement[] }
  | { readonly kind: 'failed'; readonly reason: string }
  /** A newer question took its place. */
  | { readonly kind: 'displaced' };

export class JudgeClient {
  readonly #spawn: () => SpawnedTeacher;
  readonly #facts: FactSource;
  #worker: SpawnedTeacher | null = null;
  #asked = 0;

  constructor(spawn: () => SpawnedTeacher, facts: FactSource) {
    this.#spawn = spawn;
    this.#facts = facts;
  }

  /** Judges claims on a Problem; the newest question is the only one that is answered. */
  async judge(problem: Problem, claims: readonly Claim[], start: Problem): Promise<JudgedAnswer> {
    const asked = ++this.#asked;
    const isDisplaced = (): boolean => asked !== this.#asked;
    try {
      const worker = this.#employ();
      await worker.remote.addFacts(this.#facts.loaded(problem));
      const done = await askWithFacts(
        worker,
        this.#facts,
        problem,
        async () => {
          const { judgements, missing } = await worker.remote.judge(problem, claims, start);
          return missing.length === 0
            ? { kind: 'judged' as const, judgements }
            : { kind: 'missing' as const, missing };
        },
        isDisplaced,
      );
      if (isDisplaced()) return { kind: 'displaced' };
      return typeof done === 'string' ? { kind: 'failed', reason: done } : done;
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  close(): void {
    this.#asked += 1;
    this.#worker?.terminate();
    this.#worker = null;
  }

  #employ(): SpawnedTeacher {
    if (this.#worker !== null) return this.#worker;
    const worker = this.#spawn();
    worker.onDeath = () => this.close();
    this.#worker = worker;
    return worker;
  }
}
