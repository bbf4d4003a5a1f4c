/**
 * Where the page's runs get their facts from: the embedded snapshots, and the live index when the user has allowed it.
 *
 *   missing ── in the snapshot's directory? ──▶ its shards
 *           └─ else, and live is allowed ─────▶ pages and metadata from the index
 */
import type { FactBundle } from '../core/headless/resolver-service.ts';
import type { MissingFact } from '../core/package-index/package-index.ts';
import { findEntry } from '../core/package-index/snapshot/directory.ts';
import { liveErrorText } from './live-error.ts';
import type { LiveIndex, LiveLoadOptions } from './live-index.ts';
import { snapshotErrorText, type SnapshotStore } from './snapshot-store.ts';
import type { FactSource, LoadedFacts } from './worker-client.ts';

/** The live index while the user allows it, with what to show and how to stop; null while they do not. */
export type LiveAccess = () => { readonly index: LiveIndex; readonly options: LiveLoadOptions } | null;

const NO_LIVE: LiveAccess = () => null;

/** A source of facts for the worker client. The reason of a failure is a sentence for the reader. */
export function makeFactStore(snapshots: SnapshotStore, access: LiveAccess = NO_LIVE): FactSource {
  async function loadSnapshot(id: string, missing: readonly MissingFact[]): Promise<LoadedFacts> {
    const bundles = await snapshots.loadMissing(id, missing);
    if (bundles.ok) return { ok: true, bundles: bundles.value };
    return { ok: false, reason: snapshotErrorText(bundles.error) };
  }

  async function loadLive(
    missing: readonly MissingFact[],
    isKnown: (project: string) => boolean,
  ): Promise<LoadedFacts> {
    const live = access();
    if (live === null) return { ok: false, reason: 'The live index is not allowed in this session.' };
    const load = await live.index.load(missing, { ...live.options, isKnown });
    const [failure] = load.failures;
    if (failure !== undefined && load.facts.length === 0)
      return { ok: false, reason: liveErrorText(failure.error) };
    return { ok: true, bundles: [{ kind: 'live', facts: load.facts }] };
  }

  return {
    async load(problem, missing) {
      const { snapshot: id, live } = problem.index;
      if (id === undefined && live !== true)
        return { ok: false, reason: 'This question names no snapshot to load facts from.' };
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
        bundles.push(...facts.bundles);
        rest = missing.filter((fact) => !isListed(fact));
      }
      if (live !== true || rest.length === 0) return { ok: true, bundles };
      const facts = await loadLive(rest, isKnown);
      return facts.ok ? { ok: true, bundles: [...bundles, ...facts.bundles] } : facts;
    },
    loaded(problem) {
      const { snapshot: id, live } = problem.index;
      const known = id === undefined ? [] : snapshots.loaded(id);
      const facts = live === true ? (access()?.index.loaded() ?? []) : [];
      return facts.length === 0 ? known : [...known, { kind: 'live', facts }];
    },
  };
}
