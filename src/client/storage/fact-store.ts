/**
 * Where the page's runs get their facts from: the embedded snapshots, and the live index when the user has allowed it.
 *
 *   missing ── in the snapshot's directory? ──▶ its shards
 *           └─ else, and live is allowed ─────▶ pages and metadata from the index
 */
import type { FactBundle } from '../../core/headless/resolver-service.ts';
import type { LiveFact } from '../../core/package-index/live/live-layer.ts';
import type { MissingFact } from '../../core/package-index/package-index.ts';
import { findEntry } from '../../core/package-index/snapshot/directory.ts';
import type { Problem } from '../../core/problem/problem.ts';
import { snapshotErrorText, type SnapshotStore } from '../snapshot/snapshot-store.ts';
import type { FactSource, LoadedFacts } from '../worker-client.ts';

/** The live index of this session, as far as a run needs it. */
export interface LiveSource {
  /** Null while the user does not allow it. `isKnown`: projects of which another layer has the page. */
  load(
    problem: Problem,
    missing: readonly MissingFact[],
    isKnown: (project: string) => boolean,
  ): Promise<LoadedFacts> | null;
  /** What was fetched for questions like this one. */
  loaded(problem: Problem): readonly LiveFact[];
  /** Names the indexes and the rule by which they are read: facts of another scope are not true of this question. */
  scope(problem: Problem): string;
  /** The user asks anew: the bounds are counted from here on. */
  begin(): void;
  stop(): void;
}

const NOT_ALLOWED = 'The live index is not allowed in this session.';
const NO_SOURCE =
  'This question names no snapshot: it was asked of the live index, which nothing but its switch turns on. Turn it on under the texts, or choose a snapshot.';

/** A source of facts for the worker client. The reason of a failure is a sentence for the reader. */
export function makeFactStore(snapshots: SnapshotStore, live: LiveSource | null = null): FactSource {
  async function loadSnapshot(id: string, missing: readonly MissingFact[]): Promise<LoadedFacts> {
    const bundles = await snapshots.loadMissing(id, missing);
    if (bundles.ok) return { ok: true, bundles: bundles.value };
    return { ok: false, reason: snapshotErrorText(bundles.error) };
  }

  return {
    async load(problem, missing) {
      const { snapshot: id, live: isLive } = problem.index;
      if (id === undefined && isLive !== true) return { ok: false, reason: NO_SOURCE };
      const bundles: FactBundle[] = [];
      let rest = missing;
      let isKnown: (project: string) => boolean = () => false;
      if (id !== undefined) {
        const opened = await snapshots.openSnapshot(id);
        if (!opened.ok) return { ok: false, reason: snapshotErrorText(opened.error) };
        isKnown = (project) => findEntry(opened.value, project) >= 0;
        const isListed = ({ missing: kind, project }: MissingFact) => kind === 'page' && isKnown(project);
        const facts = await loadSnapshot(id, missing.filter(isListed));
        if (!facts.ok) return facts;
        for (const item of facts.bundles) bundles.push(item);
        rest = missing.filter((fact) => !isListed(fact));
      }
      if (isLive !== true || rest.length === 0) return { ok: true, bundles };
      const loading = live?.load(problem, rest, isKnown) ?? null;
      const facts: LoadedFacts = loading === null ? { ok: false, reason: NOT_ALLOWED } : await loading;
      return facts.ok ? { ok: true, bundles: [...bundles, ...facts.bundles] } : facts;
    },
    loaded(problem) {
      const { snapshot: id, live: isLive } = problem.index;
      const known = id === undefined ? [] : snapshots.loaded(id);
      const facts = isLive === true ? (live?.loaded(problem) ?? []) : [];
      return facts.length === 0 ? known : [...known, { kind: 'live', facts }];
    },
    begin: () => live?.begin(),
    stop: () => live?.stop(),
    scope: (problem) => (problem.index.live === true ? (live?.scope(problem) ?? null) : null),
  };
}
