/** A conflict that was proved, explained: what the lines do to each other, and what would help. */
import { isMissing } from '../package-index/package-index.ts';
import { normalizeName } from '../packaging/name.ts';
import type { ResolveRequest } from '../resolver/engine.ts';
import type { ImpossibilityProof } from '../resolver/prover/proof.ts';
import { minimalLines, type Decide, type LineKey, type MinimalLines } from '../diagnose/minimal-lines.ts';
import { otherConflicts } from '../diagnose/other-conflicts.ts';
import type { Repair } from '../diagnose/repair.ts';
import { tryRepairs, type Repairs, type Resolve } from '../diagnose/repair-trials.ts';
import { chainsOf, clashOf } from './chains.ts';
import type { ConflictFacts } from './conflict-facts.ts';
import { conflictKind } from './conflict-kind.ts';
import { casesSentence, conflictSentence } from './conflict-sentence.ts';
import { derivedProof } from './derived-proof.ts';
import { toolText, type EndedRun } from './ended-run.ts';
import {
  decider,
  DEFAULT_EXPLAIN_BUDGET,
  type ExplainBudget,
  type ExplainOptions,
} from './explain-options.ts';
import { makeExplanation, type Conflict, type Explanation } from './explanation.ts';
import { fixOf, repairRemarks } from './fixes.ts';
import { leavesRoom } from './listed-words.ts';
import { linesOfCauses } from './named-causes.ts';
import { boundsOf, distinctLines, packageAt, type ConflictView } from './narrowing-view.ts';
import { narrow } from './narrowing.ts';
import { sliceNarrowing } from './narrowing-slice.ts';
import { conflictFacts } from './proof-facts.ts';
import { narrowingProof } from './proof-steps.ts';
import type { TriedOut } from './query.ts';
import { blameNotes, toolNotes, type NamedLine } from './tool-notes.ts';
import { code } from './words.ts';

/** A conflict that is to be explained, and with what. */
export interface ConflictTask {
  readonly run: EndedRun;
  readonly request: ResolveRequest;
  readonly options: ExplainOptions;
  readonly budget: ExplainBudget;
  readonly decide: Decide;
}

/** A proved conflict: lines, sentence, chains, proof, further conflicts, and changes that help. */
export function explainConflict(task: ConflictTask, proof: ImpossibilityProof): Explanation {
  const { run, request, options, budget, decide } = task;
  const { onStage } = options;
  const shortest = minimalLines(request, proof, decide, budget.solves);
  const isCertain = (set: MinimalLines): boolean => openGap(request, set) === null;
  const othersOf = (set: MinimalLines): readonly MinimalLines[] =>
    otherConflicts(request, set, decide, budget.solves);
  // A set that a release outside of a partial list could dissolve gives way to one that is certain.
  const early = isCertain(shortest) ? null : othersOf(shortest);
  const minimal = early?.find(isCertain) ?? shortest;
  const { minimality } = minimal;
  if (minimality.status === 'not-minimal' && minimality.solves >= budget.solves) options.onRanOut?.();
  const tool = toolText(run, notesOf(task, minimal));
  const openRemarks = partialRemarks(request, minimal);
  const first = makeExplanation({ ...conflictOf(task, minimal), remarks: openRemarks, tool });
  onStage?.(first);
  const others = early ?? othersOf(minimal);
  const found = others.filter((other) => other !== minimal && isCertain(other));
  const whole = { ...first, others: found.map((other) => conflictOf(task, other)) };
  if (found.length > 0) onStage?.(whole);
  const fixesOf = (repairs: readonly Repair[]): Explanation['fixes'] =>
    repairs.map((repair) => fixOf(repair, request.options.pythonVersion !== null));
  const repairs = repairsOf(task, [shortest, ...others], minimal.proof, (soFar) =>
    onStage?.({ ...whole, fixes: fixesOf(soFar) }),
  );
  if (repairs === null) return whole;
  if (repairs.isCutShort || repairs.wasStopped) options.onRanOut?.();
  return { ...whole, fixes: fixesOf(repairs.repairs), remarks: [...openRemarks, ...repairRemarks(repairs)] };
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

/** The project of which a release could do that a partial list does not hold; null where the conflict is certain. */
function openGap({ index }: ResolveRequest, minimal: MinimalLines): string | null {
  const isPartial = (name: string): boolean => {
    const page = index.page(name);
    return !isMissing(page) && page.partial !== undefined;
  };
  if (!minimal.proof.packages.some(({ name }) => name !== '' && isPartial(name))) return null;
  const view = narrowingView(conflictFacts(minimal.proof, minimal.request));
  if (view === null || !leavesRoom(view, boundsOf(view))) return null;
  const name = packageAt(view, view.slice.emptied).identifier.replace(/\[.*$/u, '');
  return isPartial(normalizeName(name)) ? name : null;
}

/** What is to be known of a conflict whose facts are lists that are partial. */
function partialRemarks(request: ResolveRequest, minimal: MinimalLines): readonly string[] {
  const open = openGap(request, minimal);
  if (open !== null)
    return [
      `Not all releases of ${code(open)} are known here: one that this snapshot does not list could fit.`,
    ];
  const isPartial = conflictFacts(minimal.proof, minimal.request).facts.some((fact) => {
    const page =
      fact.kind === 'needs' ? request.index.page(minimal.proof.packages[fact.package]!.name) : null;
    return page !== null && !isMissing(page) && page.partial !== undefined;
  });
  return isPartial ? [PARTIAL] : [];
}

const PARTIAL =
  'The lists of releases are those that public lock files chose: one that is not among them could change this.';

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
