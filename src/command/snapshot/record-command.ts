/**
 * `record`: resolves a Problem against a live index and keeps the facts that it read, and nothing else: what a real
 * client would have asked for, six requests at a time. The facts so far are written after each round, so that a
 * recording that was interrupted goes on where it stopped.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { indexUrlsOf, makeLiveIndex, PYPI_FILE_HOSTS } from '../../client/live/live-index.ts';
import { liveErrorText } from '../../client/live/live-error.ts';
import { makeMemoryCache } from '../../client/live/live-memory.ts';
import { loadEngine } from '../../core/headless/engines.ts';
import { runProblem } from '../../core/headless/run.ts';
import { makeFactsIndex } from '../../core/package-index/facts/facts-index.ts';
import { makeLayeredIndex } from '../../core/package-index/layered-index.ts';
import { makeLiveLayer, type LiveFact } from '../../core/package-index/live/live-layer.ts';
import { parseFacts, type Facts } from '../../core/package-index/facts/facts.ts';
import { mergeFacts } from '../../core/package-index/facts/merge-facts.ts';
import type {
  DistributionMetadata,
  MissingFact,
  PackageIndex,
} from '../../core/package-index/package-index.ts';
import type { Result } from '../../core/packaging/result.ts';
import { parseEngineId } from '../../core/problem/engine-id.ts';
import { indexRule } from '../../core/problem/index-rule.ts';
import { parseIndexUrl } from '../../core/problem/index-url.ts';
import { parseProblem, type Problem } from '../../core/problem/problem.ts';
import { makeFactsCollector } from './facts-collector.ts';
import { showCounts } from './progress.ts';

/** What a recording needs besides the Problem. */
export interface RecordOptions {
  readonly out: string;
  /** In the order in which they are asked; empty: those of the Problem, else PyPI's. */
  readonly indexUrls: readonly string[];
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

/** PyPI asks automated clients to say who they are; a browser cannot. */
const USER_AGENT = 'backjump-snapshot-record';

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

function earlierFacts(path: string): Result<Facts, string> {
  if (!existsSync(path)) return { ok: true, value: { projects: {} } };
  try {
    const parsed = parseFacts(JSON.parse(readFileSync(path, 'utf8')));
    if (parsed.ok) return parsed;
    return { ok: false, error: `${path}: ${parsed.error.path}: ${parsed.error.message}` };
  } catch (error) {
    return { ok: false, error: `${path} is no earlier recording: ${String(error)}` };
  }
}

/** Writes beside and renames, so that an interruption leaves what was there. */
function writeFacts(path: string, facts: Facts): void {
  const fresh = `${path}.part`;
  writeFileSync(fresh, `${JSON.stringify(facts)}\n`);
  renameSync(fresh, path);
}

function addressesOf(
  problem: Problem,
  given: readonly string[],
): Result<readonly [string, ...string[]], string> {
  const urls: string[] = [];
  for (const text of given) {
    const address = parseIndexUrl(text);
    if (!address.ok) return { ok: false, error: `--index-url ${text} ${address.error}` };
    urls.push(address.value);
  }
  const [first, ...others] = urls;
  return { ok: true, value: first === undefined ? indexUrlsOf(problem) : [first, ...others] };
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
  const indexUrls = addressesOf(problem.value, options.indexUrls);
  if (!indexUrls.ok) return indexUrls;
  const earlier = earlierFacts(options.out);
  if (!earlier.ok) return earlier;
  const engine = await loadEngine(engineId.value);
  const live = makeLiveIndex({
    indexUrls: indexUrls.value,
    rule: indexRule(problem.value),
    fileHosts: options.fileHosts,
    cache: makeMemoryCache(),
    follows: false,
    userAgent: USER_AGENT,
  });
  const layer = makeLiveLayer();
  const index = makeLayeredIndex([openIndex(earlier.value), layer]);
  const failures: string[] = [];
  let requests = 0;
  let outcome = 'incomplete';
  for (let round = 0; round < ROUND_LIMIT && failures.length === 0; round++) {
    const run = runProblem(problem.value, engine, index);
    outcome = run.outcome.kind;
    const missing: readonly MissingFact[] = run.outcome.kind === 'incomplete' ? run.outcome.missing : [];
    const loadable = missing.filter((fact) => fact.loadable);
    if (loadable.length === 0) break;
    const load = await live.load(loadable, {
      onProgress: ({ pages, metadata, bytes }) =>
        showCounts(`round ${round + 1}: ${pages} pages, ${metadata} metadata files, ${bytes} bytes`),
    });
    layer.add(load.facts);
    requests += load.counts.requests;
    failures.push(...load.failures.map(({ error }) => liveErrorText(error)));
    writeFacts(options.out, mergeFacts(earlier.value, factsOfLive(live.loaded())));
  }
  showCounts('');
  const all = live.loaded();
  const pages = all.filter(({ kind }) => kind === 'page').length;
  return { ok: true, value: { outcome, pages, metadata: all.length - pages, requests, failures } };
}

export const RECORD_DEFAULTS = { fileHosts: PYPI_FILE_HOSTS };
