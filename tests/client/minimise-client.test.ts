/** The smallest example as the page looks for it: facts come from a snapshot's files, one after the other. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { MinimiseClient } from '../../src/client/pool/minimise-client.ts';
import { makeSnapshotStore } from '../../src/client/snapshot/snapshot-store.ts';
import { makeFactStore } from '../../src/client/storage/fact-store.ts';
import { SNAPSHOT_FOLDER } from '../../src/command/snapshot/snapshot-files.ts';
import { runProblem } from '../../src/core/headless/run.ts';
import { loadEngine } from '../../src/core/headless/engines.ts';
import { TeachService } from '../../src/core/lesson/teach-service.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import { parseEngineId } from '../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';

function clientOnFiles(): MinimiseClient {
  const base = new URL('http://page.test/snapshots/');
  const snapshots = makeSnapshotStore(base, async (address) => {
    const path = resolve(SNAPSHOT_FOLDER, address.href.slice(base.href.length));
    return new Response(new Uint8Array(await readFile(path)));
  });
  const spawn = () => {
    const service = new TeachService();
    return {
      remote: {
        addFacts: (bundles: Parameters<TeachService['addFacts']>[0]) => {
          service.addFacts(bundles);
          return Promise.resolve();
        },
        doJob: service.doJob.bind(service),
        judge: service.judge.bind(service),
        minimise: service.minimise.bind(service),
        minimisedTexts: service.minimisedTexts.bind(service),
      },
      terminate: () => undefined,
      onDeath: () => undefined,
    };
  };
  return new MinimiseClient(spawn, makeFactStore(snapshots));
}

test('a conflict of a snapshot, of which nothing was loaded', async () => {
  const engine = 'uv@0.13';
  const requirements = 'boto3==1.26.0\nrequests==2.31.0\nurllib3>=2\n';
  const problem = makeProblem({ engine, requirements, index: { snapshot: 'pypi-2023-09-07' } });
  const ended = await clientOnFiles().run(problem, { kind: 'failure' }, () => undefined);
  if (ended.kind !== 'found') throw new Error(JSON.stringify(ended));
  expect(ended.small.problem.requirements).toBe('boto3==1.26.0\nurllib3>=2');
  const id = parseEngineId(engine);
  if (!id.ok) throw new Error(engine);
  const again = runProblem(ended.small.problem, await loadEngine(id.value), makeFactsIndex({ projects: {} }));
  expect(again.outcome.kind).toBe('unsolvable');
});
