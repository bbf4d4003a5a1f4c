/** Failures of real pip and uv as Problems whose facts stand in them, for what the checker can hold against real indexes. */
import { resolve } from 'node:path';
import { makeProblem, type Problem } from '../../src/core/problem/problem.ts';
import { readRecordings, RECORDING_FILES } from '../conformance/pip-recording.ts';
import { problemOf, readUvRecordings, UV_RECORDING_FILES } from '../conformance/uv-recording.ts';
import { readSharedJson, sharedData } from '../shared-data.ts';
import type { SmallProblem } from './world.ts';

/** Releases of pip that are asked; those between them answer as these do. */
const ERAS = ['26.3', '26.2', '23.2', '22.3', '20.3'];

export interface RecordedFailure {
  readonly name: string;
  readonly problem: Problem;
  /** Facts as the checker reads them. */
  readonly world: SmallProblem;
}

/** Each question once. */
export function* recordedFailures(): Generator<RecordedFailure> {
  const seen = new Set<string>();
  for (const { name, facts, problem } of [...pipFailures(), ...uvFailures()]) {
    const key = `${facts} ${JSON.stringify(problem)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const index = factsOf(facts);
    const { engine, requirements, constraints = '', environment } = problem;
    const { python, platform } = environment;
    const world = {
      engine,
      requirements,
      constraints,
      environment: { python, platform },
      index: { facts: index },
    };
    // A path is read once for all.
    const asked = sharedData === null || facts.includes('#') ? index : resolve(sharedData, facts);
    yield { name, problem: { ...problem, index: { facts: asked } }, world };
  }
}

interface Failure {
  readonly name: string;
  readonly facts: string;
  readonly problem: Problem;
}

function* pipFailures(): Generator<Failure> {
  for (const { file } of RECORDING_FILES)
    for (const recording of readRecordings(file)) {
      const era = recording.pip.split('.').slice(0, 2).join('.');
      const {
        outcome,
        options = [],
        requirements,
        constraints = [],
        python,
        platform,
        facts,
        name,
      } = recording;
      if (outcome !== 'failed' || !ERAS.includes(era) || options.length > 0) continue;
      const problem = makeProblem({
        engine: `pip@${era}`,
        requirements: requirements.join('\n'),
        ...(constraints.length === 0 ? {} : { constraints: constraints.join('\n') }),
        environment: { python, platform },
      });
      yield { name: `${name} pip ${era}`, facts, problem };
    }
}

function* uvFailures(): Generator<Failure> {
  for (const { file } of UV_RECORDING_FILES)
    for (const recording of readUvRecordings(file)) {
      const { outcome, name, facts, universal } = recording;
      if (outcome !== 'failed' || universal === true) continue;
      yield { name: `${name} uv`, facts, problem: problemOf(recording) };
    }
}

const read = new Map<string, SmallProblem['index']['facts']>();

/** `file` or `file#part`; read once. */
function factsOf(facts: string): SmallProblem['index']['facts'] {
  const known = read.get(facts);
  if (known !== undefined) return known;
  const [file = '', part] = facts.split('#');
  const value = readSharedJson(file) as SmallProblem['index']['facts'] &
    Record<string, SmallProblem['index']['facts']>;
  const found = part === undefined ? value : value[part]!;
  read.set(facts, found);
  return found;
}
