/** What real pip 26.2.1 did on packse's scenarios: outcome, pins, error lines, and the files it fetched, in order. */
import { resolvePipTelling } from '../../src/core/explain/pip/tell.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import { makeTargetEnvironment } from '../../src/core/packaging/target-environment.ts';
import type { ResolveRequest, ResolverOptions } from '../../src/core/resolver/engine.ts';
import { eventAt, type Trace } from '../../src/core/resolver/trace.ts';
import { TraceRecorder } from '../../src/core/resolver/trace-recorder.ts';
import { readSharedJson } from '../shared-data.ts';
import { type PackseData, type PackseScenario, scenarioFacts } from './packse.ts';
import { DEFAULT_OPTIONS, userRequirements } from './pip-recording.ts';
import type { ConformanceTable } from './table.ts';

interface PipAnswer {
  readonly mode: string;
  readonly python: string;
  readonly options: readonly string[];
  readonly requirements: readonly string[];
  readonly outcome: 'success' | 'failure';
  readonly pins: Readonly<Record<string, string>> | null;
  readonly error_lines?: readonly string[];
  readonly files_fetched: readonly string[];
}

interface PackseAnswers {
  readonly meta: { readonly interpreters: Readonly<Record<string, string>> };
  readonly scenarios: Readonly<Record<string, PipAnswer>>;
}

/** Options that take a value take the next word. */
function optionsOf(words: readonly string[]): ResolverOptions | null {
  let options = DEFAULT_OPTIONS;
  for (let index = 0; index < words.length; index += 1) {
    const value = words[index + 1] ?? '';
    switch (words[index]) {
      case '--pre':
        options = { ...options, pre: true };
        break;
      case '--only-binary':
        options = { ...options, onlyBinary: [...options.onlyBinary, ...value.split(',')] };
        index += 1;
        break;
      case '--no-binary':
        options = { ...options, noBinary: [...options.noBinary, ...value.split(',')] };
        index += 1;
        break;
      default:
        return null;
    }
  }
  return options;
}

/** Labels of the candidates whose metadata was read, in order. */
function metadataRead(trace: Trace): readonly string[] {
  const labels: string[] = [];
  for (let step = 0; step < trace.length; step += 1) {
    const event = eventAt(trace, step);
    if (event.kind === 'metadata') labels.push(trace.candidates[event.candidate]!.label);
  }
  return labels;
}

/** `a-1.0.0-py3-none-any.whl` and `a-1.0.0.tar.gz` are both of `a==1.0.0`. */
function fileLabel(filename: string): string {
  const [name = '', version = ''] = filename.replace(/\.(?:tar\.gz|zip)$/u, '').split('-');
  return `${name.replaceAll('_', '-')}==${version}`;
}

function differenceOf(scenario: PackseScenario, answer: PipAnswer, interpreter: string): string | null {
  const options = optionsOf(answer.options);
  if (options === null) return null;
  const target = makeTargetEnvironment({ python: interpreter, platform: 'linux-x86_64' });
  if (!target.ok) throw new Error(target.error.message);
  const request: ResolveRequest = {
    toolVersion: '26.2.1',
    requirements: userRequirements(answer.requirements, 'requirements'),
    constraints: [],
    overrides: [],
    installed: [],
    target: target.value,
    options,
    index: makeFactsIndex(scenarioFacts(scenario)),
  };
  const trace = new TraceRecorder();
  const { outcome, message } = resolvePipTelling(request, trace);
  const isSolved = outcome.kind === 'solved';
  if (isSolved !== (answer.outcome === 'success')) return `outcome ${outcome.kind}, pip's ${answer.outcome}`;
  const pins = isSolved ? outcome.pins.map(({ name, version }) => `${name}==${version}`).toSorted() : [];
  const wanted = Object.entries(answer.pins ?? {})
    .map(([name, version]) => `${name}==${version}`)
    .toSorted();
  if (pins.join() !== wanted.join()) return `pins ${pins.join()}, pip's ${wanted.join()}`;
  const read = metadataRead(trace).join();
  const fetched = [...new Set(answer.files_fetched.map(fileLabel))].join();
  if (read !== fetched) return `files read ${read}, pip's ${fetched}`;
  const lines = message.split('\n');
  const missing = (answer.error_lines ?? []).find(
    (line) => line.startsWith('ERROR') && !lines.includes(line),
  );
  return missing === undefined ? '' : `text ${message}, pip's ${missing}`;
}

export function pipPackse(): ConformanceTable {
  const { scenarios } = readSharedJson('oracles/packse.json') as PackseData;
  const answers = readSharedJson('oracles/packse-pip.json') as PackseAnswers;
  const differences: string[] = [];
  let total = 0;
  for (const [name, answer] of Object.entries(answers.scenarios)) {
    const scenario = scenarios[name];
    if (scenario === undefined || !answer.mode.startsWith('native')) continue;
    const interpreter = answers.meta.interpreters[answer.python] ?? answer.python;
    const difference = differenceOf(scenario, answer, interpreter);
    if (difference === null) continue;
    total += 1;
    if (difference !== '') differences.push(`pip 26.2.1 ${name}: ${difference}`);
  }
  const count = (start: string): number =>
    total - differences.filter((line) => line.includes(`: ${start}`)).length;
  const outcome = count('outcome');
  const row = {
    family: 'packse',
    engine: 'pip@26.2.1',
    total,
    outcome,
    pins: count('pins') - (total - outcome),
    events: count('files'),
    text: count('text'),
  };
  return { title: "pip on packse's scenarios (events: files read, in order)", rows: [row], differences };
}
