/** uv's accepted answers on packse's scenarios against ours: outcome, pins, report and hints. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { resolveUv } from '../../src/core/explain/uv/uv-engine.ts';
import { runProblem, type Run } from '../../src/core/headless/run.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts-index.ts';
import type { Problem } from '../../src/core/problem/problem.ts';
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
  return text.replaceAll(/(Python version \(\d+\.\d+)\.(?:\d+|\[X\])\)/gu, '$1.[X])');
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
      text: verdicts.filter((verdict) => verdict.text && verdict.pins).length,
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

/** Runs every scenario of `oracles/packse.json` in the data folder. */
export function uvConformance(dataFolder: string): ConformanceTable {
  const data = JSON.parse(readFileSync(resolve(dataFolder, 'oracles/packse.json'), 'utf8')) as PackseData;
  const comparisons = Object.values(data.scenarios).flatMap((scenario) => [...comparisonsOf(scenario)]);
  return {
    title: 'uv on packse scenarios',
    rows: rowsOf(comparisons),
    differences: comparisons.flatMap((comparison) => difference(comparison, judge(comparison))),
  };
}
