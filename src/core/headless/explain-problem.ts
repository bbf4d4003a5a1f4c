/** The checked answer to a run, made with the engine that ran it: what the worker and the headless command hand out. */
import { FURTHER_EXPLAIN_BUDGET } from '../explain/explain-options.ts';
import { explainRun } from '../explain/explain-run.ts';
import type { Explanation } from '../explain/explanation.ts';
import { locksProjects, toolName, type EngineId } from '../problem/engine-id.ts';
import { answerQuery, type Query, type QueryAnswer, type TriedOut } from '../explain/query.ts';
import { tryQuestion } from '../explain/explain-conflict.ts';
import type { Engine, ResolveRequest } from '../resolver/engine.ts';
import type { Outcome } from '../resolver/outcome.ts';
import { TraceRecorder } from '../resolver/trace-recorder.ts';
import { watchIndex } from '../package-index/watched-index.ts';
import { answerProjectQuery } from '../explain/project/project-query.ts';
import type { ProjectQuestion } from '../diagnose/project/project-question.ts';
import type { MissingFact, PackageIndex } from '../package-index/package-index.ts';
import type { Requirement } from '../packaging/requirement.ts';
import { onlyVersions } from '../package-index/only-versions.ts';
import type { EndedRun } from '../explain/ended-run.ts';
import { explainProject } from '../explain/project/explain-project.ts';
import { projectQuestion, type ProjectQuestionOptions } from './project/project-question.ts';
import { orderRemarks } from '../explain/poetry/order-remarks.ts';
import { quickExplanation } from '../explain/quick-explanation.ts';
import { requestWithPython } from './request.ts';
import type { Run } from './run.ts';
import { tellingOfText } from './told-source.ts';
import { RunLedgers } from '../ledger/run-ledger.ts';

export interface ExplainProblemOptions {
  readonly ledgers?: RunLedgers | null;
  /** Hears what is certain so far. */
  readonly onStage?: ((explanation: Explanation) => void) | undefined;
  /** Whether it may do ten times the usual work. */
  readonly looksFurther?: boolean;
}

/** How many times the usual work is done for who asks to look further. */
const FURTHER_TIMES = 10;

/** May take many runs of the engine: whether each guilty line is needed, and what each fix gives, is tried out. */
export function explainProblemRun(
  run: Run,
  id: EngineId,
  engine: Engine,
  { ledgers = ledgersOf(run, id), onStage, looksFurther = false }: ExplainProblemOptions = {},
): Explanation {
  const ended = { ...run, tool: toolName(id) };
  if (run.request === null) return quickExplanation(ended);
  const tell = tellingOfText(run);
  const rules = rulesOf(id);
  const isLock = locksProjects(id) || (run.request.uvProject !== undefined && isFailed(run));
  if (isLock) {
    const options = { rules, times: looksFurther ? FURTHER_TIMES : 1 } as const;
    const explanation = explainLock(run, run.request, ended, engine, options);
    const order = id.family === 'poetry' ? orderRemarks(run, run.request, engine) : [];
    return tell({ ...explanation, remarks: [...explanation.remarks, ...order] });
  }
  const watched = run.problem.index.live === true ? null : watchIndex(run.request.index);
  const request = watched === null ? run.request : { ...run.request, index: watched };
  const explanation = explainRun(ended, request, {
    rules,
    ledgers: () => ledgers?.projects().flatMap((project) => ledgers.ledger(project) ?? []) ?? [],
    withPython: (request, python) => requestWithPython(run.problem, request, python),
    resolve: (request) => engine(request, new TraceRecorder({ maxEvents: 0 })).outcome,
    measure: (request) => {
      const { outcome, metrics } = engine(request, new TraceRecorder({ maxEvents: 0 }));
      return { outcome, rounds: metrics.rounds };
    },
    ...(looksFurther ? { budget: FURTHER_EXPLAIN_BUDGET } : {}),
    ...(onStage === undefined ? {} : { onStage: (explanation) => onStage(tell(explanation)) }),
  });
  const unloaded = watched?.unloaded() ?? [];
  const missing = unloaded.length === 0 ? explanation.missing : [...explanation.missing, ...unloaded];
  return tell({ ...explanation, missing });
}

/** Of projects nothing is proved; what is said of them was tried with the tool. */
function explainLock(
  run: Run,
  request: ResolveRequest,
  ended: EndedRun,
  engine: Engine,
  options: Required<ProjectQuestionOptions>,
): Explanation {
  const question = projectQuestion(run.problem, request, engine, options);
  return question === null
    ? quickExplanation(ended)
    : explainProject(ended, request, question, options.times);
}

function answerOfProject(
  { problem, outcome, trace }: Run,
  request: ResolveRequest,
  id: EngineId,
  engine: Engine,
  queries: readonly Query[],
): readonly QueryAnswer[] {
  const rules = rulesOf(id);
  const questionOn = (index: PackageIndex): ProjectQuestion | null =>
    projectQuestion(problem, { ...request, index }, engine, { rules });
  const question = questionOn(request.index);
  if (question === null) return [];
  const { index } = request;
  const withOnly = (wish: Requirement): ProjectQuestion | null => questionOn(onlyVersions(index, wish));
  return queries.map((query) => answerProjectQuery(query, { question, index, outcome, trace, withOnly }));
}

function rulesOf({ family }: EngineId): 'pip' | 'uv' {
  return family === 'uv' ? 'uv' : 'pip';
}

function isFailed({ outcome }: Run): boolean {
  return outcome.kind === 'unsolvable';
}

/** Null where nothing was run. */
function ledgersOf({ request, outcome, trace }: Run, id: EngineId): RunLedgers | null {
  return request === null ? null : new RunLedgers({ request, outcome, trace }, id);
}

/** Answers, and facts that they lacked and that can be loaded: then they are asked again. */
export interface AnsweredQueries {
  readonly answers: readonly QueryAnswer[];
  readonly missing: readonly MissingFact[];
}

/** Answers questions about packages of a run; nothing where nothing was run. */
export function answerQueries(
  run: Run,
  id: EngineId,
  engine: Engine,
  queries: readonly Query[],
  ledgers: RunLedgers | null = ledgersOf(run, id),
): AnsweredQueries {
  if (run.request === null) return { answers: [], missing: [] };
  const watched = run.problem.index.live === true ? null : watchIndex(run.request.index);
  const request = watched === null ? run.request : { ...run.request, index: watched };
  const answers =
    locksProjects(id) || request.uvProject !== undefined
      ? answerOfProject(run, request, id, engine, queries)
      : answerOfRun({ ...run, request }, id, engine, queries, ledgers);
  return { answers, missing: watched?.unloaded() ?? [] };
}

function answerOfRun(
  { request, outcome, trace }: Run & { readonly request: ResolveRequest },
  id: EngineId,
  engine: Engine,
  queries: readonly Query[],
  ledgers: RunLedgers | null,
): readonly QueryAnswer[] {
  if (ledgers === null) return [];
  const rules = rulesOf(id);
  const resolve = (asked: ResolveRequest): Outcome =>
    engine(asked, new TraceRecorder({ maxEvents: 0 })).outcome;
  const tryOut = (asked: ResolveRequest): TriedOut => tryQuestion(asked, { rules, resolve });
  return queries.map((query) => answerQuery(query, { request, outcome, trace, ledgers, tryOut }));
}
