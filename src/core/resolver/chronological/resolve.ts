/** The engine of zazo, the baseline that backjumping is measured against. See resolver/README.md#chronological. */
import { evaluateMarker } from '../../packaging/marker.ts';
import type { ResolveRequest } from '../engine.ts';
import { NO_PARENT } from '../events.ts';
import { type EngineResult, type Outcome, OUTCOME_KINDS } from '../outcome.ts';
import { ExcludedPool } from '../backtracking/excluded-candidates.ts';
import type { PipCandidate } from '../pip/candidate.ts';
import { collectConstraints, NO_CONSTRAINT } from '../pip/constraints.ts';
import { type EngineParts, makeEngineParts } from '../pip/engine-parts.ts';
import { PROTOTYPE_ERA } from '../pip/era.ts';
import { FoundCandidates } from '../pip/found-candidates.ts';
import { withoutMarker } from '../pip/install-requirement.ts';
import { pinsOf } from '../pip/pins.ts';
import type { PipRequirement } from '../pip/requirement.ts';
import { AbortSignal, CrashSignal, MissingFactSignal } from '../pip/stop-signals.ts';
import { checkPins } from '../pin-checker.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import { type ChronologicalContext, type ChronologicalResult, ChronologicalSearch } from './search.ts';

/** zazo had no limit but Python's stack; ours keeps a hopeless search from filling the trace. */
const MAX_ROUNDS = 200_000;

const NOTHING_INSTALLED = { installed: null, prefersInstalled: false, repeatsInstalled: false } as const;

/** Runs zazo's search. Pure: same request, same trace. Nothing that is installed is looked at. */
export function resolveChronological(request: ResolveRequest, recorder: TraceRecorder): EngineResult {
  const parts = makeEngineParts(request, PROTOTYPE_ERA, recorder);
  const outcome = runToEnd(request, recorder, parts);
  recorder.record('done', OUTCOME_KINDS.indexOf(outcome.kind));
  return {
    outcome,
    message: outcome.kind === 'unsolvable' ? 'Unable to satisfy dependencies.' : '',
    notices: [],
    metrics: {
      rounds: recorder.count('round'),
      pinned: recorder.count('pin'),
      rejected: 0,
      undone: recorder.count('unpin'),
      requirements: recorder.count('require'),
      pages: parts.context.projects.pages,
      metadata: parts.context.projects.metadataFiles,
    },
  };
}

function runToEnd(request: ResolveRequest, recorder: TraceRecorder, parts: EngineParts): Outcome {
  try {
    const roots = rootRequirements(request, parts);
    const search = new ChronologicalSearch(searchContext(request, recorder, parts));
    const maxRounds = request.options.maxRounds ?? MAX_ROUNDS;
    return outcomeOf(search.resolve(roots, maxRounds), request, parts);
  } catch (signal) {
    if (signal instanceof MissingFactSignal) return { kind: 'incomplete', missing: [signal.fact] };
    if (signal instanceof AbortSignal) return { kind: 'unsolvable' };
    if (!(signal instanceof CrashSignal)) throw signal;
    return { kind: 'stopped', reason: 'crash', detail: signal.exception, pins: [] };
  }
}

function outcomeOf(result: ChronologicalResult, request: ResolveRequest, { context }: EngineParts): Outcome {
  if (result.kind === 'impossible') return { kind: 'unsolvable', causes: context.rows.causes(result.clash) };
  const pins = pinsOf(result.pins);
  if (result.kind === 'solved') return { kind: 'solved', pins, broken: checkPins(request, pins) };
  return { kind: 'stopped', reason: 'budget', detail: String(request.options.maxRounds ?? MAX_ROUNDS), pins };
}

function rootRequirements(
  request: ResolveRequest,
  { context, maker }: EngineParts,
): readonly PipRequirement[] {
  for (const { requirement, source } of request.constraints) {
    context.rows.constraint(requirement.normalizedName, requirement.text, source);
  }
  return request.requirements.flatMap(({ requirement, source }) => {
    const { marker } = requirement;
    if (marker !== null && !evaluateMarker(marker, request.target.markers)) return [];
    return maker.make(withoutMarker({ requirement, comesFrom: null, hashes: null }), [], source);
  });
}

function searchContext(
  request: ResolveRequest,
  recorder: TraceRecorder,
  { context, store, maker }: EngineParts,
): ChronologicalContext {
  const { projects, identifiers, rows, notify } = context;
  const constraints = collectConstraints(request, PROTOTYPE_ERA, (set) => projects.intern(set));
  const excluded = new ExcludedPool<PipCandidate>().none;
  const found = (requirement: PipRequirement): Iterable<PipCandidate> => {
    const { identifier } = requirement;
    if (requirement.kind === 'explicit') return [requirement.candidate];
    if (requirement.kind === 'python') return requirement.match === null ? [] : [requirement.match];
    if (requirement.kind === 'unsatisfiable') return [];
    const constraint = constraints.get(identifiers.entry(identifier).project) ?? NO_CONSTRAINT;
    const combination = projects.combination(identifier).and(constraint.specifier).and(requirement.specifier);
    const template = requirement.ireq;
    const sequence = { store, identifier, combination, hashes: null, template, excluded, notify };
    return new FoundCandidates({ ...sequence, ...NOTHING_INSTALLED }).candidates();
  };
  return {
    candidates: (requirement) => found(requirement)[Symbol.iterator](),
    dependencies: (candidate) => maker.dependencies(candidate),
    isSatisfiedBy: (requirement, candidate) => {
      if (requirement.kind === 'explicit') return requirement.candidate === candidate;
      if (requirement.kind === 'unsatisfiable') return false;
      return requirement.table.admits(requirement.specifier, candidate.versionIndex);
    },
    considering: (round) => {
      recorder.record('round', round);
    },
    adding: (requirement, parent) => {
      recorder.record('require', requirement.row, parent === null ? NO_PARENT : parent.row);
    },
    pinning: (candidate) => {
      recorder.record('pin', candidate.row);
    },
    clashing: (clash) => {
      recorder.record('conflict', rows.causes(clash));
    },
    undoing: (candidate) => {
      recorder.record('backtrack', candidate.row);
      recorder.record('unpin', candidate.row);
    },
  };
}
