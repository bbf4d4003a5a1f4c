/** A real worker for comparisons and lessons, behind Comlink. It has no network: the page hands it every fact. */
import { proxy, wrap } from 'comlink';
import teachAddress from '../../../workers/teach.worker.ts?worker&url';
import type { TeachService } from '../../core/lesson/teach-service.ts';
import { startOwnWorker } from '../own-worker.ts';
import type { SpawnedTeacher } from './compare-pool.ts';

export function spawnTeacher(): SpawnedTeacher {
  const worker = startOwnWorker(teachAddress, 'teach');
  const remote = wrap<TeachService>(worker);
  const spawned: SpawnedTeacher = {
    remote: {
      addFacts: (bundles) => remote.addFacts(bundles),
      doJob: (job) => remote.doJob(job),
      judge: (problem, claims, start) => remote.judge(problem, claims, start),
      minimise: (problem, symptom, onProgress) => remote.minimise(problem, symptom, proxy(onProgress)),
      minimisedTexts: (problem) => remote.minimisedTexts(problem),
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
