/** A real worker for comparisons and lessons, behind Comlink. It has no network: the page hands it every fact. */
import { wrap } from 'comlink';
import type { TeachService } from '../../core/lesson/teach-service.ts';
import type { SpawnedTeacher } from './compare-pool.ts';

export function spawnTeacher(): SpawnedTeacher {
  const worker = new Worker(new URL('../../../workers/teach.worker.ts', import.meta.url), {
    type: 'module',
    name: 'teach',
  });
  const remote = wrap<TeachService>(worker);
  const spawned: SpawnedTeacher = {
    remote: {
      addFacts: (bundles) => remote.addFacts(bundles),
      doJob: (job) => remote.doJob(job),
      judge: (problem, claims, start) => remote.judge(problem, claims, start),
    },
    terminate: () => worker.terminate(),
    onDeath: () => undefined,
  };
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    spawned.onDeath(event.message === '' ? 'A worker could not be started.' : event.message);
  });
  return spawned;
}
