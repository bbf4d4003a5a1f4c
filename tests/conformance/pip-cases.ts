/** The YAML cases of the 2020 rollout (pip 20.3's own, and zazo's), which say what should happen. */
import { resolveLegacyTelling } from '../../src/core/explain/pip/legacy-text.ts';
import { resolvePipTelling } from '../../src/core/explain/pip/tell.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import type { Facts } from '../../src/core/package-index/facts/facts.ts';
import { isMissing, type PackageIndex } from '../../src/core/package-index/package-index.ts';
import { normalizeName } from '../../src/core/packaging/name.ts';
import { makeTargetEnvironment } from '../../src/core/packaging/target-environment.ts';
import { resolveChronological } from '../../src/core/resolver/chronological/resolve.ts';
import type { Engine, InstalledDistribution, ResolveRequest } from '../../src/core/resolver/engine.ts';
import type { EngineResult } from '../../src/core/resolver/outcome.ts';
import { TraceRecorder } from '../../src/core/resolver/trace-recorder.ts';
import { readSharedJson } from '../shared-data.ts';
import { DEFAULT_OPTIONS, userRequirements } from './pip-recording.ts';
import type { ConformanceRow, ConformanceTable } from './table.ts';

interface PipCase {
  readonly name: string;
  readonly facts: Facts;
  readonly requests: readonly {
    readonly action: 'install' | 'uninstall';
    readonly requirements: readonly string[];
    readonly options: string;
  }[];
  /** `state`: everything installed afterwards, `name version`; null is nothing. Absent: not said. */
  readonly responses: readonly { readonly state?: readonly string[] | null; readonly error?: unknown }[];
  readonly skip: 'legacy' | null;
}

interface ZazoCase {
  readonly name: string;
  readonly facts: Facts;
  readonly install: readonly string[];
  readonly results: readonly { readonly set?: readonly string[]; readonly conflicts?: unknown }[];
}

const OPERATORS: ReadonlySet<string> = new Set(['==', '>=', '<=', '<', '>', '!=', '~=']);

/** `["A", ">=", "2.0.0"]` is one requirement. */
function joinOperators(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const continues =
      last !== undefined && (OPERATORS.has(word) || [...OPERATORS].some((end) => last.endsWith(end)));
    if (continues) joined[joined.length - 1] = `${last}${word}`;
    else joined.push(word);
  }
  return joined;
}

function run(
  engine: Engine,
  version: string,
  index: PackageIndex,
  requirements: readonly string[],
  installed: readonly InstalledDistribution[],
  noDeps = false,
): EngineResult {
  const target = makeTargetEnvironment({ python: '3.8.6', platform: 'linux-x86_64' });
  if (!target.ok) throw new Error(target.error.message);
  const request: ResolveRequest = {
    toolVersion: version,
    requirements: userRequirements(requirements, 'requirements'),
    constraints: [],
    installed,
    target: target.value,
    options: { ...DEFAULT_OPTIONS, noDeps },
    overrides: [],
    index,
  };
  return engine(request, new TraceRecorder());
}

/** The environment after a run: what was there, with the pins in place of older versions. */
function environmentAfter(
  { outcome }: EngineResult,
  before: ReadonlyMap<string, InstalledDistribution>,
  index: PackageIndex,
): Map<string, InstalledDistribution> {
  const after = new Map(before);
  if (outcome.kind !== 'solved') return after;
  for (const { name, version, filename } of outcome.pins) {
    const page = index.page(name);
    const file = isMissing(page)
      ? undefined
      : page.distributions.find((entry) => entry.filename === filename);
    const metadata = file === undefined ? undefined : index.metadata(file);
    if (metadata === undefined || isMissing(metadata)) continue;
    const { requiresDist, requiresPython, providesExtra } = metadata;
    after.set(name, { name, version, requiresDist, requiresPython, providesExtra });
  }
  return after;
}

/** The old tests ran in an environment that had setuptools, and did not list it. */
const SETUPTOOLS: InstalledDistribution = {
  name: 'setuptools',
  version: '50.3.2',
  requiresDist: [],
  requiresPython: null,
  providesExtra: [],
};

/** The data split some requirements at their commas: `json <= 1.7.7` and `>= 1.4.4` are one. */
function mendFacts(facts: Facts): Facts {
  const mended: Record<string, Record<string, Facts['projects'][string][string]>> = {};
  for (const [name, releases] of Object.entries(facts.projects)) {
    mended[name] = {};
    for (const [version, release] of Object.entries(releases)) {
      const requires: string[] = [];
      for (const text of release.requires) {
        const continues = requires.length > 0 && /^[<>=!~]/u.test(text);
        if (continues) requires[requires.length - 1] = `${requires.at(-1) ?? ''}, ${text}`;
        else requires.push(text);
      }
      mended[name][version] = { ...release, requires };
    }
  }
  return { ...facts, projects: mended };
}

const asState = (entries: Iterable<string>): string => [...entries].map(normalizeEntry).toSorted().join(', ');

/** `ipython_genutils 0.2.0` and `ipython-genutils 0.2.0` are one, and so are `chef 10.26` and `chef 10.26.0`. */
function normalizeEntry(entry: string): string {
  const [name = '', version = ''] = entry.split(' ');
  return `${normalizeName(name)} ${version.replace(/(?:\.0)+$/u, '')}`;
}

/** What differs in a sequence of installs; '' when nothing does. */
function differenceOf(engine: Engine, version: string, { facts, requests, responses }: PipCase): string {
  const index = makeFactsIndex(mendFacts(facts));
  let environment = new Map([['setuptools', SETUPTOOLS]]);
  for (const [step, { action, requirements, options }] of requests.entries()) {
    if (action === 'uninstall') for (const name of requirements) environment.delete(normalizeName(name));
    else {
      const asked = joinOperators(requirements);
      const installed = [...environment.values()];
      const result = run(engine, version, index, asked, installed, options.includes('--no-deps'));
      environment = environmentAfter(result, environment, index);
      const expectsFailure = responses[step]?.state === null && responses[step].error !== undefined;
      if (expectsFailure && result.outcome.kind !== 'unsolvable')
        return `step ${step}: ended ${result.outcome.kind}`;
    }
    const expected = responses[step]?.state;
    if (expected === undefined) continue;
    const present = [...environment.values()].filter((entry) => entry.name !== 'setuptools');
    const ours = asState(present.map((entry) => `${entry.name} ${entry.version}`));
    if (ours !== asState(expected ?? []))
      return `step ${step}: ours ${ours}, expected ${asState(expected ?? [])}`;
  }
  return '';
}

/** All pip cases with one engine. Those that the legacy resolver fails are expected to differ there. */
function comparePipCases(engine: Engine, version: string): { row: ConformanceRow; differences: string[] } {
  const cases = readSharedJson('cases/pip-2020-yaml.json') as readonly PipCase[];
  const isLegacy = version === '19.3';
  const differences: string[] = [];
  for (const entry of cases) {
    if (isLegacy && entry.skip === 'legacy') continue;
    const difference = differenceOf(engine, version, entry);
    if (difference !== '') differences.push(`pip ${version} ${entry.name}: ${difference}`);
  }
  const total = isLegacy ? cases.filter(({ skip }) => skip !== 'legacy').length : cases.length;
  return {
    row: caseRow(`pip@${version}`, "pip's YAML cases of 2020", total, differences.length),
    differences,
  };
}

function compareZazoCases(): { row: ConformanceRow; differences: string[] } {
  const cases = readSharedJson('cases/zazo-yaml.json') as readonly ZazoCase[];
  const differences: string[] = [];
  for (const { name, facts, install, results } of cases) {
    const { outcome } = run(resolveChronological, '', makeFactsIndex(mendFacts(facts)), install, []);
    const expected = asState(results[0]?.set ?? []);
    const ours = outcome.kind === 'solved' ? outcome.pins.map((pin) => `${pin.name} ${pin.version}`) : [];
    if (asState(ours) !== expected)
      differences.push(`zazo ${name}: ours ${asState(ours)}, expected ${expected}`);
  }
  return { row: caseRow('zazo', "zazo's YAML cases", cases.length, differences.length), differences };
}

function caseRow(engine: string, family: string, total: number, different: number): ConformanceRow {
  const equal = total - different;
  return { engine, family, total, outcome: equal, pins: equal, events: null, text: null };
}

/** The cases with the first release that they were written for, the newest, and the legacy resolver. */
export function pipCases(): ConformanceTable {
  const parts = [
    comparePipCases(resolvePipTelling, '20.3'),
    comparePipCases(resolvePipTelling, '26.2'),
    comparePipCases(resolveLegacyTelling, '19.3'),
    compareZazoCases(),
  ];
  return {
    title: 'The cases of the 2020 rollout',
    rows: parts.map(({ row }) => row),
    differences: parts.flatMap(({ differences }) => differences),
  };
}
