/** uv's accepted answers on packse's scenarios against ours: outcome, pins, report and hints. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { resolveUv } from '../../src/core/explain/uv/uv-engine.ts';
import { reportFailure } from '../../src/core/explain/uv/report.ts';
import { prepareRequest } from '../../src/core/headless/request.ts';
import { runProblem, type Run } from '../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import { makeProblem, type Problem, type ProblemInput } from '../../src/core/problem/problem.ts';
import { resolvePip } from '../../src/core/resolver/pip/resolve.ts';
import { resolveWithUv } from '../../src/core/resolver/uv/resolve.ts';
import type { UvResult } from '../../src/core/resolver/uv/uv-result.ts';
import { TraceRecorder } from '../../src/core/resolver/trace-recorder.ts';
import {
  optionsFromArguments,
  scenarioFacts,
  scenarioProblem,
  type PackseData,
  type PackseScenario,
  type UvAnswer,
} from './packse.ts';
import type { ConformanceRow, ConformanceTable } from './table.ts';

interface Comparison {
  readonly family: string;
  readonly name: string;
  readonly engine: string;
  readonly run: Run;
  readonly answer: UvAnswer;
}

/** uv's test suite hides patch numbers of Python. */
function withoutPatch(text: string): string {
  return text.replaceAll(/(Python version \(\d+\.\d+)(?:\.(?:\d+|\[X\]))?\)/gu, '$1.[X])');
}

function pinsOf(run: Run): Readonly<Record<string, string>> {
  if (run.outcome.kind !== 'solved') return {};
  return Object.fromEntries(run.outcome.pins.map((pin) => [pin.name, pin.version]));
}

function hintsOf(run: Run): readonly string[] {
  return run.notices
    .filter((notice) => notice.text.startsWith('hint: '))
    .map((notice) => notice.text.slice(6));
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sortedPins(pins: Readonly<Record<string, string>>): unknown {
  return Object.entries(pins).sort(([a], [b]) => (a < b ? -1 : 1));
}

interface Verdict {
  readonly outcome: boolean;
  readonly pins: boolean;
  readonly text: boolean;
  readonly hints: boolean;
}

function judge({ run, answer }: Comparison): Verdict {
  const outcome = (run.outcome.kind === 'solved') === answer.success;
  const pins =
    outcome && (answer.pins === undefined || sameJson(sortedPins(pinsOf(run)), sortedPins(answer.pins)));
  const text =
    outcome &&
    (answer.error === undefined || withoutPatch(run.message) === withoutPatch(answer.error.report));
  const hints = outcome && (answer.error === undefined || sameJson(hintsOf(run), answer.error.hints));
  return { outcome, pins, text, hints };
}

function difference(comparison: Comparison, verdict: Verdict): string[] {
  const { engine, name, run, answer } = comparison;
  const start = `${engine} ${name}`;
  if (!verdict.outcome)
    return [`${start}: ${run.outcome.kind}, uv ${answer.success ? 'solves it' : 'fails'}`];
  if (!verdict.pins) {
    return [`${start}: pins ${JSON.stringify(pinsOf(run))}, uv ${JSON.stringify(answer.pins)}`];
  }
  const lines: string[] = [];
  if (!verdict.text) lines.push(`${start}: report\n${run.message}\nuv\n${answer.error?.report ?? ''}`);
  if (!verdict.hints)
    lines.push(`${start}: hints\n${hintsOf(run).join('\n')}\nuv\n${answer.error?.hints.join('\n') ?? ''}`);
  return lines;
}

function rowsOf(comparisons: readonly Comparison[]): ConformanceRow[] {
  const families = [...new Set(comparisons.map((item) => item.family))];
  return families.map((family) => {
    const group = comparisons.filter((item) => item.family === family);
    const verdicts = group.map(judge);
    return {
      family,
      engine: group[0]!.engine,
      total: group.length,
      outcome: verdicts.filter((verdict) => verdict.outcome).length,
      pins: verdicts.filter((verdict) => verdict.pins).length,
      events: null,
      text: group.some((item) => item.answer.error)
        ? verdicts.filter((verdict) => verdict.text && verdict.pins).length
        : null,
    };
  });
}

function runScenario(scenario: PackseScenario, problem: Problem): Run {
  return runProblem(problem, resolveUv, makeFactsIndex(scenarioFacts(scenario)));
}

function* comparisonsOf(scenario: PackseScenario): Generator<Comparison> {
  const { name, uv } = scenario;
  const compare = (family: string, engine: string, answer: UvAnswer): Comparison => {
    const problem = scenarioProblem(scenario, engine, optionsFromArguments(answer.args));
    return { family, name, engine, answer, run: runScenario(scenario, problem) };
  };
  if (!scenario.single_environment) return;
  if (uv !== null) yield compare('packse, one environment', 'uv@0.12', uv);
  for (const variant of scenario.uv_variants ?? []) {
    // A Problem can allow or disallow a project's pre-releases, not choose a mode for one project.
    if (variant.args.some((argument) => /^\S+=if-necessary/u.test(argument))) continue;
    yield compare('packse, other pre-release options', 'uv@0.12', variant);
  }
  const older = scenario.uv_before_pr19993;
  if (older !== undefined) {
    const args = uv?.args ?? [];
    yield compare('packse, where uv 0.11 differed', 'uv@0.11', { ...older, args });
  }
}

interface LockedPackages {
  /** `name==version`, sorted. */
  readonly pins: readonly string[];
  /** Markers of the forks, in the order of solving; empty when there was one. */
  readonly markers: readonly string[];
}

/** The lines that `uv pip compile` wrote. */
function compiledPackages({ stdout }: UvAnswer): LockedPackages | null {
  const pins = [...stdout.matchAll(/^([\w.-]+)==([^\s;]+)/gmu)].map(
    ([, name, version]) => `${name!}==${version!}`,
  );
  return pins.length === 0 ? null : { pins: pins.sort(), markers: [] };
}

function lockedPackages(answer: UvAnswer): LockedPackages | null {
  if (answer.lock_summary === undefined) return compiledPackages(answer);
  const { packages, resolution_markers: markers = [] } = answer.lock_summary;
  const pins = packages
    .filter(({ name }) => name !== 'project')
    .map(({ name, version }) => `${name}==${version}`);
  return { pins: pins.sort(), markers };
}

function ourPackages({ outcome, lanes }: UvResult): LockedPackages {
  const pins = outcome.kind === 'solved' ? outcome.pins.map((pin) => `${pin.name}==${pin.version}`) : [];
  const markers = lanes.length > 1 ? lanes.map((lane) => lane.marker ?? '') : [];
  return { pins: pins.sort(), markers };
}

/** uv's lock of a universal scenario against ours: packages, and the markers of the forks. */
function universalVerdict(scenario: PackseScenario): {
  readonly verdict: Verdict;
  readonly lines: readonly string[];
} {
  const answer = scenario.uv!;
  const problem = scenarioProblem(scenario, 'uv@0.12');
  const prepared = prepareRequest(problem, makeFactsIndex(scenarioFacts(scenario)));
  if (!prepared.ok) throw new Error(prepared.error.message);
  const result = resolveWithUv(prepared.value.request, new TraceRecorder());
  const text = result.failure === null ? '' : reportFailure(result.failure).report;
  const wanted = lockedPackages(answer);
  const ours = ourPackages(result);
  const outcome = (result.outcome.kind === 'solved') === answer.success;
  const verdict = {
    outcome,
    pins: outcome && (wanted === null || sameJson(ours.pins, wanted.pins)),
    text:
      outcome &&
      (answer.error === undefined
        ? wanted === null || sameJson(ours.markers, wanted.markers)
        : text === answer.error.report),
    hints: true,
  };
  const isSame = verdict.outcome && verdict.pins && verdict.text;
  const ourText = `${JSON.stringify(ours)} ${text}`;
  const lines = isSame
    ? []
    : [
        `uv@0.12 ${scenario.name} (universal):\n${ourText}\nuv\n${JSON.stringify(wanted)} ${answer.error?.report ?? ''}`,
      ];
  return { verdict, lines };
}

interface PipAnswer {
  readonly single_environment: boolean;
  readonly python: string;
  readonly options: readonly string[];
  readonly requirements: readonly string[];
  readonly outcome: 'success' | 'failure';
  readonly pins: Readonly<Record<string, string>> | null;
}

/** The options of a recorded pip command. */
function pipOptions(answer: PipAnswer): { python: string; options: NonNullable<ProblemInput['options']> } {
  const value = (flag: string): string | undefined => {
    const index = answer.options.indexOf(flag);
    return index < 0 ? undefined : answer.options[index + 1];
  };
  const onlyBinary = value('--only-binary');
  const noBinary = value('--no-binary');
  return {
    python: value('--python-version') ?? answer.python,
    options: {
      pre: answer.options.includes('--pre'),
      onlyBinary: onlyBinary === undefined ? [] : [onlyBinary],
      noBinary: noBinary === undefined ? [] : [noBinary],
    },
  };
}

/** Real pip beside real uv on the same scenarios, and ours beside ours. */
function besidePip(data: PackseData, answers: Readonly<Record<string, PipAnswer>>): Comparison[] {
  return Object.entries(answers).flatMap(([name, answer]): Comparison[] => {
    const scenario = data.scenarios[name];
    if (!answer.single_environment || scenario === undefined) return [];
    const { python, options } = pipOptions(answer);
    const engine = 'pip@26.2';
    const problem = makeProblem({
      engine,
      requirements: [...answer.requirements],
      environment: { python },
      options,
    });
    const run = runProblem(problem, resolvePip, makeFactsIndex(scenarioFacts(scenario)));
    const expected: UvAnswer = {
      kind: 'pip_install',
      args: [],
      success: answer.outcome === 'success',
      stdout: '',
      stderr: '',
      ...(answer.pins === null ? {} : { pins: answer.pins }),
    };
    return [{ family: 'packse, real pip on the same scenarios', name, engine, run, answer: expected }];
  });
}

/** Runs every scenario of `oracles/packse.json` in the data folder. */
export function uvConformance(dataFolder: string): ConformanceTable {
  const data = JSON.parse(readFileSync(resolve(dataFolder, 'oracles/packse.json'), 'utf8')) as PackseData;
  const pip = JSON.parse(readFileSync(resolve(dataFolder, 'oracles/packse-pip.json'), 'utf8')) as {
    readonly scenarios: Readonly<Record<string, PipAnswer>>;
  };
  const comparisons = [
    ...Object.values(data.scenarios).flatMap((scenario) => [...comparisonsOf(scenario)]),
    ...besidePip(data, pip.scenarios),
  ];
  const universal = Object.values(data.scenarios)
    .filter((scenario) => !scenario.single_environment && scenario.uv !== null)
    .map(universalVerdict);
  const count = (aspect: 'outcome' | 'pins' | 'text'): number =>
    universal.filter(({ verdict }) => verdict[aspect]).length;
  const universalRow: ConformanceRow = {
    family: 'packse, universal (text: report or fork markers)',
    engine: 'uv@0.12',
    total: universal.length,
    outcome: count('outcome'),
    pins: count('pins'),
    events: null,
    text: count('text'),
  };
  return {
    title: 'uv on packse scenarios',
    rows: [...rowsOf(comparisons), universalRow],
    differences: [
      ...comparisons.flatMap((comparison) => difference(comparison, judge(comparison))),
      ...universal.flatMap(({ lines }) => lines),
    ],
  };
}
