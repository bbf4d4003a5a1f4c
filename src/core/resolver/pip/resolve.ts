/** The pip engine: a request in, a trace and a result out. See resolver/README.md. */
import { assert } from '../../packaging/assert.ts';
import type { ResolveRequest } from '../engine.ts';
import type { EventKind } from '../events.ts';
import { type EngineResult, OUTCOME_KINDS } from '../outcome.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import { type PipEra, pipEra } from './era.ts';
import type { PipNotice, PipReport } from './report.ts';
import { PipRun } from './run.ts';

/** What the pip engine hands back: the texts are left to explain/pip/, which makes them from the facts. */
export interface PipResult extends EngineResult {
  readonly era: PipEra;
  /** Null when the run was solved, or stopped for a reason of ours. */
  readonly report: PipReport | null;
  readonly pipNotices: readonly PipNotice[];
}

/** Runs a release of pip since 20.3 (`request.toolVersion`, `26.2`). Pure: same request, same trace. */
export function resolvePip(request: ResolveRequest, recorder: TraceRecorder): PipResult {
  const era = pipEra(request.toolVersion);
  assert(era, `no such release of pip: ${request.toolVersion}`);
  const run = new PipRun(request, era, recorder);
  const { outcome, report } = run.run();
  const count = (kind: EventKind): number => recorder.count(kind) - run.builds.count(kind);
  recorder.record(
    'done',
    OUTCOME_KINDS.indexOf(outcome.kind),
    outcome.kind === 'solved' ? outcome.broken.length : 0,
  );
  return {
    outcome,
    message: '',
    notices: [],
    metrics: {
      rounds: count('round'),
      pinned: count('pin'),
      rejected: count('reject'),
      undone: count('unpin'),
      requirements: count('require'),
      pages: run.projects.pages,
      metadata: run.projects.metadataFiles,
    },
    era,
    report,
    pipNotices: run.notices,
  };
}
