/** Problem in, run out: the one way in which the worker, the headless command, tests and benchmarks run an engine. */
import { indexCaveats } from '../explain/index-caveats.ts';
import { newerReleaseText } from '../explain/release-words.ts';
import type { Diagnostic } from '../manifest/syntax/diagnostic.ts';
import { makeDatedIndex } from '../package-index/facts/dated-index.ts';
import type { PackageIndex } from '../package-index/package-index.ts';
import { makeSourcedIndex } from '../package-index/package-sources.ts';
import { hasDateOption, newerThanKnown, parseEngineId } from '../problem/engine-id.ts';
import type { Problem } from '../problem/problem.ts';
import type { Engine, ResolveRequest } from '../resolver/engine.ts';
import type { EngineResult, Outcome } from '../resolver/outcome.ts';
import type { Trace, TraceChunk } from '../resolver/trace.ts';
import { TraceRecorder, type TraceRecorderOptions } from '../resolver/trace-recorder.ts';
import { boundedDiagnostics } from './bounded-diagnostics.ts';
import { layOverlay } from './overlay.ts';
import { refusedMessage as refusedMessageOf } from '../explain/pip/refused-text.ts';
import { readingPolicy } from '../ledger/engine-era.ts';
import { cutOffOf, prepareRequest } from './request.ts';
import { resolveOn } from './resolve-on.ts';
import { sourcesFor } from './sources.ts';

/** A finished run. It holds the request, which holds the index: it does not leave the thread as it is. */
export interface Run extends EngineResult {
  readonly problem: Problem;
  /** Null when the environment does not exist and nothing was run. */
  readonly request: ResolveRequest | null;
  readonly trace: Trace;
  /** Complaints about the pasted texts. Lines that could not be read were left out of the run. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the real tool would refuse the texts, so that `outcome` is that of the remaining lines only. */
  readonly isRefused: boolean;
  /** Refused by pip: what it prints, where that is known. */
  readonly refusedMessage?: string;
}

export interface RunOptions {
  /** Called with pieces of the trace while the run goes on, and with the last piece at its end. */
  readonly onChunk?: (chunk: TraceChunk) => void;
  /** Called before each choice of pip's search: what stood to be chosen, and by which key. */
  readonly onChoice?: TraceRecorderOptions['onChoice'];
  /** Whether the tool's log is kept; it is by default. */
  readonly keepsLog?: boolean;
  /** Another order of pip's preferences, to try a change of heuristic. */
  readonly preference?: ResolveRequest['preference'];
}

/** Runs a Problem with an engine of `loadEngine` on the facts at hand. Pure: same Problem, same facts, same run. */
export function runProblem(
  problem: Problem,
  engine: Engine,
  index: PackageIndex,
  options: RunOptions = {},
): Run {
  const recorder = new TraceRecorder(options);
  const laid = layOverlay(problem, index);
  const prepared = prepareRequest(
    problem,
    asOfDate(problem, makeSourcedIndex(laid.index, sourcesFor(problem, laid.index))),
  );
  if (!prepared.ok) {
    const result = emptyResult({ kind: 'invalid' }, prepared.error.message);
    return { ...result, problem, request: null, trace: recorder, diagnostics: [], isRefused: true };
  }
  const { isRefused, missing } = prepared.value;
  const { preference } = options;
  const request =
    preference === undefined ? prepared.value.request : { ...prepared.value.request, preference };
  const diagnostics = boundedDiagnostics([...prepared.value.diagnostics, ...laid.diagnostics]);
  const { refusal } = prepared.value;
  const hasNothingToSearch = isRefused && request.requirements.length === 0;
  const early: Outcome | null =
    hasNothingToSearch || refusal !== undefined
      ? { kind: 'invalid' }
      : missing.length > 0
        ? { kind: 'incomplete', missing }
        : null;
  const found = early === null ? engine(request, recorder) : emptyResult(early, refusal ?? '');
  const { warning } = prepared.value;
  const ended = withCaveats(resolveOn(found, request, engine, recorder), request);
  const result = warning === undefined ? ended : withWarning(ended, warning);
  recorder.flush();
  const newer = newerThanKnown(problem.engine);
  const caveats = newer === null ? [] : [newerReleaseText(problem.engine, newer)];
  return {
    ...result,
    ...(newer === null ? {} : { caveats: [...caveats, ...(result.caveats ?? [])] }),
    problem,
    request,
    trace: recorder,
    diagnostics,
    isRefused,
    ...(isRefused ? refusedPart(problem, diagnostics) : {}),
  };
}

/** pip's words on the line that it refuses; for pip only. */
function refusedPart(problem: Problem, diagnostics: readonly Diagnostic[]): Pick<Run, 'refusedMessage'> {
  if (!problem.engine.startsWith('pip@')) return {};
  const { requirements, constraints = '', engine } = problem;
  const refusedMessage = refusedMessageOf(diagnostics, {
    requirements,
    constraints,
    policy: readingPolicy(engine),
  });
  return refusedMessage === '' ? {} : { refusedMessage };
}

/** What is said before anything else. */
function withWarning(result: EngineResult, text: string): EngineResult {
  const notices = [{ level: 'warning', text } as const, ...result.notices];
  return {
    ...result,
    notices,
    ...(result.printed === undefined ? {} : { printed: `${text}\n${result.printed}` }),
  };
}

/** What the tool cannot know of its index is told beside what is known of the tool. */
function withCaveats(result: EngineResult, { index, options, target }: ResolveRequest): EngineResult {
  const minor = Number(/^3\.(\d+)/u.exec(target.pythonVersion)?.[1]);
  const isDated = options.uploadedPriorTo !== null;
  const caveats = indexCaveats(result.outcome, index, { isDated, minor });
  return caveats.length === 0 ? result : { ...result, caveats: [...(result.caveats ?? []), ...caveats] };
}

/** Tools without an option for a date are given the index as it was. */
function asOfDate(problem: Problem, index: PackageIndex): PackageIndex {
  const id = parseEngineId(problem.engine);
  const cutOff = cutOffOf(problem);
  if (!id.ok || cutOff === null || !cutOff.ok || hasDateOption(id.value)) return index;
  return makeDatedIndex(index, cutOff.value);
}

function emptyResult(outcome: Outcome, message: string): EngineResult {
  const metrics = { rounds: 0, pinned: 0, rejected: 0, undone: 0, requirements: 0, pages: 0, metadata: 0 };
  return { outcome, message, notices: [], metrics };
}
