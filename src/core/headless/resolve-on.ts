/**
 * Where facts are missing: everything that is missing at once, and what can be said without it.
 *
 *   engine ──▶ incomplete ─────────▶ again, what is unknown passed over ──▶ every missing fact, and a partial answer
 *          ──▶ unsolvable, and
 *              lists are partial ──▶ again, requirements that no known release answers passed over
 *                                      ├─▶ still unsolvable: so it is
 *                                      └─▶ solved: incomplete, the releases that are missing
 *
 * A list that is partial proves nothing by what it does not hold, so a conflict counts only where it does not rest on
 * that. The check is the tool's own engine, on an index in which these requirements are left out.
 */
import { evaluateMarker, formatMarker, type Marker } from '../packaging/marker.ts';
import type { Requirement } from '../packaging/requirement.ts';
import {
  makeForgivingIndex,
  type ForgivingIndex,
  type PassedOverReason,
} from '../package-index/forgiving-index.ts';
import { isMissing, type Distribution, type MissingFact } from '../package-index/package-index.ts';
import type { Engine, ResolveRequest, UserRequirement } from '../resolver/engine.ts';
import type { EngineResult, Outcome, PartialAnswer, Pin } from '../resolver/outcome.ts';
import type { Trace } from '../resolver/trace.ts';
import { TraceRecorder } from '../resolver/trace-recorder.ts';
import { makeAnswerCheck, makeOwnLimits } from './answer-check.ts';

/** Rounds of the search that goes on; longer ones end without a partial answer. */
const ROUNDS = 20_000;

type Incomplete = Extract<Outcome, { kind: 'incomplete' }>;

/** The result with its outcome completed, or taken back; the same result where nothing is missing. */
export function resolveOn(
  result: EngineResult,
  request: ResolveRequest,
  engine: Engine,
  trace: Trace,
): EngineResult {
  const { outcome } = result;
  if (outcome.kind === 'incomplete') {
    const outcomeOfAll = completeMissing(outcome, request, engine);
    return outcomeOfAll === outcome ? result : { ...result, outcome: outcomeOfAll };
  }
  if (outcome.kind !== 'unsolvable' || !readsPartialLists(request, trace)) return result;
  const open = openEnds(request, engine);
  if (open === null) return result;
  // The tool's error would be that of a world in which there is nothing else.
  const { notices, caveats, metrics } = result;
  return { outcome: open, message: '', notices, ...(caveats === undefined ? {} : { caveats }), metrics };
}

function readsPartialLists({ index }: ResolveRequest, trace: Trace): boolean {
  return trace.packages.some(({ name }) => {
    const page = name === '' ? null : index.page(name);
    return page !== null && !isMissing(page) && page.partial !== undefined;
  });
}

function completeMissing(outcome: Incomplete, request: ResolveRequest, engine: Engine): Incomplete {
  // What can be loaded is loaded first.
  if (outcome.missing.some(({ loadable }) => loadable)) return outcome;
  const first = goOn(request, engine, false);
  if (first.kind === 'loadable') return { ...outcome, missing: [...outcome.missing, ...first.missing] };
  const second = first.partial.kind === 'unsolvable' ? goOn(request, engine, true) : first;
  const gone = second.kind === 'passed-over' && second.partial.kind === 'solved' ? second : first;
  return { kind: 'incomplete', missing: withAll(outcome.missing, gone.missing), partial: gone.partial };
}

/** The releases without which nobody can say that there is no solution; null where there is none whatever they are. */
function openEnds(request: ResolveRequest, engine: Engine): Incomplete | null {
  const gone = goOn(request, engine, true);
  if (gone.kind === 'loadable') return { kind: 'incomplete', missing: gone.missing };
  if (gone.partial.kind !== 'solved' || gone.missing.length === 0) return null;
  return { kind: 'incomplete', missing: gone.missing, partial: gone.partial };
}

type LineReason = Exclude<PassedOverReason, 'marker-lost'>;

type GoneOn =
  | { readonly kind: 'loadable'; readonly missing: readonly MissingFact[] }
  | {
      readonly kind: 'passed-over';
      readonly missing: readonly MissingFact[];
      readonly partial: PartialAnswer;
    };

/** The search to its end, what is unknown passed over; `isLenient`: and what only partial lists do not answer. */
function goOn(request: ResolveRequest, engine: Engine, isLenient: boolean): GoneOn {
  const check = makeAnswerCheck(request);
  const withOwn = isLenient ? makeOwnLimits(request) : (requirement: Requirement) => requirement;
  const reasonOf = (requirement: Requirement): LineReason | null => {
    if (requirement.url !== null) return null;
    const alone = check(requirement);
    const answer = alone === 'answered' ? check(withOwn(requirement)) : alone;
    if (answer === 'unknown') return 'unknown-project';
    return isLenient && answer === 'unanswered' ? 'unanswered' : null;
  };
  const index = makeForgivingIndex(request.index, (requirement, { account }) => {
    const isDoubtful = account?.limits?.includes('extras-markers') === true;
    if (isLenient && isDoubtful && requirement.marker !== null && usesExtra(requirement.marker))
      return 'marker-lost';
    return reasonOf(requirement);
  });
  const lines = request.requirements.map((line) => ({ line, reason: reasonOf(line.requirement) }));
  const { maxRounds } = request.options;
  const options = { ...request.options, maxRounds: Math.min(maxRounds ?? ROUNDS, ROUNDS) };
  const requirements = lines.filter(({ reason }) => reason === null).map(({ line }) => line);
  const constraints = request.constraints.filter(({ requirement }) => reasonOf(requirement) === null);
  const { outcome } = engine(
    { ...request, index, options, requirements, constraints },
    new TraceRecorder({ maxEvents: 0 }),
  );
  if (outcome.kind === 'incomplete') {
    const loadable = outcome.missing.filter((fact) => fact.loadable);
    if (loadable.length > 0) return { kind: 'loadable', missing: loadable };
  }
  const passedLines = lines.flatMap(({ line, reason }) => (reason === null ? [] : [{ line, reason }]));
  const pins = outcome.kind === 'solved' ? outcome.pins : [];
  const missing = new MissingFacts();
  for (const { line, reason } of passedLines)
    if (appliesHere(line.requirement, request, []))
      missing.add(withOwn(line.requirement), reason, lineName(line));
  const unread = pins.flatMap((pin) => addPassedOver(missing, pin, index, request, withOwn));
  // A constraint says nothing of what nobody asks for.
  for (const line of request.constraints)
    if (!constraints.includes(line) && pins.some(({ name }) => name === line.requirement.normalizedName))
      missing.add(withOwn(line.requirement), 'unanswered', `constraints ${lineName(line)}`);
  if (unread.length > 0) return { kind: 'loadable', missing: unread };
  const kind = outcome.kind === 'solved' || outcome.kind === 'unsolvable' ? outcome.kind : 'stopped';
  return { kind: 'passed-over', missing: missing.all(), partial: { kind, pins } };
}

/** Adds what was passed over of a pin, as far as it holds there. Returns what has to be loaded to know that. */
function addPassedOver(
  missing: MissingFacts,
  pin: Pin,
  index: ForgivingIndex,
  request: ResolveRequest,
  withOwn: (requirement: Requirement) => Requirement,
): readonly MissingFact[] {
  const file = fileOfPin(pin, index);
  if (file === null) return [];
  const metadata = request.index.metadata(file);
  if (isMissing(metadata) && metadata.loadable) return [metadata];
  const { requirements, isUnknown } = index.passedOver(file);
  const asker = `${pin.name} ${pin.version}`;
  if (isUnknown) missing.addMetadata(metadata);
  for (const { requirement, reason } of requirements) {
    if (!appliesHere(requirement, request, pin.extras)) continue;
    if (reason === 'marker-lost') missing.addDoubt(file);
    else missing.add(withOwn(requirement), reason, asker);
  }
  return [];
}

function fileOfPin({ name, filename, version }: Pin, index: ForgivingIndex): Distribution | null {
  const page = index.page(name);
  if (isMissing(page)) return null;
  const found = page.distributions.find((file) =>
    filename === null ? file.version === version : file.filename === filename,
  );
  return found ?? null;
}

function appliesHere(
  { marker }: Requirement,
  { target, options }: ResolveRequest,
  extras: readonly string[],
): boolean {
  if (marker === null || (options.universal && !usesExtra(marker))) return true;
  return ['', ...extras].some((extra) => evaluateMarker(marker, target.markers, extra));
}

function usesExtra(marker: Marker): boolean {
  return /\bextra\b/u.test(formatMarker(marker));
}

function lineName({ source }: UserRequirement): string {
  return `line ${source.line}`;
}

/** Missing facts, each once, with everybody who needs it. */
class MissingFacts {
  readonly #facts = new Map<string, { readonly fact: MissingFact; readonly neededBy: string[] }>();

  add(requirement: Requirement, reason: LineReason, asker: string): void {
    const project = requirement.normalizedName;
    const asked = `${project}${requirement.specifier.text}`;
    const fact: MissingFact =
      reason === 'unknown-project'
        ? { missing: 'page', project, loadable: false }
        : { missing: 'release', project, requirement: asked, loadable: false };
    const key = reason === 'unknown-project' ? project : asked;
    const known = this.#facts.get(key);
    if (known === undefined) this.#facts.set(key, { fact, neededBy: [asker] });
    else if (!known.neededBy.includes(asker)) known.neededBy.push(asker);
  }

  addMetadata(fact: MissingFact | object): void {
    if (!('missing' in fact) || fact.missing !== 'metadata') return;
    this.#facts.set(`${fact.project} ${fact.filename}`, { fact, neededBy: [] });
  }

  /** What the extras of a release need is known without the markers only. */
  addDoubt({ project, version, filename }: Distribution): void {
    const fact = { missing: 'metadata', project, version, filename, loadable: false } as const;
    this.#facts.set(`${project} ${filename}`, { fact: { ...fact, reason: 'markers-lost' }, neededBy: [] });
  }

  all(): readonly MissingFact[] {
    return [...this.#facts.values()].map(({ fact, neededBy }) =>
      neededBy.length === 0 ? fact : { ...fact, neededBy },
    );
  }
}

/** Those that the run met first, then the others; who asks for one is told by either. */
function withAll(first: readonly MissingFact[], all: readonly MissingFact[]): readonly MissingFact[] {
  const keyOf = (fact: MissingFact): string =>
    fact.missing === 'metadata'
      ? `${fact.project} ${fact.filename}`
      : fact.missing === 'page'
        ? fact.project
        : fact.requirement;
  const known = new Map(all.map((fact) => [keyOf(fact), fact]));
  const met = first.map((fact) => known.get(keyOf(fact)) ?? fact);
  const keys = new Set(first.map(keyOf));
  return [...met, ...all.filter((fact) => !keys.has(keyOf(fact)))];
}
