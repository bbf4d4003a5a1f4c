/** Times of the PubGrub core, the uv engine and the prover. */
import { resolveUv } from '../../src/core/explain/uv/uv-engine.ts';
import { prepareRequest } from '../../src/core/headless/request.ts';
import type { Facts } from '../../src/core/package-index/facts/facts.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import type { PackageIndex } from '../../src/core/package-index/package-index.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import type { ResolveRequest } from '../../src/core/resolver/engine.ts';
import { resolvePip } from '../../src/core/resolver/pip/resolve.ts';
import { prove } from '../../src/core/resolver/prover/prove.ts';
import { TraceRecorder } from '../../src/core/resolver/trace-recorder.ts';
import { readSharedJson } from '../shared-data.ts';
import type { BenchRow } from './bench-row.ts';
import { prepareUniverse, readInstances, solveInstance, type NativeTimes } from './integer-instances.ts';

interface Recording {
  readonly name: string;
  readonly pip: string;
  readonly python: string;
  readonly facts: string;
  readonly requirements: readonly string[];
  readonly outcome: string;
}

const FILES = ['recordings/pip-26.2.1-random-a.json', 'recordings/pip-eras-toys.json'];

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function time(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/** Milliseconds, the median of `runs` after as many to warm up. */
function warmMedian(action: () => void, runs: number): number {
  for (let run = 0; run < runs; run++) action();
  return median(Array.from({ length: runs }, () => time(action)));
}

/** The core on integer instances, beside native PubGrub on the same ones. */
function coreRows(): BenchRow[] {
  const instances = readInstances();
  const { cases } = readSharedJson('perf/times.json') as NativeTimes;
  const timed = instances.instances.filter(({ name }) => cases[name]?.native_pubgrub !== undefined);
  // Every instance once more at first, so that the first in the list is as warm as the last.
  for (const { universe, root } of timed)
    warmMedian(() => solveInstance(prepareUniverse(instances, universe), root), 3);
  return timed.flatMap(({ name, universe, root }) => {
    const native = cases[name]?.native_pubgrub;
    if (native === undefined) return [];
    const prepared = prepareUniverse(instances, universe);
    const value = warmMedian(() => solveInstance(prepared, root), 60);
    return [{ name: `PubGrub core, ${name}`, value, unit: 'ms', goal: (3 * native.median_us) / 1000 }];
  });
}

function readIndexes(): (reference: string) => PackageIndex {
  const indexes = new Map<string, PackageIndex>();
  return (reference) => {
    let index = indexes.get(reference);
    if (index === undefined) {
      const [file = '', key] = reference.split('#');
      const value = readSharedJson(file) as Facts & Record<string, Facts>;
      index = makeFactsIndex(key === undefined ? value : value[key]!);
      indexes.set(reference, index);
    }
    return index;
  };
}

function requestOf(recording: Recording, engine: string, index: PackageIndex): ResolveRequest {
  const { requirements, python } = recording;
  const problem = makeProblem({ engine, requirements: [...requirements], environment: { python } });
  const prepared = prepareRequest(problem, index);
  if (!prepared.ok) throw new Error(`${recording.name}: ${prepared.error.message}`);
  return prepared.value.request;
}

/** The engine and the prover on the recorded cases of pip 26.2.1. */
function recordedRows(): BenchRow[] {
  const indexOf = readIndexes();
  const recordings = FILES.flatMap((file) => readSharedJson(file) as readonly Recording[]).filter(
    (recording) => recording.pip === '26.2.1' && !recording.name.startsWith('feature'),
  );
  const engine: number[] = [];
  const pip: number[] = [];
  const proofs: number[] = [];
  const rows: BenchRow[] = [];
  for (const recording of recordings) {
    const index = indexOf(recording.facts);
    const request = requestOf(recording, 'uv@0.12', index);
    const pipRequest = requestOf(recording, 'pip@26.2', index);
    const runs = [
      () => engine.push(time(() => resolveUv(request, new TraceRecorder()))),
      () => pip.push(time(() => resolvePip(pipRequest, new TraceRecorder()))),
    ];
    // In turn, so that neither always finds the texts of the index read already.
    for (const run of pip.length % 2 === 0 ? runs : runs.reverse()) run();
    if (recording.outcome === 'failed') proofs.push(time(() => prove(pipRequest, { rules: 'pip' })));
    if (recording.name === 'toy-14') {
      const warm = warmMedian(() => resolveUv(request, new TraceRecorder()), 50);
      rows.push({ name: 'uv engine, 3-SAT toy, warm', value: warm, unit: 'ms', goal: 5 });
    }
  }
  const pipMedian = median(pip);
  return [
    ...rows,
    {
      name: `uv engine, median of ${engine.length} recorded cases`,
      value: median(engine),
      unit: 'ms',
      goal: pipMedian,
    },
    { name: 'pip engine, median of the same cases', value: pipMedian, unit: 'ms' },
    { name: 'pip engine, slowest of the same cases', value: Math.max(...pip), unit: 'ms' },
    { name: 'uv engine, slowest recorded case', value: Math.max(...engine), unit: 'ms' },
    { name: `proof, median of ${proofs.length} failing recorded cases`, value: median(proofs), unit: 'ms' },
    { name: 'proof, slowest failing recorded case', value: Math.max(...proofs), unit: 'ms', goal: 1000 },
  ];
}

/** Needs the data folder. */
export function benchUv(): BenchRow[] {
  return [...coreRows(), ...recordedRows()];
}
