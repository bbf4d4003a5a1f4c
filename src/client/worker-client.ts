/**
 * The page's side of the one worker.
 *
 *   run(problem)                       worker                      facts
 *     │ spawn if there is none           │                           │
 *     ├── run(problem, onChunk) ────────▶│                           │
 *     │◀─ chunk, chunk … (transferred) ──┤                           │
 *     │◀─ summary: incomplete, 2 shards ─┤                           │
 *     ├── load(missing) ───────────────────────────────────────────▶│ fetches, checks, keeps
 *     │◀─ bytes ────────────────────────────────────────────────────┤
 *     ├── addFacts(bytes) ──────────────▶│
 *     ├── run(problem, onChunk) ────────▶│   … until nothing loadable is missing
 *
 * A worker that computes cannot listen, so cancelling means terminating it: that takes no longer than the call. What
 * it sent before stays. The next run spawns a fresh worker and hands it the facts that the page still has. A newer run
 * displaces an older one; the older one's promise resolves as `displaced`, and nothing of it is shown.
 */
import { GrowingTrace } from '../core/search-tree/growing-trace.ts';
import type { Explanation } from '../core/explain/explanation.ts';
import type { Query, QueryAnswer } from '../core/explain/query.ts';
import type { AnsweredQueries } from '../core/headless/explain-problem.ts';
import type { FactBundle, RunSummary } from '../core/headless/resolver-service.ts';
import type { LockView } from '../core/headless/lock-view.ts';
import type { ToolLog } from '../core/headless/tool-log.ts';
import type { LedgerSummary, ProjectLedger } from '../core/ledger/run-ledger.ts';
import type { MissingFact } from '../core/package-index/package-index.ts';
import type { Problem } from '../core/problem/problem.ts';
import type { TraceChunk } from '../core/resolver/trace.ts';

/** What the worker exposes, as the page sees it: every call is a promise. */
export interface RemoteResolver {
  addFacts(bundles: readonly FactBundle[]): Promise<void>;
  run(problem: Problem, onChunk: (chunk: TraceChunk) => void): Promise<RunSummary>;
  explain(onStage: (explanation: Explanation) => void, looksFurther: boolean): Promise<Explanation>;
  answer(query: Query): Promise<AnsweredQueries>;
  ledgerSummary(): Promise<LedgerSummary | null>;
  ledger(project: string): Promise<ProjectLedger | null>;
  releaseLine(project: string, version: string): Promise<string | null>;
  lock(): Promise<LockView | null>;
  log(): Promise<ToolLog | null>;
}

/** A worker with its end of the line. `onDeath` fires when it cannot start or throws outside a call. */
export interface SpawnedResolver {
  readonly remote: RemoteResolver;
  readonly terminate: () => void;
  onDeath: (reason: string) => void;
}

/** Where facts come from: see snapshot-store.ts. */
export interface FactSource {
  /** Facts that answer what is missing, for this Problem; null when they cannot be had, with the reason. */
  load(problem: Problem, missing: readonly MissingFact[]): Promise<LoadedFacts>;
  /** Everything loaded so far that this Problem may need, for a fresh worker. */
  loaded(problem: Problem): readonly FactBundle[];
  /** A new run begins: what is still fetched for the one before is stopped. */
  begin?(): void;
  /** Stops fetching; what was fetched is kept. */
  stop?(): void;
  /**
   * Names the facts that are true together: a worker that holds those of another scope is of no use. Null: any worker
   * will do.
   */
  scope?(problem: Problem): string | null;
}

export type LoadedFacts =
  | { readonly ok: true; readonly bundles: readonly FactBundle[] }
  | { readonly ok: false; readonly reason: string };

export type RunResult =
  | { readonly kind: 'finished'; readonly summary: RunSummary; readonly trace: GrowingTrace }
  | { readonly kind: 'cancelled'; readonly trace: GrowingTrace; readonly milliseconds: number }
  /** Facts could not be loaded: `reason` is a sentence for the reader. */
  | { readonly kind: 'no-facts'; readonly reason: string }
  | { readonly kind: 'worker-died'; readonly reason: string }
  | { readonly kind: 'displaced' };

export interface RunProgress {
  readonly trace: GrowingTrace;
  readonly milliseconds: number;
}

interface ActiveRun {
  readonly startedAt: number;
  trace: GrowingTrace;
  /** Whether the worker computes, so that only terminating it can stop it. */
  isComputing: boolean;
  readonly settle: (result: RunResult) => void;
}

/** Rounds of loading facts before giving up: no closed set of shards needs as many. */
const MAX_LOADS = 200;
/** The same for an explanation, which begins anew each time. */
const MAX_EXPLAIN_LOADS = 20;

export class WorkerClient {
  readonly #spawn: () => SpawnedResolver;
  readonly #facts: FactSource;
  readonly #now: () => number;
  #worker: SpawnedResolver | null = null;
  #scope = '';
  #active: ActiveRun | null = null;
  /** End the questions under way with nothing. */
  readonly #unanswered = new Set<() => void>();
  /** What ran last, to its end. */
  #finished: Problem | null = null;
  /** Ends the explanation under way with nothing. */
  #giveUpExplaining: (() => void) | null = null;

  constructor(spawn: () => SpawnedResolver, facts: FactSource, now = () => performance.now()) {
    this.#spawn = spawn;
    this.#facts = facts;
    this.#now = now;
  }

  /** Resolves once, with how it ended; never rejects. Chunks reach `onProgress` while it goes on. */
  run(problem: Problem, onProgress: (progress: RunProgress) => void = () => undefined): Promise<RunResult> {
    this.displace();
    this.#facts.begin?.();
    this.#enterScope(this.#facts.scope?.(problem) ?? this.#scope);
    return new Promise((resolve) => {
      const active: ActiveRun = {
        startedAt: this.#now(),
        trace: new GrowingTrace(),
        isComputing: false,
        settle: (result) => {
          if (this.#active === active) this.#active = null;
          resolve(result);
        },
      };
      this.#active = active;
      void this.#work(active, problem, onProgress);
    });
  }

  /** Stops the run under way, if any, at once; what it sent so far is its result. */
  cancel(): void {
    const active = this.#active;
    if (active === null) return;
    this.#facts.stop?.();
    this.#dropWorker();
    active.settle({ kind: 'cancelled', trace: active.trace, milliseconds: this.#now() - active.startedAt });
  }

  /**
   * Checks the answer of the run that finished last; what that has to read besides is loaded first. `onStage` hears what
   * is certain so far; `looksFurther` allows ten times the usual work. Null when a newer run, or a dead worker, ended that.
   */
  explain(
    onStage: (explanation: Explanation) => void = () => undefined,
    looksFurther = false,
  ): Promise<Explanation | null> {
    const worker = this.#worker;
    const problem = this.#finished;
    if (worker === null || problem === null || this.#active !== null) return Promise.resolve(null);
    return new Promise((resolve) => {
      let fixes = 0;
      // Asked again with more facts, it begins anew: what was shown is not taken back.
      const onGrown = (explanation: Explanation): void => {
        if (this.#giveUpExplaining !== giveUp || explanation.fixes.length < fixes) return;
        fixes = explanation.fixes.length;
        onStage(explanation);
      };
      const settle = (explanation: Explanation | null): void => {
        if (this.#giveUpExplaining === giveUp) this.#giveUpExplaining = null;
        resolve(explanation);
      };
      const giveUp = (): void => settle(null);
      this.#giveUpExplaining = giveUp;
      this.#explainWhole(worker, problem, onGrown, looksFurther).then(settle, giveUp);
    });
  }

  /** Ends the explanation under way; what it has told stays. The worker goes with it: it cannot be spoken to. */
  stopExplaining(): void {
    if (this.#giveUpExplaining !== null) this.#dropWorker();
  }

  async #explainWhole(
    { remote }: SpawnedResolver,
    problem: Problem,
    onStage: (explanation: Explanation) => void,
    looksFurther: boolean,
  ): Promise<Explanation> {
    return this.#askWhole(remote, problem, () => remote.explain(onStage, looksFurther));
  }

  /** Asks again with the facts that an answer misses, as long as they can be loaded. */
  async #askWhole<Answer extends { readonly missing: readonly MissingFact[] }>(
    remote: RemoteResolver,
    problem: Problem,
    ask: () => Promise<Answer>,
  ): Promise<Answer> {
    let answer = await ask();
    for (let loads = 0; loads < MAX_EXPLAIN_LOADS; loads++) {
      const loadable = answer.missing.filter((fact) => fact.loadable);
      if (loadable.length === 0) break;
      const facts = await this.#facts.load(problem, loadable);
      if (!facts.ok) break;
      await remote.addFacts(facts.bundles);
      answer = await ask();
    }
    return answer;
  }

  /** Answers a question about a package of that run; null, besides, when there is nothing to ask. */
  answer(query: Query): Promise<QueryAnswer | null> {
    const problem = this.#finished;
    if (problem === null) return Promise.resolve(null);
    return this.#ask(async (remote) => {
      const { answers } = await this.#askWhole(remote, problem, () => remote.answer(query));
      return answers[0] ?? null;
    });
  }

  /** What the projects of the run that finished last offered; null when a newer run, or a dead worker, ended that. */
  ledgerSummary(): Promise<LedgerSummary | null> {
    return this.#ask((remote) => remote.ledgerSummary());
  }

  /** The candidate ledger of one of them; null, besides, while its page is not known. */
  ledger(project: string): Promise<ProjectLedger | null> {
    return this.#ask((remote) => remote.ledger(project));
  }

  /** One of its versions as a line of the overlay language; null, besides, where there is no such version. */
  releaseLine(project: string, version: string): Promise<string | null> {
    return this.#ask((remote) => remote.releaseLine(project, version));
  }

  /** What the run that finished last locks. */
  lock(): Promise<LockView | null> {
    return this.#ask((remote) => remote.lock());
  }

  /** What the tool prints of the run that finished last. */
  log(): Promise<ToolLog | null> {
    return this.#ask((remote) => remote.log());
  }

  /** A question about the last run. A worker that is terminated answers null. */
  #ask<Answer>(question: (remote: RemoteResolver) => Promise<Answer | null>): Promise<Answer | null> {
    const worker = this.#worker;
    if (worker === null || this.#active !== null) return Promise.resolve(null);
    return new Promise((resolve) => {
      const settle = (answer: Answer | null): void => {
        this.#unanswered.delete(giveUp);
        resolve(answer);
      };
      const giveUp = (): void => settle(null);
      this.#unanswered.add(giveUp);
      question(worker.remote).then(settle, giveUp);
    });
  }

  /** Starts the worker before it is needed. */
  warmUp(): void {
    this.#worker ??= this.#start();
  }

  async #work(
    active: ActiveRun,
    problem: Problem,
    onProgress: (progress: RunProgress) => void,
  ): Promise<void> {
    try {
      for (let loads = 0; loads <= MAX_LOADS; loads++) {
        const summary = await this.#compute(active, problem, onProgress);
        if (this.#active !== active) return;
        const loadable = missingOf(summary).filter((fact) => fact.loadable);
        if (loadable.length === 0) {
          this.#finished = problem;
          active.settle({ kind: 'finished', summary, trace: active.trace });
          return;
        }
        const facts = await this.#facts.load(problem, loadable);
        if (this.#active !== active) return;
        if (!facts.ok) {
          active.settle({ kind: 'no-facts', reason: facts.reason });
          return;
        }
        await this.#ensureWorker(problem).remote.addFacts(facts.bundles);
      }
      active.settle({ kind: 'no-facts', reason: 'Loading did not come to an end.' });
    } catch (error) {
      if (this.#active !== active) return;
      this.#dropWorker();
      active.settle({ kind: 'worker-died', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** One call of the worker, with a fresh trace: what an incomplete run recorded is not part of the next. */
  async #compute(
    active: ActiveRun,
    problem: Problem,
    onProgress: (progress: RunProgress) => void,
  ): Promise<RunSummary> {
    const { remote } = this.#ensureWorker(problem);
    const trace = new GrowingTrace();
    active.trace = trace;
    active.isComputing = true;
    const summary = await remote.run(problem, (chunk) => {
      if (this.#active !== active || active.trace !== trace) return;
      trace.appendChunk(chunk);
      onProgress({ trace, milliseconds: this.#now() - active.startedAt });
    });
    active.isComputing = false;
    return summary;
  }

  /** What is under way is of no interest any more. */
  displace(): void {
    if (this.#giveUpExplaining !== null) this.#dropWorker();
    const active = this.#active;
    if (active === null) return;
    if (active.isComputing) this.#dropWorker();
    active.settle({ kind: 'displaced' });
  }

  #enterScope(scope: string): void {
    if (scope === this.#scope) return;
    this.#scope = scope;
    this.#dropWorker();
  }

  #ensureWorker(problem: Problem): SpawnedResolver {
    if (this.#worker === null) {
      this.#worker = this.#start();
      // In order: the worker takes its messages one after the other.
      void this.#worker.remote.addFacts(this.#facts.loaded(problem)).catch(() => undefined);
    }
    return this.#worker;
  }

  #start(): SpawnedResolver {
    const worker = this.#spawn();
    worker.onDeath = (reason) => {
      if (this.#worker !== worker) return;
      this.#dropWorker();
      this.#active?.settle({ kind: 'worker-died', reason });
    };
    return worker;
  }

  #dropWorker(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#giveUpExplaining?.();
    for (const giveUp of this.#unanswered) giveUp();
  }
}

function missingOf(summary: RunSummary): readonly MissingFact[] {
  return summary.outcome.kind === 'incomplete' ? summary.outcome.missing : [];
}
