/** The engine of pip 19.3's legacy resolver. See resolver/README.md#legacy. */
import type { ResolveRequest } from '../engine.ts';
import { type EngineResult, type Outcome, OUTCOME_KINDS, type Pin } from '../outcome.ts';
import { AbortSignal, CrashSignal, MissingFactSignal } from '../pip/stop-signals.ts';
import { checkPins } from '../pin-checker.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import { brokenByInstalling } from './conflicts.ts';
import type { LegacyNotice, LegacyReport } from './report.ts';
import type { LegacyRequirement } from './requirement-set.ts';
import { LegacyRun } from './run.ts';

/** What the legacy engine hands back: the texts are left to explain/pip/, which makes them from the facts. */
export interface LegacyResult extends EngineResult {
  /** Null when the run ended with pins, broken or not. */
  readonly report: LegacyReport | null;
  readonly legacyNotices: readonly LegacyNotice[];
}

/** Runs pip 19.3's resolver. Pure: same request, same trace. */
export function resolveLegacy(request: ResolveRequest, recorder: TraceRecorder): LegacyResult {
  const run = new LegacyRun(request, recorder);
  const { outcome, report } = runToEnd(run, request);
  const broken = outcome.kind === 'solved' ? brokenByInstalling(request, run.installOrder()) : [];
  const unmet = outcome.kind === 'solved' ? outcome.broken.length : 0;
  recorder.record('done', OUTCOME_KINDS.indexOf(outcome.kind), unmet);
  return {
    outcome,
    message: '',
    notices: [],
    metrics: {
      rounds: recorder.count('round'),
      pinned: recorder.count('pin'),
      rejected: 0,
      undone: 0,
      requirements: recorder.count('require'),
      pages: run.projects.pages,
      metadata: run.projects.metadataFiles,
    },
    report,
    legacyNotices: [...run.notices, ...broken],
  };
}

function runToEnd(
  run: LegacyRun,
  request: ResolveRequest,
): { readonly outcome: Outcome; readonly report: LegacyReport | null } {
  try {
    const report = run.run();
    if (report !== null) return { outcome: { kind: 'unsolvable' }, report };
    const pins = run.resolved.map(pinOf);
    return { outcome: { kind: 'solved', pins, broken: checkPins(request, pins) }, report: null };
  } catch (signal) {
    if (signal instanceof AbortSignal && signal.report.kind === 'unsupported-wheel')
      return { outcome: { kind: 'unsolvable' }, report: signal.report };
    if (signal instanceof CrashSignal) {
      const outcome = { kind: 'stopped', reason: 'crash', detail: signal.exception, pins: [] } as const;
      return { outcome, report: null };
    }
    if (!(signal instanceof MissingFactSignal)) throw signal;
    return { outcome: { kind: 'incomplete', missing: [signal.fact] }, report: null };
  }
}

function pinOf({ requirement, choice, extras }: LegacyRequirement): Pin {
  const file = choice?.file?.distribution ?? null;
  const { url } = requirement;
  const isDirect = file !== null && url !== null;
  return {
    name: requirement.normalizedName,
    version: choice?.version ?? '',
    extras: [...extras].sort(),
    filename: file === null ? null : file.filename,
    origin: file === null ? 'installed' : isDirect ? 'url' : 'index',
    yanked: file === null ? false : file.yanked,
    ...(isDirect && file.url !== null ? { url: file.url } : {}),
  };
}
