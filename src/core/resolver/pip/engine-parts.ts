/** The parts that every engine of pip's family needs: identifiers, rows of the trace, projects, candidates. */
import type { ResolveRequest } from '../engine.ts';
import type { TraceRecorder } from '../trace-recorder.ts';
import { MetadataReader } from './candidate-metadata.ts';
import { CandidateStore, type StoreContext } from './candidate-store.ts';
import { readsLikePkgResources } from './dependency-order.ts';
import { DirectFiles } from './direct-files.ts';
import type { PipEra } from './era.ts';
import { IdentifierTable } from './identifiers.ts';
import { extraNaming } from './extra-name.ts';
import { ProjectStore } from './project-store.ts';
import type { PipNotice } from './report.ts';
import { RequirementMaker } from './requirement-maker.ts';
import { TraceRows } from './rows.ts';

export interface EngineParts {
  readonly context: StoreContext;
  readonly store: CandidateStore;
  readonly files: DirectFiles;
  readonly maker: RequirementMaker;
  /** Filled while the run goes on. */
  readonly notices: readonly PipNotice[];
}

/** Makes the parts of one run. `build` is asked before an sdist is looked into; see StoreContext. */
export function makeEngineParts(
  request: ResolveRequest,
  era: PipEra,
  recorder: TraceRecorder,
  build: StoreContext['build'] = () => true,
): EngineParts {
  const notices: PipNotice[] = [];
  const identifiers = new IdentifierTable(recorder);
  const context: StoreContext = {
    request,
    era,
    identifiers,
    projects: new ProjectStore(request, era, recorder, identifiers),
    rows: new TraceRows(recorder, identifiers),
    metadata: new MetadataReader(era.policy, extraNaming(era), readsLikePkgResources(era, request.target)),
    notify: (notice) => notices.push(notice),
    build,
  };
  const store = new CandidateStore(context);
  const files = new DirectFiles(context, store);
  return { context, store, files, maker: new RequirementMaker(context, store, files), notices };
}
