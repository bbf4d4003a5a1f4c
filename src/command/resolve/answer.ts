/** One Problem → the object that the headless command prints for it. */
import { loadEngine } from '../../core/headless/engines.ts';
import type { Query } from '../../core/explain/query.ts';
import { answerQueries, explainProblemRun } from '../../core/headless/explain-problem.ts';
import { reportRun, type RunReport } from '../../core/headless/report.ts';
import { runProblem, type Run } from '../../core/headless/run.ts';
import type { PackageIndex } from '../../core/package-index/package-index.ts';
import { failure, success, type Result } from '../../core/packaging/result.ts';
import { parseEngineId } from '../../core/problem/engine-id.ts';
import { parseProblem, type Problem } from '../../core/problem/problem.ts';
import { defaultSnapshot } from '../problem-index.ts';
import { commandsOf } from './commands.ts';
import { lockAnswer, type LockAnswer } from './lock.ts';
import { minimisedAnswer, type MinimisedAnswer } from './minimise.ts';
import type { Symptom } from '../../core/compare/minimise/symptom.ts';
import { shareOf, type ShareFlag } from './share.ts';
import type { CommandTexts, LineOrigin } from '../../core/share/shell/command-texts.ts';

/** What is told of each run. */
export interface AnswerFlags {
  readonly events: boolean;
  readonly explain: boolean;
  /** Whether explaining may do ten times the usual work. */
  readonly 'look-further'?: boolean;
  /** Whether the lines that the tool prints of its search are told. */
  readonly log?: boolean;
  /** Whether the lock files are told. */
  readonly lock?: boolean;
  /** Questions about packages. */
  readonly queries?: readonly Query[];
  /** Whether the commands that ask the real tools the same are told. */
  readonly commands?: boolean;
  /** Whose lines they are. */
  readonly origin?: LineOrigin;
  /** What the smallest question that is looked for has to show. */
  readonly symptom?: Symptom | null;
  /** What the page would copy, and where the page is. */
  readonly share?: ShareFlag | undefined;
  readonly page?: string | undefined;
}

/** What is printed for a Problem. */
export interface Answer extends RunReport, Partial<LockAnswer> {
  readonly commands?: CommandTexts;
  /** Null where the question does not show the symptom, or a toy index of its facts does not. */
  readonly minimised?: MinimisedAnswer | null;
  readonly share?: string;
}

/** Opens the index of a Problem; the error's message names the field. */
export type OpenIndex = (problem: Problem) => Result<PackageIndex>;

/** A Problem from its JSON text. The error's message names the field, or says why the text is no JSON. */
export function readProblem(text: string): Result<Problem> {
  try {
    return parseProblem(JSON.parse(text));
  } catch (error) {
    return failure((error as Error).message, 0, 0);
  }
}

/** Runs a Problem, with what the flags ask for besides. Fails where its engine or its index is not to be had. */
export async function answerProblem(
  problem: Problem,
  openIndex: OpenIndex,
  {
    events,
    explain,
    log = false,
    lock = false,
    queries = [],
    commands = false,
    origin = 'own',
    symptom = null,
    'look-further': looksFurther = false,
    share,
    page = '',
  }: AnswerFlags,
): Promise<Result<Answer>> {
  const id = parseEngineId(problem.engine);
  if (!id.ok) return failure(`field engine: ${id.error.message}`, 0, 0);
  const index = openIndex(problem);
  if (!index.ok) return index;
  const engine = await loadEngine(id.value);
  const run = runProblem(problem, engine, index.value);
  const rerun = (other: Problem): Run | null => {
    const opened = openIndex(other);
    return opened.ok ? runProblem(other, engine, opened.value) : null;
  };
  const explanation =
    explain || share !== undefined ? explainProblemRun(run, id.value, engine, { looksFurther }) : null;
  const report = reportRun(run, {
    events,
    log,
    ...(explain && explanation !== null ? { explanation } : {}),
    ...(queries.length > 0 ? { answers: answerQueries(run, id.value, engine, queries).answers } : {}),
  });
  return success({
    ...report,
    ...(lock ? lockAnswer(run) : {}),
    ...(commands ? commandsOf(withIndex(problem), origin) : {}),
    ...(symptom === null ? {} : { minimised: await minimisedAnswer(problem, index.value, engine, symptom) }),
    ...(share === undefined || explanation === null
      ? {}
      : { share: await shareOf(share, { ...run, problem: withIndex(problem) }, explanation, page, rerun) }),
  });
}

/** What is handed on names the snapshot that was asked where the question names none: the default moves. */
function withIndex(problem: Problem): Problem {
  const { snapshot, facts, overlay } = problem.index;
  if (snapshot !== undefined || facts !== undefined || overlay !== undefined) return problem;
  return { ...problem, index: { ...problem.index, snapshot: defaultSnapshot() } };
}
