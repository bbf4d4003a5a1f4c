/** The page's side of looking for a smaller question: one worker, ended when it is done or stopped. */
import type { Minimised, MinimiseProgress } from '../../core/compare/minimise/minimise.ts';
import type { MinimisedTexts } from '../../core/compare/minimise/minimised-texts.ts';
import type { Symptom } from '../../core/compare/minimise/symptom.ts';
import type { Problem } from '../../core/problem/problem.ts';
import type { FactSource } from '../worker-client.ts';
import { askWithFacts } from './ask-with-facts.ts';
import type { SpawnedTeacher } from './compare-pool.ts';

export type MinimiseEnd =
  | { readonly kind: 'found'; readonly small: Minimised; readonly texts: MinimisedTexts }
  /** The question does not show it, or a toy index of its facts does not. */
  | { readonly kind: 'none' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string };

export class MinimiseClient {
  readonly #spawn: () => SpawnedTeacher;
  readonly #facts: FactSource;
  #worker: SpawnedTeacher | null = null;
  #giveUp: (() => void) | null = null;

  constructor(spawn: () => SpawnedTeacher, facts: FactSource) {
    this.#spawn = spawn;
    this.#facts = facts;
  }

  /** Resolves once; a search under way is stopped. `onProgress` hears of each try. */
  run(
    problem: Problem,
    symptom: Symptom,
    onProgress: (progress: MinimiseProgress) => void,
  ): Promise<MinimiseEnd> {
    this.stop();
    const worker = this.#spawn();
    this.#worker = worker;
    return new Promise((resolve) => {
      const end = (ended: MinimiseEnd): void => {
        if (this.#worker !== worker) return;
        this.#worker = null;
        this.#giveUp = null;
        worker.terminate();
        resolve(ended);
      };
      this.#giveUp = () => end({ kind: 'stopped' });
      worker.onDeath = (reason) => end({ kind: 'failed', reason });
      this.#search(worker, problem, symptom, (progress) => {
        if (this.#worker === worker) onProgress(progress);
      }).then(end, (error: unknown) =>
        end({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
      );
    });
  }

  /** Ends the search at once; what it told of stays. */
  stop(): void {
    this.#giveUp?.();
  }

  /** The texts of a question that was found before the search was stopped. */
  async texts(problem: Problem): Promise<MinimisedTexts> {
    const worker = this.#spawn();
    try {
      return await worker.remote.minimisedTexts(problem);
    } finally {
      worker.terminate();
    }
  }

  async #search(
    worker: SpawnedTeacher,
    problem: Problem,
    symptom: Symptom,
    onProgress: (progress: MinimiseProgress) => void,
  ): Promise<MinimiseEnd> {
    const { remote } = worker;
    await remote.addFacts(this.#facts.loaded(problem));
    const done = await askWithFacts(worker, this.#facts, problem, () =>
      remote.minimise(problem, symptom, onProgress),
    );
    if (typeof done === 'string') return { kind: 'failed', reason: done };
    if (done.kind === 'none') return done;
    return { kind: 'found', small: done.small, texts: await remote.minimisedTexts(done.small.problem) };
  }
}
