/**
 * What the worker does, without the worker: it holds the facts that the page has handed over and runs Problems on
 * them. Comlink exposes it (workers/resolver.worker.ts); tests call it directly.
 *
 *   page                                  service
 *   addFacts(bundles) ──────────────────▶ snapshots
 *   run(problem, onChunk) ──────────────▶ engine ── chunk, chunk … ──▶ page
 *                          ◀───────────── RunSummary (outcome, metrics, diagnostics, what can be said at once)
 *   explain(onStage) ───────────────────▶ further runs
 *                          ◀───────────── Explanation so far, so far … and the whole, checked
 *   ledgerSummary(), ledger(project) ───▶ pages of the index
 *                          ◀───────────── versions and files, with why they were or were not candidates
 */
import type { Explanation } from '../explain/explanation.ts';
import { quickExplanation } from '../explain/quick-explanation.ts';
import { makeFactsIndex } from '../package-index/facts/facts-index.ts';
import { parseFacts } from '../package-index/facts/facts.ts';
import { makeLayeredIndex } from '../package-index/layered-index.ts';
import { makeLiveLayer, type LiveFact } from '../package-index/live/live-layer.ts';
import { watchLiveFacts, type LiveBasis } from '../package-index/live/live-witness.ts';
import { isMissing, type MissingFact, type PackageIndex } from '../package-index/package-index.ts';
import { decodeDirectory } from '../package-index/snapshot/directory.ts';
import { makeSnapshotIndex, type SnapshotIndex } from '../package-index/snapshot/snapshot-index.ts';
import { assert } from '../packaging/assert.ts';
import { locksProjects, parseEngineId, toolName, type EngineId } from '../problem/engine-id.ts';
import type { Problem } from '../problem/problem.ts';
import type { Engine } from '../resolver/engine.ts';
import type { Outcome } from '../resolver/outcome.ts';
import type { TraceChunk } from '../resolver/trace.ts';
import type { Query } from '../explain/query.ts';
import { loadEngine } from './engines.ts';
import type { LockView } from './lock-view.ts';
import type { AnsweredQueries } from './explain-problem.ts';
import { runProblem, type Run } from './run.ts';
import type { ToolLog } from './tool-log.ts';
import { tellingOfText } from './told-source.ts';
import type { LedgerSummary, ProjectLedger, RunLedgers } from '../ledger/run-ledger.ts';

/** A run as it leaves the worker: plain values; the trace went before, in chunks. */
export interface RunSummary extends Omit<
  Run,
  'request' | 'trace' | 'log' | 'logSteps' | 'exportable' | 'lockEntries'
> {
  /** Time the engine took, parsing included, by the worker's clock. */
  readonly milliseconds: number;
  /** The answer in words, from the run alone; `explain` checks it. */
  readonly explanation: Explanation;
  /** Live facts that the run read; none where live facts are not asked for. */
  readonly liveBasis: readonly LiveBasis[];
}

/** Facts on their way to the worker: inflated, with their hashes verified. */
export type FactBundle =
  | { readonly kind: 'directory'; readonly snapshot: string; readonly bytes: Uint8Array }
  | { readonly kind: 'shard'; readonly snapshot: string; readonly shard: number; readonly bytes: Uint8Array }
  | { readonly kind: 'live'; readonly facts: readonly LiveFact[] };

/** Receives pieces of a trace; over a thread boundary it answers when it has them. */
export type ChunkListener = (chunk: TraceChunk) => void | Promise<void>;

export interface ServicePlatform {
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Marks a value so that these buffers move instead of being copied; Comlink's `transfer`. */
  readonly handOver: <Value>(value: Value, buffers: ArrayBuffer[]) => Value;
}

interface LastRun {
  readonly run: Run;
  readonly id: EngineId;
  readonly engine: Engine;
  ledgers: RunLedgers | null;
}

export class ResolverService {
  readonly #platform: ServicePlatform;
  readonly #snapshots = new Map<string, SnapshotIndex>();
  readonly #live = makeLiveLayer();
  /** The last run, for the questions that follow it. */
  #last: LastRun | null = null;

  constructor(platform: ServicePlatform) {
    this.#platform = platform;
  }

  /** Takes facts in. A directory must come before its shards. Throws `DamagedSnapshot`. */
  addFacts(bundles: readonly FactBundle[]): void {
    for (const bundle of bundles) {
      if (bundle.kind === 'live') {
        this.#live.add(bundle.facts);
        continue;
      }
      const known = this.#snapshots.get(bundle.snapshot);
      if (bundle.kind === 'shard') {
        assert(known, `no directory of ${bundle.snapshot} before its shard`);
        known.addShard(bundle.shard, bundle.bytes);
      } else if (known === undefined) {
        this.#snapshots.set(bundle.snapshot, makeSnapshotIndex(decodeDirectory(bundle.bytes)));
      }
    }
  }

  /** Runs a Problem on the facts at hand. All chunks have been received when it resolves. */
  async run(problem: Problem, onChunk: ChunkListener): Promise<RunSummary> {
    const id = parseEngineId(problem.engine);
    assert(id.ok, `no engine ${problem.engine}`);
    const engine = await loadEngine(id.value);
    const witness = problem.index.live === true ? watchLiveFacts(this.indexOf(problem)) : null;
    const index = witness ?? this.indexOf(problem);
    const received: Promise<void>[] = [];
    const startedAt = this.#platform.now();
    const run = runProblem(problem, engine, index, {
      keepsLog: false,
      onChunk: (chunk) => received.push(Promise.resolve(onChunk(this.#withBuffers(chunk)))),
    });
    const milliseconds = this.#platform.now() - startedAt;
    this.#last = { run, id: id.value, engine, ledgers: null };
    await Promise.all(received);
    const { message, notices, metrics, diagnostics, isRefused } = run;
    const explanation = tellingOfText(run)(quickExplanation({ ...run, tool: toolName(id.value) }));
    const outcome = this.#withLoadableReleases(problem, withWholeQuestion(run));
    return {
      outcome,
      message,
      notices,
      metrics,
      problem,
      diagnostics,
      isRefused,
      milliseconds,
      explanation,
      liveBasis: witness?.basis() ?? [],
      ...(run.caveats === undefined ? {} : { caveats: run.caveats }),
      ...(run.packages === undefined ? {} : { packages: run.packages }),
    };
  }

  /** Releases that a partial list lacks can be had where a live index is asked that was not asked for them yet. */
  #withLoadableReleases({ index }: Problem, outcome: Outcome): Outcome {
    if (index.live !== true || outcome.kind !== 'incomplete') return outcome;
    const missing = outcome.missing.map((fact) => {
      if (fact.missing !== 'release') return fact;
      const page = this.#live.page(fact.project);
      return { ...fact, loadable: isMissing(page) && page.loadable };
    });
    return { ...outcome, missing };
  }

  /**
   * The checked answer to the last run, whose facts are all still here. What it would have to load besides stands in
   * `missing`. `onStage` hears what is certain so far; `looksFurther` allows ten times the usual work.
   */
  async explain(onStage?: (explanation: Explanation) => void, looksFurther = false): Promise<Explanation> {
    assert(this.#last, 'nothing has been run');
    const { run, id, engine } = this.#last;
    // Not part of the first answer, so it loads after it.
    const { explainProblemRun } = await import('./explain-problem.ts');
    return explainProblemRun(run, id, engine, { ledgers: await this.#ledgers(), onStage, looksFurther });
  }

  /** Answers a question about a package of the last run; `missing` is what it would have to load besides. */
  async answer(query: Query): Promise<AnsweredQueries> {
    assert(this.#last, 'nothing has been run');
    const { run, id, engine } = this.#last;
    const { answerQueries } = await import('./explain-problem.ts');
    return answerQueries(run, id, engine, [query], await this.#ledgers());
  }

  /** What the last run's projects offered, counted by reason; null where nothing was run. */
  async ledgerSummary(): Promise<LedgerSummary | null> {
    return (await this.#ledgers())?.summary() ?? null;
  }

  /** The candidate ledger of a project of the last run; null while its page is not known. */
  async ledger(project: string): Promise<ProjectLedger | null> {
    return (await this.#ledgers())?.ledger(project) ?? null;
  }

  /** A version of a project of the last run as a line of the overlay language; null where there is none. */
  async releaseLine(project: string, version: string): Promise<string | null> {
    return (await this.#ledgers())?.statement(project, version) ?? null;
  }

  /** The lock of the last run; null where nothing was run. */
  async lock(): Promise<LockView | null> {
    if (this.#last === null) return null;
    const { lockViewOf } = await import('./lock-view.ts');
    return lockViewOf(this.#last.run);
  }

  /** What the tool prints of the last run's search; null where nothing was run. Only then is it collected: it runs again. */
  async log(): Promise<ToolLog | null> {
    if (this.#last === null) return null;
    const { run, engine } = this.#last;
    const { toolLog } = await import('./tool-log.ts');
    return toolLog(run.problem, engine, this.indexOf(run.problem));
  }

  /** Made when first asked for, and kept until the next run. */
  async #ledgers(): Promise<RunLedgers | null> {
    const last = this.#last;
    if (last === null || last.run.request === null || locksProjects(last.id)) return null;
    const { request, outcome, trace } = last.run;
    const { RunLedgers } = await import('../ledger/run-ledger.ts');
    last.ledgers ??= new RunLedgers({ request, outcome, trace }, last.id);
    return last.ledgers;
  }

  #withBuffers(chunk: TraceChunk): TraceChunk {
    const columns = [chunk.kinds, chunk.first, chunk.second, chunk.third];
    return this.#platform.handOver(
      chunk,
      columns.map((column) => column.buffer),
    );
  }

  /** The facts at hand that a Problem is asked on, without its toy index. */
  indexOf(problem: Problem): PackageIndex {
    const { snapshot, facts, live } = problem.index;
    if (facts !== undefined) {
      const parsed = parseFacts(facts);
      if (parsed.ok) return makeFactsIndex(parsed.value);
    }
    if (snapshot === undefined) {
      if (live === true) return this.#live;
      // Releases by hand are a world of their own; a question that names no index at all has none to be absent from.
      return (problem.index.overlay ?? '').trim() === '' ? UNOPENED : makeFactsIndex({ projects: {} });
    }
    const opened = this.#snapshots.get(snapshot) ?? UNOPENED;
    return live === true ? makeLayeredIndex([opened, this.#live]) : opened;
  }
}

/** A snapshot whose directory has not arrived: it may have anything. */
const UNOPENED: PackageIndex = {
  page: (project) => ({ missing: 'page', project, loadable: true }),
  metadata: ({ project, version, filename }) => ({
    missing: 'metadata',
    project,
    version,
    filename,
    loadable: true,
  }),
};

/** An engine stops at the first fact it lacks; whoever loads facts wants to know of all lines of the question. */
function withWholeQuestion(run: Run): Outcome {
  const { outcome, request } = run;
  if (outcome.kind !== 'incomplete' || request === null) return outcome;
  if (!outcome.missing.some((fact) => fact.loadable)) return outcome;
  const named = request.requirements
    .map(({ requirement }) => request.index.page(requirement.normalizedName))
    .filter((page): page is MissingFact => isMissing(page));
  return { ...outcome, missing: [...outcome.missing, ...named] };
}
