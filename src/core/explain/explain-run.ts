/**
 * The checked answer. It may take longer than the run itself, so it is made after the first answer has been shown
 * (quick-explanation.ts) and replaces it. Pure: budgets are counts, never time.
 */
import { isMissing } from '../package-index/package-index.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import type { Outcome } from '../resolver/outcome.ts';
import type { ImpossibilityProof } from '../resolver/prover/proof.ts';
import { capsOf } from '../diagnose/caps.ts';
import { capNote } from './cap-words.ts';
import { toolText, type EndedRun } from './ended-run.ts';
import { explainConflict, type ConflictTask } from './explain-conflict.ts';
import { decider, DEFAULT_EXPLAIN_BUDGET, staging, type ExplainOptions } from './explain-options.ts';
import { makeExplanation, type Explanation } from './explanation.ts';
import { failingEnvironment } from './failing-environment.ts';
import { leftOut } from './left-out.ts';
import { ledgerTarget } from './ledger-words.ts';
import { missingExtras } from './missing-extras.ts';
import { pipCheck } from './pip/check-text.ts';
import { quickExplanation, withRefusal } from './quick-explanation.ts';
import { solvedExplanation } from './solved-explanation.ts';
import { speedAdvice } from './speed-words.ts';
import { stoppedExplanation } from './unfinished-explanation.ts';
import { toolNotes } from './tool-notes.ts';
import { code, shortListOf } from './words.ts';

/** Explains a run with everything that can be checked. `request` is what was run. */
export function explainRun(run: EndedRun, request: ResolveRequest, options: ExplainOptions): Explanation {
  let ranOut = false;
  const staged = staging(options, (explanation) => withRefusal(run, explanation));
  const explanation = explainOutcome(run, request, { ...staged, onRanOut: () => (ranOut = true) });
  return {
    ...withRefusal(run, explanation),
    leftOut: leftOut(options.ledgers(), run.trace, ledgerTarget(request)),
    ranOut,
  };
}

function explainOutcome(run: EndedRun, request: ResolveRequest, options: ExplainOptions): Explanation {
  const { outcome } = run;
  if (outcome.kind === 'solved') return explainSolved(run, outcome, request, options);
  if (outcome.kind === 'stopped') return explainStopped(run, outcome, request, options);
  if (outcome.kind === 'incomplete') return explainIncomplete(run, request, options);
  if (outcome.kind !== 'unsolvable') return quickExplanation({ ...run, isRefused: false });
  const budget = options.budget ?? DEFAULT_EXPLAIN_BUDGET;
  const decide = decider(options, budget);
  if (request.options.universal) return explainUniversal({ run, request, options, budget, decide });
  const answer = decide(request);
  switch (answer.kind) {
    case 'impossible':
      return explainConflict({ run, request, options, budget, decide }, answer.proof);
    case 'possible':
      return wrongAnswer(run, answer.pins);
    case 'stopped':
      return uncheckedAnswer(run, answer.reason);
    case 'incomplete':
      return { ...quickExplanation({ ...run, isRefused: false }), missing: answer.missing };
  }
}

/** uv gave no answer for all environments: what one of them shows, or that each by itself would have one. */
function explainUniversal(task: ConflictTask): Explanation {
  const { run, request, options, budget, decide } = task;
  const found = failingEnvironment(run, request, decide);
  if (found === null) {
    const quick = quickExplanation({ ...run, isRefused: false });
    return { ...quick, remarks: [...quick.remarks, ONE_FOR_ALL] };
  }
  const { resolve } = options;
  const everywhere = { target: request.target, options: request.options };
  // Fixes have to help everywhere.
  const resolveAll =
    resolve === null ? null : (changed: ResolveRequest) => resolve({ ...changed, ...everywhere });
  const inThis = (explained: Explanation): Explanation => ({
    ...explained,
    remarks: [`This is so with ${found.name}.`, ...explained.remarks],
  });
  const explained = explainConflict(
    {
      run,
      request: found.request,
      options: { ...staging(options, inThis), resolve: resolveAll },
      budget,
      decide,
    },
    found.proof,
  );
  return inThis(explained);
}

const ONE_FOR_ALL =
  'Each environment that was tried by itself has a solution. uv looks for one answer for all of them, and divides the search only where one package asks for another more than once, with markers that exclude each other.';

/** A solution with its surprises; where the pins do not fit together, why that could not be, or what would. */
function explainSolved(
  run: EndedRun,
  outcome: Extract<Outcome, { kind: 'solved' }>,
  request: ResolveRequest,
  options: ExplainOptions,
): Explanation {
  const caps = capsOf(outcome.pins, options.ledgers())
    .map((cap) => capNote(cap, run.trace, request))
    .toSorted((a, b) => Number(b.isGivenUp) - Number(a.isGivenUp) || b.newer - a.newer);
  const solved = {
    ...solvedExplanation(run, outcome, caps, missingExtras(request, outcome.pins)),
    check: options.rules === 'pip' ? pipCheck(request, outcome.pins) : null,
  };
  if (solved.kind !== 'broken') {
    options.onStage?.(solved);
    return { ...solved, faster: speedAdvice(run, request, options, outcome.pins) };
  }
  if (request.options.universal) return solved;
  const staged = staging(options, (conflict) => ({ ...solved, ...conflictBeside(conflict) }));
  const budget = options.budget ?? DEFAULT_EXPLAIN_BUDGET;
  const decided = decideBeside({ run, request, options: staged, budget });
  const parts = decided !== null && 'lines' in decided ? decided : {};
  return { ...solved, ...parts, remarks: decided?.remarks ?? solved.remarks };
}

/** What the tool could not answer for lack of facts: a conflict that does not rest on them is explained all the same. */
function explainIncomplete(run: EndedRun, request: ResolveRequest, options: ExplainOptions): Explanation {
  const quick = quickExplanation({ ...run, isRefused: false });
  // What can be loaded is loaded first, and then this is asked again.
  if (quick.missing.some(({ loadable }) => loadable) || request.options.universal) return quick;
  const budget = options.budget ?? DEFAULT_EXPLAIN_BUDGET;
  const decide = decider(options, budget);
  const answer = decide(request);
  if (answer.kind !== 'impossible' || isOpenEnded(request, answer.proof)) return quick;
  const beside = (conflict: Explanation): Explanation => {
    const { remarks: told, ...parts } = conflictBeside(conflict);
    const [sentence = '', ...remarks] = told;
    const whatever = `Whatever that is, there is no solution. ${sentence}`;
    return { ...quick, ...parts, remarks: [whatever, ...remarks, ...quick.remarks] };
  };
  const task = { run, request, options: staging(options, beside), budget, decide };
  return beside(explainConflict(task, answer.proof));
}

/** Whether a proof counts the versions of a list that is partial: what it does not hold may exist. */
function isOpenEnded({ index }: ResolveRequest, { packages }: ImpossibilityProof): boolean {
  return packages.some(({ name }) => {
    const page = name === '' ? null : index.page(name);
    return page !== null && !isMissing(page) && page.partial !== undefined;
  });
}

/** Runs of the tool for fixes where one that was stopped has shown that it takes long. */
const FIXES_OF_STOPPED = 6;

/** A run without an answer, with the prover's answer beside it. */
function explainStopped(
  run: EndedRun,
  outcome: Extract<Outcome, { kind: 'stopped' }>,
  request: ResolveRequest,
  options: ExplainOptions,
): Explanation {
  const { fixes, ...rest } = options.budget ?? DEFAULT_EXPLAIN_BUDGET;
  const budget = { ...rest, fixes: Math.min(fixes, FIXES_OF_STOPPED) };
  // What holds in one environment is not the answer for all.
  const beside = (decided: ReturnType<typeof decideBeside>): Explanation => {
    const certainty = decided === null ? 'unknown' : 'lines' in decided ? 'impossible' : 'possible';
    const stopped = stoppedExplanation(run, outcome, certainty);
    const parts = decided !== null && 'lines' in decided ? decided : {};
    return { ...stopped, ...parts, remarks: [...(decided?.remarks ?? []), ...stopped.remarks] };
  };
  const staged = staging(options, (conflict) => beside(conflictBeside(conflict)));
  const task = { run, request, options: staged, budget };
  const decided = request.options.universal ? null : decideBeside(task);
  const told = beside(decided);
  if (decided === null || !('pins' in decided)) return told;
  options.onStage?.(told);
  return { ...told, faster: speedAdvice(run, request, options, decided.pins) };
}

/** A solution that the tool's own run did not come to. */
interface OtherSolution {
  readonly remarks: readonly string[];
  readonly pins: readonly { readonly name: string; readonly version: string }[];
}

/** What is certain of a question to which the tool's own run gives no true answer; null where nothing is. */
function decideBeside(task: Omit<ConflictTask, 'decide'>): OtherSolution | ExplainedConflict | null {
  const decide = decider(task.options, task.budget);
  const answer = decide(task.request);
  if (answer.kind === 'possible')
    return isSameAnswer(task.run, answer.pins)
      ? null
      : {
          pins: [...answer.pins].map(([name, version]) => ({ name, version })),
          remarks: [`There is a solution that this search did not come to: ${pinNames(answer.pins)}.`],
        };
  if (answer.kind !== 'impossible') return null;
  return conflictBeside(explainConflict({ ...task, decide }, answer.proof));
}

/** A conflict as part of an answer that has a sentence of its own. */
function conflictBeside(conflict: Explanation): ExplainedConflict {
  const { lines, minimality, fixes, chains, clash, proof, others } = conflict;
  const remarks = [conflict.sentence, ...conflict.remarks];
  return { remarks, lines, minimality, fixes, chains, clash, proof, others };
}

function isSameAnswer({ outcome }: EndedRun, pins: ReadonlyMap<string, string>): boolean {
  return (
    outcome.kind === 'solved' &&
    outcome.pins.length === pins.size &&
    outcome.pins.every(({ name, version }) => pins.get(name) === version)
  );
}

type ExplainedConflict = Pick<
  Explanation,
  'remarks' | 'lines' | 'minimality' | 'fixes' | 'chains' | 'clash' | 'proof' | 'others'
>;

/** The tool gave up although there is a solution: known of several pip releases. */
function wrongAnswer(run: EndedRun, pins: ReadonlyMap<string, string>): Explanation {
  return makeExplanation({
    kind: 'wrong-answer',
    sentence: `${run.tool} gives up here, but there is a solution: ${pinNames(pins)}.`,
    remarks: [
      'An independent solver found it under the same rules. The search of this release gave up something that it should have come back to.',
    ],
    tool: toolText(run, ['The conflict that is reported here does not exist.', ...toolNotes(run.message)]),
  });
}

function pinNames(pins: ReadonlyMap<string, string>): string {
  return shortListOf(
    [...pins].map(([name, version]) => `${code(name)} ${version}`),
    6,
  );
}

function uncheckedAnswer(run: EndedRun, reason: 'budget' | 'undecided'): Explanation {
  const quick = quickExplanation({ ...run, isRefused: false });
  const why =
    reason === 'budget'
      ? 'Whether these are really the lines that matter was not found out: the check took too long and was stopped.'
      : 'Whether these are really the lines that matter is not certain: it depends on pre-releases or withdrawn versions that may or may not be allowed.';
  return { ...quick, remarks: [...quick.remarks, why] };
}
