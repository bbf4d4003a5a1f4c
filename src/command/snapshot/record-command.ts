/**
 * `record`: resolves a Problem against a live index and keeps the facts that it read, and nothing else: what a real
 * client would have asked for, six requests at a time. The facts so far are written after each round, so that a
 * recording that was interrupted goes on where it stopped.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { makeLiveIndex, PYPI_FILE_HOSTS, PYPI_SIMPLE } from '../../client/live-index.ts';
import { liveErrorText } from '../../client/live-error.ts';
import { makeMemoryCache } from '../../client/live-memory.ts';
import { loadEngine } from '../../core/headless/engines.ts';
import { runProblem } from '../../core/headless/run.ts';
import { makeFactsIndex } from '../../core/package-index/facts-index.ts';
import { makeLayeredIndex } from '../../core/package-index/layered-index.ts';
import { makeLiveLayer, type LiveFact } from '../../core/package-index/live-layer.ts';
import { parseFacts, type Facts } from '../../core/package-index/facts.ts';
import { mergeFacts } from '../../core/package-index/merge-facts.ts';
import type {
  DistributionMetadata,
  MissingFact,
  PackageIndex,
} from '../../core/package-index/package-index.ts';
import type { Result } from '../../core/packaging/result.ts';
import { parseEngineId } from '../../core/problem/engine-id.ts';
import { parseProblem, type Problem } from '../../core/problem/problem.ts';
import { makeFactsCollector } from './facts-collector.ts';

/** What a recording needs besides the Problem. */
export interface RecordOptions {
  readonly out: string;
  readonly indexUrl: string;
  readonly fileHosts: readonly string[];
}

/** How a recording went. `failures`: facts that could not be had, each a sentence. */
export interface Recording {
  readonly outcome: string;
  readonly pages: number;
  readonly metadata: number;
  readonly requests: number;
  readonly failures: readonly string[];
}

/** Rounds of resolving and loading; each brings at least one fact. */
const ROUND_LIMIT = 1_000;

function coreMetadata(metadata: DistributionMetadata) {
  const { requiresDist, requiresPython, providesExtra } = metadata;
  const common = { requiresDist, requiresPython, providesExtra, dynamic: [] };
  return { metadataVersion: null, name: null, version: null, ...common };
}

/** What was fetched, in the facts form. */
export function factsOfLive(facts: readonly LiveFact[]): Facts {
  const collector = makeFactsCollector();
  const versions = new Map<string, string>();
  for (const fact of facts) {
    if (fact.kind !== 'page') continue;
    for (const file of fact.page.distributions) {
      if (file.version === '') continue;
      collector.addFile(file);
      versions.set(`${file.project}/${file.filename}`, file.version);
    }
  }
  for (const fact of facts) {
    if (fact.kind !== 'metadata' || typeof fact.metadata === 'string') continue;
    const version = versions.get(`${fact.project}/${fact.filename}`);
    if (version !== undefined) collector.addMetadata(fact.project, version, coreMetadata(fact.metadata));
  }
  return collector.facts();
}

function readProblem(path: string): Result<Problem, string> {
  try {
    const parsed = parseProblem(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.ok ? parsed : { ok: false, error: parsed.error.message };
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}

function earlierFacts(path: string): Facts {
  if (!existsSync(path)) return { projects: {} };
  const parsed = parseFacts(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.ok) throw new Error(`${path}: ${parsed.error.path}: ${parsed.error.message}`);
  return parsed.value;
}

/** The facts of an earlier recording: what is not there is unknown. */
function openIndex(facts: Facts): PackageIndex {
  const index = makeFactsIndex(facts);
  return {
    page: (project) =>
      Object.hasOwn(facts.projects, project)
        ? index.page(project)
        : { missing: 'page', project, loadable: false },
    metadata: (file) => index.metadata(file),
  };
}

/** Records what resolving the Problem at `path` reads. The error says what is wrong with the Problem. */
export async function record(path: string, options: RecordOptions): Promise<Result<Recording, string>> {
  const problem = readProblem(path);
  if (!problem.ok) return problem;
  const engineId = parseEngineId(problem.value.engine);
  if (!engineId.ok) return { ok: false, error: engineId.error.message };
  const engine = await loadEngine(engineId.value);
  const live = makeLiveIndex({
    indexUrls: [options.indexUrl],
    rule: 'merge',
    fileHosts: options.fileHosts,
    cache: makeMemoryCache(),
    follows: false,
  });
  const layer = makeLiveLayer();
  const earlier = earlierFacts(options.out);
  const index = makeLayeredIndex([openIndex(earlier), layer]);
  const failures: string[] = [];
  let requests = 0;
  let outcome = 'incomplete';
  for (let round = 0; round < ROUND_LIMIT && failures.length === 0; round++) {
    const run = runProblem(problem.value, engine, index);
    outcome = run.outcome.kind;
    const missing: readonly MissingFact[] = run.outcome.kind === 'incomplete' ? run.outcome.missing : [];
    const loadable = missing.filter((fact) => fact.loadable);
    if (loadable.length === 0) break;
    const load = await live.load(loadable);
    layer.add(load.facts);
    requests += load.counts.requests;
    failures.push(...load.failures.map(({ error }) => liveErrorText(error)));
    const facts = mergeFacts(earlier, factsOfLive(live.loaded()));
    writeFileSync(options.out, `${JSON.stringify(facts)}\n`);
  }
  const all = live.loaded();
  const pages = all.filter(({ kind }) => kind === 'page').length;
  return { ok: true, value: { outcome, pages, metadata: all.length - pages, requests, failures } };
}

export const RECORD_DEFAULTS = { indexUrl: PYPI_SIMPLE, fileHosts: PYPI_FILE_HOSTS };
