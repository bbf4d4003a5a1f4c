/** PDM's answer to a project. */
import { SEARCH_VARIANTS } from '../backtracking/variants.ts';
import { Search, type SearchResult } from '../backtracking/search.ts';
import type { Information } from '../backtracking/provider.ts';
import type { ResolveRequest } from '../engine.ts';
import { OUTCOME_KINDS, type Metrics, type Outcome, type Pin } from '../outcome.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import { FactsMissing } from '../poetry/repository.ts';
import { MarkerTooComplex } from '../poetry/marker/marker-algebra.ts';
import { PdmMarkers } from './markers.ts';
import { readPdmProject, type PdmProject } from './project.ts';
import { PdmProvider, type PdmCandidate } from './provider.ts';
import { CandidateNotFound, PdmRepository } from './repository.ts';
import { Identifiers, RequirementMaker, type PdmRequirement } from './requirement.ts';
import { PdmReporter, type PdmLogLine } from './reporter.ts';
import { lockedPackages, type PdmLockEntry } from './lock.ts';

/** PDM's own limit of rounds. */
const MAX_ROUNDS = 10_000;

export type PdmCause = Information<PdmRequirement, PdmCandidate>;

export type PdmEnd =
  | {
      readonly kind: 'solved';
      readonly entries: readonly PdmLockEntry[];
      readonly pins: readonly PdmCandidate[];
    }
  | { readonly kind: 'impossible'; readonly causes: readonly PdmCause[] }
  | { readonly kind: 'not-found'; readonly project: string }
  | { readonly kind: 'too-deep' }
  | { readonly kind: 'other' };

export interface PdmAnswer {
  readonly outcome: Outcome;
  readonly end: PdmEnd;
  readonly metrics: Metrics;
  readonly log: readonly PdmLogLine[];
  readonly project: PdmProject;
  readonly identifiers: Identifiers;
}

/** Throws `InvalidProject`. */
export function resolveWithPdm(request: ResolveRequest, recorder: TraceRecorder): PdmAnswer {
  const identifiers = new Identifiers();
  const maker = new RequirementMaker(new PdmMarkers(), identifiers);
  const project = readPdmProject(maker, request.project ?? {});
  const reporter = new PdmReporter(recorder, identifiers);
  const leavesOut = request.options.unknownMetadata === 'leave-out';
  const repository = new PdmRepository(request.index, reporter, project.python, leavesOut);
  const provider = new PdmProvider(project, repository, maker, request.target, (candidate, fault) =>
    reporter.unreadable(candidate, fault),
  );
  reporter.starting(project.requirements);
  const { end, outcome } = runToEnd(request, provider, reporter, project, maker.markers);
  recorder.record('done', OUTCOME_KINDS.indexOf(outcome.kind), 0);
  return { outcome, end, metrics: metricsOf(recorder), log: reporter.log, project, identifiers };
}

function runToEnd(
  request: ResolveRequest,
  provider: PdmProvider,
  reporter: PdmReporter,
  project: PdmProject,
  markers: PdmMarkers,
): { readonly end: PdmEnd; readonly outcome: Outcome } {
  const limits = { maxRounds: MAX_ROUNDS, budget: request.options.maxRounds };
  const search = new Search(provider, reporter, SEARCH_VARIANTS['1.2.1'], limits);
  try {
    const result = search.resolve(provider.roots());
    return endOf(result, provider, reporter, project, markers);
  } catch (error) {
    if (error instanceof FactsMissing)
      return { end: { kind: 'other' }, outcome: { kind: 'incomplete', missing: error.facts } };
    if (error instanceof CandidateNotFound)
      return { end: { kind: 'not-found', project: error.project }, outcome: { kind: 'unsolvable' } };
    if (error instanceof MarkerTooComplex)
      return {
        end: { kind: 'other' },
        outcome: { kind: 'stopped', reason: 'budget', detail: 'markers', pins: [] },
      };
    throw error;
  }
}

function endOf(
  result: SearchResult<PdmRequirement, PdmCandidate>,
  provider: PdmProvider,
  reporter: PdmReporter,
  project: PdmProject,
  markers: PdmMarkers,
): { readonly end: PdmEnd; readonly outcome: Outcome } {
  if (result.kind === 'impossible') {
    const causes = reporter.causes(result.causes);
    return { end: { kind: 'impossible', causes: result.causes }, outcome: { kind: 'unsolvable', causes } };
  }
  if (result.kind === 'solved') {
    reporter.solved(result.pins);
    const entries = lockedPackages(
      result.pins,
      reporter.information(result.pins),
      provider,
      project,
      markers,
    );
    const pins = pinsOf(result.pins);
    return {
      end: { kind: 'solved', entries, pins: result.pins },
      outcome: { kind: 'solved', pins, broken: [] },
    };
  }
  const pins = pinsOf(result.pins);
  if (result.kind === 'crash')
    return {
      end: { kind: 'other' },
      outcome: { kind: 'stopped', reason: 'crash', detail: result.exception, pins },
    };
  const reason = result.kind === 'too-deep' ? 'limit' : result.kind;
  const end = result.kind === 'budget' ? ({ kind: 'other' } as const) : ({ kind: 'too-deep' } as const);
  return { end, outcome: { kind: 'stopped', reason, detail: String(result.rounds), pins } };
}

function pinsOf(candidates: readonly PdmCandidate[]): readonly Pin[] {
  const pins = new Map<string, Pin>();
  for (const { requirement, release } of candidates) {
    if (release === null) continue;
    const extras = [...new Set([...(pins.get(requirement.key)?.extras ?? []), ...requirement.extras])].sort();
    const { text: version } = release.version;
    pins.set(requirement.key, {
      name: requirement.key,
      version,
      extras,
      filename: null,
      origin: 'index',
      yanked: false,
    });
  }
  return [...pins.values()];
}

function metricsOf(recorder: TraceRecorder): Metrics {
  return {
    rounds: recorder.count('round'),
    pinned: recorder.count('pin'),
    rejected: recorder.count('reject'),
    undone: recorder.count('unpin'),
    requirements: recorder.count('require'),
    pages: recorder.count('page'),
    metadata: recorder.count('metadata'),
  };
}
