/** Holds claims against runs. Every engine that a claim names runs the Problem; nothing is matched in the lesson's text. */
import type { Explanation } from '../explain/explanation.ts';
import { ordersOf, reordered } from '../compare/order-fuzz.ts';
import { haveSameAnswer, cellOf, type Cell } from '../compare/cell.ts';
import { runAlone, type RanProblem } from '../compare/run-alone.ts';
import { isProvedPossible } from '../compare/reason.ts';
import { loadEngine } from '../headless/engines.ts';
import { explainProblemRun } from '../headless/explain-problem.ts';
import { RunLedgers } from '../ledger/run-ledger.ts';
import { parseRequirementsFile } from '../manifest/requirements/requirements-file.ts';
import type { MissingFact, PackageIndex } from '../package-index/package-index.ts';
import type { Problem } from '../problem/problem.ts';
import { EVENT_CODE } from '../resolver/events.ts';
import type { Trace } from '../resolver/trace.ts';
import { holdsAmount, type Claim, type Counted, type Statement } from './claim.ts';
import { changedLines, keepsLine, keepsPane } from './edits.ts';

export interface Judgement {
  readonly claim: string;
  readonly engine: string;
  readonly holds: boolean;
  /** What was found instead, in few words; '' where it holds. */
  readonly found: string;
}

export interface JudgedClaims {
  readonly judgements: readonly Judgement[];
  /** Facts that can be loaded; judge again when they are there. */
  readonly missing: readonly MissingFact[];
}

export interface JudgeContext {
  readonly index: PackageIndex;
  /** Engines of claims that name none. */
  readonly engines: readonly string[];
  /** What a learner began with, for claims on what was changed. */
  readonly start?: Problem;
  /** What a pasted text was read as. */
  readonly readAs?: string;
}

/** Judges claims on a Problem; each in each of its engines. */
export async function judgeClaims(
  problem: Problem,
  claims: readonly Claim[],
  context: JudgeContext,
): Promise<JudgedClaims> {
  const courts = new Map<string, Court>();
  const judgements: Judgement[] = [];
  for (const claim of claims) {
    for (const engine of claim.engines ?? context.engines) {
      const court = courts.get(engine) ?? new Court({ ...problem, engine }, context);
      courts.set(engine, court);
      const found = await court.judge(claim.statement);
      if (court.missing.length > 0) return { judgements, missing: court.missing };
      judgements.push({ claim: claim.text, engine, holds: found === null, found: found ?? '' });
    }
  }
  return { judgements, missing: [] };
}

/** Orders in which "in any order" is tried. */
const ORDERS = 12;

/** One engine's run of the Problem, and what follows from it, each worked out once. */
class Court {
  readonly #problem: Problem;
  readonly #context: JudgeContext;
  #ran: RanProblem | null = null;
  #explanation: Explanation | null = null;
  missing: readonly MissingFact[] = [];

  constructor(problem: Problem, context: JudgeContext) {
    this.#problem = problem;
    this.#context = context;
  }

  /** Null when it holds; else what was found. */
  async judge(statement: Statement): Promise<string | null> {
    const ran = await this.#run();
    if (this.missing.length > 0) return '';
    switch (statement.kind) {
      case 'ends':
        return this.#ends(ran, statement.as);
      case 'pins':
      case 'does-not-pin':
        return judgePins(cellOf(ran.run), statement);
      case 'counts':
        return judgeCount(ran, statement);
      case 'tries':
        return judgeTries(ran.run.trace, statement);
      case 'without':
        return this.#without(statement);
      case 'needs-lines':
        return this.#needsLines(statement.lines);
      case 'says':
        return judgeText(printedBy(ran), statement.text, statement.isNot);
      case 'names':
        return judgeName(ran.run.message, statement.name, statement.isNot);
      case 'is': {
        const { kind } = await this.#explained();
        return kind === statement.explained ? null : `it is ${kind}`;
      }
      case 'leaves-out':
        return judgeLeftOut(ran, statement);
      case 'same-in-any-order':
        return this.#anyOrder(statement.isNot);
      case 'reads-as':
        return this.#context.readAs === statement.manifest
          ? null
          : `it is read as ${this.#context.readAs ?? 'nothing'}`;
      case 'keeps':
        return this.#keeps(statement);
      case 'changes': {
        const changed = changedLines(this.#context.start ?? this.#problem, this.#problem);
        return holdsAmount(statement.amount, changed) ? null : `${changed} lines are changed`;
      }
    }
  }

  async #run(problem = this.#problem): Promise<RanProblem> {
    if (problem === this.#problem && this.#ran !== null) return this.#ran;
    const ran = await runAlone(problem, this.#context.index);
    if (problem === this.#problem) this.#ran = ran;
    const { outcome } = ran.run;
    if (outcome.kind === 'incomplete') this.missing = outcome.missing.filter((fact) => fact.loadable);
    return ran;
  }

  async #explained(): Promise<Explanation> {
    if (this.#explanation !== null) return this.#explanation;
    const { run, id } = await this.#run();
    this.#explanation = explainProblemRun(run, id, await loadEngine(id));
    return this.#explanation;
  }

  #ends({ run, id }: RanProblem, as: Extract<Statement, { kind: 'ends' }>['as']): string | null {
    const { verdict } = cellOf(run);
    if (as === 'wrong') {
      const isWrong = verdict === 'impossible' && run.request !== null && isProvedPossible(run.request, id);
      return isWrong ? null : verdict === 'impossible' ? 'no solution is known' : `the run is ${verdict}`;
    }
    const wanted = as === 'failed' ? 'impossible' : as;
    return verdict === wanted ? null : `the run is ${verdict}`;
  }

  async #without({ lines, solves }: Extract<Statement, { kind: 'without' }>): Promise<string | null> {
    const requirements = withoutLines(this.#problem.requirements, lines);
    const { run } = await this.#run({ ...this.#problem, requirements });
    const { verdict } = cellOf(run);
    return verdict === (solves ? 'solved' : 'impossible') ? null : `without them the run is ${verdict}`;
  }

  async #needsLines(lines: readonly number[]): Promise<string | null> {
    const explanation = await this.#explained();
    const found = explanation.lines.filter(({ pane }) => pane === 'requirements').map(({ line }) => line);
    const isSame = found.toSorted((a, b) => a - b).join() === lines.join();
    return isSame ? null : `the lines are ${found.join(', ') || 'none'}`;
  }

  async #anyOrder(isNot: boolean): Promise<string | null> {
    const { requirements } = this.#problem;
    const count = parseRequirementsFile(requirements).entries.length;
    const cells: Cell[] = [];
    for (const order of ordersOf(count, ORDERS)) {
      const { run } = await this.#run({ ...this.#problem, requirements: reordered(requirements, order) });
      cells.push(cellOf(run));
    }
    const isSame = cells.every((cell) => haveSameAnswer(cell, cells[0]!));
    if (isSame !== isNot) return null;
    return isSame ? 'every order gives the same' : 'another order gives another answer';
  }

  #keeps({ pane, line }: Extract<Statement, { kind: 'keeps' }>): string | null {
    const start = this.#context.start ?? this.#problem;
    if (line === null) return keepsPane(start, this.#problem, pane) ? null : 'it is changed';
    return keepsLine(start, this.#problem, line) ? null : `line ${line} is changed`;
  }
}

/** Lines are blanked, so that the others keep their numbers. */
function withoutLines(text: string, lines: readonly number[]): string {
  return text
    .split('\n')
    .map((line, at) => (lines.includes(at + 1) ? '' : line))
    .join('\n');
}

function judgePins(
  cell: Cell,
  statement: Extract<Statement, { kind: 'pins' | 'does-not-pin' }>,
): string | null {
  const version = cell.pins?.[statement.name];
  if (cell.pins === null) return `the run is ${cell.verdict}`;
  if (statement.kind === 'does-not-pin') return version === undefined ? null : `it pins ${version}`;
  return version === statement.version ? null : `it pins ${version ?? 'none'}`;
}

const COUNTED_EVENTS: Readonly<Record<Exclude<Counted, 'rounds' | 'pins' | 'tries'>, readonly number[]>> = {
  skips: [EVENT_CODE.reject],
  undoes: [EVENT_CODE.unpin],
  conflicts: [EVENT_CODE.conflict, EVENT_CODE.clash],
  jumps: [EVENT_CODE.backjump],
  rollbacks: [EVENT_CODE.rollback],
  learns: [EVENT_CODE.learn],
  forks: [EVENT_CODE.fork],
};

const TRIES: ReadonlySet<number> = new Set([EVENT_CODE.pin, EVENT_CODE.decide, EVENT_CODE.reject]);

function judgeCount(ran: RanProblem, statement: Extract<Statement, { kind: 'counts' }>): string | null {
  const found = countOf(ran, statement);
  return holdsAmount(statement.amount, found) ? null : `it is ${found}`;
}

function countOf(
  { run }: RanProblem,
  { what, name, version }: Extract<Statement, { kind: 'counts' }>,
): number {
  const { trace, metrics, outcome } = run;
  if (what === 'rounds') return metrics.rounds;
  if (what === 'pins') return outcome.kind === 'solved' ? outcome.pins.length : 0;
  if (what === 'tries') return triedVersions(trace, name).size;
  if (name === '' && what === 'undoes') return metrics.undone;
  const codes = COUNTED_EVENTS[what];
  let count = 0;
  for (let step = 0; step < trace.length; step++)
    if (codes.includes(trace.kinds[step]!) && (name === '' || isOf(trace, step, name, version))) count += 1;
  return count;
}

function triedVersions(trace: Trace, name: string): ReadonlySet<string> {
  const versions = new Set<string>();
  for (let step = 0; step < trace.length; step++)
    if (TRIES.has(trace.kinds[step]!) && isOf(trace, step, name, ''))
      versions.add(trace.candidates[trace.first[step]!]?.version ?? '');
  return versions;
}

function isOf(trace: Trace, step: number, name: string, version: string): boolean {
  const candidate = trace.candidates[trace.first[step]!];
  if (candidate === undefined) return false;
  return (
    trace.packages[candidate.package]?.name === name && (version === '' || candidate.version === version)
  );
}

function judgeTries(
  trace: Trace,
  { name, version, isNever }: Extract<Statement, { kind: 'tries' }>,
): string | null {
  const hasTried = triedVersions(trace, name).has(version);
  if (hasTried !== isNever) return null;
  return hasTried ? 'it is tried' : 'it is not tried';
}

function printedBy({ run }: RanProblem): string {
  return run.printed ?? [...run.notices.map(({ text }) => text), run.message].join('\n');
}

function judgeText(text: string, wanted: string, isNot: boolean): string | null {
  const hasText = text.replaceAll(/\s+/gu, ' ').includes(wanted.replaceAll(/\s+/gu, ' '));
  if (hasText !== isNot) return null;
  return hasText ? 'it says so' : 'it does not say so';
}

function judgeName(message: string, name: string, isNot: boolean): string | null {
  const names: readonly string[] = message.toLowerCase().match(/[a-z0-9]+(?:[._-][a-z0-9]+)*/gu) ?? [];
  const hasName = names.includes(name);
  if (hasName !== isNot) return null;
  return hasName ? 'its message names it' : 'its message does not name it';
}

function judgeLeftOut(
  { run, id }: RanProblem,
  { name, version, reason }: Extract<Statement, { kind: 'leaves-out' }>,
): string | null {
  const { request, outcome, trace } = run;
  const ledger = request === null ? null : new RunLedgers({ request, outcome, trace }, id).ledger(name);
  const row = ledger?.versions.find((item) => item.version === version);
  if (row === undefined) return 'the index has no such version';
  if (row.reason === null) return 'it is a candidate';
  return reason === '' || row.reason.kind === reason ? null : `it is left out because of ${row.reason.kind}`;
}
