/**
 * The checked answer. It may take longer than the run itself, so it is made after the first answer has been shown
 * (quick-explanation.ts) and replaces it. Pure: budgets are counts, never time.
 */
import { isMissing } from '../package-index/package-index.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import type { Outcome } from '../resolver/outcome.ts';
import { prove, type ProveOptions } from '../resolver/prover/prove.ts';
import type { ImpossibilityProof } from '../resolver/prover/proof.ts';
import { chainsOf, clashOf } from './chains.ts';
import type { ConflictFacts } from './conflict-facts.ts';
import { conflictKind } from './conflict-kind.ts';
import { casesSentence, conflictSentence } from './conflict-sentence.ts';
import { derivedProof } from './derived-proof.ts';
import { toolText, type EndedRun } from './ended-run.ts';
import { makeExplanation, type Conflict, type Explanation } from './explanation.ts';
import { failingEnvironment } from './failing-environment.ts';
import { fixOf, repairRemarks } from './fixes.ts';
import { tryRepairs, type Repairs, type Resolve, type WithPython } from '../diagnose/repair-trials.ts';
import type { Repair } from '../diagnose/repair.ts';
import { otherConflicts } from '../diagnose/other-conflicts.ts';
import { leftOut } from './left-out.ts';
import { minimalLines, type Decide, type LineKey, type MinimalLines } from '../diagnose/minimal-lines.ts';
import { linesOfCauses } from './named-causes.ts';
import { distinctLines, type ConflictView } from './narrowing-view.ts';
import { narrow } from './narrowing.ts';
import { sliceNarrowing } from './narrowing-slice.ts';
import { capsOf, type TriedLedger } from '../diagnose/caps.ts';
import { capNote } from './cap-words.ts';
import { ledgerTarget } from './ledger-words.ts';
import { missingExtras } from './missing-extras.ts';
import { pipCheck } from './pip/check-text.ts';
import { conflictFacts } from './proof-facts.ts';
import { narrowingProof } from './proof-steps.ts';
import type { TriedOut } from './query.ts';
import { quickExplanation, withRefusal } from './quick-explanation.ts';
import { solvedExplanation } from './solved-explanation.ts';
import { stoppedExplanation } from './unfinished-explanation.ts';
import { blameNotes, toolNotes, type NamedLine } from './tool-notes.ts';
import { code, shortListOf } from './words.ts';

/** How much may be spent. */
export interface ExplainBudget {
  /** Versions that one proof may try. */
  readonly decisions: number;
  /** Versions that all proofs together may try; what comes after says so. */
  readonly allDecisions: number;
  /** Proofs for the minimal set of lines. */
  readonly solves: number;
  /** Runs of the tool for fixes. */
  readonly fixes: number;
  /** Rounds of each of them. */
  readonly rounds: number;
}

/** Enough for what people paste; a second or two at worst. */
export const DEFAULT_EXPLAIN_BUDGET: ExplainBudget = {
  decisions: 20_000,
  allDecisions: 120_000,
  solves: 60,
  fixes: 24,
  rounds: 400,
};

/** Ten times that, for who asks to look further. */
export const FURTHER_EXPLAIN_BUDGET: ExplainBudget = {
  decisions: 200_000,
  allDecisions: 1_200_000,
  solves: 600,
  fixes: 240,
  rounds: 4_000,
};

export interface ExplainOptions {
  /** Whose rules decide which versions can be used. */
  readonly rules: ProveOptions['rules'];
  /** The tool's own engine; without it no fixes are offered. */
  readonly resolve: Resolve | null;
  /** The same question for another Python; null where there is none. */
  readonly withPython?: WithPython;
  /** The ledgers of all projects of the run. */
  readonly ledgers: () => readonly TriedLedger[];
  readonly budget?: ExplainBudget;
  /**
   * Hears what is certain so far, each time that more is: the lines with sentence, chains and proof; further conflicts;
   * each fix as it is verified. What it hears is true, and grows.
   */
  readonly onStage?: (explanation: Explanation) => void;
}

/** Explains a run with everything that can be checked. `request` is what was run. */
export function explainRun(run: EndedRun, request: ResolveRequest, options: ExplainOptions): Explanation {
  const staged = staging(options, (explanation) => withRefusal(run, explanation));
  const explanation = explainOutcome(run, request, staged);
  return {
    ...withRefusal(run, explanation),
    leftOut: leftOut(options.ledgers(), run.trace, ledgerTarget(request)),
  };
}

/** The options with stages that are told as parts of a larger answer. */
function staging(options: ExplainOptions, whole: (part: Explanation) => Explanation): ExplainOptions {
  const { onStage } = options;
  return onStage === undefined ? options : { ...options, onStage: (part) => onStage(whole(part)) };
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
  if (solved.kind !== 'broken' || request.options.universal) return solved;
  const staged = staging(options, (conflict) => ({ ...solved, ...conflictBeside(conflict) }));
  const budget = options.budget ?? DEFAULT_EXPLAIN_BUDGET;
  const decided = decideBeside({ run, request, options: staged, budget });
  return { ...solved, ...decided, remarks: decided?.remarks ?? solved.remarks };
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
    return { ...stopped, ...decided, remarks: [...(decided?.remarks ?? []), ...stopped.remarks] };
  };
  const staged = staging(options, (conflict) => beside(conflictBeside(conflict)));
  const task = { run, request, options: staged, budget };
  return beside(request.options.universal ? null : decideBeside(task));
}

/** What is certain of a question to which the tool's own run gives no true answer; null where nothing is. */
function decideBeside(
  task: Omit<ConflictTask, 'decide'>,
): Pick<Explanation, 'remarks'> | ExplainedConflict | null {
  const decide = decider(task.options, task.budget);
  const answer = decide(task.request);
  if (answer.kind === 'possible')
    return isSameAnswer(task.run, answer.pins)
      ? null
      : {
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

/** The prover, with the tool itself as witness where the prover knows no more than that it depends. */
function decider({ rules, resolve }: ExplainOptions, budget: ExplainBudget): Decide {
  let left = budget.allDecisions;
  return (request) => {
    if (left <= 0) return { kind: 'stopped', reason: 'budget', decisions: 0 };
    const answer = prove(request, { rules, budget: Math.min(left, budget.decisions) });
    if (answer.kind !== 'incomplete') left -= answer.decisions;
    if (answer.kind !== 'stopped' || answer.reason !== 'undecided' || resolve === null) return answer;
    const outcome = resolve(request);
    if (outcome.kind !== 'solved' || outcome.broken.length > 0) return answer;
    const pins = new Map(outcome.pins.map(({ name, version }) => [name, version]));
    return { kind: 'possible', pins, decisions: answer.decisions };
  };
}

interface ConflictTask {
  readonly run: EndedRun;
  readonly request: ResolveRequest;
  readonly options: ExplainOptions;
  readonly budget: ExplainBudget;
  readonly decide: Decide;
}

function explainConflict(task: ConflictTask, proof: ImpossibilityProof): Explanation {
  const { run, request, options, budget, decide } = task;
  const { onStage } = options;
  const minimal = minimalLines(request, proof, decide, budget.solves);
  const tool = toolText(run, notesOf(task, minimal));
  const first = makeExplanation({ ...conflictOf(task, minimal), tool });
  onStage?.(first);
  const found = otherConflicts(request, minimal, decide, budget.solves);
  const whole = { ...first, others: found.map((other) => conflictOf(task, other)) };
  if (found.length > 0) onStage?.(whole);
  const fixesOf = (repairs: readonly Repair[]): Explanation['fixes'] =>
    repairs.map((repair) => fixOf(repair, request.options.pythonVersion !== null));
  const repairs = repairsOf(task, [minimal, ...found], minimal.proof, (soFar) =>
    onStage?.({ ...whole, fixes: fixesOf(soFar) }),
  );
  if (repairs === null) return whole;
  return { ...whole, fixes: fixesOf(repairs.repairs), remarks: repairRemarks(repairs) };
}

/** Whether a question has an answer: what the tool takes, or why there is none. */
export function tryQuestion(
  request: ResolveRequest,
  { rules, resolve }: Pick<ExplainOptions, 'rules'> & { readonly resolve: Resolve },
): TriedOut {
  const outcome = resolve(request);
  if (outcome.kind === 'solved' && outcome.broken.length === 0)
    return { kind: 'possible', pins: outcome.pins };
  const budget = DEFAULT_EXPLAIN_BUDGET;
  const decide = decider({ rules, resolve, ledgers: () => [] }, budget);
  const answer = decide(request);
  if (answer.kind === 'possible')
    return { kind: 'possible', pins: [...answer.pins].map(([name, version]) => ({ name, version })) };
  if (answer.kind !== 'impossible') return { kind: 'unknown' };
  const minimal = minimalLines(request, answer.proof, decide, budget.solves);
  return { kind: 'impossible', sentence: conflictOf({ request }, minimal).sentence };
}

/** One minimal set of lines and why they cannot hold together. */
function conflictOf({ request }: Pick<ConflictTask, 'request'>, minimal: MinimalLines): Conflict {
  const sources = minimal.lines.map((key) => userLine(request, key).source);
  const lines = distinctLines(sources.filter(({ line }) => line > 0));
  const facts = conflictFacts(minimal.proof, minimal.request);
  const view = narrowingView(facts);
  return {
    kind: view === null ? 'conflict' : conflictKind(view),
    sentence: view === null ? casesSentence(lines, facts) : conflictSentence(view),
    lines,
    minimality: minimal.minimality,
    chains: view === null ? [] : chainsOf(view),
    clash: view === null ? null : clashOf(view),
    proof: view === null ? derivedProof(minimal.proof, minimal.request) : narrowingProof(view),
  };
}

/** Null without the tool's engine. */
function repairsOf(
  { request, options, budget, decide }: ConflictTask,
  conflicts: readonly MinimalLines[],
  proof: ImpossibilityProof,
  onFound: (repairs: readonly Repair[]) => void,
): Repairs | null {
  const { resolve, withPython = () => null } = options;
  if (resolve === null) return null;
  const keys = new Map(
    conflicts.flatMap(({ lines }) => lines.map((key) => [`${key.list} ${key.at}`, key] as const)),
  );
  return tryRepairs({
    request,
    lines: [...keys.values()],
    proof,
    resolve,
    decide,
    withPython,
    maxRuns: budget.fixes,
    maxRounds: budget.rounds,
    onFound,
  });
}

function narrowingView(facts: ConflictFacts): ConflictView | null {
  const narrowing = narrow(facts);
  return narrowing === null ? null : { facts, slice: sliceNarrowing(facts, narrowing) };
}

function notesOf({ run, request, options }: ConflictTask, minimal: MinimalLines): readonly string[] {
  const general = toolNotes(run.message);
  if (options.rules === 'uv' || minimal.minimality.status !== 'minimal') return general;
  const guilty = minimal.lines.map((key) => namedLine(request, key));
  return [...general, ...blameNotes(run.message, guilty, blamedLines(run, request))];
}

/** The lines that the tool's causes go back to. */
function blamedLines(run: EndedRun, request: ResolveRequest): readonly NamedLine[] {
  const { outcome, trace } = run;
  const causes = outcome.kind === 'unsolvable' ? (trace.causeLists[outcome.causes ?? -1] ?? []) : [];
  const sources = linesOfCauses(trace, causes);
  return request.requirements
    .filter(({ source }) => sources.some((other) => other.pane === source.pane && other.line === source.line))
    .map(({ requirement, source }) => ({ source, project: requirement.normalizedName }));
}

function userLine(request: ResolveRequest, { list, at }: LineKey): ResolveRequest['requirements'][number] {
  return request[list][at]!;
}

function namedLine(request: ResolveRequest, key: LineKey): NamedLine {
  const { requirement, source } = userLine(request, key);
  return { source, project: requirement.normalizedName };
}

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
