/** The real worker, behind Comlink. */
import { proxy, wrap } from 'comlink';
import resolverAddress from '../../workers/resolver.worker.ts?worker&url';
import type { ResolverService } from '../core/headless/resolver-service.ts';
import { startOwnWorker } from './own-worker.ts';
import type { SpawnedResolver } from './worker-client.ts';

/**
 * Starts the first worker now, so that it is fetched and read while the page is built; answers what spawns: that one
 * first, then fresh ones.
 */
export function spawnAhead(spawn: () => SpawnedResolver = spawnResolver): () => SpawnedResolver {
  let ahead: SpawnedResolver | null = spawn();
  return () => {
    const spawned = ahead ?? spawn();
    ahead = null;
    return spawned;
  };
}

/** Starts the worker; it has no network: the page hands it every fact. */
export function spawnResolver(): SpawnedResolver {
  const worker = startOwnWorker(resolverAddress, 'resolver');
  const remote = wrap<ResolverService>(worker);
  /** Died before anybody listened. */
  let earlyDeath: string | null = null;
  let listener: ((reason: string) => void) | null = null;
  const die = (reason: string): void => {
    if (listener === null) earlyDeath = reason;
    else listener(reason);
  };
  const spawned: SpawnedResolver = {
    remote: {
      addFacts: (bundles) => remote.addFacts(bundles),
      explain: (onStage, looksFurther) => remote.explain(proxy(onStage), looksFurther),
      answer: (query) => remote.answer(query),
      ledgerSummary: () => remote.ledgerSummary(),
      ledger: (project) => remote.ledger(project),
      releaseLine: (project, version) => remote.releaseLine(project, version),
      lock: () => remote.lock(),
      log: () => remote.log(),
      run: (problem, onChunk) => remote.run(problem, proxy(onChunk)),
    },
    terminate: () => worker.terminate(),
    get onDeath() {
      return listener ?? (() => undefined);
    },
    set onDeath(listen) {
      listener = listen;
      if (earlyDeath !== null) queueMicrotask(() => listen(earlyDeath ?? ''));
    },
  };
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    die(event.message === '' ? 'It could not be started.' : event.message);
  });
  worker.addEventListener('messageerror', () => die('A message could not be read.'));
  return spawned;
}
