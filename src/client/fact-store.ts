/** Where the page's runs get their facts from: the embedded snapshots, for now of the Problem's own index. */
import { snapshotErrorText, type SnapshotStore } from './snapshot-store.ts';
import type { FactSource } from './worker-client.ts';

/** A source of facts for the worker client. The reason of a failure is a sentence for the reader. */
export function makeFactStore(snapshots: SnapshotStore): FactSource {
  return {
    async load(problem, missing) {
      const id = problem.index.snapshot;
      if (id === undefined)
        return { ok: false, reason: 'This question names no snapshot to load facts from.' };
      const bundles = await snapshots.loadMissing(id, missing);
      if (bundles.ok) return { ok: true, bundles: bundles.value };
      return { ok: false, reason: snapshotErrorText(bundles.error) };
    },
    loaded(problem) {
      const id = problem.index.snapshot;
      return id === undefined ? [] : snapshots.loaded(id);
    },
  };
}
