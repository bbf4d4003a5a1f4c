/**
 * Registers the worker that keeps the page for visits without a network, and says when a newer page waits. The newer one
 * opens on the next visit; nothing changes under the reader's hands. Nothing here throws: a browser without service
 * workers, or one that forbids them, is as before.
 */

import { registerOfflineWorker } from './own-worker.ts';

export interface NewerPage {
  /** Takes the newer page now. What is typed is a draft, and comes back. */
  readonly take: () => void;
}

/** Call once, when the page has answered. `onNewer` is called at most once. */
export async function keepForOffline(onNewer: (newer: NewerPage) => void): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    const workers = navigator.serviceWorker;
    const registration = await registerOfflineWorker(workers);
    watch(registration, workers, onNewer);
    const ready = await workers.ready;
    ready.active?.postMessage({ keep: loadedPieces() });
  } catch {
    // The page works without.
  }
}

/** Pieces of snapshots that were loaded before the worker could see it. */
function loadedPieces(): readonly string[] {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.endsWith('.shard'));
}

function watch(
  registration: ServiceWorkerRegistration,
  workers: ServiceWorkerContainer,
  onNewer: (newer: NewerPage) => void,
): void {
  let isTold = false;
  const tell = (): void => {
    const { waiting } = registration;
    // The first worker of all has no older page to wait for.
    if (waiting === null || workers.controller === null || isTold) return;
    isTold = true;
    onNewer({
      take: () => {
        workers.addEventListener('controllerchange', () => location.reload(), { once: true });
        waiting.postMessage({ takeOver: true });
      },
    });
  };
  const follow = (): void => registration.installing?.addEventListener('statechange', tell);
  tell();
  follow();
  registration.addEventListener('updatefound', follow);
}
