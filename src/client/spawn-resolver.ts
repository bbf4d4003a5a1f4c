/** The real worker, behind Comlink. */
import { proxy, wrap } from 'comlink';
import type { ResolverService } from '../core/headless/resolver-service.ts';
import type { SpawnedResolver } from './worker-client.ts';

/** Starts the worker; it has no network: the page hands it every fact. */
export function spawnResolver(): SpawnedResolver {
  const worker = new Worker(new URL('../../workers/resolver.worker.ts', import.meta.url), {
    type: 'module',
    name: 'resolver',
  });
  const remote = wrap<ResolverService>(worker);
  const spawned: SpawnedResolver = {
    remote: {
      addFacts: (bundles) => remote.addFacts(bundles),
      explain: () => remote.explain(),
      run: (problem, onChunk) => remote.run(problem, proxy(onChunk)),
    },
    terminate: () => worker.terminate(),
    onDeath: () => undefined,
  };
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    spawned.onDeath(event.message === '' ? 'It could not be started.' : event.message);
  });
  worker.addEventListener('messageerror', () => spawned.onDeath('A message could not be read.'));
  return spawned;
}
