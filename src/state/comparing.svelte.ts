/** A comparison under way, or done, or stopped half-way: its progress and what is known so far. */
import type { ComparePool, PoolRun } from '../client/pool/compare-pool.ts';
import type { Comparison, Progress } from '../core/compare/comparison.ts';

export type ComparisonStatus = 'idle' | 'running' | 'finished' | 'stopped' | 'failed';

/** Milliseconds between two drawings of what is known so far. */
const DRAWN_EVERY = 120;

export class Comparing<Result> {
  status: ComparisonStatus = $state('idle');
  progress: Progress = $state.raw({ done: 0, total: 0 });
  result: Result | null = $state.raw(null);
  /** Why it failed; '' where it did not. */
  reason: string = $state('');

  readonly #pool: ComparePool;
  #run: PoolRun | null = null;
  #drawnAt = 0;

  constructor(pool: ComparePool) {
    this.#pool = pool;
  }

  /** Begins anew; what runs is stopped. */
  async start(comparison: Comparison<Result>): Promise<void> {
    this.#run?.stop();
    this.status = 'running';
    this.reason = '';
    this.result = comparison.result();
    this.progress = comparison.progress();
    const run = this.#pool.run(comparison, (progress) => {
      if (this.#run !== null && this.#run !== run) return;
      const now = performance.now();
      if (now - this.#drawnAt < DRAWN_EVERY) return;
      this.#drawnAt = now;
      this.progress = progress;
      this.result = comparison.result();
    });
    this.#run = run;
    const end = await run.ended;
    if (this.#run !== run) return;
    this.#run = null;
    this.progress = comparison.progress();
    this.result = comparison.result();
    this.status = end.kind;
    if (end.kind === 'failed') this.reason = end.reason;
  }

  /** Keeps what is there. */
  stop(): void {
    this.#run?.stop();
  }
}
